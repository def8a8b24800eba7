import { HOUR, hourStart } from '@/lib/units/time'
import { MAX_G_PER_KWH } from '../intensity-cells'
import type { FileHour } from '../intensity-csv'

/** Comes in: values of a cadence finer than the hour. Goes out: hours, each with what it rests on. PURE. */

export interface IntensityPoint {
  /** Start of the interval that the value holds for, ms since 1970. */
  at: number
  gPerKwh: number | null
  estimated?: boolean
}

/** A value that no grid has is unknown, never clipped. */
export const credible = (gPerKwh: number | null): number | null =>
  gPerKwh !== null && Number.isFinite(gPerKwh) && gPerKwh >= 0 && gPerKwh <= MAX_G_PER_KWH ? gPerKwh + 0 : null

/**
 * The mean of an hour's intervals, g/kWh, each weighing the same because no source tells the energy of an interval. With some of them
 * missing it is an estimate; with more than half missing the hour is unknown.
 */
export const hourMeans = (points: IntensityPoint[], cadenceMs: number): FileHour[] => {
  const hours = new Map<number, Map<number, IntensityPoint>>()
  for (const point of points) {
    const known = hours.get(hourStart(point.at)) ?? new Map()
    hours.set(hourStart(point.at), known.set(point.at, point))
  }
  const wanted = HOUR / cadenceMs
  return [...hours]
    .sort(([a], [b]) => a - b)
    .map(([at, intervals]) => {
      const known = [...intervals.values()].flatMap((point) => credible(point.gPerKwh) ?? [])
      if (known.length * 2 < wanted) return { at, gPerKwh: null, estimated: false }
      const mean = known.reduce((sum, gPerKwh) => sum + gPerKwh, 0) / known.length
      const guessed = [...intervals.values()].some((point) => point.estimated === true)
      return { at, gPerKwh: mean, estimated: guessed || known.length < wanted }
    })
}
