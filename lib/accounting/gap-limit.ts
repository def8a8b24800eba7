import { HOUR } from '@/lib/units/time'
import type { Reading } from './facts'

const ALWAYS_CLOSE = HOUR / 12
const WIDEST_CADENCE = HOUR
const NEIGHBOURHOOD = 3 * HOUR

/**
 * How far apart two readings may be and still be joined: max(3 × cadence, 5 min), METHOD §1.1. Milliseconds.
 * The cadence is the median interval of the readings within 3 h of the segment i → i+1, at most 1 h. Readings every 10 s → 5 min;
 * every 10 min → 30 min. It is taken near the segment and not over the day, so that a segment across midnight is judged
 * alike from both of its days.
 */
export const gapLimit = (readings: Reading[], i: number): number => {
  const at = (index: number) => (readings[index] as Reading).at
  let first = i
  while (first > 0 && at(first - 1) >= at(i) - NEIGHBOURHOOD) first -= 1
  let last = i + 1
  while (last + 1 < readings.length && at(last + 1) <= at(i + 1) + NEIGHBOURHOOD) last += 1

  const intervals: number[] = []
  for (let j = first; j < last; j += 1) intervals.push(at(j + 1) - at(j))
  intervals.sort((a, b) => a - b)
  const median = intervals[Math.floor((intervals.length - 1) / 2)] as number
  return Math.max(3 * Math.min(median, WIDEST_CADENCE), ALWAYS_CLOSE)
}

/** Whether the readings i and i+1 are near enough to be joined. */
export const isClose = (readings: Reading[], i: number): boolean => {
  const apart = (readings[i + 1] as Reading).at - (readings[i] as Reading).at
  // The two early answers spare a median for nearly every segment.
  if (apart <= ALWAYS_CLOSE) return true
  if (apart > 3 * WIDEST_CADENCE) return false
  return apart <= gapLimit(readings, i)
}
