import { describe, expect, it } from 'vitest'
import {
  asPercent,
  deviceHoursAs,
  deviceHoursFrom,
  energyAs,
  energyFrom,
  intensityIn,
  massAs,
  massIn,
  millisecondsFrom,
  percent,
  powerFrom,
  waterAs,
  waterIn,
} from './measure'
import {
  deviceHoursOf,
  energyOfDeviceHours,
  gramsOf,
  intensityOf,
  kilogramsOf,
  liftedBy,
  massOf,
  ratioOf,
  sumOf,
  waterUsed,
  withoutOverhead,
} from './products'
import {
  deviceHours,
  gramsCO2e,
  gramsPerKilowattHour,
  kilogramsCO2e,
  kilowattHours,
  litresPerKilowattHour,
  pue,
  watts,
} from './quantity'

describe('products in doubles', () => {
  it('give the worked lines of their comments', () => {
    expect(massOf(kilowattHours(30), gramsPerKilowattHour(400))).toBe(12_000)
    expect(waterUsed(kilowattHours(1000), litresPerKilowattHour(0.27))).toBe(270)
    expect(energyOfDeviceHours(watts(300), deviceHours(100))).toBe(30)
    expect(deviceHoursOf(8, 12)).toBe(96)
    expect(liftedBy(kilowattHours(100), pue(1.2))).toBe(120)
    expect(withoutOverhead(kilowattHours(120), pue(1.2))).toBe(100)
    expect(intensityOf(gramsCO2e(12_000), kilowattHours(30))).toBe(400)
    expect(gramsOf(kilogramsCO2e(1.5))).toBe(1500)
    expect(kilogramsOf(gramsCO2e(1500))).toBe(1.5)
    expect(sumOf(kilowattHours(1), [kilowattHours(2), kilowattHours(3)])).toBe(6)
  })

  it('have no quotient without a denominator, and no time below zero', () => {
    expect(intensityOf(gramsCO2e(1), kilowattHours(0))).toBeNull()
    expect(ratioOf(kilowattHours(1), kilowattHours(0))).toBeNull()
    expect(() => deviceHoursOf(-1, 1)).toThrow(RangeError)
  })
})

describe('units that people publish in', () => {
  it('come in and go out as the same figure', () => {
    for (const unit of ['mg', 'g', 'kg', 't', 'lb'] as const) expect(massAs(massIn(7, unit), unit)).toBeCloseTo(7, 12)
    for (const unit of ['µJ', 'mJ', 'J', 'Wh', 'kWh', 'MWh', 'GWh'] as const)
      expect(energyAs(energyFrom(7, unit), unit)).toBeCloseTo(7, 12)
    for (const unit of ['mL', 'L', 'm3'] as const) expect(waterAs(waterIn(7, unit), unit)).toBeCloseTo(7, 12)
    for (const unit of ['s', 'min', 'h', 'd', 'y'] as const)
      expect(deviceHoursAs(deviceHoursFrom(7, unit), unit)).toBeCloseTo(7, 12)
  })

  it('are what they are defined as', () => {
    expect(intensityIn(0.954, 'lb', 'kWh')).toBeCloseTo(432.727, 3)
    expect(intensityIn(0.385, 't', 'MWh')).toBeCloseTo(385, 9)
    expect(intensityIn(429.983, 'lb', 'MWh')).toBeCloseTo(195.037, 3)
    expect(energyAs(energyFrom(3600, 'J'), 'Wh')).toBeCloseTo(1, 12)
    expect(powerFrom(2, 'MW')).toBe(2e6)
    expect(millisecondsFrom(60, 's')).toBe(60_000)
    expect(percent(30)).toBe(0.3)
    expect(asPercent(0.3)).toBe(30)
    expect(() => percent(101)).toThrow(RangeError)
  })
})
