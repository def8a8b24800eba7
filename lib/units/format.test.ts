import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  energyUnitFor,
  exactDecimal,
  exactKilograms,
  exactKilowattHours,
  formatCount,
  formatDay,
  formatEnergy,
  formatInstant,
  formatIntensity,
  formatMass,
  formatPercent,
  formatRatio,
  massUnitFor,
  threeFigures,
} from './format'

describe('a figure', () => {
  it('has three significant figures, and whole numbers from 100 on', () => {
    const pairs: [number, string][] = [
      [0, '0'],
      [0.23456, '0.235'],
      [12.69, '12.7'],
      [1, '1.00'],
      [99.96, '100'],
      [123.4, '123'],
      [3748.2, '3,748'],
      [1_234_567.8, '1,234,568'],
    ]
    for (const [given, shown] of pairs) expect(threeFigures(given)).toBe(shown)
  })

  it('rounds ties to even', () => {
    expect([threeFigures(100.5), threeFigures(101.5), threeFigures(0.0625 + 1)]).toEqual(['100', '102', '1.06'])
  })

  it('has a true minus sign, and none before a zero', () => {
    expect(threeFigures(-12.69)).toBe('\u221212.7')
    expect(formatRatio(-1.5)).toBe('\u22121.500')
    expect(formatRatio(-0.0001)).toBe('0.000')
    expect(threeFigures(-0)).toBe('0')
  })

  it('that is unknown is nothing, not a zero', () => {
    expect([
      formatMass(null),
      formatEnergy(null),
      formatIntensity(null),
      formatRatio(null),
      formatPercent(null),
    ]).toEqual(new Array(5).fill(null))
    expect(formatMass(0)).toEqual({ value: '0', unit: 'g' })
  })

  it('takes the unit in which it reads well', () => {
    expect([0, 999, 1000, 1e6, 1e9, -1e9].map(massUnitFor)).toEqual(['g', 'mg', 'g', 'kg', 't', 't'])
    expect([0, 1e9, 1e12, 1e15].map(energyUnitFor)).toEqual(['Wh', 'kWh', 'MWh', 'GWh'])
    expect(formatMass(12_690_000_000n)).toEqual({ value: '12.7', unit: 't' })
    expect(formatMass(12_690_000_000n, 'kg')).toEqual({ value: '12,690', unit: 'kg' })
    expect(formatEnergy(1_230_000_000)).toEqual({ value: '1.23', unit: 'kWh' })
    expect(formatIntensity(356.25)).toEqual({ value: '356', unit: 'g/kWh' })
  })
})

describe('a share', () => {
  it('has one decimal and a narrow no-break space', () => {
    expect([formatPercent(0.4567), formatPercent(1), formatPercent(0)]).toEqual([
      '45.7\u202f%',
      '100.0\u202f%',
      '0.0\u202f%',
    ])
  })

  it('that is small but not nothing is not shown as nothing', () => {
    expect(formatPercent(0.0004)).toBe('< 0.1\u202f%')
  })
})

describe('counts and dates', () => {
  it('read as people write them, in UTC', () => {
    expect([formatCount(1_234_567), formatCount(12n)]).toEqual(['1,234,567', '12'])
    expect([formatDay('2026-11-14'), formatDay('2026-11-14T23:59:59Z')]).toEqual(['14 Nov 2026', '14 Nov 2026'])
    expect(formatInstant('2026-11-14T06:10:30+02:00')).toBe('14 Nov 2026 04:10')
  })
})

describe('an exact decimal', () => {
  it('keeps every digit and drops empty ones', () => {
    expect(exactKilograms(12_000_000n)).toBe('12')
    expect(exactKilowattHours(1n)).toBe('0.000000001')
    expect(exactDecimal(-1_500n, 3)).toBe('-1.5')
    expect(exactDecimal(0n, 6)).toBe('0')
    expect(exactDecimal(42n, 0)).toBe('42')
    expect(exactKilowattHours(123_456_789_012_345_678_901n)).toBe('123456789012.345678901')
  })

  it('can be read back to the same integer', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: 0, max: 12 }),
        (amount, decimals) => {
          const [whole, fraction = ''] = exactDecimal(amount, decimals).replace('-', '').split('.')
          const back = BigInt(whole + fraction.padEnd(decimals, '0'))
          expect(amount < 0n ? -back : back).toBe(amount)
        },
      ),
    )
  })
})
