import { energyIn, isPowerUnit } from '@/lib/units/convert'
import { tierOfInterval } from './energy-of-counter'
import type { Reading, SeriesReadings } from './facts'
import { isClose } from './gap-limit'
import { evenly, type MeteredHours, meterDay } from './hour-cells'

type Interval = [from: number, to: number]

/**
 * Energy told per interval → energy, in the meter's unit → kWh, spread evenly over [start, at) or, without a start, over
 * (previous reading, at]. Example: 6 kWh from 09:30 to 11:00 → 2 kWh in hour 09, 4 kWh in hour 10.
 * A delta without start and without a previous reading that it can follow on has a known energy and no interval: all of it goes into
 * the hour that ends at or contains `at` (tier 3, no elapsed time). Throws RangeError when the unit is not one of energy.
 */
export const energyOfDeltaSeries = (series: SeriesReadings, day: number): MeteredHours[] => {
  const { readings, unit } = series
  if (isPowerUnit(unit)) throw new RangeError(`Series ${series.seriesId} tells energy but its unit is ${unit}`)
  const into = meterDay(day)
  const covered = new Map<number, Interval[]>()
  const elapsed = new Map<number, Interval[]>()

  readings.forEach((reading, i) => {
    const { at, attribution } = reading
    const energy = energyIn(reading.value, unit)
    const previous = lastBefore(readings, i)
    const from = reading.start ?? followedOn(readings, previous, reading)

    if (from === null || from === at) {
      into.lump(attribution, at, 3, energy)
    } else {
      into.energy(attribution, from, at, tierOfInterval(at - from), evenly(energy, from, at))
      note(covered, attribution, [from, at])
      note(elapsed, attribution, [from, at])
    }
    const last = readings[previous]
    if (last?.attribution === attribution) note(elapsed, attribution, [last.at, at])
  })

  for (const [attribution, intervals] of covered)
    for (const [from, to] of union(intervals)) into.covered(attribution, from, to)
  for (const [attribution, intervals] of elapsed)
    for (const [from, to] of union(intervals)) into.elapsed(attribution, from, to)
  return into.hours()
}

/** Index of the last reading at an earlier time; −1 when there is none. */
const lastBefore = (readings: Reading[], i: number): number => {
  let index = i - 1
  while (index >= 0 && (readings[index] as Reading).at === (readings[i] as Reading).at) index -= 1
  return index
}

const followedOn = (readings: Reading[], previous: number, reading: Reading): number | null => {
  const last = readings[previous]
  if (last === undefined) return null
  return last.attribution === reading.attribution || isClose(readings, previous) ? last.at : null
}

const note = (intervals: Map<number, Interval[]>, attribution: number, interval: Interval): void => {
  const known = intervals.get(attribution)
  if (known) known.push(interval)
  else intervals.set(attribution, [interval])
}

// Deltas may overlap, and a millisecond elapses once.
const union = (intervals: Interval[]): Interval[] => {
  const merged: Interval[] = []
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}
