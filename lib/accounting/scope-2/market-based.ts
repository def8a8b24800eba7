import { massOf, sumOf } from '@/lib/units/products'
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

/** Energy with its attributes: so many kWh at a rate. */
export interface OfferedEnergy {
  energy: KilowattHours
  rate: GramsCO2ePerKilowattHour
}

/** What is known of the rest. null is unknown, and never 0: AT and NL publish no residual mix. */
export interface RemainderRates {
  supplier: GramsCO2ePerKilowattHour | null
  residual: GramsCO2ePerKilowattHour | null
  location: GramsCO2ePerKilowattHour | null
}

export interface Remainder {
  rate: GramsCO2ePerKilowattHour
  /** `location`: no residual mix, so the grid average stands in, to be flagged. */
  from: 'supplier' | 'residual' | 'location'
}

export interface MarketBased {
  /** null: energy is left that has no rate at all. */
  mass: GramsCO2e | null
  covered: KilowattHours
  uncovered: KilowattHours
  /** What the instruments hold beyond the load: it nets nothing. */
  surplus: KilowattHours
  /** What the uncovered energy took; null where nothing is known. */
  remainder: Remainder | null
}

const NOTHING = kilowattHours(0)

/** Which rate the uncovered energy takes: supplier's, residual mix, grid average (Scope 2 Guidance, table 6.3; METHOD §3.1). */
export const remainderRate = ({ supplier, residual, location }: RemainderRates): Remainder | null => {
  if (supplier !== null) return { rate: supplier, from: 'supplier' }
  if (residual !== null) return { rate: residual, from: 'residual' }
  return location === null ? null : { rate: location, from: 'location' }
}

/**
 * MB = Σ Eᵢ × EFᵢ + max(0, E − Σ Eᵢ) × EF_rest, kWh and g/kWh → g (METHOD §3.1; Scope 2 Guidance, chapter 6). Instruments
 * are used in the order given, and no more of them than the load. 10 GWh, 6 GWh of GO at 0, residual 701.47 g/kWh →
 * 2,805.88 t (case S2-03). @throws RangeError for energy below zero
 */
export const marketBasedOf = (
  load: KilowattHours,
  instruments: readonly OfferedEnergy[],
  rates: RemainderRates,
): MarketBased => {
  if (value(load) < 0 || instruments.some(({ energy }) => value(energy) < 0)) throw new RangeError('Energy starts at 0')
  const offered = sumOf(
    NOTHING,
    instruments.map(({ energy }) => energy),
  )
  const used: GramsCO2e[] = []
  let left = load
  for (const { energy, rate } of instruments) {
    const taken = leastOf(left, energy)
    used.push(massOf(taken, rate))
    left = subtract(left, taken)
  }
  const remainder = remainderRate(rates)
  const own = sumOf(gramsCO2e(0), used)
  const covered = subtract(load, left)
  const mass = value(left) === 0 ? own : remainder === null ? null : add(own, massOf(left, remainder.rate))
  return { mass, covered, uncovered: left, surplus: subtract(offered, covered), remainder }
}

const leastOf = (one: KilowattHours, other: KilowattHours): KilowattHours => (value(one) <= value(other) ? one : other)
