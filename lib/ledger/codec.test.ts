import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BatchRow, decodeRows, encodeRows } from './codec'

const row = fc
  .record({
    series: fc.nat(100_000),
    attribution: fc.nat(1000),
    at: fc.integer({ min: -2_208_988_800_000, max: 4_102_444_800_000 }),
    interval: fc.option(fc.nat(366 * 86_400_000), { nil: null }),
    value: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
  })
  .map(({ interval, ...rest }): BatchRow => ({ ...rest, start: interval === null ? null : rest.at - interval }))

test('any rows come back as they went in, in their order', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 200 }), (rows) => {
      const { codec, payload } = encodeRows(rows)
      expect(decodeRows(codec, payload)).toEqual(rows)
    }),
  )
})

test('a scrape of 1,000 steady meters takes less than 12 bytes a reading', () => {
  const rows = Array.from({ length: 1000 }, (_, i) => ({
    series: i,
    attribution: 0,
    at: 1_700_000_000_000,
    start: null,
    value: 300 + (i % 40) / 10,
  }))
  expect(encodeRows(rows).payload.length).toBeLessThan(12_000)
})

test('a payload that was cut is refused, never read as fewer readings', () => {
  const rows = [{ series: 0, attribution: 0, at: 1_700_000_000_000, start: null, value: 1 }]
  const { codec, payload } = encodeRows(rows)
  for (let length = 0; length < payload.length; length++) {
    expect(() => decodeRows(codec, payload.subarray(0, length))).toThrow()
  }
})
