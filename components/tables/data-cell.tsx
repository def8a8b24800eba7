import Link from 'next/link'
import { explainData, explainHref } from '../explain/explainable'
import { ExplainLink } from '../figures/explain-link'
import { Nothing } from '../figures/nothing'
import { cx } from '../ui/cx'
import { type Cell, type CellSpec, type Column, specOf, textOf } from './cells'

/** What one cell shows: a link, a mark, digits, or one of the kinds of nothing. */
export function DataCell({ cell, column }: { cell: Cell | undefined; column: Column }) {
  const spec = specOf(cell)
  if (spec.explain === undefined) return <PlainCell cell={cell} column={column} />
  const text = textOf(cell, column)
  const data = explainData(spec, { text, unit: column.unit })
  if (spec.node || spec.href || spec.nothing || text === null)
    return (
      <span {...data} className="inline-flex items-center gap-0.5">
        <PlainCell cell={cell} column={column} />
        <ExplainLink explain={spec.explain} of={column.label || (column.unit ?? 'this figure')} />
      </span>
    )
  return (
    <a
      {...data}
      href={explainHref(spec.explain)}
      data-explain-open={spec.explain}
      title={spec.why ?? 'Explain this number (w)'}
      aria-keyshortcuts="w"
      className={cx(
        'underline-offset-3 -my-1 inline-block py-1 text-inherit no-underline decoration-dotted hover:underline focus-visible:underline',
        lookOf(spec),
      )}
    >
      {text}
    </a>
  )
}

const lookOf = (spec: CellSpec) =>
  cx(spec.mono && "font-mono text-meta [font-feature-settings:'zero']", spec.muted && 'text-muted')

function PlainCell({ cell, column }: { cell: Cell | undefined; column: Column }) {
  const spec = specOf(cell)
  if (spec.node) return spec.node
  const text = textOf(cell, column)
  if (spec.nothing || text === null) return <Nothing kind={spec.nothing} why={spec.why} />
  const look = lookOf(spec)
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
