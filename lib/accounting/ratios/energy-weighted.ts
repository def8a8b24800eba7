import { ratioOf, sumOf } from '@/lib/units/products'
import { type KilowattHours, kilowattHours, value } from '@/lib/units/quantity'

/** One period of which both sides are known. */
export interface RatioPeriod {
  part: KilowattHours
  whole: KilowattHours
}

const sum = (energies: readonly KilowattHours[]): KilowattHours => {
  if (energies.some((energy) => value(energy) < 0)) throw new RangeError('Energy starts at 0')
  return sumOf(kilowattHours(0), energies)
}

/**
 * Σ part ÷ Σ whole: energy-weighted over periods, never the mean of their ratios (ISO/IEC 30134-1; METHOD §2). 130 ÷ 100
 * and 240 ÷ 200 → 370 ÷ 300 = 1.2333, not 1.25 (case KPI-01). Null where the whole is 0. @throws RangeError for energy
 * below zero
 */
export const energyWeighted = (periods: readonly RatioPeriod[]): number | null =>
  ratioOf(sum(periods.map(({ part }) => part)), sum(periods.map(({ whole }) => whole)))
