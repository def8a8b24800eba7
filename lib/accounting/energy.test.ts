import { describe, expect, it } from 'vitest'
import { value } from '@/lib/units/quantity'
import { HOUR } from '@/lib/units/time'
import { energyOfCounterSeries } from './energy-of-counter'
import { energyOfDeltaSeries } from './energy-of-delta'
import { energyOfPowerSeries } from './energy-of-power'
import type { Reading, SeriesReadings } from './facts'
import { at, attribution, DAY_START, delta, facts, onlyEntry, reading, series } from './fixtures'
import { gapLimit } from './gap-limit'
import type { MeteredHours } from './hour-cells'

const MINUTE = 60_000
const only = (days: MeteredHours[]): MeteredHours => {
  expect(days).toHaveLength(1)
  return days[0] as MeteredHours
}
const power = (readings: Reading[], more: Partial<SeriesReadings> = {}) =>
  energyOfPowerSeries(series({ readings, ...more }), DAY_START)
const counter = (readings: Reading[]) =>
  energyOfCounterSeries(series({ kind: 'counter', unit: 'Wh', readings }), DAY_START)
const deltas = (readings: Reading[]) => energyOfDeltaSeries(series({ kind: 'delta', unit: 'Wh', readings }), DAY_START)
const wh = (hours: MeteredHours, hour: number) => {
  const kwh = hours.kwh[hour]
  return kwh == null ? null : Math.round(value(kwh) * 1e9) / 1e6
}
const steady = (from: string, to: string, watts: number, minutes = 1, of = 0) => {
  const readings = []
  for (let time = at(from); time <= at(to); time += minutes * MINUTE)
    readings.push(reading(time, watts, { attribution: of }))
  return readings
}

describe('power', () => {
  it('cuts a segment at the hour by linear interpolation', () => {
    const hours = only(power([reading('04:58', 0), reading('05:02', 4000)]))
    // 0 → 2000 W over 2 min, then 2000 → 4000 W over 2 min.
    expect([wh(hours, 4), wh(hours, 5)]).toEqual([33.333333, 100])
    expect([hours.coveredMs[4], hours.coveredMs[5]]).toEqual([2 * MINUTE, 2 * MINUTE])
  })

  it('reads kilowatts as kilowatts', () => {
    expect(wh(only(power([reading('04:00', 0.6), reading('04:05', 0.6)], { unit: 'kW' })), 4)).toBe(50)
  })

  it('joins readings up to three cadences apart as measured', () => {
    const readings = [...steady('02:00', '04:00', 600, 10), ...steady('04:30', '06:00', 600, 10)]
    const hours = only(power(readings))
    expect([wh(hours, 4), hours.tier[4], hours.coveredMs[4]]).toEqual([600, 2, HOUR])
  })

  it('always joins readings up to five minutes apart', () => {
    const readings = [
      reading('04:00:00', 600),
      reading('04:00:01', 600),
      reading('04:05:01', 600),
      reading('04:05:02', 600),
    ]
    expect(only(power(readings)).tier[4]).toBe(2)
  })

  it('fills a gap of up to three hours with the mean beside it: tier 3, elapsed and not covered', () => {
    const readings = [...steady('02:00', '04:00', 400), ...steady('06:00', '08:00', 800)]
    const hours = only(power(readings))
    expect([wh(hours, 4), wh(hours, 5)]).toEqual([600, 600])
    expect([hours.tier[3], hours.tier[4], hours.tier[6]]).toEqual([2, 3, 2])
    expect([hours.coveredMs[4], hours.elapsedMs[4]]).toEqual([0, HOUR])
  })

  it('looks no further than an hour on either side for that mean', () => {
    const readings = [
      ...steady('01:00', '03:00', 9000),
      ...steady('03:00', '04:00', 400).slice(1),
      reading('06:00', 400),
    ]
    const hours = only(power(readings))
    // The segment 03:00 → 03:01 still falls from 9000 W.
    expect(wh(hours, 4)).toBeCloseTo(471.7, 0)
  })

  it('fills from one side when only one was measured, and not at all when neither was', () => {
    expect(wh(only(power([...steady('02:00', '04:00', 400), reading('06:00', 800)])), 5)).toBe(400)
    const sparse = only(power([reading('01:00', 400), ...steady('04:30', '04:31', 500, 0.05), reading('07:00', 800)]))
    expect([sparse.kwh[1], sparse.elapsedMs[2]]).toEqual([null, HOUR])
  })

  it('takes that mean from the same attribution only', () => {
    const readings = [
      ...steady('02:00', '03:29', 9000, 1, 1),
      ...steady('03:30', '04:00', 400),
      ...steady('06:00', '06:30', 400),
    ]
    const own = power(readings).find(({ attribution }) => attribution === 0) as MeteredHours
    expect([wh(own, 4), own.tier[4]]).toEqual([400, 3])
  })

  it('leaves a gap of more than three hours unknown, never 0 W', () => {
    const readings = [...steady('02:00', '04:00', 400), ...steady('09:00', '10:00', 400)]
    const entry = onlyEntry(facts({ series: [series({ readings })] }))
    expect(entry.itUwh.slice(4, 9)).toEqual(new Array(5).fill(null))
    expect(entry.gap.slice(3, 10)).toEqual([null, ...new Array(5).fill('no_reading'), null])
    expect(entry.elapsedMs.slice(4, 9)).toEqual(new Array(5).fill(HOUR))
    expect(entry.locationMg.slice(4, 9)).toEqual(new Array(5).fill(null))
  })

  it('names a reading without a neighbour as such', () => {
    const entry = onlyEntry(facts({ series: [series({ readings: [reading('04:10', 400)] })] }))
    expect([entry.itUwh[4], entry.gap[4], entry.elapsedMs[4]]).toEqual([null, 'single_reading', 0])
    expect([entry.firstAt, entry.lastAt]).toEqual([at('04:10'), at('04:10')])
  })

  it('gives a segment to the attribution of its earlier reading, but no gap to either', () => {
    const readings = [...steady('02:00', '03:00', 600), ...steady('05:00', '06:00', 600, 1, 1)]
    const [first, second] = power(readings) as [MeteredHours, MeteredHours]
    expect([first.attribution, second.attribution]).toEqual([0, 1])
    expect([wh(first, 2), first.kwh[3], first.elapsedMs[3], second.elapsedMs[4]]).toEqual([600, null, 0, 0])
    const near = power([...steady('02:00', '03:00', 600), ...steady('03:01', '04:00', 600, 1, 1)])
    expect(near.map((hours) => wh(hours, 3))).toEqual([10, 590])
  })

  it('shows a measured zero as zero', () => {
    expect(wh(only(power(steady('04:00', '05:00', 0))), 4)).toBe(0)
  })

  it('refuses a unit of energy', () => {
    expect(() => power([reading('04:00', 1)], { unit: 'kWh' })).toThrow(/power/)
  })

  it('takes the cadence near the segment, at most an hour', () => {
    const readings = [...steady('00:00', '01:00', 1, 10), reading('04:00', 1), reading('06:00', 1)]
    expect(gapLimit(readings, 0)).toBe(30 * MINUTE)
    expect(gapLimit(readings, readings.length - 2)).toBe(3 * HOUR)
  })
})

describe('counter', () => {
  it('that says when it began counts from zero there, also in its first reading; the time before is not covered', () => {
    const began = (when: string, value: number, start: string) => reading(when, value, { start: at(start) })
    const first = only(counter([began('04:20', 60, '04:00'), began('04:40', 100, '04:00')]))
    expect([wh(first, 4), first.coveredMs[4]]).toEqual([100, 40 * MINUTE])
    // Begun anew at 04:30 and already past the old value.
    const anew = only(counter([reading('04:00', 50), began('04:50', 80, '04:30')]))
    expect([wh(anew, 4), anew.coveredMs[4], anew.elapsedMs[4]]).toEqual([80, 20 * MINUTE, 50 * MINUTE])
    // Overtaken on its way: a counter of one start does not fall.
    const order = [began('04:20', 60, '04:00'), began('04:21', 40, '04:00'), began('04:40', 100, '04:00')]
    expect(wh(only(counter(order)), 4)).toBe(100)
    // Begun before the reading before: an ordinary difference. Begun now: nothing has been counted since.
    expect(wh(only(counter([reading('04:00', 50), began('04:50', 80, '03:30')])), 4)).toBe(30)
    expect(wh(only(counter([began('04:10', 9000, '04:10'), reading('04:40', 9030)])), 4)).toBe(30)
  })

  it('takes differences and spreads one over several hours evenly', () => {
    const hours = only(counter([reading('04:30', 1000), reading('05:30', 1600), reading('07:30', 3600)]))
    expect([4, 5, 6, 7].map((hour) => wh(hours, hour))).toEqual([300, 800, 1000, 500])
    expect([4, 5, 6, 7].map((hour) => hours.tier[hour])).toEqual([1, 2, 2, 2])
    expect(hours.coveredMs.slice(4, 8)).toEqual(hours.elapsedMs.slice(4, 8))
  })

  it('calls a difference over more than a day tier 3', () => {
    const hours = only(counter([reading('12:00', 0), reading(at('12:00') + 25 * HOUR, 25_000)]))
    expect([wh(hours, 20), hours.tier[20]]).toEqual([1000, 3])
  })

  it('counts from zero after a reset: tier 3, elapsed and not covered', () => {
    const hours = only(counter([reading('04:00', 9000), reading('04:30', 200), reading('05:00', 700)]))
    expect([wh(hours, 4), hours.tier[4]]).toEqual([700, 3])
    expect([hours.coveredMs[4], hours.elapsedMs[4]]).toEqual([HOUR / 2, HOUR])
  })

  it('is claimed by nobody across a change of attribution longer than the gap limit', () => {
    const moved = counter([reading('01:00', 0), reading('02:00', 50), reading('08:00', 900, { attribution: 1 })])
    expect(moved.map((hours) => [hours.attribution, hours.kwh[1] != null, hours.kwh[5]])).toEqual([
      [0, true, null],
      [1, false, null],
    ])
  })

  it('names a reading without a neighbour as such', () => {
    const entry = onlyEntry(
      facts({ series: [series({ kind: 'counter', unit: 'kWh', readings: [reading('04:10', 9)] })] }),
    )
    expect([entry.itUwh[4], entry.gap[4]]).toEqual([null, 'single_reading'])
  })
})

describe('delta', () => {
  it('spreads a delta over the interval it names', () => {
    const hours = only(deltas([delta('09:30', '11:00', 6000)]))
    expect([9, 10, 11].map((hour) => wh(hours, hour))).toEqual([2000, 4000, null])
    expect([hours.tier[9], hours.coveredMs[9], hours.firstAt]).toEqual([2, HOUR / 2, at('09:30')])
  })

  it('reaches back to the previous reading when it names no start', () => {
    const hours = only(deltas([reading('03:00', 5), reading('04:00', 60), reading('05:00', 70)]))
    expect([wh(hours, 3), wh(hours, 4)]).toEqual([60, 70])
    expect([hours.tier[3], hours.coveredMs[3]]).toEqual([1, HOUR])
  })

  it('puts a first delta without a start into the hour that it ends, tier 3, with no elapsed time', () => {
    const hours = only(deltas([reading('05:00', 90)]))
    expect([wh(hours, 4), wh(hours, 5), hours.tier[4], hours.elapsedMs[4]]).toEqual([90, null, 3, 0])
    expect([hours.firstAt, hours.lastAt]).toEqual([at('05:00'), at('05:00')])
  })

  it('counts the hole between two deltas as elapsed and not covered', () => {
    const entry = onlyEntry(
      facts({
        series: [
          series({ kind: 'delta', unit: 'Wh', readings: [delta('02:00', '03:00', 9), delta('05:00', '06:00', 9)] }),
        ],
      }),
    )
    expect(entry.gap.slice(1, 7)).toEqual([null, null, 'no_reading', 'no_reading', null, null])
    expect(entry.coveredMs.slice(2, 6)).toEqual([HOUR, 0, 0, HOUR])
  })

  it('lets a millisecond elapse once where deltas overlap', () => {
    const hours = only(deltas([delta('02:00', '03:00', 10), delta('02:30', '03:00', 10)]))
    expect([wh(hours, 2), hours.coveredMs[2], hours.elapsedMs[2]]).toEqual([20, HOUR, HOUR])
  })

  it('belongs to its own attribution, and does not reach into another run that ended long before', () => {
    const days = deltas([delta('02:00', '03:00', 10), reading('09:00', 10, { attribution: 1 })])
    expect(days.map((hours) => [hours.attribution, hours.kwh.findIndex((kwh) => kwh !== null)])).toEqual([
      [0, 2],
      [1, 8],
    ])
  })
})

describe('a declared PUE', () => {
  it('is a statement when it is 1 and silence when it is null', () => {
    const readings = steady('04:00', '05:00', 1000)
    const stated = onlyEntry(facts({ attributions: [attribution({ declaredPue: 1 })], series: [series({ readings })] }))
    expect([stated.facilityUwh[4], stated.overheadTier[4]]).toEqual([1_000_000_000, 2])
    expect(stated.factors[stated.overheadFactor[4] as number]?.id).toBe('declared-pue')
  })
})

describe('an hour that no site on earth could draw', () => {
  it('is a gap named implausible, and the hours beside it stand', () => {
    const readings = [
      reading(at('09:00'), 0),
      reading(at('10:00'), 1),
      reading(at('11:00'), 9e15),
      reading(at('12:00'), 9e15 + 2),
    ]
    const entry = onlyEntry(facts({ series: [series({ kind: 'counter', unit: 'kWh', readings })] }))
    expect([9, 10, 11].map((hour) => entry.itUwh[hour])).toEqual([1e9, null, 2e9])
    expect(entry.gap[10]).toBe('implausible')
    expect(entry.locationMg[10]).toBeNull()
  })
})
