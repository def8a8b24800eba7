'use client'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import { formatCount, formatDay, formatPercent } from '@/lib/units/format'
import { ProvisionalMark } from '../figures/provisional-mark'
import { readable } from './exact-text'
import { ExplainTo } from './explain-to'
import { MoreButton } from './more-button'
import { useMore } from './use-more'

type Lines = NonNullable<ExplainAnswer['lines']>

/** `3,680 lines; these 14 make 90 %` */
export const linesWords = ({ count, ninety_percent }: Lines): string => {
  const all = `${formatCount(count)} ${count === 1 ? 'line' : 'lines'}`
  if (ninety_percent === null) return all
  return `${all}; the largest ${ninety_percent === 1 ? 'one makes' : `${formatCount(ninety_percent)} make`} 90\u202f%`
}

/** Ledger lines by their share, largest first; each opens its own multiplications and readings. */
export function ExplainLines({ org, answer, lines }: { org: string; answer: ExplainAnswer; lines: Lines }) {
  const { pages, more, ...state } = useMore(
    { org, address: answer.address, key: 'lines_after' },
    lines,
    (next) => next.lines,
  )
  const rows = pages.flatMap((page) => page.rows)
  return (
    <>
      <table className="w-full border-collapse text-table">
        <caption className="sr-only">Ledger lines of the figure, largest first</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Line</th>
            <th scope="col">Amount</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((line) => (
            <tr key={line.ledger_id} className="border-b border-hairline">
              <td className="py-1 pr-3 align-top whitespace-nowrap">
                <ExplainTo address={line.address}>{formatDay(line.day)}</ExplainTo>
              </td>
              <td className="w-full max-w-0 py-1 pr-3 align-top">
                <span className="block truncate" title={line.name}>
                  {line.name}
                </span>
                <span className="block truncate text-meta text-muted" title={line.context}>
                  {line.context}
                </span>
                {line.status === 'provisional' && <ProvisionalMark />}
              </td>
              <td className="py-1 pr-3 text-right align-top whitespace-nowrap tabular-nums">
                {readable(line.exact, answer.figure.exact_unit)}
              </td>
              <td className="py-1 text-right align-top whitespace-nowrap tabular-nums">
                {formatPercent(line.share) ?? '—'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="text-muted">No ledger line lies in this window.</p>}
      <MoreButton shown={`${formatCount(rows.length)} of ${formatCount(lines.count)} shown`} onMore={more} {...state} />
    </>
  )
}
