import type { ReactNode } from 'react'
import { cx } from './cx'

export type Span = 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12

const SPAN: Record<Span, string> = {
  3: '@4xl:col-span-3',
  4: '@4xl:col-span-4',
  5: '@4xl:col-span-5',
  6: '@4xl:col-span-6',
  7: '@4xl:col-span-7',
  8: '@4xl:col-span-8',
  9: '@4xl:col-span-9',
  12: '@4xl:col-span-12',
}

/** Twelve columns, gaps that draw the columns. They follow the width of Main, not of the window: a docked drawer takes 520 px of it. */
export function PanelGrid({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={cx('grid grid-cols-1 items-start gap-x-8 gap-y-7 @4xl:grid-cols-12', className)}>{children}</div>
  )
}

export const panelClass = (span: Span, className?: string): string =>
  cx('relative min-w-0 border-t border-rule pt-2', SPAN[span], className)

export interface PanelHeadProps {
  /** States the finding. */
  title: ReactNode
  /** Unit, method, what the marks mean. */
  meta?: ReactNode
  tools?: ReactNode
  id?: string
}

export function PanelHead({ title, meta, tools, id }: PanelHeadProps) {
  return (
    <div className="mb-2.5 grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3">
      <h2 id={id} className="font-semibold tracking-[-0.003em]">
        {title}
      </h2>
      {tools && (
        <div data-tools="" className="-my-[3px] flex items-center gap-1">
          {tools}
        </div>
      )}
      {meta && <p className="col-span-full mt-px text-meta text-muted">{meta}</p>}
    </div>
  )
}

export interface PanelProps extends PanelHeadProps {
  span?: Span
  className?: string
  children: ReactNode
}

/** No box, no fill: a rule on top opens it. */
export function Panel({ title, meta, tools, span = 12, className, children }: PanelProps) {
  return (
    <section className={panelClass(span, className)}>
      <PanelHead title={title} meta={meta} tools={tools} />
      {children}
    </section>
  )
}
