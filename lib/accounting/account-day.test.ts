import { describe, expect, it } from 'vitest'
import { HOUR } from '@/lib/units/time'
import { accountDay } from './account-day'
import { at, attribution, delta, facts, hourly, onlyEntry, ownMeter, reading, series, sum, zone } from './fixtures'

const every = (minutes: number, from: string, to: string, watts: number, of = 0) => {
  const readings = []
  for (let time = at(from); time <= at(to); time += minutes * 60_000)
    readings.push(reading(time, watts, { attribution: of }))
  return readings
}

describe('accountDay', () => {
  it('turns an hour of 1 kW into 1 kWh, lifts it once by PUE and multiplies it by the intensity of its hour', () => {
    const zones = [zone({ hourlyDirect: Array.from({ length: 24 }, (_, hour) => hourly(hour * 100)) })]
    const entry = onlyEntry(facts({ zones, series: [series({ readings: every(1, '04:00', '05:00', 1000) })] }))
    expect(entry.itUwh[4]).toBe(1_000_000_000)
    expect(entry.facilityUwh[4]).toBe(1_200_000_000)
    expect(entry.locationMg[4]).toBe(480_000)
    expect([entry.pue[4], entry.gPerKwh[4]]).toEqual([1.2, 400])
    expect([entry.energyTier[4], entry.overheadTier[4], entry.intensityTier[4]]).toEqual([2, 4, 1])
    expect(entry.factors[entry.overheadFactor[4] as number]?.id).toBe('fallback-pue')
    expect(entry.factors[entry.intensityFactor[4] as number]?.id).toBe('hourly-measured')
    expect([entry.coveredMs[4], entry.elapsedMs[4]]).toEqual([HOUR, HOUR])
    expect([entry.firstAt, entry.lastAt]).toEqual([at('04:00'), at('05:00')])
    expect(entry.seriesIds).toEqual(['series-a'])
  })

  it('leaves hours outside the first and last reading empty and without a gap', () => {
    const entry = onlyEntry(facts({ series: [series({ readings: every(1, '04:00', '05:00', 1000) })] }))
    for (const hour of [3, 5]) {
      expect([entry.itUwh[hour], entry.facilityUwh[hour], entry.locationMg[hour], entry.gap[hour]]).toEqual(
        new Array(4).fill(null),
      )
      expect(entry.elapsedMs[hour]).toBe(0)
    }
  })

  it('keeps the energy and names the gap where the intensity is unknown', () => {
    const readings = every(1, '04:00', '05:00', 1000)
    const nowhere = onlyEntry(facts({ attributions: [attribution({ zone: null })], series: [series({ readings })] }))
    expect([nowhere.facilityUwh[4], nowhere.locationMg[4], nowhere.gap[4]]).toEqual([
      1_200_000_000,
      null,
      'zone_unknown',
    ])
    const unknown = onlyEntry(facts({ zones: [], series: [series({ readings })] }))
    expect([unknown.facilityUwh[4], unknown.locationMg[4], unknown.gap[4]]).toEqual([
      1_200_000_000,
      null,
      'no_intensity',
    ])
    expect([unknown.gPerKwh[4], unknown.intensityTier[4], unknown.screening[4]]).toEqual([null, null, null])
  })

  it('gives an hour the worst tier of the series that made it', () => {
    const counter = series({ seriesId: 'b', kind: 'counter', unit: 'kWh' })
    const power = series({ seriesId: 'a', readings: every(1, '04:00', '06:00', 1000) })
    const day = facts({
      series: [power, { ...counter, readings: [reading('04:00', 5), reading('05:00', 6)] }],
    })
    const entry = onlyEntry(day)
    expect(entry.itUwh.slice(4, 6)).toEqual([2_000_000_000, 1_000_000_000])
    expect(entry.energyTier.slice(4, 6)).toEqual([2, 2])
    expect(entry.elapsedMs.slice(4, 6)).toEqual([2 * HOUR, HOUR])
  })

  it('splits a meter that moves to another run where it moves', () => {
    const runs = [attribution(), attribution({ attributionId: 'attribution-b', workloadId: 'run-b' })]
    const readings = [...every(1, '04:00', '04:20', 600), ...every(1, '04:21', '05:00', 600, 1)]
    const { entries } = accountDay(facts({ attributions: runs, series: [series({ readings })] }))
    expect(entries.map((entry) => entry.itUwh[4])).toEqual([210_000_000, 390_000_000])
  })

  it('never lifts energy metered at the facility boundary, and does not invent its IT energy', () => {
    const readings = [delta('04:00', '05:00', 0.139)]
    const day = facts({ series: [series({ kind: 'delta', unit: 'kWh', boundary: 'facility', readings })] })
    const entry = onlyEntry(day)
    expect([entry.itUwh[4], entry.facilityUwh[4]]).toEqual([null, 139_000_000])
    expect([entry.pue[4], entry.overheadTier[4], entry.overheadFactor[4]]).toEqual([null, null, null])

    const declared = onlyEntry({ ...day, attributions: [attribution({ declaredPue: 1.25 })] })
    expect([declared.itUwh[4], declared.facilityUwh[4], declared.pue[4]]).toEqual([111_200_000, 139_000_000, 1.25])
    expect(declared.overheadTier[4]).toBe(null)
  })

  it('does not know the IT energy of an hour with both boundaries unless the sender declared the PUE', () => {
    const both = [
      series({ seriesId: 'a', kind: 'delta', unit: 'kWh', readings: [delta('04:00', '05:00', 1)] }),
      series({
        seriesId: 'b',
        kind: 'delta',
        unit: 'kWh',
        boundary: 'facility',
        readings: [delta('04:00', '05:00', 3)],
      }),
    ]
    const entry = onlyEntry(facts({ series: both }))
    expect([entry.itUwh[4], entry.facilityUwh[4]]).toEqual([null, 4_200_000_000])
    const declared = onlyEntry(facts({ series: both, attributions: [attribution({ declaredPue: 1.5 })] }))
    expect([declared.itUwh[4], declared.facilityUwh[4]]).toEqual([3_000_000_000, 4_500_000_000])
  })

  it('shows a meter that names neither workload nor site as unallocated', () => {
    const nobody = attribution({ workloadId: null, siteId: null })
    const entry = onlyEntry(
      facts({ attributions: [nobody], series: [series({ readings: every(1, '04:00', '05:00', 1000) })] }),
    )
    expect([entry.unallocated, entry.itUwh[4]]).toEqual([true, 1_000_000_000])
  })

  it('keeps a declared intensity to the workload that declared it', () => {
    const runs = [
      attribution({ declaredGPerKwh: 50 }),
      attribution({ attributionId: 'attribution-b', workloadId: 'run-b' }),
    ]
    const both = runs.map((_, i) => series({ seriesId: `s${i}`, readings: every(1, '04:00', '05:00', 1000, i) }))
    const { entries } = accountDay(facts({ attributions: runs, series: both }))
    expect(entries.map((entry) => [entry.gPerKwh[4], entry.intensityTier[4]])).toEqual([
      [50, 4],
      [400, 1],
    ])
  })

  it('shows no part of an hour of which another part is implausible', () => {
    const both = [
      series({ seriesId: 'a', kind: 'delta', unit: 'kWh', readings: [delta('04:00', '05:00', 2e6)] }),
      series({
        seriesId: 'b',
        kind: 'delta',
        unit: 'kWh',
        boundary: 'facility',
        readings: [delta('04:00', '05:00', 3)],
      }),
    ]
    const entry = onlyEntry(facts({ series: both }))
    expect([entry.itUwh[4], entry.facilityUwh[4], entry.locationMg[4], entry.gap[4]]).toEqual([
      null,
      null,
      null,
      'implausible',
    ])
  })

  it('gives no entry for a day in which nothing is told', () => {
    expect(accountDay(facts()).entries).toEqual([])
    const elsewhere = series({ readings: [reading(at('00:00') - HOUR, 300), reading(at('00:00') - HOUR / 2, 300)] })
    expect(accountDay(facts({ series: [elsewhere] })).entries).toEqual([])
  })

  it('gives a site meter no entry but the unallocated one', () => {
    const meter = series({ kind: 'delta', unit: 'kWh', readings: [delta('04:00', '05:00', 5)] })
    const day = facts({ attributions: [ownMeter()], series: [meter] })
    const entry = onlyEntry(day)
    expect([entry.unallocated, sum(entry.itUwh)]).toEqual([true, 5_000_000_000])
    expect(accountDay({ ...day, series: [{ ...meter, boundary: 'facility' }] }).entries).toEqual([])
  })

  it('refuses readings of an attribution that the facts do not hold', () => {
    const lost = series({ readings: [reading('04:00', 300, { attribution: 7 })] })
    expect(() => accountDay(facts({ series: [lost] }))).toThrow(/attribution 7/)
  })
})
