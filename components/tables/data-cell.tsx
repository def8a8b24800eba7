import Link from 'next/link'
import { Nothing } from '../figures/nothing'
import { cx } from '../ui/cx'
import { type Cell, type Column, specOf, textOf } from './cells'

/** What one cell shows: a link, a mark, digits, or one of the kinds of nothing. */
export function DataCell({ cell, column }: { cell: Cell | undefined; column: Column }) {
  const spec = specOf(cell)
  if (spec.node) return spec.node
  const text = textOf(cell, column)
  if (spec.nothing || text === null) return <Nothing kind={spec.nothing} why={spec.why} />
  const look = cx(spec.mono && "font-mono text-meta [font-feature-settings:'zero']", spec.muted && 'text-muted')
  if (spec.href)
    return (
      <Link href={spec.href} title={spec.why} className={cx(look, '-my-1 inline-block py-1')}>
        {text}
      </Link>
    )
  return (
    <span className={look || undefined} title={spec.why}>
      {text}
    </span>
  )
}
