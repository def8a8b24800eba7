import type { ReactNode } from 'react'

export interface EmptyNoSourceProps {
  /** One sentence: `No power telemetry for LUL-1 yet.` */
  sentence: string
  /** The one next step: a `LinkButton` of 26 px. */
  action: ReactNode
  /** A second, quieter way: a link. */
  other?: ReactNode
}

export function EmptyNoSource({ sentence, action, other }: EmptyNoSourceProps) {
  return (
    <div className="py-3">
      <p className="mb-2">{sentence}</p>
      <div className="flex flex-wrap items-center gap-3 text-meta">
        {action}
        {other}
      </div>
    </div>
  )
}
