import type { z } from 'zod'
import type { ImportAnswer, ImportedRow } from '@/lib/contracts/imports'
import { AppError } from '@/lib/errors'
import type { CsvRecord } from './csv-records'

/** Comes in: rows of a file and what is known already. Goes out: each row new, changed, unchanged or refused, and why. PURE. */

export type ColumnKind = 'text' | 'number' | 'boolean'

export interface JudgedRow<Fields> extends ImportedRow {
  /** The row's thing where it exists already. */
  id: string | null
  fields: Fields | null
}

interface Known<Fields> {
  id: string
  fields: Fields
}

export interface RowRules<Fields extends object> {
  columns: Record<keyof Fields & string, ColumnKind>
  schema: z.ZodType<Fields>
  /** What a new thing is where the file has no such column. */
  blank: Record<keyof Fields & string, unknown>
  nameOf: (cells: CsvRecord['cells']) => string
  /** The thing that the row speaks of, null for a new one, or why it cannot be told. */
  find: (cells: CsvRecord['cells']) => Known<Fields> | null | { column: string; message: string }
  /** Two rows with one key speak of one thing. */
  keyOf: (fields: Fields) => string
}

type Issue = ImportedRow['issues'][number]

/** What cannot be read is left as text, so that the schema refuses it by its column. */
const readCell = (text: string | null, kind: ColumnKind): unknown => {
  if (text === null || kind === 'text') return text
  if (kind === 'boolean') return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : text
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}

const printed = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

/** A column that the file does not have keeps what is known of the thing. */
export const judgeRows = <Fields extends object>(
  records: CsvRecord[],
  rules: RowRules<Fields>,
): JudgedRow<Fields>[] => {
  const seen = new Map<string, number>()
  return records.map(({ line, cells }) => {
    const name = rules.nameOf(cells)
    const refused = (issues: Issue[]): JudgedRow<Fields> => ({
      line,
      name,
      outcome: 'refused',
      changes: [],
      issues,
      id: null,
      fields: null,
    })
    const found = rules.find(cells)
    if (found !== null && 'message' in found) return refused([found])
    const columns = Object.entries(rules.columns) as [keyof Fields & string, ColumnKind][]
    const given = columns.filter(([column]) => column in cells)
    const parsed = rules.schema.safeParse({
      ...(found?.fields ?? rules.blank),
      ...Object.fromEntries(given.map(([column, kind]) => [column, readCell(cells[column] ?? null, kind)])),
    })
    if (!parsed.success) {
      return refused(
        parsed.error.issues.map(({ path, message }) => ({ column: path.length > 0 ? String(path[0]) : null, message })),
      )
    }
    const key = found?.id ?? rules.keyOf(parsed.data)
    const earlier = seen.get(key)
    if (earlier !== undefined)
      return refused([{ column: null, message: `speaks of the same thing as line ${earlier}` }])
    seen.set(key, line)
    const changes = found
      ? given.flatMap(([column]) => {
          const [before, after] = [printed(found.fields[column]), printed(parsed.data[column])]
          return before === after ? [] : [{ column, before, after }]
        })
      : []
    const outcome = found === null ? 'new' : changes.length > 0 ? 'changed' : 'unchanged'
    return { line, name, outcome, changes, issues: [], id: found?.id ?? null, fields: parsed.data }
  })
}

/** The file as its sender sees it. @throws AppError invalid_input for a real import with a refused row: all of it or nothing */
export const importAnswer = (
  rows: JudgedRow<object>[],
  { dryRun, reopenedDays }: { dryRun: boolean; reopenedDays: number | null },
): ImportAnswer => {
  const counted = (outcome: ImportedRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  return {
    dry_run: dryRun,
    stored: !dryRun,
    rows: rows.map(({ line, name, outcome, changes, issues }) => ({ line, name, outcome, changes, issues })),
    new: counted('new'),
    changed: counted('changed'),
    unchanged: counted('unchanged'),
    refused: counted('refused'),
    reopened_days: reopenedDays,
  }
}

const MAX_ISSUES = 20

/** All of a file or nothing. @throws AppError invalid_input, each refused cell by line and column */
export const refuseIfAnyRefused = (rows: JudgedRow<object>[]): void => {
  const issues = rows.flatMap((row) =>
    row.issues.map(({ column, message }) => ({ path: `line ${row.line}${column ? `, ${column}` : ''}`, message })),
  )
  if (issues.length === 0) return
  const hidden = issues.length - MAX_ISSUES
  throw new AppError('invalid_input', 'Nothing was imported: some rows are not as they should be.', {
    issues: hidden > 0 ? [...issues.slice(0, MAX_ISSUES), { path: 'file', message: `and ${hidden} more` }] : issues,
  })
}
