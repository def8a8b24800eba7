import { parse } from 'csv-parse/sync'
import { AppError } from '@/lib/errors'

/** The bytes of an emissions.csv or a task file → its rows by column. PURE but for its refusals. */

/** With its line, or why its cells cannot be told apart. */
export type TableRow = { line: number; cells: Record<string, string> } | { line: number; fault: string }

export const MOST_ROWS = 20_000
const REQUIRED = ['timestamp', 'run_id', 'duration', 'energy_consumed']

interface Line {
  record: string[]
  info: { lines: number }
}

const refuse = (path: string, message: string): never => {
  throw new AppError('invalid_input', 'The file was not read.', { issues: [{ path, message }] })
}

/** @throws AppError malformed_body (not UTF-8), invalid_input with the line */
export const readEmissionsTable = (bytes: Uint8Array): { tasks: boolean; rows: TableRow[] } => {
  const [header, ...lines] = linesOf(bytes)
  if (!header) return refuse('line 1', 'the file is empty')
  const columns = header.record.map((name) => name.toLowerCase())
  const missing = REQUIRED.filter((name) => !columns.includes(name))
  if (missing.length > 0) refuse('line 1', `an emissions.csv has ${missing.join(', ')}; this file does not`)
  if (new Set(columns).size < columns.length) refuse('line 1', 'a column stands twice')
  if (lines.length === 0) refuse('line 1', 'the file has a header and no rows')
  if (lines.length > MOST_ROWS) refuse(`line ${MOST_ROWS + 2}`, `more than ${MOST_ROWS} rows: split the file`)
  return {
    tasks: columns.includes('task_name'),
    rows: lines.map(({ record, info }) => rowOf(columns, record, info.lines)),
  }
}

const rowOf = (columns: string[], record: string[], line: number): TableRow => {
  if (record.length === columns.length) return { line, cells: zipped(columns, record) }
  const mended = record.length < columns.length ? withoutEmptyColumns(columns, record) : null
  return mended
    ? { line, cells: mended }
    : { line, fault: `has ${record.length} cells where the header has ${columns.length}` }
}

const zipped = (columns: string[], record: string[]): Record<string, string> =>
  Object.fromEntries(columns.map((name, at) => [name, record[at] ?? '']))

const MODES = ['machine', 'process']

/**
 * Clients from 3.2 leave out the cells of empty columns in the rows that they append, so that what follows stands too far left. The cells
 * up to the country are never empty, nor are those from the memory's size on; between them only the cloud, which stands before the
 * system's name, matters and can be told.
 */
const withoutEmptyColumns = (columns: string[], record: string[]): Record<string, string> | null => {
  const country = columns.indexOf('country_iso_code')
  const memory = columns.indexOf('ram_total_size')
  if (country < 0 || memory < country) return null
  const fromRight = record.length - (columns.length - memory)
  if (fromRight <= country) return null
  const left = zipped(columns.slice(0, country + 1), record.slice(0, country + 1))
  const right = zipped(columns.slice(memory), record.slice(fromRight))
  const isSound =
    /^[A-Z]{3}$/.test(left.country_iso_code ?? '') &&
    MODES.includes(right.tracking_mode ?? '') &&
    (right.on_cloud === undefined || /^[YN]$/.test(right.on_cloud)) &&
    Number.isFinite(Number(right.ram_total_size))
  if (!isSound) return null
  const system = record.findIndex(
    (cell, at) => at > country + 2 && at < fromRight && /^(Linux|Windows|macOS|Darwin)/.test(cell),
  )
  const cloud: Record<string, string> =
    system < 0
      ? {}
      : { cloud_provider: record[system - 2] ?? '', cloud_region: record[system - 1] ?? '', os: record[system] ?? '' }
  return { ...left, ...cloud, ...right }
}

const linesOf = (bytes: Uint8Array): Line[] => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new AppError('malformed_body', 'The file is not UTF-8 text.', { cause: error })
  }
  try {
    // Guaranteed by `info: true` without `columns`.
    return parse(text, {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MOST_ROWS + 2,
    }) as unknown as Line[]
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? `line ${error.lines}` : 'file'
    return refuse(line, error instanceof Error ? error.message : 'is not CSV')
  }
}
