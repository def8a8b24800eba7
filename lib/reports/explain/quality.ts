import { type Interval, intervalOf } from '@/lib/accounting/uncertainty/interval'
import { widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import type { ExplainedHours, ExplainScope } from '@/lib/rollups/explain-figure'
import { explainedSpread, type SpreadPart } from '@/lib/rollups/explain-spread'
import { uncertaintyWidths } from '@/lib/rollups/uncertainty-widths'
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
