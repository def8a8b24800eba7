import { describe, expect, it } from 'vitest'
import { embodiedOf, emissionsOf, energyOfPower, facilityEnergyOf, lossIntensityOf, waterOf } from './physics'
import { deviceHoursOf, energyOfDeviceHours, gramsOf, liftedBy, massOf, ratioOf, sumOf, waterUsed } from './products'
import {
  add,
  deviceHours,
  flops,
  flopsPerSecond,
  type GramsCO2e,
  gramsCO2e,
  gramsPerKilowattHour,
  type KilowattHours,
  kilogramsCO2e,
  kilowattHours,
  litres,
  litresPerKilowattHour,
  microwattHours,
  pue,
  scale,
  seconds,
  share,
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
  // @ts-expect-error kilograms are not grams: gramsOf() says so
  add(gramsCO2e(1), kilogramsCO2e(1))
  // @ts-expect-error nor is an intensity a water rate
  waterUsed(energy, gramsPerKilowattHour(400))
  // @ts-expect-error water is of energy, not of its emissions
  waterOf(mass, litresPerKilowattHour(1))
  // @ts-expect-error litres are no mass
  add(litres(1), mass)
  // @ts-expect-error energy first, intensity second, in doubles too
  massOf(gramsPerKilowattHour(400), energy)
  // @ts-expect-error PUE lifts energy, not a share of it
  liftedBy(energy, share(0.5))
  // @ts-expect-error FLOPs are no FLOP/s
  subtract(flops(1), flopsPerSecond(1))
  // @ts-expect-error device-hours are no energy
  add(energy, deviceHours(1))
  // @ts-expect-error power over device-hours, not over seconds
  energyOfDeviceHours(watts(1), seconds(1))
  // @ts-expect-error devices and hours are counts, device-hours are their product
  deviceHoursOf(deviceHours(1), 1)
  // @ts-expect-error a ratio is one of like things
  ratioOf(energy, mass)
  // @ts-expect-error a sum is one of like things
  sumOf(energy, [mass])
  // @ts-expect-error only kilograms turn into grams
  gramsOf(mass)
  // @ts-expect-error a loss is a share of generation, not a bare number
  lossIntensityOf(gramsPerKilowattHour(400), 0.05)
  // @ts-expect-error what is embodied in a device is kilograms
  embodiedOf(mass, { ms: 1, devices: 1, lifeHours: 1, planned: share(1) })
  // @ts-expect-error a quantity is scaled by a number, not by another quantity
  scale(energy, share(0.5))
  return [bare, number, other]
}

describe('quantities', () => {
  it('of two units are kept apart by the compiler', () => {
    expect(wrongMixes).toBeTypeOf('function')
  })
})
