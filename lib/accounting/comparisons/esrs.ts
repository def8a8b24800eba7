import { sumOf } from '@/lib/units/products'
import { type KilogramsCO2e, kilogramsCO2e, type Quantity, value } from '@/lib/units/quantity'

/** % N / N−1 of the table of ESRS E1-6: N ÷ N−1 × 100; null without either. 90 after 120 → 75 %. */
export const percentOfPrevious = <U extends string>(
  now: Quantity<U> | null,
  previous: Quantity<NoInfer<U>> | null,
): number | null =>
  now === null || previous === null || value(previous) === 0 ? null : (value(now) / value(previous)) * 100

/**
 * Annual % target ÷ base year: (target − base) ÷ base ÷ years × 100, the even yearly step towards the target (ESRS E1-6, AR
 * 48). 100 t in 2020, 58 t in 2030 → −4.2 % a year. Null without a base. @throws RangeError where the target year is not
 * after the base year
 */
export const annualTargetPercent = (
  base: { year: number; emissions: KilogramsCO2e },
  target: { year: number; emissions: KilogramsCO2e },
): number | null => {
  if (!(target.year > base.year)) throw new RangeError('The target year is after the base year')
  if (value(base.emissions) === 0) return null
  return ((value(target.emissions) - value(base.emissions)) / value(base.emissions) / (target.year - base.year)) * 100
}

/**
 * Total GHG emissions by one method: S1 + S2 (location- or market-based, never both) + S3 (ESRS E1-6). 120 + 3,420.6 +
 * 15,000 → 18,540.6 t (ESRS-01).
 */
export const totalEmissions = (scope1: KilogramsCO2e, scope2: KilogramsCO2e, scope3: KilogramsCO2e): KilogramsCO2e =>
  sumOf(kilogramsCO2e(0), [scope1, scope2, scope3])

/**
 * GHG intensity: emissions per unit of net revenue, in kg; null without revenue. 18,540.6 t over 80 M€ → 231.76 t per M€
 * (ESRS-01).
 */
export const perRevenue = (emissions: KilogramsCO2e, revenue: number): KilogramsCO2e | null => {
  if (!(revenue >= 0)) throw new RangeError(`Revenue starts at 0, got ${revenue}`)
  return revenue === 0 ? null : kilogramsCO2e(value(emissions) / revenue)
}
