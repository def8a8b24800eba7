import type { TrendPoint } from '@/components/charts/line-trend'
import { rollingMedian } from '@/components/charts/rolling-median'
import type { SiteDay } from '@/lib/rollups/site-days'
import { cueOfSums, pueOfSums } from '@/lib/rollups/site-ratios'
import type { ZoneHour } from '@/lib/rollups/zone-hours'
import { formatRatio } from '@/lib/units/format'
import { DAY, dayName, dayOf } from '@/lib/units/time'

const WINDOW = 28

/** First to last metered day, every day between them named: a day without a figure is a gap in the line. */
const daysOf = (days: SiteDay[]): string[] => {
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  if (first === undefined || last === undefined) return []
  return Array.from({ length: (dayOf(last) - dayOf(first)) / DAY + 1 }, (_, at) => dayName(dayOf(first) + at * DAY))
}

export interface PueTrend {
  title: string
  points: TrendPoint[]
  axisStart: number
  /** Below a month there is no month's median. */
  withMedian: boolean
}

/** PUE day by day, and the median of each 28 days. */
export const pueTrend = (days: SiteDay[], pue: number | null): PueTrend => {
  const byDay = new Map(days.map((day) => [day.day, day]))
  const names = daysOf(days)
  const values = names.map((name) => {
    const day = byDay.get(name)
    return day ? pueOfSums(day.facility_uwh, day.it_uwh) : null
  })
  const medians = rollingMedian(values, WINDOW)
  const withMedian = names.length > WINDOW
  const known = values.filter((value) => value !== null)
  const least = known.length === 0 ? 1 : Math.min(...known)
  return {
    title: pueTitle(values, medians, pue),
    points: names.map((at, index) => ({
      at,
      values: { pue: values[index] ?? null, ...(withMedian ? { median: medians[index] ?? null } : {}) },
    })),
    axisStart: Math.max(1, Math.floor(least * 20 - 0.2) / 20),
    withMedian,
  }
}

/** `PUE settles at 1.276, 0.041 lower than 28 days before`: what the line says at its end. */
const pueTitle = (values: (number | null)[], medians: (number | null)[], pue: number | null): string => {
  const last = medians.findLast((median) => median !== null) ?? null
  const before = medians[medians.length - 1 - WINDOW] ?? null
  const known = values.filter((value) => value !== null)
  if (last === null || known.length === 0) return 'PUE by day'
  if (values.length <= WINDOW || before === null) {
    return `PUE ${formatRatio(pue)}, ${formatRatio(Math.min(...known), 2)} to ${formatRatio(Math.max(...known), 2)} by day`
  }
  const change = last - before
  if (Math.abs(change) < 0.005) return `PUE holds at ${formatRatio(last)}`
  return `PUE settles at ${formatRatio(last)}, ${formatRatio(Math.abs(change))} ${change < 0 ? 'lower' : 'higher'} than 28 days before`
}

export interface CueTrend {
  title: string
  points: TrendPoint[]
  stepHours: 24 | 168
  hasGrid: boolean
}

const sum = (amounts: (bigint | null)[]): bigint | null => {
  const known = amounts.filter((amount) => amount !== null)
  return known.length === 0 ? null : known.reduce((all, amount) => all + amount, 0n)
}

/**
 * CUE by day, or by seven days beyond two months, beside the mean intensity of the zone in the same days (kg/kWh). `hours` begins at
 * the first day of `from`.
 */
export const cueTrend = (
  days: SiteDay[],
  grid: { from: string; hours: ZoneHour[]; zone: string | null },
  cue: number | null,
): CueTrend => {
  const names = daysOf(days)
  const size = names.length > 62 ? 7 : 1
  const byDay = new Map(days.map((day) => [day.day, day]))
  const starts = names.filter((_, at) => at % size === 0)
  const meanOf = (start: string): number | null => {
    const at = (dayOf(start) - dayOf(grid.from)) / (DAY / 24)
    const known = grid.hours.slice(Math.max(0, at), at + size * 24).flatMap(({ gPerKwh }) => gPerKwh ?? [])
    return known.length === 0 ? null : known.reduce((all, value) => all + value, 0) / known.length / 1000
  }
  const points = starts.map((start, index) => {
    const part = names.slice(index * size, index * size + size).flatMap((name) => byDay.get(name) ?? [])
    return {
      at: start,
      values: {
        cue: cueOfSums(sum(part.map((day) => day.cue_mg)), sum(part.map((day) => day.cue_it_uwh))),
        grid: meanOf(start),
      },
    }
  })
  const hasGrid = points.some((point) => point.values.grid !== null)
  return {
    title: cueTitle(cue, hasGrid ? gridMean(names, grid) : null, grid.zone),
    points: hasGrid ? points : points.map(({ at, values }) => ({ at, values: { cue: values.cue } })),
    stepHours: size === 7 ? 168 : 24,
    hasGrid,
  }
}

const gridMean = (names: string[], grid: { from: string; hours: ZoneHour[] }): number | null => {
  const first = names[0]
  if (first === undefined) return null
  const at = (dayOf(first) - dayOf(grid.from)) / (DAY / 24)
  const known = grid.hours.slice(Math.max(0, at), at + names.length * 24).flatMap(({ gPerKwh }) => gPerKwh ?? [])
  return known.length === 0 ? null : known.reduce((all, value) => all + value, 0) / known.length / 1000
}

const cueTitle = (cue: number | null, grid: number | null, zone: string | null): string => {
  if (cue === null) return 'CUE by day'
  const said = `Each IT kWh emits ${formatRatio(cue)} kg`
  return grid === null ? said : `${said}; the mean kWh of ${zone} carries ${formatRatio(grid)}`
}
