import { parse } from 'csv-parse/sync'
import type { Basis } from '@/lib/accounting/facts'
import type { ErrorIssue } from '@/lib/errors'
import { HOUR, isoInstant } from '@/lib/units/time'
import { estimatedCell, gPerKwhCell, hourCell } from './intensity-cells'
import { type IntensityColumns, intensityColumns } from './intensity-columns'

/** Comes in: the text of an hourly intensity file. Goes out: its hours, or every reason why it is refused, by line. PURE. */

export interface FileHour {
  /** Start of the UTC hour, ms since 1970. */
  at: number
  gPerKwh: number | null
  estimated: boolean
}

export type ParsedIntensity =
  | { ok: true; hours: FileHour[]; source: string; notes: string[] }
  | { ok: false; issues: ErrorIssue[] }

export const MAX_ROWS = 200_000
const MAX_ISSUES = 20

interface Line {
  record: string[]
  info: { lines: number }
}

/**
 * Reads an Electricity Maps portal file of either header generation, or a plain `hour,g_per_kwh[,estimated]` file. Only the column
 * of the basis asked is read. Suspicious values are kept and named in the notes.
 */
export const parseIntensityCsv = (text: string, asked: { zone: string; basis: Basis }): ParsedIntensity => {
  if (hasMoreLinesThan(text, MAX_ROWS + 100)) return tooLong
  let lines: Line[]
  try {
    lines = parse(text, {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 2,
    }) as unknown as Line[]
  } catch (error) {
    return refused([{ path: lineOfError(error), message: error instanceof Error ? error.message : 'is not CSV' }])
  }
  const [header, ...rows] = lines
  if (!header) return refused([{ path: 'line 1', message: 'the file is empty' }])
  const columns = intensityColumns(header.record, asked.basis)
  if (typeof columns === 'string') return refused([{ path: pathOf(header), message: columns }])
  if (rows.length === 0) return refused([{ path: pathOf(header), message: 'the file has a header and no rows' }])
  if (rows.length > MAX_ROWS) return tooLong
  return readRows(rows, columns, asked)
}

const refused = (issues: ErrorIssue[]): ParsedIntensity => {
  const shown = issues.slice(0, MAX_ISSUES)
  const hidden = issues.length - shown.length
  return { ok: false, issues: hidden > 0 ? [...shown, { path: 'file', message: `and ${hidden} more issues` }] : shown }
}

const tooLong = refused([{ path: `line ${MAX_ROWS + 2}`, message: `more than ${MAX_ROWS} rows` }])

/** Far too long a file is refused before it is taken apart. */
const hasMoreLinesThan = (text: string, limit: number): boolean => {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0 && lines <= limit; at = text.indexOf('\n', at + 1)) lines += 1
  return lines > limit
}

const pathOf = (line: Line): string => `line ${line.info.lines}`

const lineOfError = (error: unknown): string => {
  const line = error instanceof Error && 'lines' in error ? error.lines : undefined
  return typeof line === 'number' ? `line ${line}` : 'file'
}

const readRows = (rows: Line[], columns: IntensityColumns, asked: { zone: string; basis: Basis }): ParsedIntensity => {
  const issues: ErrorIssue[] = []
  const hours = new Map<number, FileHour & { path: string }>()
  for (const row of rows) {
    const path = pathOf(row)
    const hour = readRow(row.record, columns, asked.zone)
    if (Array.isArray(hour)) {
      issues.push(...hour.map((message) => ({ path, message })))
      continue
    }
    const earlier = hours.get(hour.at)
    if (!earlier) hours.set(hour.at, { ...hour, path })
    else if (earlier.gPerKwh !== hour.gPerKwh || earlier.estimated !== hour.estimated) {
      issues.push({ path, message: `${isoInstant(hour.at)} has another value on ${earlier.path}` })
    }
  }
  const sorted = [...hours.values()].sort((a, b) => a.at - b.at).map(({ path: _, ...hour }) => hour)
  if (issues.length === 0) issues.push(...issuesOfWhole(sorted, columns))
  if (issues.length > 0) return refused(issues)
  return { ok: true, hours: sorted, source: sourceOf(rows, columns), notes: suspicious(sorted) }
}

/** One row's hour, or what is wrong with it. */
const readRow = (cells: string[], columns: IntensityColumns, zone: string): FileHour | string[] => {
  if (cells.length !== columns.count) return [`has ${cells.length} columns where the header has ${columns.count}`]
  const at = hourCell(cells[columns.time] ?? '', columns.isUtc)
  const gPerKwh = gPerKwhCell(cells[columns.value] ?? '')
  const estimated = columns.estimated === null ? false : estimatedCell(cells[columns.estimated] ?? '')
  const rowZone = columns.zone === null ? zone : (cells[columns.zone] ?? '')
  const problems = [at, gPerKwh, estimated].filter((result) => typeof result === 'string')
  if (rowZone.toUpperCase() !== zone.toUpperCase()) problems.push(`is of zone "${rowZone}", not of ${zone}`)
  if (problems.length > 0 || typeof at === 'string' || typeof gPerKwh === 'string' || typeof estimated === 'string') {
    return problems
  }
  // The flag of an hour without a value says nothing, and must not make a duplicate differ.
  return { at, gPerKwh, estimated: gPerKwh !== null && estimated }
}

const issuesOfWhole = (hours: FileHour[], columns: IntensityColumns): ErrorIssue[] => {
  if (hours.every((hour) => hour.gPerKwh === null)) return [{ path: 'file', message: 'no hour has a value' }]
  const isCoarse =
    hours.length > 1 && hours.every((hour, i) => i === 0 || hour.at - (hours[i - 1]?.at ?? 0) >= 24 * HOUR)
  return columns.format === 'electricity-maps' && isCoarse
    ? [{ path: 'file', message: 'no two rows are less than a day apart: this is a daily, monthly or yearly file' }]
    : []
}

const sourceOf = (rows: Line[], columns: IntensityColumns): string => {
  if (columns.format === 'plain') return 'Hourly CSV file (hour,g_per_kwh)'
  const names = new Set(
    rows.flatMap((row) => (columns.dataSource === null ? [] : (row.record[columns.dataSource] ?? '').split(';'))),
  )
  const data = [...names].map((name) => name.trim()).filter(Boolean)
  return data.length === 0
    ? 'Electricity Maps portal CSV'
    : `Electricity Maps portal CSV (data: ${[...new Set(data)].sort().join(', ')})`.slice(0, 500)
}

/** Values far below the rest are often feed errors (PJM, 1–2 October 2022): named, never altered. */
const suspicious = (hours: FileHour[]): string[] => {
  const values = hours.flatMap((hour) => (hour.gPerKwh === null ? [] : [hour.gPerKwh])).sort((a, b) => a - b)
  const median = values[Math.floor(values.length / 2)] ?? 0
  const low = hours.filter((hour) => hour.gPerKwh !== null && hour.gPerKwh < median / 5)
  const [first] = low
  return first
    ? [
        `${low.length} of ${values.length} hours lie below a fifth of the file's median (${median} g/kWh), the first ${isoInstant(first.at)}; kept as given`,
      ]
    : []
}
