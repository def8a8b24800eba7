import { isPowerUnit, powerIn } from '@/lib/units/convert'
import { energyOfPower } from '@/lib/units/physics'
import { add, type KilowattHours, scale, seconds, value, type Watts, watts } from '@/lib/units/quantity'
import { DAY, HOUR, SECOND } from '@/lib/units/time'
import type { Reading, SeriesReadings } from './facts'
import { gapLimit, isClose } from './gap-limit'
import { type MeteredHours, meterDay, NO_ENERGY } from './hour-cells'

const LONGEST_ESTIMATE = 3 * HOUR
const LOOKAROUND = HOUR

/**
 * Power samples → energy: E = Σ (Pᵢ + Pᵢ₊₁)/2 × (tᵢ₊₁ − tᵢ), W and ms → kWh (METHOD §1.1, trapezoid), cut at UTC hours by linear
 * interpolation. Example: 300, 500, 400, 400 W at 0, 60, 120, 300 s → 34.17 Wh (case EN-01).
 * Readings joined within the gap limit are measured (tier 2). A gap of up to 3 h takes the mean power of the same attribution's
 * measured segments within 1 h on either side (tier 3, elapsed but not covered). A longer one, or one with nothing beside it, has no
 * energy: a gap is never 0 W. Across a change of attribution only a measured segment is claimed, by the earlier one.
 * Throws RangeError when the unit is not one of power.
 */
export const energyOfPowerSeries = (series: SeriesReadings, day: number): MeteredHours[] => {
  const { readings, unit } = series
  if (!isPowerUnit(unit)) throw new RangeError(`Series ${series.seriesId} measures power but its unit is ${unit}`)
  const power = readings.map((reading) => powerIn(reading.value, unit))
  const into = meterDay(day)

  const segment = (i: number, start: number, end: number) => trapezoid(readings, power, i, start, end)

  const estimated = (i: number) => {
    const mean = meanPowerAround(readings, i, segment)
    return mean === null ? null : (start: number, end: number) => energyOfPower(mean, lasting(start, end))
  }

  let joinedToPrevious = false
  readings.forEach((reading, i) => {
    const next = readings[i + 1]
    const stays = next?.attribution === reading.attribution
    const measured = next !== undefined && isClose(readings, i)

    if (next !== undefined && (measured || stays) && next.at > day && reading.at < day + DAY) {
      into.interval(reading.attribution, reading.at, next.at, {
        covered: measured,
        tier: measured ? 2 : 3,
        energyOf: measured ? (start, end) => segment(i, start, end) : estimated(i),
      })
    }
    if (!joinedToPrevious && !measured && !stays) into.lone(reading.attribution, reading.at)
    joinedToPrevious = stays
  })
  return into.hours()
}

const lasting = (start: number, end: number) => seconds((end - start) / SECOND)

const trapezoid = (readings: Reading[], power: Watts[], i: number, start: number, end: number): KilowattHours => {
  const from = (readings[i] as Reading).at
  const to = (readings[i + 1] as Reading).at
  const [before, after] = [value(power[i] as Watts), value(power[i + 1] as Watts)]
  const at = (time: number) => before + (after - before) * ((time - from) / (to - from))
  return energyOfPower(watts((at(start) + at(end)) / 2), lasting(start, end))
}

/**
 * Time-weighted mean of what the gap's own attribution drew within 1 h before and after it. Null when nothing was measured there, and
 * for a gap too long to fill.
 */
const meanPowerAround = (
  readings: Reading[],
  gap: number,
  energyOf: (i: number, start: number, end: number) => KilowattHours,
): Watts | null => {
  const before = readings[gap] as Reading
  const after = readings[gap + 1] as Reading
  if (after.at - before.at > LONGEST_ESTIMATE) return null
  const limit = gapLimit(readings, gap)
  let energy = NO_ENERGY
  let measuredMs = 0

  const include = (i: number, from: number, to: number) => {
    const [left, right] = [readings[i] as Reading, readings[i + 1] as Reading]
    if (left.attribution !== before.attribution || right.at - left.at > limit) return
    const [start, end] = [Math.max(left.at, from), Math.min(right.at, to)]
    energy = add(energy, energyOf(i, start, end))
    measuredMs += end - start
  }
  for (let i = gap - 1; i >= 0 && (readings[i + 1] as Reading).at > before.at - LOOKAROUND; i -= 1)
    include(i, before.at - LOOKAROUND, before.at)
  for (let i = gap + 1; i + 1 < readings.length && (readings[i] as Reading).at < after.at + LOOKAROUND; i += 1)
    include(i, after.at, after.at + LOOKAROUND)

  return measuredMs === 0 ? null : watts((value(scale(energy, 3.6e6)) / measuredMs) * SECOND)
}
