import { energyIn, isPowerUnit } from '@/lib/units/convert'
import { DAY, HOUR } from '@/lib/units/time'
import type { Reading, SeriesReadings, Tier } from './facts'
import { isClose } from './gap-limit'
import { evenly, type MeteredHours, meterDay } from './hour-cells'

/** How well an energy that was read once over a whole interval tells its hours: 1 up to an hour, 2 up to a day, 3 beyond. */
export const tierOfInterval = (milliseconds: number): Tier =>
  milliseconds <= HOUR ? 1 : milliseconds <= 24 * HOUR ? 2 : 3

/**
 * Energy counter → energy: E = Σ Δ, Δ = cᵢ₊₁ − cᵢ, in the meter's unit → kWh (METHOD §1.2), spread evenly over its interval.
 * Δ < 0 is a reset: what has been counted since, Δ = cᵢ₊₁, is the least that flowed (tier 3, elapsed but not covered).
 * A counter that says when it began, and began after the reading before, has counted from zero since: E = cᵢ over [start, at], and the time
 * between is not covered. (OTLP's start time, Prometheus' created timestamp.) A first reading that says so has no reading before.
 * Example: 1,000,000 · 4,000,000 · 500,000 · 2,500,000 mJ → 5,500 J (case EN-02).
 * The interval belongs to the attribution of its earlier reading; where the attribution changes across an interval longer than
 * the gap limit, nobody claims it. Throws RangeError when the unit is not one of energy.
 */
export const energyOfCounterSeries = (series: SeriesReadings, day: number): MeteredHours[] => {
  const { unit } = series
  const readings = inOrder(series.readings)
  if (isPowerUnit(unit)) throw new RangeError(`Series ${series.seriesId} counts energy but its unit is ${unit}`)
  const into = meterDay(day)

  let joinedToPrevious = false
  readings.forEach((reading, i) => {
    const next: Reading | undefined = readings[i + 1]
    const stays = next?.attribution === reading.attribution
    const claimed = next !== undefined && (stays || isClose(readings, i))
    const begun = beganAnew(reading, readings[i - 1])
    const begins = next === undefined ? null : beganAnew(next, reading)

    if (begun !== null) {
      const energy = energyIn(reading.value, unit)
      const tier = tierOfInterval(reading.at - begun)
      into.interval(reading.attribution, begun, reading.at, {
        covered: true,
        tier,
        energyOf: evenly(energy, begun, reading.at),
      })
      joinedToPrevious = true
    }
    if (next !== undefined && claimed && begins !== null) {
      into.elapsed(reading.attribution, reading.at, begins)
    } else if (next !== undefined && claimed && next.at > day && reading.at < day + DAY) {
      const difference = next.value - reading.value
      const reset = difference < 0
      const energy = energyIn(reset ? next.value : difference, unit)
      into.interval(reading.attribution, reading.at, next.at, {
        covered: !reset,
        tier: reset ? 3 : tierOfInterval(next.at - reading.at),
        energyOf: evenly(energy, reading.at, next.at),
      })
    }
    if (!joinedToPrevious && !claimed) into.lone(reading.attribution, reading.at)
    joinedToPrevious = stays
  })
  return into.hours()
}

/** A counter that tells its start cannot fall: a lower value of the same start was overtaken on its way, and adds nothing. */
const inOrder = (readings: Reading[]): Reading[] => {
  let highest: Reading | null = null
  return readings.map((reading) => {
    const overtaken = reading.start !== null && highest?.start === reading.start && reading.value < highest.value
    if (overtaken) return { ...reading, value: (highest as Reading).value }
    highest = reading
    return reading
  })
}

/** When the counter of a reading began, if that was after the reading before; else null. */
const beganAnew = ({ at, start }: Reading, before: Reading | undefined): number | null =>
  start !== null && start < at && (before === undefined || start > before.at) ? start : null
