import { describe, expect, it } from 'vitest'
import { energyIn, isPowerUnit, powerIn, READING_UNITS } from './convert'
import { value } from './quantity'

describe('a reading in its own unit', () => {
  it('becomes watts or kilowatt-hours', () => {
    expect([value(powerIn(5, 'W')), value(powerIn(5, 'kW'))]).toEqual([5, 5000])
    expect(value(energyIn(3.6e6, 'J'))).toBe(1)
    expect(value(energyIn(3.6e9, 'mJ'))).toBe(1)
    expect(value(energyIn(1000, 'Wh'))).toBe(1)
    expect(value(energyIn(1, 'kWh'))).toBe(1)
    expect([value(powerIn(2, 'MW')), value(powerIn(1500, 'mW')), value(powerIn(27_000_001, 'µW'))]).toEqual([
      2e6, 1.5, 27.000001,
    ])
    expect([
      value(energyIn(3600, 'kJ')),
      value(energyIn(3.6, 'MJ')),
      value(energyIn(3.6e12, 'µJ')),
      value(energyIn(2, 'MWh')),
    ]).toEqual([1, 1, 1, 2000])
  })

  it('is either of power or of energy', () => {
    expect(READING_UNITS.filter(isPowerUnit)).toEqual(['W', 'kW', 'MW', 'mW', 'µW'])
  })
})
