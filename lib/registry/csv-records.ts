import { parse } from 'csv-parse/sync'
import { AppError } from '@/lib/errors'

/** Comes in: the bytes of a CSV file with a header. Goes out: its rows by column, or one refusal that names what is wrong. */

export interface CsvRecord {
  /** Line of the file; the header is line 1. */
  line: number
  /** Of the columns that the file has; an empty cell is null, which is unknown and not zero. */
  cells: Record<string, string | null>
}

export const MAX_IMPORT_ROWS = 5_000

interface Line {
  record: string[]
  info: { lines: number }
}

const refuse = (path: string, message: string): never => {
  throw new AppError('invalid_input', 'The file was not read.', { issues: [{ path, message }] })
}

/**
 * Rows of a CSV whose header holds every required column and none that is unknown: a misspelt column would be lost in silence.
 * @throws AppError malformed_body (not UTF-8), invalid_input with the line
 */
export const readCsvRecords = (
  bytes: Uint8Array,
  { required, known }: { required: readonly string[]; known: readonly string[] },
): CsvRecord[] => {
  const [header, ...lines] = linesOf(textOf(bytes))
  if (!header) return refuse('line 1', 'the file is empty')
  const columns = header.record.map((name) => name.toLowerCase())
  const strange = columns.find((name) => !known.includes(name))
  if (strange !== undefined)
    refuse('line 1', `"${strange.slice(0, 60)}" is no column here; known are ${known.join(', ')}`)
  const twice = columns.find((name, at) => columns.indexOf(name) !== at)
  if (twice !== undefined) refuse('line 1', `the column ${twice} stands twice`)
  const missing = required.filter((name) => !columns.includes(name))
  if (missing.length > 0) refuse('line 1', `the file lacks ${missing.join(', ')}`)
  if (lines.length === 0) refuse('line 1', 'the file has a header and no rows')
  if (lines.length > MAX_IMPORT_ROWS) refuse(`line ${MAX_IMPORT_ROWS + 2}`, `more than ${MAX_IMPORT_ROWS} rows`)
  return lines.map(({ record, info }) => {
    if (record.length !== columns.length) {
      refuse(`line ${info.lines}`, `has ${record.length} cells where the header has ${columns.length}`)
    }
    return {
      line: info.lines,
      cells: Object.fromEntries(columns.map((name, at) => [name, cellOf(record[at] ?? '')])),
    }
  })
}

const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new AppError('malformed_body', 'The file is not UTF-8 text.', { cause: error })
  }
}

const linesOf = (text: string): Line[] => {
  try {
    // Guaranteed by `info: true` without `columns`.
    return parse(text, {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_IMPORT_ROWS + 2,
    }) as unknown as Line[]
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? `line ${error.lines}` : 'file'
    return refuse(line, error instanceof Error ? error.message : 'is not CSV')
  }
}

/** Our own exports guard text that a spreadsheet could take for a formula; what is read again is the text. */
const cellOf = (text: string): string | null => (text === '' ? null : text.replace(/^'(?=\s*[=+\-@])/, ''))
