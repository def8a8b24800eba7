import Link from 'next/link'
import type { ReactNode } from 'react'

export interface GapNoteProps {
  /** `2,112 of 2,190 hours have a figure; 78 hours lack a grid intensity.` */
  children: ReactNode
  href?: string
  linkLabel?: string
}

/** What is missing and why, under a figure or a table. A gap is never a zero. */
export function GapNote({ children, href, linkLabel = 'Show the gaps' }: GapNoteProps) {
  return (
    <p className="mt-2 flex items-baseline gap-2 text-meta text-muted">
      <span aria-hidden="true" className="hatch inline-block h-2.5 w-3.5 flex-none" />
      <span>
        {children}
        {href && (
          <>
            {' '}
            <Link href={href}>{linkLabel}</Link>
          </>
        )}
      </span>
    </p>
  )
}
