import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR } from '@/lib/units/time'
import { accountDay } from './account-day'
import type { EntryDraft } from './entries'
import type { Component, Measured, SeriesReadings } from './facts'
import { attribution, DAY_START, facts, ownMeter, reading, series, site } from './fixtures'

const GPU = 'GPU-5fd4f087-86f3-7a43-b711-4771313afc50'
const measured = (more: Partial<Measured> = {}): Measured => ({
  sourceId: 'dcgm',
  device: GPU,
  component: 'gpu',
  machine: 'n1',
  preference: 10,
  ...more,
})
const part = (component: Component, more: Partial<Measured> = {}): Measured =>
  measured({ device: `n1/${component}`, component, preference: 30, sourceId: 'kepler', ...more })

/** Each hour's Wh, as deltas. */
const hourly = (seriesId: string, wh: (number | null)[], of: number, what: Measured | null): SeriesReadings =>
  series({
    seriesId,
    meter: seriesId,
    kind: 'delta',
    unit: 'Wh',
    siteId: 'site-1',
    measured: what,
    readings: wh.flatMap((value, hour) =>
      value === null
        ? []
        : [reading(DAY_START + (hour + 1) * HOUR, value, { start: DAY_START + hour * HOUR, attribution: of })],
    ),
  })

const OWN = 0
const RUN = 1
const OTHER = 2
const day = (...list: SeriesReadings[]) =>
  accountDay(
    facts({
      attributions: [
        ownMeter(),
        attribution({ attributionId: 'run', workloadId: 'run', siteId: 'site-1' }),
        attribution({ attributionId: 'other', workloadId: 'other', siteId: 'site-1' }),
      ],
      sites: [site({ siteId: 'site-1' })],
      series: list,
    }),
  )

const wh = (entries: EntryDraft[], of: number, hour = 0): number | null => {
  const cell = entries.find((entry) => entry.attribution === of)?.itUwh[hour]
  return cell == null ? null : cell / 1e6
}
const energies = fc.array(fc.option(fc.integer({ min: 1, max: 900 })), { minLength: 24, maxLength: 24 })

describe('one device measured twice', () => {
  it('counts as its better meter tells it, whatever another exporter or source says beside it (law)', () => {
    fc.assert(
      fc.property(energies, energies, fc.constantFrom(RUN, OWN, OTHER), (first, second, of) => {
        const told = hourly('a', first, RUN, measured())
        // The second speaks only where the first does.
        const echo = second.map((value, hour) => (first[hour] == null ? null : value))
        for (const what of [
          measured({ preference: 11 }),
          measured({ preference: 30, sourceId: 'kepler' }),
          measured({ sourceId: 'z' }),
        ]) {
          const alone = day(told)
          const both = day(told, hourly('b', echo, of, what))
          expect(both.entries).toEqual(alone.entries)
          const hours = echo.filter((value) => value !== null).length
          expect(both.leftOut).toEqual(
            hours === 0 ? [] : [{ seriesId: 'b', attribution: of, hours, because: 'same_device' }],
          )
        }
      }),
      { numRuns: 60 },
    )
  })

  it('counts as the other meter tells it once the better one is gone, hour by hour (law)', () => {
    fc.assert(
      fc.property(energies, energies, (first, second) => {
        const { entries } = day(
          hourly('a', first, RUN, measured()),
          hourly('b', second, RUN, measured({ preference: 20 })),
        )
        for (let hour = 0; hour < 24; hour += 1)
          expect(wh(entries, RUN, hour)).toBe(first[hour] ?? second[hour] ?? null)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same in any order of its meters, and two devices are two', () => {
    const list = [
      hourly('a', [100], RUN, measured()),
      hourly('b', [90], RUN, measured({ preference: 30, sourceId: 'kepler' })),
      hourly('c', [50], RUN, measured({ device: `${GPU}-2` })),
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(list, { minLength: 3 }), (given) => {
        const { entries } = day(...given)
        expect(wh(entries, RUN)).toBe(150)
      }),
    )
  })

  it('keeps both parts of an hour in which one meter takes over from another', () => {
    const half = DAY_START + HOUR / 2
    const part = (seriesId: string, from: number, to: number, value: number, what: Measured) =>
      series({
        ...hourly(seriesId, [], RUN, what),
        readings: [reading(to, value, { start: from, attribution: RUN })],
      })
    const before = part('a', DAY_START, half, 30, measured())
    const after = part('b', half - 15_000, DAY_START + HOUR, 50, measured({ sourceId: 'renamed' }))
    expect(wh(day(before, after).entries, RUN)).toBe(80)
    const beside = part('b', half - 600_000, DAY_START + HOUR, 50, measured({ sourceId: 'renamed' }))
    expect(wh(day(before, beside).entries, RUN)).toBe(30)
  })

  it('a meter that says nothing of what it measures always counts', () => {
    expect(wh(day(hourly('a', [100], RUN, measured()), hourly('b', [40], RUN, null)).entries, RUN)).toBe(140)
  })
})

describe('an idle device', () => {
  it('is energy that nobody claims; what others hold is not taken off it', () => {
    const { entries } = day(
      hourly('a', [100], RUN, measured()),
      hourly('b', [20], OWN, measured({ device: `${GPU}-2` })),
    )
    expect(wh(entries, RUN)).toBe(100)
    expect(wh(entries, OWN)).toBe(20)
  })

  it('that changes hands within the hour is its own two parts', () => {
    const half = DAY_START + HOUR / 2
    const one = series({
      seriesId: 'a',
      kind: 'delta',
      unit: 'Wh',
      siteId: 'site-1',
      measured: measured(),
      readings: [
        reading(half, 60, { start: DAY_START, attribution: RUN }),
        reading(DAY_START + HOUR, 10, { start: half, attribution: OWN }),
      ],
    })
    const { entries } = day(one)
    expect([wh(entries, RUN), wh(entries, OWN)]).toEqual([60, 10])
  })
})

describe('a machine', () => {
  it('keeps what its pods leave of its processors', () => {
    const { entries } = day(
      hourly('node', [100], OWN, part('cpu')),
      hourly('pod', [30], RUN, part('cpu')),
      hourly('pod-2', [25], OTHER, part('cpu')),
    )
    expect([wh(entries, RUN), wh(entries, OTHER), wh(entries, OWN)]).toEqual([30, 25, 45])
  })

  it('measured whole holds its parts, and its GPUs in use', () => {
    const { entries, leftOut } = day(
      hourly('bmc', [500], OWN, part('host', { preference: 60, sourceId: 'ipmi' })),
      hourly('node', [100], OWN, part('cpu')),
      hourly('pod', [30], RUN, part('cpu')),
      hourly('gpu', [200], RUN, measured()),
    )
    expect([wh(entries, RUN), wh(entries, OWN)]).toEqual([230, 270])
    expect(leftOut).toEqual([{ seriesId: 'node', attribution: OWN, hours: 1, because: 'inside_host' }])
  })

  it('is held by a meter of the whole site, and another machine is not by this one', () => {
    const whole = hourly('pdu', [1000], OWN, null)
    const bmc = hourly('bmc', [500], OWN, part('host'))
    const elsewhere = hourly('far', [70], RUN, measured({ device: `${GPU}-9`, machine: 'n9' }))
    expect(wh(day(whole, bmc, elsewhere).entries, OWN)).toBe(930)
    expect(wh(day(bmc, elsewhere).entries, OWN)).toBe(500)
  })

  it('has its GPU shared out by pods only where nothing gives it whole', () => {
    const shared = part('gpu')
    const kepler = [
      hourly('node-gpu', [100], OWN, measured({ preference: 30, sourceId: 'kepler' })),
      hourly('pod-gpu', [80], RUN, shared),
    ]
    expect(wh(day(...kepler).entries, OWN)).toBe(20)
    expect(wh(day(...kepler).entries, RUN)).toBe(80)
    const { entries } = day(...kepler, hourly('dcgm', [110], OTHER, measured()))
    expect([wh(entries, RUN), wh(entries, OTHER), wh(entries, OWN)]).toEqual([null, 110, null])
  })

  it('of two exporters of its processors has one', () => {
    const { entries } = day(
      hourly('kepler', [100], OWN, part('cpu')),
      hourly('scaph', [95], OWN, part('cpu', { preference: 40, sourceId: 'scaph' })),
      hourly('process', [10], RUN, part('cpu', { preference: 41, sourceId: 'scaph' })),
    )
    expect([wh(entries, OWN), wh(entries, RUN)]).toEqual([100, null])
  })
})

describe('PUE', () => {
  it('is never made of parts: the IT energy of such a site is its workloads and what idles', () => {
    const feed = series({ ...hourly('feed', [300], OWN, null), boundary: 'facility' })
    const { facilities, entries } = day(
      feed,
      hourly('a', [150], RUN, measured()),
      hourly('b', [50], OWN, measured({ device: `${GPU}-2` })),
    )
    expect(facilities).toMatchObject([{ itUwh: 200e6, facilityUwh: 300e6, itBasis: 'workloads' }])
    expect(entries.find((entry) => entry.attribution === RUN)?.pue[0]).toBe(1.2)
  })
})
