/** Five kinds of nothing. A measured zero is a number; the other four say which. */
export type NothingKind = 'no-data' | 'not-applicable' | 'not-significant' | 'below-resolution'

const KINDS: Record<NothingKind, { mark: string; meaning: string }> = {
  'no-data': { mark: '—', meaning: 'No data' },
  'not-applicable': { mark: 'n/a', meaning: 'Not applicable' },
  'not-significant': { mark: 'n.s.', meaning: 'Not significant; the reason is recorded' },
  'below-resolution': { mark: '< 0.1', meaning: 'Below resolution' },
}

export const nothingMark = (kind: NothingKind): string => KINDS[kind].mark

export function Nothing({ kind = 'no-data', why }: { kind?: NothingKind; why?: string }) {
  const { mark, meaning } = KINDS[kind]
  return (
    <span title={why ?? meaning} className="text-muted">
      <span aria-hidden="true">{mark}</span>
      <span className="sr-only">{why ?? meaning}</span>
    </span>
  )
}
