import { roundHalfEven } from '@/lib/units/round'
import { type Bounds, boundsOf } from './bounds'
import { type Contribution, spreadOf, type VarianceShare } from './spread'

/** A total in a ledger integer (mg, µL) with its 95 % interval. */
export interface Interval {
  total: bigint
  low: bigint
  high: bigint
  /** Half-width as a share of the total; null for a total of 0. */
  u95: number | null
  distribution: Bounds['distribution']
  /** What the width is made of, largest first. */
  shares: VarianceShare[]
}

/**
 * 95 % interval of a total: half-width by spreadOf, bounds by boundsOf (symmetric up to ±30 %, lognormal beyond, never
 * below 0), in the total's own integer unit. 1,000 mg, of which all rests on an energy of ±5 % and an intensity of ±10 % →
 * 888 … 1,112 mg, 80 % of the variance from the intensity. @throws RangeError for a total below zero: nothing nets below
 * zero.
 */
export const intervalOf = (total: bigint, contributions: readonly Contribution<bigint>[]): Interval => {
  if (total < 0n) throw new RangeError(`An interval is one of an emission, got ${total}`)
  const { half, shares } = spreadOf(contributions)
  if (total === 0n)
    return { total, low: 0n, high: BigInt(roundHalfEven(half)), u95: null, distribution: 'normal', shares }
  const u95 = half / Number(total)
  const { low, high, distribution } = boundsOf(u95)
  const away = (factor: number) => BigInt(roundHalfEven(Number(total) * factor))
  return { total, low: total - away(1 - low), high: total + away(high - 1), u95, distribution, shares }
}
