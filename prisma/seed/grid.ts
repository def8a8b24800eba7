import { chooseYear } from '@/lib/accounting/select-intensity'
import { invariant } from '@/lib/errors'
import { yearFactorsOf } from '@/lib/factors/year-factors'
import type { FileHour } from '@/lib/grid/intensity-csv'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { DAY, HOUR } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { randomOf, wander } from './random'

/** Comes in: the shipped typical hours and annual factors. Goes out: hourly series that look like a year of weather, and are none. */

interface ZoneShape {
  zone: string
  /** Typical hours, with the hours by which their sun runs ahead of this zone's. */
  profiles: { zone: string; weight: number; aheadHours: number }[]
  /** Wind, cloud and load: standard deviation of the logarithm, and hours that it lasts. */
  weather: { deviation: number; hours: number }
  /** Runs of hours that the feed never delivered. */
  missing: (calendar: Calendar) => [from: number, to: number][]
}

const none = () => []

/** US-MIDW-MISO, IE, IN-WE and IS are left out on purpose: there the fallbacks can be seen. */
const SHAPES: ZoneShape[] = [
  {
    zone: 'DE',
    profiles: [
      { zone: 'GB', weight: 0.4, aheadHours: 1 },
      { zone: 'US-CAL-CISO', weight: 0.6, aheadHours: 9 },
    ],
    weather: { deviation: 0.22, hours: 34 },
    missing: none,
  },
  {
    zone: 'NL',
    profiles: [
      { zone: 'GB', weight: 0.5, aheadHours: 1 },
      { zone: 'US-CAL-CISO', weight: 0.5, aheadHours: 9 },
    ],
    weather: { deviation: 0.2, hours: 30 },
    missing: ({ at }) => [[at(6, 9, 3), at(6, 9, 14)]],
  },
  {
    zone: 'SE',
    profiles: [{ zone: 'GB', weight: 1, aheadHours: 1 }],
    weather: { deviation: 0.16, hours: 50 },
    missing: none,
  },
  {
    zone: 'US-MIDA-PJM',
    profiles: [{ zone: 'US-MIDA-PJM', weight: 1, aheadHours: 0 }],
    weather: { deviation: 0.075, hours: 40 },
    missing: none,
  },
]

export interface GridFile {
  zone: string
  hours: FileHour[]
  source: string
}

export interface GridFiles {
  first: GridFile[]
  /** A week of DE again, final where the first file had estimates. */
  corrected: GridFile
}

const SOURCE = 'synthetic, demo organisation'

export const gridFiles = (calendar: Calendar, tables: ReferenceTables): GridFiles => {
  const { at, to } = calendar
  const [weekFrom, weekTo] = [at(12, 12), at(12, 19)]
  const isCorrected = (zone: string, hour: number) => zone === 'DE' && weekFrom <= hour && hour < weekTo
  const finals = SHAPES.map((shape) => ({ zone: shape.zone, ...finalSeries(shape, calendar, tables) }))
  const first = finals.map(({ zone, hours, source }) => {
    const error = wander(randomOf(`estimate ${zone}`), 0.08, 8)
    return {
      zone,
      source,
      hours: hours.map((hour) => {
        const off = error()
        const isEstimate = isCorrected(zone, hour.at)
        return {
          ...hour,
          gPerKwh: isEstimate && hour.gPerKwh !== null ? rounded(hour.gPerKwh * (1 + off)) : hour.gPerKwh,
          estimated: hour.gPerKwh !== null && (isEstimate || hour.at >= to - 3 * DAY),
        }
      }),
    }
  })
  const german = finals.find(({ zone }) => zone === 'DE')
  invariant(german, 'DE has a shape')
  const week = german.hours.filter((hour) => isCorrected('DE', hour.at))
  return { first, corrected: { zone: 'DE', hours: week, source: `${german.source}; final values of the week` } }
}

const rounded = (gPerKwh: number): number => Math.round(gPerKwh * 100) / 100

/** Shape of the typical hours × weather, brought to the year's direct factor over the window. */
const finalSeries = (shape: ZoneShape, calendar: Calendar, tables: ReferenceTables) => {
  const year = Number(calendar.lastMonth.slice(0, 4))
  const factor = chooseYear(yearFactorsOf(tables, shape.zone, 'grid-direct-year'), year)
  invariant(factor, `the shipped factors know a direct annual factor of ${shape.zone}`)
  const weather = wander(randomOf(`weather ${shape.zone}`), shape.weather.deviation, shape.weather.hours)
  const missing = shape.missing(calendar)
  const shaped: { at: number; level: number }[] = []
  for (let at = calendar.from; at < calendar.to; at += HOUR) {
    shaped.push({ at, level: typical(shape, tables, at) * Math.exp(weather()) })
  }
  const scale = factor.gPerKwh / (shaped.reduce((sum, { level }) => sum + level, 0) / shaped.length)
  const hours = shaped.map(({ at, level }): FileHour => {
    const isMissing = missing.some(([from, to]) => from <= at && at < to)
    return { at, gPerKwh: isMissing ? null : rounded(level * scale), estimated: false }
  })
  const shapes = shape.profiles.map(({ zone }) => zone).join(' and ')
  return { hours, source: `${SOURCE} (typical hours of ${shapes}, level of ${factor.factor.id})` }
}

const typical = ({ profiles }: ZoneShape, tables: ReferenceTables, at: number): number =>
  profiles.reduce((sum, { zone, weight, aheadHours }) => {
    const stored = tables.factors.get(`grid-profile:${zone}`)
    const then = new Date(at + aheadHours * HOUR)
    const cell = stored?.profile?.[new Date(at).getUTCMonth()]?.[then.getUTCHours()]
    invariant(stored?.value && cell !== undefined, `the shipped profiles hold ${zone}`)
    return sum + (weight * cell) / stored.value
  }, 0)
