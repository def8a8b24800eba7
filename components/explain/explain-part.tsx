import type { ReactNode } from 'react'
import { Icon } from '../ui/icon'

export interface ExplainPartProps {
  title: string
  meta?: ReactNode
  open?: boolean
  children: ReactNode
}

/** A layer of the explanation: closed until it is asked for, always open on paper. */
export function ExplainPart({ title, meta, open, children }: ExplainPartProps) {
  return (
    <details open={open} className="group border-t border-hairline last:border-b">
      <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 py-1.5 [&::-webkit-details-marker]:hidden">
        <Icon name="right" className="no-print text-muted transition-transform group-open:rotate-90" />
        <span className="font-semibold whitespace-nowrap">{title}</span>
        {meta && <span className="ml-auto min-w-0 truncate pl-3 text-meta text-muted">{meta}</span>}
      </summary>
      <div className="pb-4">{children}</div>
    </details>
  )
}
