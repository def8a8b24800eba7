import { massOf, ratioOf, sumOf } from '@/lib/units/products'
import {
  add,
  type GramsCO2e,
  type GramsCO2ePerKilowattHour,
  gramsCO2e,
  type KilowattHours,
  kilowattHours,
  subtract,
  value,
} from '@/lib/units/quantity'

export interface MatchedHour {
  matched: KilowattHours
  unmatched: KilowattHours
  surplus: KilowattHours
}

export interface Matching {
  hours: MatchedHour[]
  /** Σ matched ÷ Σ load, 0 … 1; null without load. */
  hourlyScore: number | null
  /** min(1, Σ clean ÷ Σ load): the same energy, whenever it came. */
  annualScore: number | null
  /** Energy that took the remainder's rate, by each method. */
  hourlyUnmatched: KilowattHours
  annualUnmatched: KilowattHours
}

const NONE = kilowattHours(0)
const excessOf = (one: KilowattHours, other: KilowattHours): KilowattHours =>
  value(one) > value(other) ? subtract(one, other) : NONE

/**
 * 24/7 matching beside annual matching, kWh by hour (METHOD §3.2): matched = min(load, clean), unmatched = max(0, load −
 * clean), surplus = max(0, clean − load). An hour's surplus is no use to another hour. Load 10 · 10 · 10 · 10, clean 0 · 25
 * · 20 · 0 → annual 1.0, hourly 0.5 (case S2-07). @throws RangeError when the two lists differ in length or hold less than
 * nothing
 */
export const matchHours = (load: readonly KilowattHours[], clean: readonly KilowattHours[]): Matching => {
  if (load.length !== clean.length) throw new RangeError(`${load.length} hours of load, ${clean.length} of supply`)
  if ([...load, ...clean].some((energy) => value(energy) < 0)) throw new RangeError('Energy starts at 0')
  const hours = load.map((used, hour) => {
    const supplied = clean[hour] as KilowattHours
    const unmatched = excessOf(used, supplied)
    return { matched: subtract(used, unmatched), unmatched, surplus: excessOf(supplied, used) }
  })
  const total = sumOf(NONE, load)
  const supplied = sumOf(NONE, clean)
  const matched = sumOf(
    NONE,
    hours.map((hour) => hour.matched),
  )
  const annualUnmatched = excessOf(total, supplied)
  return {
    hours,
    hourlyScore: ratioOf(matched, total),
    annualScore: ratioOf(subtract(total, annualUnmatched), total),
    hourlyUnmatched: subtract(total, matched),
    annualUnmatched,
  }
}

/**
 * Market-based emissions of the unmatched hours, each at its own rate: Σ unmatched_h × EF_h (METHOD §3.2). Null where an
 * hour that is unmatched has no rate. 10 MWh unmatched in each of two hours at 0.5 t/MWh → 10 t (S2-07).
 */
export const hourlyMarketBased = (
  hours: readonly MatchedHour[],
  rates: readonly (GramsCO2ePerKilowattHour | null)[],
): GramsCO2e | null => {
  if (hours.length !== rates.length) throw new RangeError(`${hours.length} hours, ${rates.length} rates`)
  let total = gramsCO2e(0)
  for (const [hour, { unmatched }] of hours.entries()) {
    const rate = rates[hour] as GramsCO2ePerKilowattHour | null
    if (rate !== null) total = add(total, massOf(unmatched, rate))
    else if (value(unmatched) > 0) return null
  }
  return total
}
