import { DAY, HOUR } from '@/lib/units/time'
import type { ChartTable } from './chart-panel'
import { rampStep } from './ramp'
import { shortMonth } from './ticks'

export interface HeatmapYear {
  /** First UTC day, `2025-11-23`. */
  firstDay: string
  /** 24 values a day, day after day; null = no intensity for that hour. */
  intensity_g_per_kwh: readonly (number | null)[]
}

const mean = (values: readonly (number | null | undefined)[]): number | null => {
  const known = values.filter((value) => typeof value === 'number')
  return known.length === 0 ? null : known.reduce((all, value) => all + value, 0) / known.length
}

export const dayCount = (year: HeatmapYear): number => Math.ceil(year.intensity_g_per_kwh.length / 24)

export const dailyMeans = (year: HeatmapYear): (number | null)[] =>
  Array.from({ length: dayCount(year) }, (_, day) => mean(year.intensity_g_per_kwh.slice(day * 24, day * 24 + 24)))

export const hourlyMeans = (year: HeatmapYear): (number | null)[] =>
  Array.from({ length: 24 }, (_, hour) => mean(year.intensity_g_per_kwh.filter((_, at) => at % 24 === hour)))

export const hourAt = (year: HeatmapYear, index: number): number => Date.parse(year.firstDay) + index * HOUR

/** One path per step of the ramp and one for the gaps: nine elements in place of 8,760. */
export const cellPaths = (
  year: HeatmapYear,
  cellWidth: number,
  cellHeight: number,
): { steps: string[]; gaps: string } => {
  const steps: string[] = Array.from({ length: 8 }, () => '')
  let gaps = ''
  const days = dayCount(year)
  for (let day = 0; day < days; day++) {
    const left = Math.round(day * cellWidth * 100) / 100
    const right = Math.round((day + 1) * cellWidth * 100) / 100
    for (let hour = 0; hour < 24; ) {
      const value = year.intensity_g_per_kwh[day * 24 + hour] ?? null
      const step = value === null ? -1 : rampStep(value)
      let until = hour + 1
      // Runs of hours in the same step are one rectangle.
      for (; until < 24; until++) {
        const next = year.intensity_g_per_kwh[day * 24 + until] ?? null
        if ((next === null ? -1 : rampStep(next)) !== step) break
      }
      const box = `M${left} ${hour * cellHeight}H${right}V${until * cellHeight}H${left}z`
      if (step < 0) gaps += box
      else steps[step] += box
      hour = until
    }
  }
  return { steps, gaps }
}

const monthOf = (at: number) =>
  shortMonth(new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', year: 'numeric' }).format(at))

/** The table beside the picture: mean by hour of day and month. */
export const heatmapTable = (year: HeatmapYear): ChartTable => {
  const first = Date.parse(year.firstDay)
  const months = [...new Set(Array.from({ length: dayCount(year) }, (_, day) => monthOf(first + day * DAY)))]
  const values = new Map<string, (number | null)[]>()
  year.intensity_g_per_kwh.forEach((value, at) => {
    const key = `${at % 24} ${monthOf(first + Math.floor(at / 24) * DAY)}`
    const list = values.get(key)
    if (list) list.push(value)
    else values.set(key, [value])
  })
  return {
    columns: [
      { key: 'hour', label: 'Hour UTC, mean g/kWh' },
      ...months.map((month) => ({ key: month, label: month, align: 'right' as const, digits: 0 })),
    ],
    rows: Array.from({ length: 24 }, (_, hour) => ({
      id: String(hour),
      cells: {
        hour: `${String(hour).padStart(2, '0')}:00`,
        ...Object.fromEntries(months.map((month) => [month, mean(values.get(`${hour} ${month}`) ?? [])])),
      },
    })),
  }
}
