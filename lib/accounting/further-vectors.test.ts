import { describe, expect, it } from 'vitest'
import { DAY, dayOf, HOUR } from '@/lib/units/time'
import { accountDay } from './account-day'
import { hardwareKey } from './embodied-hours'
import type { EntryDraft } from './entries'
import type { Attribution, DayFacts } from './facts'
import {
  asset,
  attribution,
  DAY_START,
  delta,
  factor,
  facts,
  hourly,
  noHours,
  onlyEntry,
  ownMeter,
  rated,
  series,
  site,
  yearFactor,
  zone,
  zoneTerms,
} from './fixtures'

const METER = { kind: 'delta', unit: 'kWh' } as const
const oneKwh = (more: Partial<DayFacts> = {}, of: Partial<Attribution> = {}): DayFacts =>
  facts({
    attributions: [attribution(of)],
    series: [series({ ...METER, readings: [delta('00:00', '01:00', 1)] })],
    ...more,
  })
/** 1 kWh of IT at PUE 1.2 in hour 0. */
const first = (given: DayFacts): EntryDraft => onlyEntry(given)
const factorOf = (entry: EntryDraft, term: { factor: number } | null) => term && entry.factors[term.factor]?.id

describe('market-based, before instruments', () => {
  const terms = [zoneTerms({ residualMix: rated(701.47, 'residual') })]
  const supplied = site({ supplierRate: rated(50, 'contract', 2) })
  const at = { siteId: 'site-1' }

  it('is the supplier’s rate where the site has one', () => {
    const entry = first(oneKwh({ sites: [supplied], zoneTerms: terms }, at))
    expect(entry.marketMg[0]).toBe(60_000)
    expect(entry.terms.market).toMatchObject({ rate: 'supplier', gPerKwh: 50, tier: 2 })
    expect(factorOf(entry, entry.terms.market)).toBe('contract')
  })

  it('is not that of a landlord or a cloud, whose electricity the organisation does not buy', () => {
    for (const deployment of ['colocation', 'cloud'] as const) {
      const entry = first(oneKwh({ sites: [supplied], zoneTerms: terms }, { ...at, deployment }))
      expect(entry.terms.market?.rate).toBe('residual')
    }
  })

  it('else the residual mix of the zone’s market', () => {
    const entry = first(oneKwh({ zoneTerms: terms }))
    expect(entry.marketMg[0]).toBe(841_764)
    expect(entry.locationMg[0]).toBe(480_000)
    expect(entry.terms.market).toMatchObject({ rate: 'residual', gPerKwh: 701.47, tier: 4 })
  })

  it('else the hour’s own grid average, flagged: a missing residual mix is no zero', () => {
    const entry = first(oneKwh({ zoneTerms: [zoneTerms()] }))
    expect(entry.marketMg[0]).toBe(480_000)
    expect(entry.terms.market).toMatchObject({ rate: 'location', gPerKwh: null, tier: 1 })
    expect(factorOf(entry, entry.terms.market)).toBe('hourly-measured')
  })

  it('is unknown where nothing is known of the place', () => {
    const entry = first(oneKwh({ zones: [] }))
    expect([entry.marketMg[0], entry.terms.market]).toEqual([null, null])
  })

  it('keeps a life-cycle average screening by this method too', () => {
    const lifecycle = [zone({ hourlyDirect: noHours(), lifecycleYears: [yearFactor({ gPerKwh: 500 })] })]
    const entry = first(oneKwh({ zones: lifecycle }))
    expect([entry.locationMg[0], entry.marketMg[0], entry.screening[0]]).toEqual([600_000, 600_000, true])
    expect(entry.terms.market).toMatchObject({ rate: 'location', tier: 5 })
  })
})

describe('losses, category 3c', () => {
  it('are CI × f ÷ (1 − f) of a share of generation', () => {
    const loss = { fraction: 0.05, gPerKwh: null, tier: 5 as const, factor: factor('loss') }
    const entry = first(oneKwh({ zoneTerms: [zoneTerms({ loss })] }))
    expect(entry.lossMg[0]).toBe(25_263)
    expect(entry.terms.loss).toMatchObject({ fraction: 0.05, gPerKwh: null })
  })

  it('are a published factor per kWh, whatever the hour’s intensity', () => {
    const loss = { fraction: null, gPerKwh: 18.53, tier: 4 as const, factor: factor('desnz') }
    const entry = first(oneKwh({ zoneTerms: [zoneTerms({ loss })] }))
    expect(entry.lossMg[0]).toBe(22_236)
  })

  it('are a known zero where the direct factor holds them already, with that factor as evidence', () => {
    const zones = [zone({ hourlyDirect: noHours(), directYears: [yearFactor({ factor: factor('jp-2024') })] })]
    const loss = { fraction: 0.043, gPerKwh: null, tier: 5 as const, factor: factor('loss') }
    const given = oneKwh({ zones, zoneTerms: [zoneTerms({ loss, lossesIncludedIn: ['jp-2024'] })] })
    const entry = first(given)
    expect(entry.lossMg[0]).toBe(0)
    expect(entry.terms.loss).toMatchObject({ fraction: 0 })
    expect(factorOf(entry, entry.terms.loss)).toBe('jp-2024')
  })

  it('are unknown, not 0, without a rate, and of a life-cycle average, which holds more than combustion', () => {
    const loss = { fraction: 0.05, gPerKwh: null, tier: 5 as const, factor: factor('loss') }
    expect(first(oneKwh({ zoneTerms: [zoneTerms()] })).lossMg[0]).toBe(null)
    const zones = [zone({ hourlyDirect: noHours(), lifecycleYears: [yearFactor()] })]
    const entry = first(oneKwh({ zones, zoneTerms: [zoneTerms({ loss })] }))
    expect([entry.lossMg[0], entry.terms.loss]).toEqual([null, null])
  })
})

describe('upstream, category 3b', () => {
  it('is what is published, and unknown elsewhere', () => {
    const terms = [zoneTerms({ upstream: rated(45.9, 'wtt') })]
    expect(first(oneKwh({ zoneTerms: terms })).upstreamMg[0]).toBe(55_080)
    expect(first(oneKwh()).upstreamMg[0]).toBe(null)
  })

  it('is not counted again in an hour on a life-cycle average', () => {
    const zones = [zone({ hourlyDirect: noHours(), lifecycleYears: [yearFactor()] })]
    expect(first(oneKwh({ zones, zoneTerms: [zoneTerms({ upstream: rated(45.9, 'wtt') })] })).upstreamMg[0]).toBe(null)
  })
})

describe('water', () => {
  it('is IT energy times the site’s WUE, then the region’s or fleet’s; PUE has no part in it', () => {
    const own = first(oneKwh({ sites: [site({ wue: rated(1.5, 'measured', 1) })] }, { siteId: 'site-1' }))
    expect([own.waterUl[0], own.terms.water]).toEqual([
      1_500_000,
      { tier: 1, factor: expect.any(Number), lPerKwh: 1.5 },
    ])
    expect(first(oneKwh({}, { fallbackWue: rated(0.15, 'fleet') })).waterUl[0]).toBe(150_000)
    expect(first(oneKwh()).waterUl[0]).toBe(null)
  })

  it('at the power stations is of the facility’s energy', () => {
    expect(first(oneKwh({ zoneTerms: [zoneTerms({ sourceWater: rated(2, 'off-site') })] })).sourceWaterUl[0]).toBe(
      2_400_000,
    )
  })

  it('is unknown where only the facility’s energy is', () => {
    const given = oneKwh({}, { fallbackWue: rated(0.15, 'fleet') })
    const whole = { ...given, series: given.series.map((one) => ({ ...one, boundary: 'facility' as const })) }
    expect(first(whole).waterUl[0]).toBe(null)
  })
})

describe('embodied', () => {
  const onH100 = { hardware: 'h100', hardwareCount: 8 }
  const library = { kgPerDevice: 200, lifeYears: 4, tier: 5 as const, factor: factor('library') }

  it('is kg × devices × time ÷ life of the register’s asset', () => {
    const entry = first(oneKwh({ assets: [asset()] }, onH100))
    expect(entry.embodiedMg.slice(0, 2)).toEqual([37_443, null])
    expect(entry.terms.embodied).toEqual({
      kgPerDevice: 164,
      lifeHours: 35_040,
      plannedUse: 1,
      devices: 8,
      tier: 3,
      factor: expect.any(Number),
      reservedMs: [HOUR, ...new Array(23).fill(0)],
    })
  })

  it('counts several meters of one workload once, and only the time in which one was held', () => {
    const gpus = [0, 1, 2].map((gpu) =>
      series({
        ...METER,
        seriesId: `gpu-${gpu}`,
        readings: [delta(`00:${gpu}0`, `00:${gpu + 2}0`, 1)],
      }),
    )
    const entry = first(facts({ attributions: [attribution(onH100)], assets: [asset()], series: gpus }))
    expect(entry.terms.embodied?.reservedMs[0]).toBe((40 * HOUR) / 60)
    expect(entry.embodiedMg[0]).toBe(24_962)
  })

  it('takes the asset at the site, or at none, or without a site any; of several the one with most devices', () => {
    const assets = [
      asset({ assetId: 'here', siteId: 'site-1', devices: 1, kgPerDevice: 1, factor: factor('here') }),
      asset({ assetId: 'there', siteId: 'site-2', devices: 9, kgPerDevice: 2, factor: factor('there') }),
      asset({ assetId: 'pool', siteId: null, devices: 5, kgPerDevice: 3, factor: factor('pool') }),
    ]
    const chosen = (siteId: string | null) => {
      const entry = first(oneKwh({ assets }, { ...onH100, siteId }))
      return factorOf(entry, entry.terms.embodied)
    }
    expect([chosen('site-1'), chosen('site-3'), chosen(null)]).toEqual(['here', 'pool', 'there'])
  })

  it('is the library’s at its default life where the register knows no such hardware, or none that served that day', () => {
    const kg = (assets = [asset()], of: Partial<Attribution> = {}) =>
      first(oneKwh({ assets }, { ...onH100, fallbackEmbodied: library, ...of })).terms.embodied?.kgPerDevice
    expect(kg()).toBe(164)
    expect(kg([])).toBe(200)
    expect(kg([asset({ to: DAY_START })])).toBe(200)
    expect(kg([asset({ from: DAY_START + DAY })])).toBe(200)
    expect(kg([asset({ kgPerDevice: null })])).toBe(200)
    expect(kg([asset()], { deployment: 'cloud' })).toBe(200)
    const term = first(oneKwh({}, { ...onH100, fallbackEmbodied: library })).terms.embodied
    expect(Object.keys(term ?? {}).sort()).toEqual(
      ['devices', 'factor', 'kgPerDevice', 'lifeHours', 'plannedUse', 'reservedMs', 'tier'].sort(),
    )
  })

  it('has nothing left to give past the asset’s life, and is unknown without any hardware', () => {
    const old = asset({ from: dayOf('2015-01-01') })
    expect(first(oneKwh({ assets: [old] }, onH100)).embodiedMg[0]).toBe(0)
    expect(first(oneKwh({ assets: [asset()] })).embodiedMg[0]).toBe(null)
  })

  it('recovers the whole device in its planned use', () => {
    const entry = first(oneKwh({ assets: [asset({ plannedUse: 0.5 })] }, { hardware: 'h100' }))
    expect(entry.embodiedMg[0]).toBe(9361)
  })

  it('is not of a site’s own meter', () => {
    const given = oneKwh({
      attributions: [ownMeter({ ...onH100, fallbackEmbodied: library })],
      assets: [asset()],
      sites: [site()],
    })
    expect(first(given).embodiedMg[0]).toBe(null)
  })

  it('knows hardware by its name however it is written', () => {
    expect([hardwareKey(' H100 SXM5 80GB '), hardwareKey('h100-sxm5_80gb')]).toEqual([
      'h100-sxm5-80gb',
      'h100-sxm5-80gb',
    ])
  })
})

describe('what must be refused', () => {
  it('a second PUE: energy metered at the facility boundary is never lifted, whatever is declared or metered', () => {
    const facility = (declaredPue: number | null, more: Partial<DayFacts> = {}) => {
      const given = oneKwh(
        { sites: [site({ declaredPue: { pue: 1.9, source: 'operator' } })], ...more },
        {
          siteId: 'site-1',
          declaredPue,
        },
      )
      return first({ ...given, series: given.series.map((one) => ({ ...one, boundary: 'facility' as const })) })
    }
    expect([facility(null), facility(1.5)].map((entry) => entry.facilityUwh[0])).toEqual([1e9, 1e9])
    expect(facility(1.25).itUwh[0]).toBe(8e8)
    expect(facility(1.5).overheadFactor[0]).toBe(null)
  })

  it('a life-cycle factor in Scope 2: it stays a screening figure by both methods', () => {
    const zones = [zone({ hourlyDirect: [hourly(100), ...noHours().slice(1)], lifecycleYears: [yearFactor()] })]
    const readings = [delta('00:00', '01:00', 1), delta('01:00', '02:00', 1)]
    const { entries } = accountDay(facts({ zones, series: [series({ ...METER, readings })] }))
    expect(entries[0]?.screening.slice(0, 2)).toEqual([false, true])
    expect(entries[0]?.terms.market?.rate).toBe('location')
  })
})

describe('the register of meters', () => {
  const METERS = { ...METER, siteId: 'site-1' }
  const rooms = (expected: Parameters<typeof site>[0]) => {
    const [a, b] = [delta('00:00', '02:00', 4), delta('00:00', '01:00', 2)]
    return accountDay(
      facts({
        attributions: [ownMeter({ attributionId: 'it' }), ownMeter({ attributionId: 'main' })],
        sites: [site(expected)],
        series: [
          series({ ...METERS, seriesId: 'a', meter: 'room-a', readings: [a] }),
          series({ ...METERS, seriesId: 'b', meter: 'room-b', readings: [b] }),
          series({
            ...METERS,
            seriesId: 'main',
            meter: 'main',
            boundary: 'facility',
            readings: [delta('00:00', '01:00', 6, 1), delta('01:00', '02:00', 6, 1)],
          }),
        ],
      }),
    ).facilities[0]
  }
  const meter = (name: string, more = {}) => ({ meter: name, boundary: 'it' as const, from: null, to: null, ...more })

  it('lets an hour in which a registered meter is silent tell no PUE', () => {
    expect(rooms({})?.pairedHours).toBe(2)
    expect(rooms({ meters: [meter('room-a'), meter('room-b')] })?.pairedHours).toBe(1)
    expect(rooms({ meters: [meter('room-a'), meter('room-c')] })?.pairedHours).toBe(0)
  })

  it('expects a meter only while it is in service', () => {
    const removed = meter('room-b', { to: DAY_START })
    const later = meter('room-c', { from: DAY_START + DAY })
    expect(rooms({ meters: [meter('room-a'), removed, later] })?.pairedHours).toBe(2)
  })
})

describe('modelled energy', () => {
  const modelled = (method: 'utilisation' | 'device_hours' | 'flops', hours: [string, string], kwh: number) =>
    series({ ...METER, seriesId: `by-${method}`, meter: 'activity', method, readings: [delta(...hours, kwh)] })
  const metered = series({ ...METER, seriesId: 'meter', readings: [delta('01:00', '02:00', 5)] })

  it('has the tier of its model', () => {
    const tierOf = (method: 'utilisation' | 'device_hours' | 'flops') =>
      first(facts({ series: [modelled(method, ['00:00', '01:00'], 1)] })).energyTier[0]
    expect([tierOf('utilisation'), tierOf('device_hours'), tierOf('flops')]).toEqual([4, 4, 5])
  })

  it('stands aside in the hours of its workload that a meter knows, fills the others, and is told', () => {
    const { entries, setAside } = accountDay(facts({ series: [metered, modelled('flops', ['00:00', '03:00'], 3)] }))
    expect(entries[0]?.itUwh.slice(0, 4)).toEqual([1e9, 5e9, 1e9, null])
    expect(entries[0]?.energyTier.slice(0, 3)).toEqual([5, 1, 5])
    expect(entries[0]?.elapsedMs.slice(0, 3)).toEqual([HOUR, HOUR, HOUR])
    expect(setAside).toEqual([{ seriesId: 'by-flops', attribution: 0, hours: 1 }])
  })

  it('of several models the best counts', () => {
    const day = [modelled('flops', ['00:00', '01:00'], 9), modelled('utilisation', ['00:00', '01:00'], 2)]
    expect(first(facts({ series: day })).itUwh[0]).toBe(2e9)
  })

  it('of another workload counts beside the meter', () => {
    const of = [attribution(), attribution({ attributionId: 'attribution-b', workloadId: 'run-b' })]
    const other = modelled('flops', ['01:00', '02:00'], 2)
    const { setAside, entries } = accountDay(
      facts({
        attributions: of,
        series: [metered, { ...other, readings: other.readings.map((one) => ({ ...one, attribution: 1 })) }],
      }),
    )
    expect([entries.length, setAside]).toEqual([2, []])
  })
})
