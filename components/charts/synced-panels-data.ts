import { HOUR } from '@/lib/units/time'
import type { ChartTable } from './chart-panel'
import { instantLabel } from './ticks'
import type { StepCell } from './time-marks'

export interface RunPoint {
  /** Start of the step, ISO 8601 UTC. Hourly values are repeated on finer steps. */
  at: string
  power_kw: number | null
  intensity_g_per_kwh: number | null
  rate_kg_per_h: number | null
  /** Power filled or modelled, not measured: hatched. */
  estimated?: boolean
  /** Grid intensity not measured hourly (tier 2 and below): its cell is hatched. */
  intensityEstimated?: boolean
  /** Why something is missing or estimated, in words. */
  why?: string
}

export interface PlottedPoint {
  at: number
  power: number | null
  intensity: number | null
  rate: number | null
  estimated: boolean
  intensityEstimated: boolean
  why: string | undefined
}

export const plotted = (points: readonly RunPoint[]): PlottedPoint[] =>
  points.map((point) => ({
    at: Date.parse(point.at),
    power: point.power_kw,
    intensity: point.intensity_g_per_kwh,
    rate: point.rate_kg_per_h,
    estimated: point.estimated ?? false,
    intensityEstimated: point.intensityEstimated ?? point.estimated ?? false,
    why: point.why,
  }))

/** Steps of one hour with the same value become one cell, so that five-minute points draw hourly bars. */
export const cellsOf = (points: readonly PlottedPoint[], key: 'intensity' | 'rate', step_ms: number): StepCell[] => {
  const cells: StepCell[] = []
  for (const point of points) {
    const value = point[key]
    if (value === null) continue
    const estimated = key === 'intensity' ? point.intensityEstimated : point.estimated
    const last = cells[cells.length - 1]
    const sameHour = last && Math.floor(last.start / HOUR) === Math.floor(point.at / HOUR)
    if (last && sameHour && last.end === point.at && last.value === value && last.estimated === estimated)
      last.end = point.at + step_ms
    else cells.push({ start: point.at, end: point.at + step_ms, value, estimated })
  }
  return cells
}

export const runTable = (points: readonly PlottedPoint[], powerLabel: string, gridLabel: string): ChartTable => ({
  columns: [
    { key: 'at', label: 'Start, UTC' },
    { key: 'power', label: powerLabel, unit: 'kW', align: 'right' },
    { key: 'intensity', label: gridLabel, unit: 'g CO2e/kWh', align: 'right' },
    { key: 'rate', label: 'Rate', unit: 'kg/h', align: 'right' },
    { key: 'basis', label: 'Basis' },
  ],
  rows: points.map((point) => ({
    id: String(point.at),
    cells: {
      at: { text: instantLabel(point.at), sort: new Date(point.at).toISOString() },
      power: point.power,
      intensity: point.intensity,
      rate: point.rate,
      basis: point.why ?? (point.power === null ? 'no data' : point.estimated ? 'estimated' : 'measured'),
    },
  })),
})
