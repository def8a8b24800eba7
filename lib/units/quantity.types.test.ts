import { describe, expect, it } from 'vitest'
import { emissionsOf, energyOfPower, facilityEnergyOf } from './physics'
import {
  add,
  type GramsCO2e,
  gramsCO2e,
  gramsPerKilowattHour,
  type KilowattHours,
  kilowattHours,
  microwattHours,
  pue,
  seconds,
  subtract,
  watts,
} from './quantity'

/** Checked by the compiler: each line below @ts-expect-error must be refused, or `tsc` fails on the unused directive. Never called. */
const wrongMixes = () => {
  const energy = kilowattHours(1)
  const mass = gramsCO2e(1)
  // @ts-expect-error two units are not added
  energy + mass
  // @ts-expect-error nor is one unit with a bare operator: add() says which
  energy + energy
  // @ts-expect-error two units are not compared
  energy < mass
  // @ts-expect-error add() takes one unit
  add(energy, mass)
  // @ts-expect-error nor does subtract()
  subtract(energy, mass)
  // @ts-expect-error a bare number is not a quantity
  const bare: KilowattHours = 1
  // @ts-expect-error a quantity is not a bare number
  const number: number = energy
  // @ts-expect-error one quantity is not another
  const other: GramsCO2e = energy
  // @ts-expect-error Math knows no units
  Math.round(energy)
  // @ts-expect-error energy first, intensity second
  emissionsOf(gramsPerKilowattHour(400), microwattHours(1))
  // @ts-expect-error emissions come from the ledger's integer, not from kWh
  emissionsOf(energy, gramsPerKilowattHour(400))
  // @ts-expect-error power first, time second
  energyOfPower(seconds(1), watts(1))
  // @ts-expect-error PUE lifts energy, not emissions
  facilityEnergyOf(mass, pue(1.2))
  // @ts-expect-error a sum of unlike things
  ;[energy, mass].reduce((total, each) => total + each, 0)
  return [bare, number, other]
}

describe('quantities', () => {
  it('of two units are kept apart by the compiler', () => {
    expect(wrongMixes).toBeTypeOf('function')
  })
})
