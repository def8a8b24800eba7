import { parse } from 'csv-parse/sync'
import type { GridBasis } from '@/lib/contracts/grid'
import { HOUR } from '@/lib/units/time'
import type { FileHour } from '../intensity-csv'
import { hourMeans } from './hour-means'
import { SourceFault } from './source-fault'
import { BASIS_OF_SIGNAL, gPerKwhOf, type WattTimeSignal } from './watttime'

/** Comes in: `point_time,value` in lb/MWh, as the WattTime client writes it. Goes out: hours in g/kWh. PURE. */

const MOST_ROWS = 2_000_000

export const isWattTimeCsv = (text: string): boolean => {
  const names = (/^﻿?([^\r\n]*)/.exec(text)?.[1] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  return names.includes('point_time') && names.includes('value')
}

/** @throws SourceFault with the line that is wrong */
export const wattTimeCsvHours = (text: string, basis: GridBasis): FileHour[] => {
  const signal = signalOf(basis)
  const rows = parse(text, {
    bom: true,
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
    trim: true,
    skip_empty_lines: true,
    to: MOST_ROWS,
  }) as Record<string, string>[]
  const points = rows.map((row, index) => {
    const line = `line ${index + 2}`
    const said = row.signal_type
    if (said && said !== signal) throw new SourceFault(`${line}: is ${said.slice(0, 40)}, where ${signal} was asked`)
    const at = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(row.point_time ?? '') ? (row.point_time ?? '') : 'no offset')
    if (Number.isNaN(at))
      throw new SourceFault(`${line}: point_time "${(row.point_time ?? '').slice(0, 40)}" is no time with an offset`)
    const given = row.value === undefined || row.value === '' ? null : Number(row.value)
    if (given !== null && !Number.isFinite(given))
      throw new SourceFault(`${line}: value "${row.value?.slice(0, 40)}" is not a number`)
    return { at, gPerKwh: given === null ? null : gPerKwhOf(given) }
  })
  return hourMeans(points, cadenceOf(points.map((point) => point.at)))
}

const signalOf = (basis: GridBasis): WattTimeSignal => {
  const signal = (Object.keys(BASIS_OF_SIGNAL) as WattTimeSignal[]).find((one) => BASIS_OF_SIGNAL[one] === basis)
  if (!signal) throw new SourceFault('WattTime has average (direct) and marginal figures, no life-cycle ones')
  return signal
}

/** The shortest step between two rows. @throws SourceFault when it is no part of an hour */
const cadenceOf = (times: number[]): number => {
  const sorted = [...new Set(times)].sort((a, b) => a - b)
  const steps = sorted.slice(1).map((at, i) => at - (sorted[i] as number))
  const cadence = steps.reduce((least, step) => Math.min(least, step), HOUR)
  if (HOUR % cadence !== 0) throw new SourceFault(`the rows are ${cadence / 1000} s apart, which is no part of an hour`)
  return cadence
}
