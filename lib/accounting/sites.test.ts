import { describe, expect, it } from 'vitest'
import { accountDay } from './account-day'
import type { EntryDraft, FacilityDraft } from './entries'
import type { Attribution, DayFacts } from './facts'
import {
  attribution,
  DAY_START,
  delta,
  facts,
  hourly,
  ownMeter,
  reading,
  series,
  site as siteFacts,
  yearFactor,
  zone,
} from './fixtures'
import { scopeLineOf } from './scope'

const SITE = siteFacts({ declaredPue: { pue: 1.4, source: 'operator' } })
const RUN = attribution({ attributionId: 'run', siteId: 'site-1' })
const METER = { kind: 'delta', unit: 'kWh', siteId: 'site-1' } as const

/** Workload, the site's IT meter and its main meter, as kWh of hours 00, 01, …; null is an hour without a reading. */
const site = (
  given: { run?: (number | null)[]; it?: (number | null)[]; main?: (number | null)[] },
  more: Partial<DayFacts> & { run?: Partial<Attribution>; meter?: Partial<Attribution> } = {},
): DayFacts => {
  const hours = (kwh: (number | null)[] | undefined, of: number) =>
    (kwh ?? []).flatMap((each, hour) => (each === null ? [] : [delta(`0${hour}:00`, `0${hour + 1}:00`, each, of)]))
  const { run, meter, ...rest } = more
  return facts({
    attributions: [{ ...RUN, ...run }, ownMeter(meter), ownMeter({ attributionId: 'main' })],
    sites: [SITE],
    series: [
      series({ ...METER, seriesId: 'run', readings: hours(given.run, 0) }),
      series({ ...METER, seriesId: 'it', readings: hours(given.it, 1) }),
      series({ ...METER, seriesId: 'main', boundary: 'facility', readings: hours(given.main, 2) }),
    ],
    ...rest,
  })
}
const entryOf = (given: DayFacts, unallocated: boolean): EntryDraft | undefined =>
  accountDay(given).entries.find((entry) => entry.unallocated === unallocated)
const overheadOf = (given: DayFacts, hour = 0) => {
  const entry = entryOf(given, false) as EntryDraft
  const index = entry.overheadFactor[hour]
  return [entry.pue[hour], entry.overheadTier[hour], index == null ? null : entry.factors[index]?.id]
}

describe('overhead', () => {
  const metered = { run: [1], it: [2], main: [3] }

  it('is what the sender declared, before the meters of the site', () => {
    expect(overheadOf(site(metered, { run: { declaredPue: 1.1 } }))).toEqual([1.1, 2, 'declared-pue'])
  })

  it('is the metered PUE of that very hour', () => {
    const day = site({ run: [1, 1], it: [2, 2], main: [3, 2.5] })
    expect([overheadOf(day, 0), overheadOf(day, 1)]).toEqual([
      [1.5, 1, 'site-pue:site-1'],
      [1.25, 1, 'site-pue:site-1'],
    ])
  })

  it('is what the site declared in hours that its meters do not tell, or tell incredibly', () => {
    const declared = [1.4, 2, 'site-pue-declared:site-1']
    expect(overheadOf(site({ run: [1], it: [2] }))).toEqual(declared)
    expect(overheadOf(site({ run: [1], main: [3] }))).toEqual(declared)
    expect(overheadOf(site({ run: [1], it: [0], main: [3] }))).toEqual(declared)
    expect(overheadOf(site({ run: [1], it: [2], main: [1.9] }))).toEqual(declared)
    expect(overheadOf(site({ run: [1], it: [2], main: [10.1] }))).toEqual(declared)
  })

  it('is not metered in an hour that a meter covers in part', () => {
    const day = site({ run: [1], it: [2] })
    const main = series({
      ...METER,
      seriesId: 'main',
      boundary: 'facility',
      readings: [delta('00:00', '00:40', 2.4, 2)],
    })
    expect(overheadOf({ ...day, series: [...day.series.slice(0, 2), main] })[2]).toBe('site-pue-declared:site-1')
  })

  it('stays metered in an hour in which a meter changes its attribution', () => {
    const day = site({ run: [1], main: [3] })
    const it = series({
      ...METER,
      seriesId: 'it',
      readings: [delta('00:00', '00:30', 1, 1), delta('00:30', '01:00', 1, 3)],
    })
    const attributions = [...day.attributions, ownMeter({ attributionId: 'own-meter-later' })]
    expect(
      overheadOf({ ...day, attributions, series: [day.series[0], it, day.series[2]] as DayFacts['series'] }),
    ).toEqual([1.5, 1, 'site-pue:site-1'])
  })

  it('is the fallback where neither sender nor site knows, and for a workload that is nowhere', () => {
    expect(overheadOf(site({ run: [1] }, { sites: [{ ...SITE, declaredPue: null }] }))).toEqual([
      1.2,
      4,
      'fallback-pue',
    ])
    expect(overheadOf(site(metered, { run: { siteId: null } }))).toEqual([1.2, 4, 'fallback-pue'])
  })
})

describe('what no workload claims', () => {
  it('is the meter less the workloads, lifted and multiplied as they are', () => {
    const rest = entryOf(site({ run: [0.75], it: [1], main: [1.5] }), true) as EntryDraft
    expect([rest.itUwh[0], rest.facilityUwh[0], rest.locationMg[0]]).toEqual([250_000_000, 375_000_000, 150_000])
    expect([rest.pue[0], rest.overheadTier[0], rest.intensityTier[0], rest.seriesIds]).toEqual([1.5, 1, 1, ['it']])
  })

  it('is a measured zero where the workloads claim all, and a gap that says so where they claim more', () => {
    const rest = entryOf(site({ run: [1, 2, null], it: [1, 1.5, 3] }), true) as EntryDraft
    expect(rest.itUwh.slice(0, 4)).toEqual([0, null, 3_000_000_000, null])
    expect(rest.gap.slice(0, 4)).toEqual([null, 'workloads_exceed_meter', null, null])
    expect(rest.locationMg[0]).toBe(0)
  })

  it('is unknown, and says so, where the meter has a gap', () => {
    const rest = entryOf(site({ run: [1, 1, 1], it: [2, null, 2] }), true) as EntryDraft
    expect([rest.itUwh[1], rest.gap[1]]).toEqual([null, 'no_reading'])
  })

  it('leaves out the facility energy of a workload whose IT energy is unknown, so that nothing counts twice', () => {
    const day = site({ it: [5] })
    const codecarbon = series({
      ...METER,
      seriesId: 'run',
      boundary: 'facility',
      readings: [delta('00:00', '01:00', 2, 0)],
    })
    const rest = entryOf({ ...day, series: [codecarbon, ...day.series.slice(1)] }, true) as EntryDraft
    expect(rest.itUwh[0]).toBe(3_000_000_000)
  })

  it('is counted once for a site with several attributions of its meter, under the first by id', () => {
    const day = site({ it: [5] })
    const attributions = [...day.attributions, ownMeter({ attributionId: 'an-older-one' })]
    const other = series({ ...METER, seriesId: 'it-2', readings: [delta('00:00', '01:00', 2, 3)] })
    const { entries } = accountDay({ ...day, attributions, series: [...day.series, other] })
    expect(entries.map(({ attribution: index, itUwh }) => [index, itUwh[0]])).toEqual([[3, 7_000_000_000]])
  })

  it('takes off only what ran at that very site', () => {
    const elsewhere = site({ run: [1], it: [5] }, { run: { siteId: 'site-2' } })
    expect(entryOf(elsewhere, true)?.itUwh[0]).toBe(5_000_000_000)
  })

  it('is no better known than the workloads taken off', () => {
    const day = site({ it: [5] })
    const lump = series({ ...METER, seriesId: 'run', readings: [reading('01:00', 2)] })
    expect(entryOf({ ...day, series: [lump, ...day.series.slice(1)] }, true)?.energyTier[0]).toBe(3)
  })
})

describe('a site-day', () => {
  const facilityOf = (given: DayFacts) => accountDay(given).facilities[0] as FacilityDraft

  it('adds up only the hours in which both meters are known', () => {
    expect(facilityOf(site({ it: [1, null, 2], main: [1.5, 9, 2.5, 9] }))).toEqual({
      siteId: 'site-1',
      zone: 'DE',
      itUwh: 3_000_000_000,
      facilityUwh: 4_000_000_000,
      cueMg: 1_600_000,
      cueItUwh: 3_000_000_000,
      itBasis: 'meter',
      pairedHours: 2,
      facilityHours: 4,
    })
  })

  it('takes the workloads for the IT energy where the site has no IT meter, if all of them are known', () => {
    const day = site({ run: [1, 1], main: [1.5, 1.5] })
    expect(facilityOf(day)).toMatchObject({ itUwh: 2_000_000_000, itBasis: 'workloads', pairedHours: 2 })
    const lost = series({
      ...METER,
      seriesId: 'x',
      readings: [delta('00:00', '01:00', 1, 3), delta('02:00', '03:00', 1, 3)],
    })
    const attributions = [...day.attributions, attribution({ attributionId: 'x', workloadId: 'x', siteId: 'site-1' })]
    expect(facilityOf({ ...day, attributions, series: [...day.series, lost] })).toMatchObject({
      itUwh: 2_000_000_000,
      pairedHours: 1,
    })
    const dark = { ...lost, boundary: 'facility' as const }
    expect(facilityOf({ ...day, attributions, series: [...day.series, dark] })).toMatchObject({
      itUwh: null,
      pairedHours: 0,
    })
  })

  it('keeps life-cycle averages out of CUE', () => {
    const zones = [zone({ hourlyDirect: [hourly(500)], lifecycleYears: [yearFactor()] })]
    expect(facilityOf(site({ it: [1, 1], main: [2, 2] }, { zones }))).toMatchObject({
      itUwh: 2_000_000_000,
      cueMg: 1_000_000,
      cueItUwh: 1_000_000_000,
    })
    expect(facilityOf(site({ it: [1], main: [2] }, { zones: [] }))).toMatchObject({ cueMg: null, cueItUwh: null })
  })

  it('knows nothing, and says how many hours it saw, without IT energy', () => {
    expect(facilityOf(site({ main: [2, 2] }))).toMatchObject({
      itUwh: null,
      facilityUwh: null,
      pairedHours: 0,
      facilityHours: 2,
    })
    expect(accountDay(site({ it: [1] })).facilities).toEqual([])
  })

  it('belongs to its own day', () => {
    expect(accountDay({ ...site({ it: [1], main: [2] }), day: DAY_START + 86_400_000 })).toMatchObject({ entries: [] })
  })
})

describe('scopeLineOf', () => {
  it('puts own machines in Scope 2 and rented ones in the category of their rent', () => {
    const lines = (['owned', 'colocation_controlled', 'colocation', 'cloud', 'api', 'customer'] as const).map(
      (deployment) => {
        const { scope, category, rowCode, scope2Methods } = scopeLineOf(deployment)
        return [scope, category, rowCode, scope2Methods.length]
      },
    )
    expect(lines).toEqual([
      [2, null, 's2', 2],
      [2, null, 's2', 2],
      [3, 8, 's3-8', 0],
      [3, 1, 's3-1-cloud', 0],
      [3, 1, 's3-1-cloud', 0],
      [3, 11, 's3-11', 0],
    ])
    expect(scopeLineOf('cloud')).toMatchObject({
      subline: 'cloud computing and data centre services',
      clause: expect.stringContaining('AR 51'),
    })
  })
})
