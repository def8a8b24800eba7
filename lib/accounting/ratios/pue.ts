import { liftedBy } from '@/lib/units/products'
import { type KilowattHours, type Pue, pue } from '@/lib/units/quantity'
import { energyWeighted } from './energy-weighted'

/** A period's facility and IT energy, both metered over the same hours. */
export interface FacilityPeriod {
  facility: KilowattHours
  it: KilowattHours
}

/** PUE = Σ E_DC ÷ Σ E_IT (ISO/IEC 30134-2), energy-weighted; null without IT energy. 370 ÷ 300 → 1.2333 (case KPI-01). */
export const pueOf = (periods: readonly FacilityPeriod[]): Pue | null => {
  const ratio = energyWeighted(periods.map(({ facility, it }) => ({ part: facility, whole: it })))
  return ratio === null ? null : pue(ratio)
}

/**
 * E_facility = E_IT × PUE, once: energy that was metered at the facility boundary already holds it (METHOD §2). 100 kWh ×
 * 1.2 → 120 kWh. @throws RangeError when the energy is the facility's
 */
export const facilityEnergyWith = (
  energy: KilowattHours,
  boundary: 'it' | 'facility',
  overhead: Pue,
): KilowattHours => {
  if (boundary === 'facility') throw new RangeError('A second PUE is refused: energy of the facility already holds it')
  return liftedBy(energy, overhead)
}
