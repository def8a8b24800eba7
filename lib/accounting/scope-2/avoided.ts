import { massOf, ratioOf } from '@/lib/units/products'
import {
  type GramsCO2e,
  type GramsCO2ePerKilowattHour,
  gramsPerKilowattHour,
  type KilowattHours,
  subtract,
  value,
} from '@/lib/units/quantity'
import { type EnergyAtIntensity, locationBasedOf } from './location-based'

export interface Avoided {
  /** Below zero: the schedule emitted more than its baseline. */
  mass: GramsCO2e
  /** Of the baseline's emissions; null where it had none. */
  share: number | null
  /** Outside the inventory, and the two are never mixed (METHOD §3.3). */
  label: 'average-based' | 'marginal-based'
}

/**
 * Avoided = Σ E_base,h × CI_h − Σ E_sched,h × CI_h, kWh and g/kWh → g (METHOD §3.3). 3 MWh at 453.21 g/kWh instead of
 * 270.175 → 549.105 kg, 40.4 % (case HR-08).
 */
export const avoidedOf = (
  baseline: readonly EnergyAtIntensity[],
  scheduled: readonly EnergyAtIntensity[],
  label: Avoided['label'],
): Avoided => {
  const before = locationBasedOf(baseline)
  const mass = subtract(before, locationBasedOf(scheduled))
  return { mass, share: ratioOf(mass, before), label }
}

export interface Window {
  /** Index of its first hour. */
  start: number
  intensity: GramsCO2ePerKilowattHour
}

/**
 * The mean intensity of `hours` whole hours from `start` on, for a constant load; null where an hour is unknown or beyond
 * the series.
 */
export const windowIntensity = (
  series: readonly (GramsCO2ePerKilowattHour | null)[],
  start: number,
  hours: number,
): GramsCO2ePerKilowattHour | null => {
  const cells = series.slice(start, start + hours)
  if (start < 0 || hours < 1 || cells.length < hours) return null
  let sum = 0
  for (const cell of cells) {
    if (cell === null) return null
    sum += value(cell)
  }
  return gramsPerKilowattHour(sum / hours)
}

/**
 * Hindsight: the whole-hour start between release and deadline that emits least, the earliest of equals (METHOD §3.3). An
 * upper bound for a schedule that has only a forecast. Null where no window is known from end to end.
 */
export const bestWindow = (
  series: readonly (GramsCO2ePerKilowattHour | null)[],
  { release, deadline, hours }: { release: number; deadline: number; hours: number },
): Window | null => {
  let best: Window | null = null
  for (let start = release; start + hours <= deadline; start += 1) {
    const intensity = windowIntensity(series, start, hours)
    if (intensity !== null && (best === null || value(intensity) < value(best.intensity))) best = { start, intensity }
  }
  return best
}

/**
 * What a schedule with a forecast missed: its emissions less those of the best window, g; never below zero with one energy
 * and one series.
 */
export const regretOf = (
  energy: KilowattHours,
  chosen: GramsCO2ePerKilowattHour,
  best: GramsCO2ePerKilowattHour,
): GramsCO2e => subtract(massOf(energy, chosen), massOf(energy, best))
