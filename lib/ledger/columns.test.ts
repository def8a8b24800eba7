import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Columns, columnsOf, decodeColumns, encodeColumns, packColumns, type SeriesSamples } from './columns'

const decimal = fc.tuple(fc.nat(5_000_000), fc.integer({ min: 0, max: 9 })).map(([whole, place]) => whole / 10 ** place)
const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })
const value = fc.oneof(decimal, anyDouble, fc.constantFrom(0, 0.1 + 0.2, 2 ** 53, 5e-324, 1.7976931348623157e308))
const sample = fc
  .record({
    at: fc.oneof(
      fc.integer({ min: -2_208_988_800_000, max: 4_102_444_800_000 }),
      fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_005 }),
    ),
    interval: fc.option(fc.nat(366 * 86_400_000), { nil: null }),
    value,
  })
  .map(({ interval, ...rest }) => ({ ...rest, start: interval === null ? null : rest.at - interval }))
const groups = fc.array(
  fc.record({
    series: fc.oneof(fc.nat(2 ** 31 - 1), fc.nat(20)),
    attribution: fc.oneof(fc.nat(2 ** 31 - 1), fc.nat(3)),
    samples: fc.array(sample, { maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 12 },
)

interface Told {
  series: number
  attribution: number
  at: number
  start: number | null
  value: number
}

/** What columns say, reading by reading. */
const told = ({ series, counts, attribution, at, start, value }: Columns): Told[] => {
  let i = 0
  return series.flatMap((number, index) =>
    Array.from({ length: counts[index] as number }, () => {
      const row = {
        series: number,
        attribution: attribution[i] as number,
        at: at[i] as number,
        value: value[i] as number,
      }
      const begins = start[i] as number
      i += 1
      return { ...row, start: Number.isNaN(begins) ? null : begins }
    }),
  )
}

/** The plain rule: by series, time and start, in order of receipt, the same value of a moment once. */
const inOrder = (given: SeriesSamples[]): Told[] => {
  const seen = new Set<string>()
  return given
    .flatMap(({ series, attribution, samples }) => samples.map((one) => ({ series, attribution, ...one })))
    .sort(
      (a, b) =>
        a.series - b.series ||
        a.at - b.at ||
        (a.start === b.start ? 0 : a.start === null ? -1 : b.start === null ? 1 : a.start - b.start),
    )
    .filter((row) => {
      const key = `${row.series} ${row.at} ${row.start} ${row.value}`
      return !seen.has(key) && seen.add(key)
    })
}

test('any readings come back exactly, each once, in order of series, time and receipt', () => {
  fc.assert(
    fc.property(groups, fc.constantFrom(null, 1, 6), (given, level) => {
      fc.pre(given.some(({ samples }) => samples.length > 0))
      const expected = inOrder(given)
      const { columns, repeats } = columnsOf(structuredClone(given))
      const back = told(decodeColumns(packColumns(encodeColumns(columns), level)))
      expect(back).toEqual(expected)
      expect(repeats).toBe(given.reduce((sum, { samples }) => sum + samples.length, 0) - expected.length)
    }),
    { numRuns: 500 },
  )
})

test('the same readings of a request give the same bytes, whatever the order of its series', () => {
  fc.assert(
    fc.property(groups, (given) => {
      const once = new Map(given.map((group) => [group.series, group]))
      const list = [...once.values()]
      fc.pre(list.some(({ samples }) => samples.length > 0))
      const bytes = (of: SeriesSamples[]) => encodeColumns(columnsOf([...of]).columns)
      expect(bytes([...list].reverse()).equals(bytes(list))).toBe(true)
    }),
  )
})

test('a scrape of 1,000 steady meters takes less than 2.5 bytes a reading, without deflate', () => {
  const scrape = Array.from({ length: 1000 }, (_, i) => ({
    series: 77 + i,
    attribution: 3,
    samples: [{ at: 1_700_000_000_000, start: null, value: 300 + ((i * 37) % 400) / 10 }],
  }))
  expect(packColumns(encodeColumns(columnsOf(scrape).columns), null).length).toBeLessThan(2500)
})

test('an hour of 64 meters at 0.1 W takes less than 1.1 bytes a reading', () => {
  let seed = 1
  const dice = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const hour = Array.from({ length: 64 }, (_, series) => {
    let deciwatts = 3000
    const samples = Array.from({ length: 360 }, (_, i) => {
      deciwatts += Math.round((dice() - 0.5) * 80)
      return { at: 1_700_000_000_000 + i * 10_000, start: null, value: deciwatts / 10 }
    })
    return { series, attribution: 1, samples }
  })
  expect(packColumns(encodeColumns(columnsOf(hour).columns), 6).length).toBeLessThan(64 * 360 * 1.1)
})

test('bytes that were cut are refused, never read as fewer readings', () => {
  const { columns } = columnsOf([
    { series: 5, attribution: 1, samples: [{ at: 1_700_000_000_000, start: 1_699_999_000_000, value: 0.1 + 0.2 }] },
  ])
  const payload = packColumns(encodeColumns(columns), null)
  for (let length = 0; length < payload.length; length++)
    expect(() => decodeColumns(payload.subarray(0, length))).toThrow()
})
