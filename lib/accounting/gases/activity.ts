import { type KilogramsCO2e, kilogramsCO2e } from '@/lib/units/quantity'

/**
 * Activity × factor, kg CO2e; amount and factor in the same unit of activity, which its caller has checked (METHOD §7).
 * 10,000 l of diesel × 2.66155 kg/l → 26.62 t in Scope 1, × 0.62409 → 6.24 t upstream in category 3 (case S1-01). @throws
 * RangeError below zero
 */
export const activityEmissions = (amount: number, kgPerUnit: number): KilogramsCO2e => {
  if (!(amount >= 0 && kgPerUnit >= 0)) throw new RangeError('An activity and its factor start at 0')
  return kilogramsCO2e(amount * kgPerUnit)
}
