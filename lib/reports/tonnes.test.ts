import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactKilogramText, exactKilowattHourText, roundedDecimal, tonnes, wholeKilowattHours } from './tonnes'

const T = 10n ** 9n

test.each([
  [0n, '0'],
  [1n, '< 0.01'],
  [5_000_000n, '< 0.01'],
  [5_000_001n, '0.01'],
  [15_000_000n, '0.02'],
  [25_000_000n, '0.02'],
  [3_949_999_999n, '3.95'],
  [12_650_000_000n, '12.6'],
  [12_750_000_000n, '12.8'],
  [99n * T, '99.0'],
  [100n * T, '100'],
  [3_748_500_000_000n, '3,748'],
  [3_749_500_000_000n, '3,750'],
] as const)('%s mg → %s t, half to even', (mg, text) => {
  expect(tonnes(mg)).toBe(text)
})

test('what is there is never printed as nothing', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 16n }), (mg) => {
      expect(Number(tonnes(mg).replaceAll(',', '').replace('< ', ''))).toBeGreaterThan(0)
    }),
  )
})

test('exact kilograms lose no milligram', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), (mg) => {
      expect(BigInt(exactKilogramText(mg).replace(/[,.]/g, ''))).toBe(mg)
    }),
  )
  expect(exactKilogramText(5_508_169_515n)).toBe('5,508.169515')
  expect(exactKilogramText(12_000_000n)).toBe('12.000000')
})

test('kilowatt-hours are whole on the page and exact in the appendix', () => {
  expect(wholeKilowattHours(38_561_082_003_796n)).toBe('38,561')
  expect(wholeKilowattHours(1n)).toBe('< 1')
  expect(wholeKilowattHours(0n)).toBe('0')
  expect(exactKilowattHourText(38_561_082_003_796n)).toBe('38,561.082003796')
})

test('a taken-back amount has a real minus', () => {
  expect(roundedDecimal(-1_234_567_890n, 6, 2)).toBe('−1,234.57')
})
