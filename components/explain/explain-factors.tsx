import type { ExplainFactor } from '@/lib/contracts/explain-answer'
import { formatCount, threeFigures } from '@/lib/units/format'
import { UnitText } from '../figures/unit-text'
import { Badge } from '../ui/badge'
import { ExplainTo } from './explain-to'

const appliedOf = ({ value, least, most, unit }: ExplainFactor): string | null => {
  const range =
    least !== null && most !== null && least !== most
      ? `${threeFigures(least)} to ${threeFigures(most)}`
      : (least ?? value) === null
        ? null
        : threeFigures((least ?? value) as number)
  return range === null ? null : `${range}${unit ? `\u202f${unit}` : ''}`
}

/** Factor versions that the figure rests on: what they are, from where, how sure, and in how many hours they were used. */
export function ExplainFactors({ factors }: { factors: readonly ExplainFactor[] }) {
  return (
    <ul>
      {factors.map((factor) => (
        <li
          key={`${factor.role} ${factor.id} ${factor.version} ${factor.name}`}
          className="border-b border-hairline py-2 text-table"
        >
          <div className="flex flex-wrap items-baseline gap-x-3">
            <span className="min-w-0 break-words">
              <ExplainTo address={factor.address}>{factor.name}</ExplainTo>
            </span>
            <span className="ml-auto whitespace-nowrap tabular-nums">
              {appliedOf(factor) === null ? '—' : <UnitText text={appliedOf(factor) as string} />}
            </span>
          </div>
          <p className="flex flex-wrap items-baseline gap-x-3 text-meta text-muted">
            <span>{factor.role}</span>
            <span className="font-mono break-all">
              {factor.id}@{factor.version}
            </span>
            {factor.hours !== null && <span>{formatCount(factor.hours)} hours</span>}
            {factor.status === 'recalled' && <Badge>unverified</Badge>}
            {factor.status && factor.status !== 'recalled' && <span>{factor.status.replaceAll('-', ' ')}</span>}
            {factor.licence && <span className="break-words">{factor.licence}</span>}
          </p>
          <p className="text-meta break-words text-muted">
            {factor.source_url ? (
              <a href={factor.source_url} rel="noreferrer" target="_blank" className="underline">
                {factor.source}
              </a>
            ) : (
              factor.source
            )}
          </p>
          {factor.sha256 && (
            <p className="truncate font-mono text-micro text-muted" title={factor.sha256}>
              sha256 {factor.sha256}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
