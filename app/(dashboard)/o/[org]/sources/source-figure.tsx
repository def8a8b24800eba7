import { Nothing } from '@/components/figures/nothing'

/** A plain count with its name: no unit of the ledger, so no tier. */
export function TierlessFigure({ label, value, note }: { label: string; value: string | null; note?: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-meta text-muted">{label}</dt>
      <dd>
        <span className="text-title font-medium whitespace-nowrap tabular-nums">{value ?? <Nothing />}</span>
        {note && <span className="block text-meta text-muted">{note}</span>}
      </dd>
    </div>
  )
}
