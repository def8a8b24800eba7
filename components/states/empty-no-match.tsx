import Link from 'next/link'
import type { ReactNode } from 'react'
import { Chip, type ChipProps } from '../ui/chip'

export interface EmptyNoMatchProps {
  /** `runs` → "No runs with these filters." */
  what: string
  /** The filters echoed, each with an address without it. */
  filters: readonly ChipProps[]
  clearHref?: string
  /** `Nearest with data: <Link>2026-Q3</Link>` */
  nearest?: ReactNode
}

export function EmptyNoMatch({ what, filters, clearHref, nearest }: EmptyNoMatchProps) {
  return (
    <div className="py-3">
      <p className="mb-2">{filters.length > 0 ? `No ${what} with these filters.` : `No ${what} in this range.`}</p>
      <div className="flex flex-wrap items-center gap-2 text-meta">
        {filters.map((filter) => (
          <Chip key={`${filter.field}-${filter.value}`} {...filter} />
        ))}
        {clearHref && (
          <Link href={clearHref} scroll={false} className="inline-block py-1">
            Clear all
          </Link>
        )}
      </div>
      {nearest && <p className="mt-2 text-meta text-muted">{nearest}</p>}
    </div>
  )
}
