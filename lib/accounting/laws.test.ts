import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { facilityEnergyOf } from '@/lib/units/physics'
import { microwattHours, pue, value } from '@/lib/units/quantity'
import { roundHalfEven } from '@/lib/units/round'
import { DAY, HOUR } from '@/lib/units/time'
import { accountDay } from './account-day'
import type { AccountedDay, EntryDraft } from './entries'
import { type DayFacts, READING_MARGIN, type Reading, type SeriesReadings } from './facts'
import {
  asset,
  attribution,
  DAY_START,
  factor,
  facts,
  hourly,
  ownMeter,
  rated,
  reading,
  series,
  site,
  sum,
  yearFactor,
  zone,
  zoneTerms,
} from './fixtures'

const SECOND = 1000
const RUNS = { numRuns: 60 }

const ATTRIBUTIONS = [
  attribution({ attributionId: 'a0', siteId: 'site-1', hardware: 'h100', hardwareCount: 8 }),
  attribution({ attributionId: 'a1', workloadId: 'run-b', siteId: 'site-1', declaredPue: 1.3, hardware: 'h100' }),
  attribution({ attributionId: 'a2', workloadId: 'run-c', zone: null, fallbackWue: rated(0.15, 'fleet') }),
  ownMeter({ attributionId: 'a3' }),
]

/** Times from 12 h before the day to 12 h after it: dense runs with holes between them. */
const times = fc
  .tuple(
    fc.integer({ min: -12 * 3600, max: 20 * 3600 }),
    fc.array(fc.tuple(fc.constantFrom(7, 60, 600, 1800, 5400, 9000, 14_400), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  .map(([start, runs]) => {
    const instants = [DAY_START + start * SECOND]
    for (const [step, count] of runs)
      for (let i = 0; i < count; i += 1) instants.push((instants.at(-1) as number) + step * SECOND)
    return instants
  })

const oneSeries = (index: number): fc.Arbitrary<SeriesReadings> =>
  fc
    .record({
      kind: fc.constantFrom('power', 'counter', 'delta'),
      boundary: fc.constantFrom('it', 'facility'),
      instants: times,
      seed: fc.array(fc.tuple(fc.double({ min: 1, max: 5000, noNaN: true }), fc.integer({ min: 0, max: 39 })), {
        minLength: 12,
        maxLength: 12,
      }),
    })
    .map(({ kind, boundary, instants, seed }) => {
      let counted = 1
      const readings = instants.map((at, i): Reading => {
        const [drawn, pick] = seed[i % seed.length] as [number, number]
        // A reset shows as a lower value; a counter that stands still would be a true zero.
        counted = pick === 0 ? counted / 2 : counted + drawn
        const previous = instants[i - 1]
        return {
          at,
          value: kind === 'counter' ? counted : drawn,
          start: kind === 'delta' && pick % 2 === 0 && previous !== undefined ? previous : null,
          // The meter changes hands now and then, not at every reading.
          attribution: Math.floor(i / 9 + pick / 40) % ATTRIBUTIONS.length,
        }
      })
      const unit = kind === 'power' ? 'W' : 'Wh'
      return series({ seriesId: `series-${index}`, kind, unit, boundary, readings } as Partial<SeriesReadings>)
    })

const aDay: fc.Arbitrary<DayFacts> = fc.integer({ min: 1, max: 4 }).chain((count) =>
  fc.tuple(...Array.from({ length: count }, (_, index) => oneSeries(index))).map((all) =>
    facts({
      series: all,
      attributions: ATTRIBUTIONS,
      sites: [site({ declaredPue: { pue: 1.4, source: 'operator' }, wue: rated(0.4, 'wue', 1) })],
      zoneTerms: [
        zoneTerms({
          residualMix: rated(701.47, 'residual'),
          loss: { fraction: 0.0388, gPerKwh: null, tier: 5, factor: factor('loss') },
          upstream: rated(45.9, 'wtt'),
          sourceWater: rated(3.1, 'off-site', 5),
        }),
      ],
      assets: [asset()],
      zones: [zone({ hourlyDirect: Array.from({ length: 24 }, (_, hour) => hourly(90 + hour * 31.7)) })],
    }),
  ),
)

/** The result without the indices, which say only in what order the attributions were listed. */
const named = (given: DayFacts, result: AccountedDay) => ({
  ...result,
  entries: result.entries.map((entry) => ({
    ...entry,
    attribution: given.attributions[entry.attribution]?.attributionId,
  })),
})

const shuffled = <T>(list: T[], order: number[]): T[] =>
  list
    .map((item, i) => ({ item, key: (order[i % order.length] as number) * 31 + i }))
    .sort((a, b) => (a.key % 97) - (b.key % 97))
    .map(({ item }) => item)

const vectorsOf = (entry: EntryDraft) => [
  entry.locationMg,
  entry.marketMg,
  entry.lossMg,
  entry.upstreamMg,
  entry.embodiedMg,
  entry.waterUl,
  entry.sourceWaterUl,
]

const cellsOf = (entry: EntryDraft) => [
  entry.itUwh,
  entry.facilityUwh,
  ...vectorsOf(entry),
  entry.pue,
  entry.gPerKwh,
  entry.energyTier,
  entry.overheadTier,
  entry.intensityTier,
  entry.screening,
  entry.gap,
  entry.coveredMs,
  entry.elapsedMs,
]

describe('accountDay, for any readings', () => {
  it('gives the same result in whatever order and in however many parts the evidence arrives', () => {
    const order = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 20 })
    fc.assert(
      fc.property(aDay, order, (given, keys) => {
        const permuted = shuffled([0, 1, 2, 3], keys)
        const parts = given.series.flatMap((one) => {
          const mixed = shuffled(
            one.readings.map((each) => ({ ...each, attribution: permuted.indexOf(each.attribution) })),
            keys,
          )
          const cut = Math.floor(mixed.length / 2)
          return [
            { ...one, readings: mixed.slice(cut) },
            { ...one, readings: mixed.slice(0, cut) },
          ]
        })
        const other: DayFacts = {
          ...given,
          series: shuffled(parts, keys),
          attributions: permuted.map((index) => given.attributions[index] as DayFacts['attributions'][number]),
        }
        expect(named(other, accountDay(other))).toEqual(named(given, accountDay(given)))
      }),
      RUNS,
    )
  })

  it('gives the same entries when every reading is told twice, and counts the repeats of the day', () => {
    fc.assert(
      fc.property(aDay, (given) => {
        const twice = { ...given, series: [...given.series, ...given.series] }
        const today = given.series
          .flatMap((one) => one.readings)
          .filter(({ at }) => at >= DAY_START && at < DAY_START + DAY)
        expect(accountDay(twice)).toEqual({ ...accountDay(given), duplicates: today.length })
      }),
      RUNS,
    )
  })

  it('lets only the first received of two conflicting readings count, and lists the others', () => {
    fc.assert(
      fc.property(aDay, (given) => {
        const others = given.series.map((one) => ({
          ...one,
          readings: one.readings.map((each) => ({ ...each, value: each.value + 1 })),
        }))
        const result = accountDay({ ...given, series: [...given.series, ...others] })
        const { conflicts, ...rest } = result
        const { conflicts: none, ...alone } = accountDay(given)
        expect(none).toEqual([])
        expect(rest).toEqual(alone)
        const today = given.series.flatMap((one) =>
          one.readings
            .filter(({ at }) => at >= DAY_START && at < DAY_START + DAY)
            .map(({ at }) => ({ seriesId: one.seriesId, at })),
        )
        expect(conflicts).toEqual(today)
      }),
      RUNS,
    )
  })

  it('needs no reading beyond the margin but the nearest', () => {
    fc.assert(
      fc.property(aDay, (given) => {
        const cut = given.series.map((one) => {
          const before = one.readings.filter(({ at }) => at < DAY_START - READING_MARGIN).slice(-1)
          const after = one.readings.filter(({ at }) => at > DAY_START + DAY + READING_MARGIN).slice(0, 1)
          const inside = one.readings.filter(
            ({ at }) => at >= DAY_START - READING_MARGIN && at <= DAY_START + DAY + READING_MARGIN,
          )
          return { ...one, readings: [...before, ...inside, ...after] }
        })
        expect(accountDay({ ...given, series: cut })).toEqual(accountDay(given))
      }),
      RUNS,
    )
  })

  it('gives an hour the same cells from whichever day it is seen', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 1, max: 23 }), (given, hours) => {
        const flat = [zone()]
        const here = accountDay({ ...given, zones: flat })
        const later = accountDay({ ...given, zones: flat, day: given.day + hours * HOUR })
        const cells = (result: AccountedDay, from: number, to: number) =>
          result.entries.flatMap((entry) => {
            const some = cellsOf(entry).map((cell) => cell.slice(from, to))
            const told = entry.facilityUwh.slice(from, to).concat(entry.gap.slice(from, to) as null[])
            return told.every((cell) => cell === null) ? [] : [{ attribution: entry.attribution, some }]
          })
        expect(cells(here, hours, 24)).toEqual(cells(later, 0, 24 - hours))
      }),
      RUNS,
    )
  })

  it('never shows an unknown as zero: an hour has energy, or none and a reason, or lies outside the readings', () => {
    fc.assert(
      fc.property(aDay, (given) => {
        for (const entry of accountDay(given).entries)
          for (let hour = 0; hour < 24; hour += 1) {
            const [it, facility, mg, gap] = [entry.itUwh, entry.facilityUwh, entry.locationMg, entry.gap].map(
              (c) => c[hour],
            )
            if (facility === null) {
              expect([it, mg, entry.energyTier[hour], entry.gPerKwh[hour], entry.pue[hour]]).toEqual(
                new Array(5).fill(null),
              )
              if (!entry.unallocated)
                expect(gap !== null).toBe((entry.elapsedMs[hour] as number) > 0 || gap === 'single_reading')
            } else {
              expect(entry.energyTier[hour]).not.toBe(null)
              // Every drawn reading is above zero, and only the residual of a site may come to zero.
              if (!entry.unallocated) expect(facility).toBeGreaterThan(0)
              expect(mg === null).toBe(gap !== null)
            }
          }
      }),
      RUNS,
    )
  })

  it('holds safe integers, no minus zero, and no more covered than elapsed', () => {
    fc.assert(
      fc.property(aDay, (given) => {
        const { entries, facilities } = accountDay(given)
        const whole = (cell: number | null) =>
          cell === null || (Number.isSafeInteger(cell) && cell >= 0 && !Object.is(cell, -0))
        for (const entry of entries) {
          const cells = [entry.itUwh, entry.facilityUwh, ...vectorsOf(entry), entry.coveredMs, entry.elapsedMs].flat()
          expect(cells.filter((cell) => !whole(cell))).toEqual([])
          const most = entry.seriesIds.length * HOUR
          const over = (covered: number, hour: number) => covered > (entry.elapsedMs[hour] as number)
          expect([entry.coveredMs.filter(over), entry.elapsedMs.filter((elapsed) => elapsed > most)]).toEqual([[], []])
        }
        for (const { itUwh, facilityUwh } of facilities)
          for (const total of [itUwh, facilityUwh]) if (total !== null) expect(Number.isSafeInteger(total)).toBe(true)
      }),
      RUNS,
    )
  })

  it('applies PUE once to IT energy and never to facility energy, and an hour is its energy times its intensity', () => {
    fc.assert(
      fc.property(aDay, (given) => {
        for (const boundary of ['it', 'facility'] as const) {
          const of = { ...given, series: given.series.map((one) => ({ ...one, boundary })) }
          for (const entry of accountDay(of).entries)
            entry.facilityUwh.forEach((facility, hour) => {
              if (facility === null) return
              const [it, overhead, g] = [entry.itUwh[hour], entry.pue[hour], entry.gPerKwh[hour]]
              if (boundary === 'it')
                expect(facility).toBe(value(facilityEnergyOf(microwattHours(it as number), pue(overhead as number))))
              if (g != null) expect(entry.locationMg[hour]).toBe(roundHalfEven((facility * g) / 1e6))
            })
        }
        const lifted = given.attributions.map((one) => ({ ...one, declaredPue: 4 }))
        const whole = { ...given, series: given.series.map((one) => ({ ...one, boundary: 'facility' as const })) }
        const facility = (day: DayFacts) => accountDay(day).entries.map((entry) => entry.facilityUwh)
        expect(facility({ ...whole, attributions: lifted })).toEqual(facility(whole))
      }),
      RUNS,
    )
  })

  it('makes workloads and unallocated add up to the site meter again wherever the meter is the larger', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { minLength: 24, maxLength: 24 }),
        fc.array(fc.array(fc.double({ min: 0, max: 15, noNaN: true }), { minLength: 24, maxLength: 24 }), {
          maxLength: 4,
        }),
        (meter, runs) => {
          const hoursOf = (values: number[], of: number) =>
            values.map((each, hour) =>
              reading(DAY_START + (hour + 1) * HOUR, each, { start: DAY_START + hour * HOUR, attribution: of }),
            )
          const given = facts({
            attributions: [
              ownMeter(),
              ...runs.map((_, i) =>
                attribution({ attributionId: `run-${i}`, workloadId: `run-${i}`, siteId: 'site-1' }),
              ),
            ],
            series: [meter, ...runs].map((values, i) =>
              series({ seriesId: `s${i}`, kind: 'delta', unit: 'kWh', readings: hoursOf(values, i) }),
            ),
          })
          const { entries } = accountDay(given)
          for (let hour = 0; hour < 24; hour += 1) {
            const metered = roundHalfEven((meter[hour] as number) * 1e9)
            const claimed = sum(entries.filter((entry) => !entry.unallocated).map((entry) => entry.itUwh[hour] ?? null))
            const rest = entries.find((entry) => entry.unallocated)?.itUwh[hour] ?? null
            if (claimed <= metered) expect(claimed + (rest as number)).toBe(metered)
            else expect(rest).toBe(null)
          }
        },
      ),
      RUNS,
    )
  })

  it('conserves a counter over the days it runs through, to 1 µWh for each hour', () => {
    fc.assert(
      fc.property(
        times,
        fc.array(fc.double({ min: 0, max: 900, noNaN: true }), { minLength: 3, maxLength: 9 }),
        (instants, steps) => {
          let counted = 0
          const readings = instants.map((at, i) => {
            counted += steps[i % steps.length] as number
            return reading(at, counted)
          })
          const given = facts({ series: [series({ kind: 'counter', unit: 'Wh', readings })] })
          let total = 0
          for (let day = -1; day <= 5; day += 1)
            for (const entry of accountDay({ ...given, day: DAY_START + day * DAY }).entries) total += sum(entry.itUwh)
          const hours = ((readings.at(-1) as Reading).at - (readings[0] as Reading).at) / HOUR + 2
          const whole = (counted - (readings[0] as Reading).value) * 1e6
          expect(Math.abs(total - whole)).toBeLessThanOrEqual(hours)
        },
      ),
      RUNS,
    )
  })

  it('is linear in time and in power: a steady load of P watts over t seconds is P × t', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 80_000 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 60 }),
        (watts, start, steps) => {
          let second = start
          const readings = [reading(DAY_START + second * SECOND, watts)]
          for (const step of steps) {
            second = Math.min(second + step, 86_400)
            readings.push(reading(DAY_START + second * SECOND, watts))
          }
          const [entry] = accountDay(facts({ series: [series({ readings })] })).entries
          if (second === start) return
          const expected = (watts * (second - start) * 1e6) / 3600
          expect(Math.abs(sum((entry as EntryDraft).itUwh) - expected)).toBeLessThanOrEqual(12)
        },
      ),
      RUNS,
    )
  })

  it('adds up the same hours whether a run is told whole or cut into parts at an hour', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 900, noNaN: true }), { minLength: 25, maxLength: 25 }),
        fc.integer({ min: 1, max: 23 }),
        (watts, hour) => {
          const readings = watts.map((each, i) => reading(DAY_START + i * HOUR, each))
          const itUwh = (part: Reading[]) =>
            accountDay(facts({ series: [series({ readings: part })] })).entries[0]?.itUwh as (number | null)[]
          const [first, second] = [itUwh(readings.slice(0, hour + 1)), itUwh(readings.slice(hour))]
          expect([...first.slice(0, hour), ...second.slice(hour)]).toEqual(itUwh(readings))
        },
      ),
      RUNS,
    )
  })

  it('does not depend on the order in which factors of one year are listed', () => {
    const rows = ['b', 'a', 'c'].map((id, i) =>
      yearFactor({ gPerKwh: 100 + i, factor: { id, version: 1, name: id, source: id, basis: 'direct' } }),
    )
    const readings = [reading(DAY_START, 100), reading(DAY_START + 60_000, 100)]
    const chosen = (list: typeof rows) =>
      accountDay(facts({ series: [series({ readings })], zones: [zone({ hourlyDirect: [], directYears: list })] }))
        .entries[0]?.gPerKwh[0]
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 3 }), (list) => {
        expect(chosen(list)).toBe(101)
      }),
    )
  })
})
