import { parse } from 'csv-parse/sync'
import { AppError } from '@/lib/errors'

/** Comes in: the bytes of a provider's CSV. Goes out: its rows by lower-case column; columns that nobody asks for are left alone. */

export type TableRow = Record<string, string | null>

const MOST_ROWS = 200_000

export const refuseFile = (message: string): never => {
  throw new AppError('invalid_input', 'The file was not read.', { issues: [{ path: 'file', message }] })
}

export const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new AppError('malformed_body', 'The file is not UTF-8 text.', { cause: error })
  }
}

/** @throws AppError malformed_body, invalid_input with the line */
export const readTable = (text: string): { columns: string[]; rows: { line: number; row: TableRow }[] } => {
  let records: { record: string[]; info: { lines: number } }[]
  try {
    // Guaranteed by `info: true` without `columns`.
    records = parse(text, {
      ...{ bom: true, info: true, trim: true, relax_column_count: true, skip_empty_lines: true, to: MOST_ROWS + 2 },
    }) as unknown as typeof records
  } catch (error) {
    return refuseFile(error instanceof Error ? error.message : 'is not CSV')
  }
  const [header, ...lines] = records
  if (!header) return refuseFile('the file is empty')
  if (lines.length === 0) refuseFile('the file has a header and no rows')
  if (lines.length > MOST_ROWS) refuseFile(`more than ${MOST_ROWS} rows: send it in parts`)
  const columns = header.record.map((name) => name.toLowerCase())
  return {
    columns,
    rows: lines.map(({ record, info }) => ({
      line: info.lines,
      row: Object.fromEntries(columns.map((name, at) => [name, record[at] || null])),
    })),
  }
}
