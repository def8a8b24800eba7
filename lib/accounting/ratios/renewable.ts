import type { KilowattHours } from '@/lib/units/quantity'
import { energyWeighted, type RatioPeriod } from './energy-weighted'

/** REF = Σ E_ren ÷ Σ E_DC, at most 1 (ISO/IEC 30134-3); null without energy. 8,000 ÷ 10,000 → 0.8 (case KPI-04). */
export const renewableFactor = (periods: readonly RatioPeriod[]): number | null => {
  const ratio = energyWeighted(periods)
  return ratio === null ? null : Math.min(1, ratio)
}

/** ERF = Σ E_reuse ÷ Σ E_DC (ISO/IEC 30134-6); null without energy. 1,200 ÷ 10,000 → 0.12 (case KPI-04). */
export const reuseFactor = (periods: readonly RatioPeriod[]): number | null => energyWeighted(periods)

/** CER = Q removed ÷ E of cooling (ISO/IEC 30134-7); null where cooling used nothing. 10,000 kWh of heat with 2,500 kWh → 4. */
export const coolingEfficiency = (removed: KilowattHours, cooling: KilowattHours): number | null =>
  energyWeighted([{ part: removed, whole: cooling }])

/**
 * Mean load of equipment against what it is rated for: E ÷ (P × h); null without either. 14,088 GWh of 3,738.86 MW over a
 * year → 0.430 (KPI-03).
 */
export const loadFactor = (used: KilowattHours, possible: KilowattHours): number | null =>
  energyWeighted([{ part: used, whole: possible }])
