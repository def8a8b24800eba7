import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emissionsOf, energyOfPower, facilityEnergyOf, itEnergyOf, toMicrowattHours } from './physics'
import {
  add,
  gramsPerKilowattHour,
  kilowattHours,
  microwattHours,
  milligramsCO2e,
  pue,
  scale,
  seconds,
  subtract,
  value,
  watts,
} from './quantity'
import { roundHalfEven } from './round'

describe('a quantity', () => {
  it('is a plain number at run time', () => {
    expect(kilowattHours(1.5)).toBe(1.5)
    expect(JSON.stringify({ energy_kwh: kilowattHours(1.5) })).toBe('{"energy_kwh":1.5}')
  })

  it('is a finite number', () => {
    for (const make of [watts, seconds, kilowattHours, gramsPerKilowattHour, pue])
      for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => make(wrong)).toThrow(/finite/)
  })

  it('of the ledger is a safe integer', () => {
    for (const make of [microwattHours, milligramsCO2e])
      for (const wrong of [0.5, 2 ** 53, Number.NaN]) expect(() => make(wrong)).toThrow(/safe integer/)
    expect(value(microwattHours(2 ** 53 - 1))).toBe(2 ** 53 - 1)
  })

  it('is added, subtracted and scaled as the number it is', () => {
    expect(value(add(watts(2), watts(3)))).toBe(5)
    expect(value(subtract(watts(2), watts(3)))).toBe(-1)
    expect(value(scale(watts(2), 1.5))).toBe(3)
  })
})

describe('the lawful products', () => {
  it('give the worked lines of their comments', () => {
    expect(value(energyOfPower(watts(300), seconds(3600)))).toBe(0.3)
    expect(value(toMicrowattHours(kilowattHours(1)))).toBe(1_000_000_000)
    expect(value(facilityEnergyOf(microwattHours(1_000_000_000), pue(1.2)))).toBe(1_200_000_000)
    expect(value(itEnergyOf(microwattHours(1_200_000_000), pue(1.2)))).toBe(1_000_000_000)
    expect(value(emissionsOf(microwattHours(30_000_000_000), gramsPerKilowattHour(400)))).toBe(12_000_000)
  })

  it('round once, half to even', () => {
    expect(value(facilityEnergyOf(microwattHours(3), pue(1.5)))).toBe(4)
    expect(value(facilityEnergyOf(microwattHours(5), pue(1.5)))).toBe(8)
    expect(value(itEnergyOf(microwattHours(5), pue(2)))).toBe(2)
    expect(value(emissionsOf(microwattHours(500_000), gramsPerKilowattHour(1)))).toBe(0)
    expect(value(emissionsOf(microwattHours(1_500_000), gramsPerKilowattHour(1)))).toBe(2)
  })

  it('refuse an energy that one entry-hour cannot hold exactly', () => {
    expect(() => toMicrowattHours(kilowattHours(1e7))).toThrow(/safe integer/)
  })
})

describe('rounding', () => {
  it('goes to the nearest, ties to even, on both sides of zero', () => {
    const pairs: [number, number][] = [
      [0.5, 0],
      [1.5, 2],
      [2.5, 2],
      [-0.5, 0],
      [-1.5, -2],
      [-2.5, -2],
      [2.4999999999999996, 2],
      [0.49999999999999994, 0],
      [2 ** 51 + 0.5, 2 ** 51],
    ]
    for (const [given, rounded] of pairs) expect(roundHalfEven(given)).toBe(rounded)
  })

  it('never gives minus zero', () => {
    for (const given of [-0, -0.5, -0.2, -1e-300]) expect(Object.is(roundHalfEven(given), 0)).toBe(true)
  })

  it('is never further than half away, and keeps integers', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (given) => {
        const rounded = roundHalfEven(given)
        expect(Number.isInteger(rounded)).toBe(true)
        expect(Math.abs(rounded - given)).toBeLessThanOrEqual(0.5)
        expect(roundHalfEven(rounded)).toBe(rounded)
      }),
    )
  })
})
