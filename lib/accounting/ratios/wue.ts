import {
  type KilowattHours,
  type Litres,
  type LitresPerKilowattHour,
  litresPerKilowattHour,
  value,
} from '@/lib/units/quantity'

/**
 * WUE = W ÷ E_IT, L per IT kWh (ISO/IEC 30134-9); null without energy. Where a publisher divides by total energy, pass that
 * and say so: 6,223,391 m³ over 14,088 GWh → 0.4418 L per kWh of total energy (case KPI-03).
 */
export const wueOf = (water: Litres, energy: KilowattHours): LitresPerKilowattHour | null =>
  value(energy) === 0 ? null : litresPerKilowattHour(value(water) / value(energy))
