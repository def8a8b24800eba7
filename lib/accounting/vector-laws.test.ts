import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, dayOf, HOUR } from '@/lib/units/time'
import { accountDay } from './account-day'
import type { EntryDraft } from './entries'
import type { AssetFacts, DayFacts, Rated, ZoneTerms } from './facts'
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

const RUNS = { numRuns: 80 }

const perKwh = fc.double({ min: 0, max: 1200, noNaN: true })
const constant = (name: string): fc.Arbitrary<Rated | null> => fc.option(perKwh.map((value) => rated(value, name)))
const anyTerms: fc.Arbitrary<ZoneTerms> = fc
  .record({
    residualMix: constant('residual'),
    loss: fc.option(
      fc.oneof(
        fc.double({ min: 0, max: 0.4, noNaN: true }).map((fraction) => ({ fraction, gPerKwh: null })),
        perKwh.map((gPerKwh) => ({ fraction: null, gPerKwh })),
      ),
    ),
    upstream: constant('wtt'),
    sourceWater: constant('off-site'),
  })
  .map(({ loss, ...rest }) =>
    zoneTerms({ ...rest, loss: loss && { ...loss, tier: 5 as const, factor: factor('loss') } }),
  )
const anySite = fc.record({ supplierRate: constant('contract'), wue: constant('wue') }).map(site)
const anyAssets: fc.Arbitrary<AssetFacts[]> = fc.array(
  fc
    .record({ kgPerDevice: fc.option(perKwh), lifeYears: fc.integer({ min: 1, max: 12 }), devices: fc.nat(50) })
    .map((more) => asset(more)),
  { maxLength: 2 },
)

const hourlyEnergy = (most: number) =>
  fc.array(fc.double({ min: 0, max: most, noNaN: true }), { minLength: 24, maxLength: 24 })
const deltas = (kwh: number[], of = 0) =>
  kwh.map((each, hour) =>
    reading(DAY_START + (hour + 1) * HOUR, each, { start: DAY_START + hour * HOUR, attribution: of }),
  )
const METER = { kind: 'delta', unit: 'kWh' } as const
const AT_SITE = { siteId: 'site-1', hardware: 'h100' }

const aDay: fc.Arbitrary<DayFacts> = fc
  .record({ kwh: hourlyEnergy(900), terms: anyTerms, at: anySite, assets: anyAssets })
  .map(({ kwh, terms, at, assets }) =>
    facts({
      attributions: [attribution(AT_SITE)],
      series: [series({ ...METER, readings: deltas(kwh) })],
      sites: [at],
      zones: [zone({ hourlyDirect: Array.from({ length: 24 }, (_, hour) => hourly(60 + hour * 29.3)) })],
      zoneTerms: [terms],
      assets,
    }),
  )

const OF_ENERGY = ['locationMg', 'marketMg', 'lossMg', 'upstreamMg', 'waterUl', 'sourceWaterUl'] as const
const ALL = [...OF_ENERGY, 'embodiedMg'] as const
const only = (given: DayFacts): EntryDraft => accountDay(given).entries[0] as EntryDraft

describe('the vectors of an entry, for any constants', () => {
  it('are the same bytes each time', () => {
    fc.assert(
      fc.property(aDay, (given) => {
        expect(JSON.stringify(accountDay(structuredClone(given)))).toBe(JSON.stringify(accountDay(given)))
      }),
      RUNS,
    )
  })

  it('lie at zero or above, and are unknown exactly where their constant is', () => {
    fc.assert(
      fc.property(aDay, (given) => {
        const entry = only(given)
        const [terms] = given.zoneTerms as [ZoneTerms]
        for (const name of ALL)
          expect(entry[name].filter((cell) => cell !== null && !(cell >= 0 && Number.isSafeInteger(cell)))).toEqual([])
        const known = (name: (typeof ALL)[number]) => entry[name].every((cell) => cell !== null)
        expect(known('marketMg')).toBe(true)
        expect([known('lossMg'), known('upstreamMg')]).toEqual([terms.loss !== null, terms.upstream !== null])
        expect([known('waterUl'), known('sourceWaterUl')]).toEqual([
          given.sites[0]?.wue !== null,
          terms.sourceWater !== null,
        ])
        for (const [name, term] of [
          ['marketMg', entry.terms.market],
          ['lossMg', entry.terms.loss],
          ['upstreamMg', entry.terms.upstream],
          ['embodiedMg', entry.terms.embodied],
          ['waterUl', entry.terms.water],
          ['sourceWaterUl', entry.terms.sourceWater],
        ] as const) {
          expect(term === null).toBe(entry[name].every((cell) => cell === null))
          if (term) expect(entry.factors[term.factor]).toBeDefined()
        }
      }),
      RUNS,
    )
  })

  it('location-based never depends on an instrument, a market, hardware or water', () => {
    fc.assert(
      fc.property(aDay, anyTerms, anySite, anyAssets, (given, terms, at, assets) => {
        const other = only({ ...given, zoneTerms: [terms], sites: [at], assets })
        const entry = only(given)
        expect([other.locationMg, other.gPerKwh, other.intensityTier]).toEqual([
          entry.locationMg,
          entry.gPerKwh,
          entry.intensityTier,
        ])
      }),
      RUNS,
    )
  })

  it('market-based without a rate of the market is the location-based figure, and says so', () => {
    fc.assert(
      fc.property(aDay, (given) => {
        const entry = only({ ...given, zoneTerms: [zoneTerms()], sites: [site()] })
        expect(entry.marketMg).toEqual(entry.locationMg)
        expect(entry.terms.market?.rate).toBe('location')
      }),
      RUNS,
    )
  })

  it('hourly and annual agree when the intensity is flat', () => {
    fc.assert(
      fc.property(aDay, perKwh, (given, gPerKwh) => {
        const hours = zone({ hourlyDirect: Array.from({ length: 24 }, () => hourly(gPerKwh)) })
        const year = zone({ hourlyDirect: [], directYears: [yearFactor({ gPerKwh })] })
        const [byHour, byYear] = [only({ ...given, zones: [hours] }), only({ ...given, zones: [year] })]
        for (const name of ALL) expect(byHour[name]).toEqual(byYear[name])
        const energy = sum(byHour.facilityUwh)
        expect(Math.abs(sum(byHour.locationMg) - (energy * gPerKwh) / 1e6)).toBeLessThanOrEqual(12.1)
      }),
      RUNS,
    )
  })

  it('a site’s workloads and its unallocated line add up to its meter, in each vector of energy, to one unit an entry-hour', () => {
    const parts = fc.array(hourlyEnergy(200), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(aDay, parts, (given, runs) => {
        const total = runs[0]?.map(
          (_, hour) => runs.reduce((kwh, run) => kwh + (run[hour] as number), 0) + 5,
        ) as number[]
        const meter = ownMeter()
        const workloads = runs.map((_, i) =>
          attribution({ ...AT_SITE, attributionId: `run-${i}`, workloadId: `run-${i}`, zone: 'DE' }),
        )
        const split = accountDay({
          ...given,
          attributions: [meter, ...workloads],
          series: [total, ...runs].map((kwh, i) => series({ ...METER, seriesId: `s${i}`, readings: deltas(kwh, i) })),
        }).entries
        const whole = accountDay({
          ...given,
          attributions: [meter],
          series: [series({ ...METER, seriesId: 's0', readings: deltas(total) })],
        }).entries[0] as EntryDraft
        expect(split).toHaveLength(runs.length + 1)
        for (const name of OF_ENERGY) {
          if (whole[name][0] === null) continue
          for (let hour = 0; hour < 24; hour += 1) {
            const apart = sum(split.map((entry) => entry[name][hour] ?? null))
            // Each facility energy is rounded to 1 µWh and each product to 1 unit.
            expect(Math.abs(apart - (whole[name][hour] as number))).toBeLessThanOrEqual(split.length + 1)
          }
        }
        expect(split.find((entry) => entry.unallocated)?.embodiedMg.every((cell) => cell === null)).toBe(true)
      }),
      RUNS,
    )
  })

  it('a day told in pieces of an hour is the day told whole', () => {
    fc.assert(
      fc.property(aDay, fc.array(fc.integer({ min: 1, max: 59 }), { maxLength: 5 }), (given, minutes) => {
        const cuts = [0, ...new Set(minutes)].sort((a, b) => a - b).concat(60)
        const cut = given.series.map((one) => ({
          ...one,
          readings: one.readings.flatMap((each) =>
            cuts.slice(1).map((to, i) => {
              const from = cuts[i] as number
              const start = each.start as number
              return {
                ...each,
                start: start + from * 60_000,
                at: start + to * 60_000,
                value: (each.value * (to - from)) / 60,
              }
            }),
          ),
        }))
        const [whole, pieces] = [only(given), only({ ...given, series: cut })]
        expect(pieces.embodiedMg).toEqual(whole.embodiedMg)
        // The energy of the pieces may differ in the last bit of a double, so by 1 µWh.
        for (const name of OF_ENERGY)
          pieces[name].forEach((cell, hour) => {
            const other = whole[name][hour]
            if (cell === null || other == null) expect(cell).toBe(other)
            else expect(Math.abs(cell - other)).toBeLessThanOrEqual(2)
          })
      }),
      RUNS,
    )
  })
})

describe('embodied', () => {
  const held = (ms: number, count: number, meters = 1, lifeYears = 4) => {
    const readings = [reading(DAY_START, 0, {}), reading(DAY_START + ms, 1)].slice(1)
    return only(
      facts({
        attributions: [attribution({ ...AT_SITE, siteId: null, hardwareCount: count })],
        assets: [asset({ lifeYears })],
        series: Array.from({ length: meters }, (_, i) =>
          series({ ...METER, seriesId: `m${i}`, readings: readings.map((each) => ({ ...each, start: DAY_START })) }),
        ),
      }),
    )
  }

  it('is linear in time and in devices, and does not count meters', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: DAY }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 9 }),
        (ms, count, meters) => {
          const expected = (164e6 * count * ms) / (35_040 * HOUR)
          expect(Math.abs(sum(held(ms, count, meters).embodiedMg) - expected)).toBeLessThanOrEqual(12.1)
        },
      ),
      RUNS,
    )
  })

  it('gives a device back whole over its life, to the rounding of its hours', () => {
    const days = 365
    const service = dayOf('2023-01-01')
    let total = 0
    for (let day = 0; day < days; day += 1) {
      const start = service + day * DAY
      const entry = only(
        facts({
          day: start,
          attributions: [attribution({ ...AT_SITE, siteId: null })],
          assets: [asset({ from: service, lifeYears: 1 })],
          series: [series({ ...METER, readings: [reading(start + DAY, 24, { start })] })],
        }),
      )
      total += sum(entry.embodiedMg)
    }
    expect(Math.abs(total - 164e6)).toBeLessThanOrEqual((days * 24) / 2)
  })
})
