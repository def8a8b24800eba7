import { createHash } from 'node:crypto'
import { dayName, HOUR, hoursInMonth, monthHour } from '@/lib/units/time'
import type { FileHour } from './intensity-csv'

/** Comes in: what is stored of a zone by month, and a file's hours. Goes out: the months that change, and on which days. PURE. */

export interface MonthVector {
  /** `2023-07` */
  month: string
  gPerKwh: (number | null)[]
  estimated: boolean[]
  source: string
}

export interface MergedMonths {
  months: (MonthVector & { sha256: Buffer })[]
  changedDays: string[]
}

/**
 * An hour that the file states replaces the stored one; an hour that it leaves out or empty keeps it. A month whose vector stays the
 * same is not among the result.
 */
export const mergeMonths = (stored: Map<string, MonthVector>, hours: FileHour[], source: string): MergedMonths => {
  const touched = new Map<string, MonthVector>()
  const changedDays = new Set<string>()
  for (const hour of hours) {
    if (hour.gPerKwh === null) continue
    const { month, index } = monthHour(hour.at)
    const before = stored.get(month)
    const isSame = before?.gPerKwh[index] === hour.gPerKwh && before.estimated[index] === hour.estimated
    if (isSame) continue
    const vector = touched.get(month) ?? copyOf(before, month)
    touched.set(month, vector)
    vector.gPerKwh[index] = hour.gPerKwh
    vector.estimated[index] = hour.estimated
    changedDays.add(dayName(hour.at))
  }
  const stated = new Set(hours.filter((hour) => hour.gPerKwh !== null).map((hour) => hour.at))
  return {
    months: [...touched.values()].map((vector) => ({
      ...vector,
      source: sourceOf(vector, stored.get(vector.month), stated, source),
      sha256: digestOf(vector),
    })),
    changedDays: [...changedDays].sort(),
  }
}

const copyOf = (before: MonthVector | undefined, month: string): MonthVector => {
  const [year = 0, month1 = 0] = month.split('-').map(Number)
  const length = hoursInMonth(year, month1)
  return {
    month,
    gPerKwh: before ? [...before.gPerKwh] : Array(length).fill(null),
    estimated: before ? [...before.estimated] : Array(length).fill(false),
    source: '',
  }
}

const EARLIER = '; other hours as before from: '

/** Where hours of an earlier file remain in the month, that file is named too. */
const sourceOf = (
  vector: MonthVector,
  before: MonthVector | undefined,
  stated: Set<number>,
  source: string,
): string => {
  const start = Date.parse(`${vector.month}-01T00:00:00Z`)
  const keepsHours = before?.gPerKwh.some((value, index) => value !== null && !stated.has(start + index * HOUR))
  if (!before || !keepsHours) return source
  const earlier = before.source.split(EARLIER).filter((name) => name !== source)
  return [source, ...earlier.slice(0, 3)].join(EARLIER)
}

const digestOf = (vector: MonthVector): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([vector.gPerKwh, vector.estimated]))
    .digest()
