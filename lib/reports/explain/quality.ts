import { type Interval, intervalOf } from '@/lib/accounting/uncertainty/interval'
import { widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import type { ExplainedMeasure } from '@/lib/contracts/explain'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import type { ExplainedHours, ExplainScope } from '@/lib/rollups/explain-figure'
import { explainedSpread, type SpreadPart } from '@/lib/rollups/explain-spread'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'
import { spreadNames } from '@/lib/rollups/spread-names'
import { furtherSpread, type SpreadMeasure } from '@/lib/rollups/totals-spread'
import { uncertaintyWidths } from '@/lib/rollups/uncertainty-widths'
import { dayName } from '@/lib/units/time'
import { halfText } from './amounts'

type Quality = ExplainAnswer['quality']
type Bounds = Pick<ExplainAnswer['figure'], 'interval' | 'low' | 'high' | 'u95'>

const SOURCE: Record<SpreadPart['source'], string> = {
  energy: 'Energy',
  overhead: 'Overhead',
  intensity: 'Grid intensity',
}
/** A long tail of small causes says nothing more. */
const MOST_CAUSES = 12

/** The 95 % interval of a location-based figure, and where its width comes from. */
export const intervalOfFigure = async (
  tx: OrgTx,
  filter: ExplainScope,
  total: bigint | null,
): Promise<{ bounds: Bounds; contributions: Quality['contributions'] }> => {
  if (total === null) return { bounds: { interval: null, low: null, high: null, u95: null }, contributions: [] }
  const widths = widthsWith(await uncertaintyWidths(tx))
  const parts = await explainedSpread(tx, filter)
  const names = new Map(parts.map((part) => [`${part.source} ${part.group_key}`, part.group_name]))
  const interval = intervalOf(
    total,
    parts.map((part) => ({
      source: part.source,
      group: part.group_key,
      amount: part.mg,
      // The ledger's tiers are 1 … 5 by a check of the database.
      u95: widths[part.source][part.tier as 1 | 2 | 3 | 4 | 5],
    })),
  )
  return {
    bounds: boundsOf(interval),
    contributions: interval.shares.slice(0, MOST_CAUSES).map(({ source, group, share, half }) => ({
      source: SOURCE[source as SpreadPart['source']],
      group: names.get(`${source} ${group}`) ?? group,
      share,
      half: halfText(half, total, 'mg'),
    })),
  }
}

const FURTHER: Partial<Record<ExplainedMeasure, SpreadMeasure>> = {
  market: 'market',
  before: 'before',
  loss: 'before',
  upstream: 'before',
  embodied: 'embodied',
}
const FURTHER_SOURCE: Record<string, string> = {
  ...SOURCE,
  market: 'Market-based rate',
  loss: 'Grid losses',
  upstream: 'Upstream of fuels',
  embodied: 'Embodied hardware',
}
const NO_BOUNDS: Bounds = { interval: null, low: null, high: null, u95: null }

/**
 * The interval of the other figures, as the pages show it: what errs together is told by the entries' terms. Losses and upstream share
 * energy and grid: each has the width of both. What is kept out says why.
 */
export const furtherInterval = async (
  tx: OrgTx,
  filter: LedgerFilter,
  measure: ExplainedMeasure,
  total: bigint | null,
): Promise<{ bounds: Bounds; contributions: Quality['contributions']; why: string | null }> => {
  const of = FURTHER[measure]
  const none = (why: string | null) => ({ bounds: NO_BOUNDS, contributions: [], why })
  if (total === null) return none(null)
  if (of === undefined)
    return none(
      measure === 'energy' || measure === 'facility'
        ? 'told of emissions; the tiers of the energy are those of its location-based figure'
        : 'its parts share their energy: the widths of each part are told with it, and not of their sum',
    )
  if (filter.run !== undefined) return none('told by team, model, stage and place, of which one workload is a part')
  const { from, to, run: _run, gap: _gap, ...dimensions } = filter
  const spread = await furtherSpread(tx, { ...dimensions, from: dayName(from), to: dayName(to) })
  const whole = spread.parts
    .filter(({ measure: told, source }) => told === of && source === (of === 'embodied' ? 'embodied' : 'energy'))
    .reduce((sum, { mg }) => sum + mg, 0n)
  const interval = spread.of(of, measure === 'loss' || measure === 'upstream' ? whole : total)
  if (interval?.u95 == null) return none('nothing of it is graded, or instruments take off more than there was')
  const names = await spreadNames(tx)
  const { bounds, contributions } = {
    bounds: measure === 'loss' || measure === 'upstream' ? relative(total, interval) : boundsOf(interval),
    contributions: interval.shares.slice(0, MOST_CAUSES).map(({ source, group, share, half }) => ({
      source: FURTHER_SOURCE[source] ?? source,
      group:
        group
          .split(' ')
          .map((word) => names.get(word) ?? word)
          .join(', ') || 'not named',
      share,
      half: halfText(half * (Number(total) / Number(interval.total)), total, 'mg'),
    })),
  }
  return { bounds, contributions, why: null }
}

const relative = (total: bigint, { u95 }: Interval): Bounds =>
  u95 === null || total < 0n
    ? NO_BOUNDS
    : boundsOf(intervalOf(total, [{ source: 'both', group: '', amount: total, u95 }]))

const boundsOf = ({ total, low, high, u95 }: Interval): Bounds => ({
  interval: u95 === null ? null : halfText(Number(total) * u95, total, 'mg'),
  low: low.toString(),
  high: high.toString(),
  u95,
})

/** Emissions by the weakest tier of each hour; tiers without any are left out. */
export const tierMix = (hours: ExplainedHours): Quality['tiers'] => {
  const masses = [hours.tier1_mg, hours.tier2_mg, hours.tier3_mg, hours.tier4_mg, hours.tier5_mg]
  const whole = masses.reduce((sum, mass) => sum + mass, 0n)
  return masses.flatMap((mass, place) =>
    mass === 0n ? [] : [{ tier: place + 1, exact: mass.toString(), share: Number(mass) / Number(whole) }],
  )
}

export const coverageOf = ({ covered_ms, elapsed_ms }: ExplainedHours): number | null =>
  elapsed_ms === 0n ? null : Number(covered_ms) / Number(elapsed_ms)

export const NO_QUALITY: Quality = { tiers: [], contributions: [], coverage: null, known_hours: null, gaps: [] }
