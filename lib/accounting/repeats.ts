import { DAY } from '@/lib/units/time'
import type { Conflict } from './entries'
import type { Reading, SeriesReadings } from './facts'

export interface CleanSeries {
  /** One per series, sorted by series id: the fixed order of every later sum. */
  series: SeriesReadings[]
  duplicates: number
  conflicts: Conflict[]
}

// A reading without a start comes before one with a start at the same time.
const byTime = (a: Reading, b: Reading): number =>
  a.at - b.at || (a.start === b.start ? 0 : a.start === null ? -1 : b.start === null ? 1 : a.start - b.start)

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Readings put in order of time and told once. Two readings of one series with the same start and time are one reading: the same
 * value for the same attribution is a duplicate; anything else is a conflict, and the first received stands (ARCHITECTURE §4.2).
 * Only repeats inside the day are counted, so that neighbouring days do not count one twice.
 * Example: 300 W, 300 W, 310 W all at 06:00 → 300 W, 1 duplicate, 1 conflict.
 * Throws RangeError on a value that is negative or not finite and on a delta that ends before it starts: ingest refuses those.
 */
export const withoutRepeats = (given: SeriesReadings[], day: number): CleanSeries => {
  const joined = new Map<string, SeriesReadings>()
  for (const part of given) {
    const known = joined.get(part.seriesId)
    joined.set(part.seriesId, known ? { ...known, readings: [...known.readings, ...part.readings] } : part)
  }

  let duplicates = 0
  const conflicts: Conflict[] = []
  const series = [...joined.values()]
    .sort((a, b) => byName(a.seriesId, b.seriesId))
    .map((one) => {
      const kept: Reading[] = []
      for (const reading of [...one.readings].sort(byTime)) {
        refuseImpossible(one.seriesId, reading)
        const last = kept.at(-1)
        if (last === undefined || byTime(last, reading) !== 0) {
          kept.push(reading)
        } else if (reading.at >= day && reading.at < day + DAY) {
          if (last.value === reading.value && last.attribution === reading.attribution) duplicates += 1
          else conflicts.push({ seriesId: one.seriesId, at: reading.at })
        }
      }
      return { ...one, readings: kept }
    })
  return { series, duplicates, conflicts }
}

const refuseImpossible = (seriesId: string, { at, value, start }: Reading): void => {
  if (!Number.isFinite(value) || value < 0)
    throw new RangeError(`Series ${seriesId} has ${value} at ${at}: a reading is a finite number, not below 0`)
  if (start !== null && start > at)
    throw new RangeError(`Series ${seriesId} has a delta that ends at ${at}, before it starts`)
}
