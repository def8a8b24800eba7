import type { TrendPoint } from '@/components/charts/line-trend'
import { intensityOfSums } from '@/lib/rollups/site-ratios'
import type { ZoneHour } from '@/lib/rollups/zone-hours'
import type { ZoneLoadDay } from '@/lib/rollups/zone-load'
import { formatPercent } from '@/lib/units/format'
import { DAY, dayName, dayOf, HOUR } from '@/lib/units/time'

const mean = (values: (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((all, value) => all + value, 0) / known.length
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** `Cleanest at 12:00, dirtiest at 18:00 UTC`: what the picture says at a glance. */
export const heatmapTitle = (hours: ZoneHour[], own: number | null, zoneMean: number | null): string => {
  const byHour = Array.from({ length: 24 }, (_, hour) =>
    mean(hours.filter((_, at) => at % 24 === hour).map(({ gPerKwh }) => gPerKwh)),
  )
  const known = byHour.filter((value) => value !== null)
  if (known.length < 24) return 'Some hours of the day have no intensity'
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const clocks =
    high - low < 0.02 * high
      ? 'Every hour of the day carries much the same'
      : `On average cleanest at ${clock(byHour.indexOf(low))}, dirtiest at ${clock(byHour.indexOf(high))} UTC`
  if (own === null || zoneMean === null || zoneMean === 0) return clocks
  const difference = own / zoneMean - 1
  if (Math.abs(difference) < 0.005) return `${clocks}; your hours are like the zone’s`
  return `${clocks}; your hours are ${formatPercent(Math.abs(difference))} ${difference < 0 ? 'cleaner' : 'dirtier'} than its mean`
}

/** Daily mean of the zone and the load-weighted mean of one's own energy, g/kWh. */
export const dailyTrend = (
  hours: ZoneHour[],
  from: string,
  load: ZoneLoadDay[],
): { points: TrendPoint[]; hasOwn: boolean } => {
  const own = new Map(load.map((day) => [day.day, intensityOfSums(day.location_mg, day.facility_uwh)]))
  const points = Array.from({ length: Math.ceil(hours.length / 24) }, (_, at) => {
    const day = dayName(dayOf(from) + at * DAY)
    return {
      at: day,
      values: {
        zone: mean(hours.slice(at * 24, at * 24 + 24).map(({ gPerKwh }) => gPerKwh)),
        own: own.get(day) ?? null,
      },
    }
  })
  return { points, hasOwn: points.some((point) => point.values.own !== null) }
}

export const instantOf = (from: string, index: number): string => new Date(dayOf(from) + index * HOUR).toISOString()

/** The range without leading and trailing days of which nothing is known. */
export const knownPart = (hours: ZoneHour[], from: string): { firstDay: string; values: (number | null)[] } => {
  const first = hours.findIndex(({ gPerKwh }) => gPerKwh !== null)
  if (first < 0) return { firstDay: from, values: [] }
  const start = Math.floor(first / 24)
  return {
    firstDay: dayName(dayOf(from) + start * DAY),
    values: hours.slice(start * 24).map(({ gPerKwh }) => gPerKwh),
  }
}
