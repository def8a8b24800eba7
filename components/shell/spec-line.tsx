import Link from 'next/link'

export interface Spec {
  /** Said before the value, muted: `Zone`. */
  label?: string
  value: string
  href?: string
}

/** What an object is, on one line: hairlines between, values in ink. */
export function SpecLine({ specs }: { specs: readonly Spec[] }) {
  return (
    <p className="flex flex-wrap gap-y-1 text-meta text-muted">
      {specs.map((spec, at) => (
        <span
          key={`${spec.label ?? ''}${spec.value}`}
          className={at < specs.length - 1 ? 'mr-4 border-r border-hairline pr-4' : undefined}
        >
          {spec.label && `${spec.label} `}
          {spec.href ? (
            <Link href={spec.href} className="inline-block min-w-6 py-1 -my-1">
              {spec.value}
            </Link>
          ) : (
            <b className="font-medium text-ink">{spec.value}</b>
          )}
        </span>
      ))}
    </p>
  )
}
