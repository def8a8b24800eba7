import { type Share, scale, value, type Watts } from '@/lib/units/quantity'

/** A point of a power curve: at this utilisation, this much of the TDP. */
export interface CurvePoint {
  utilisation: number
  ofTdp: number
}

/** Teads, as the SCI guide and the Impact Framework use it (METHOD §1.3): 0 → 0.12, 10 % → 0.32, 50 % → 0.75, 100 % → 1.02. */
export const TEADS_CURVE: readonly CurvePoint[] = [
  { utilisation: 0, ofTdp: 0.12 },
  { utilisation: 0.1, ofTdp: 0.32 },
  { utilisation: 0.5, ofTdp: 0.75 },
  { utilisation: 1, ofTdp: 1.02 },
]

/**
 * y = y₀ + (u − x₀) ÷ (x₁ − x₀) × (y₁ − y₀) between the points beside u. 20 % between 10 % → 0.32 and 50 % → 0.75 → 0.4275
 * (case SCI-13). @throws RangeError where the curve has no such utilisation, or its points do not ascend
 */
export const shareOfTdp = (utilisation: Share, curve: readonly CurvePoint[] = TEADS_CURVE): number => {
  const at = value(utilisation)
  const upper = curve.findIndex((point) => point.utilisation >= at)
  const [before, after] = [curve[upper - 1], curve[upper]]
  if (curve.some((point, i) => point.utilisation <= (curve[i - 1]?.utilisation ?? Number.NEGATIVE_INFINITY)))
    throw new RangeError('The points of a curve ascend')
  if (after?.utilisation === at) return after.ofTdp
  if (before === undefined || after === undefined) throw new RangeError(`The curve has no utilisation of ${at}`)
  const along = (at - before.utilisation) / (after.utilisation - before.utilisation)
  return before.ofTdp + along * (after.ofTdp - before.ofTdp)
}

/** P = TDP × curve(u), W. 100 W at 50 % → 75 W (case SCI-12). */
export const powerOnCurve = (tdp: Watts, utilisation: Share, curve: readonly CurvePoint[] = TEADS_CURVE): Watts =>
  scale(tdp, shareOfTdp(utilisation, curve))
