import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import { formatCount, formatPercent } from '@/lib/units/format'
import { type Tier, TierMark } from '../figures/tier-mark'
import { UnitText } from '../figures/unit-text'
import { readable } from './exact-text'

const GAPS: Record<string, string> = {
  no_reading: 'no reading of the meter',
  single_reading: 'a single reading, which makes no energy',
  zone_unknown: 'grid zone unknown',
  no_intensity: 'no grid intensity',
}

/** Share of the variance by what causes it: bars from one axis, largest first. */
export function ExplainVariance({ answer }: { answer: ExplainAnswer }) {
  const { contributions } = answer.quality
  const { interval, unit } = answer.figure
  if (contributions.length === 0 || interval === null) return null
  return (
    <section className="mt-6">
      <div className="flex items-baseline">
        <h3 className="font-semibold">
          Where the ± {interval} <UnitText text={unit} /> comes from
        </h3>
        <span className="ml-auto text-meta text-muted">share of variance</span>
      </div>
      <ul className="mt-2">
        {contributions.map(({ source, group, share, half }) => (
          <li key={`${source} ${group}`} className="flex h-7 items-center gap-3 text-table">
            <span className="w-2/5 truncate" title={`${source}, ${group}: ± ${half} ${unit}`}>
              {source}, {group}
            </span>
            <span aria-hidden="true" className="h-[13px] flex-1 border-l border-ink">
              <span className="block h-full bg-ghost" style={{ width: `${(share ?? 0) * 100}%` }} />
            </span>
            <span className="w-14 text-right font-medium tabular-nums">{formatPercent(share) ?? '—'}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** `92.1 % covered, 38 hours without a figure` */
export const qualityWords = ({ coverage, gaps }: ExplainAnswer['quality']): string => {
  const hours = gaps.reduce((sum, gap) => sum + gap.hours, 0)
  const covered = coverage === null ? null : `${formatPercent(coverage)} covered`
  return [covered, hours > 0 ? `${formatCount(hours)} hours without a figure` : 'no gaps'].filter(Boolean).join(', ')
}

export function ExplainQuality({ answer }: { answer: ExplainAnswer }) {
  const { tiers, gaps, coverage, known_hours } = answer.quality
  return (
    <div className="space-y-3 text-table">
      {tiers.length > 0 && (
        <ul>
          {tiers.map(({ tier, exact, share }) => (
            <li key={tier} className="flex h-7 items-center gap-3 border-b border-hairline">
              <TierMark tier={tier as Tier} of="figure" />
              <span>Tier {tier}, by the weakest of each hour</span>
              <span className="ml-auto tabular-nums">{readable(exact, 'mg')}</span>
              <span className="w-14 text-right font-medium tabular-nums">{formatPercent(share) ?? '—'}</span>
            </li>
          ))}
        </ul>
      )}
      <p>
        {known_hours !== null && `${formatCount(known_hours)} hours have a figure. `}
        {coverage !== null && `Meters covered ${formatPercent(coverage)} of the time from first to last reading.`}
      </p>
      {gaps.length > 0 && (
        <ul>
          {gaps.map(({ reason, hours }) => (
            <li key={reason} className="flex h-7 items-center gap-2 border-b border-hairline">
              <span aria-hidden="true" className="hatch inline-block h-2.5 w-3.5 flex-none" />
              <span>{GAPS[reason] ?? reason.replaceAll('_', ' ')}</span>
              <span className="ml-auto tabular-nums">{formatCount(hours)} hours</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
