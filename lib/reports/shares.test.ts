import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharesPerMille, shareText } from './shares'

const parts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 18n }), { minLength: 1, maxLength: 40 })

test('shares of anything but nothing sum to 100.0 %', () => {
  fc.assert(
    fc.property(parts, (mg) => {
      fc.pre(mg.some((part) => part > 0n))
      expect(sharesPerMille(mg).reduce((sum, share) => sum + share, 0)).toBe(1000)
    }),
  )
})

test('a share is less than a tenth of a percent from the quotient', () => {
  fc.assert(
    fc.property(parts, (mg) => {
      const total = mg.reduce((sum, part) => sum + part, 0n)
      fc.pre(total > 0n)
      sharesPerMille(mg).forEach((share, at) => {
        expect(Math.abs(share - (Number(mg[at]) / Number(total)) * 1000)).toBeLessThan(1 + 1e-6)
      })
    }),
  )
})

test('of nothing there are no shares', () => {
  expect(sharesPerMille([0n, 0n])).toEqual([0, 0])
})

test('thirds go to the earlier part', () => {
  expect(sharesPerMille([1n, 1n, 1n])).toEqual([334, 333, 333])
})

test('what is there but below resolution says so', () => {
  expect(shareText(0, 1n)).toBe('< 0.1\u202f%')
  expect(shareText(0, 0n)).toBe('0.0\u202f%')
  expect(shareText(374, 1n)).toBe('37.4\u202f%')
})
