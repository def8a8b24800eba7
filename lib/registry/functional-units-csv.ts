import { parse } from 'csv-parse/sync'
import {
  type FunctionalUnitsCsvAnswer,
  MAX_STATEMENTS,
  type UnitStatement,
  unitStatementSchema,
} from '@/lib/contracts/functional-units'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, type ErrorIssue } from '@/lib/errors'
import type { Author } from '@/lib/ledger/audit'
import { writeUnits } from './functional-units'

const COLUMNS = ['service', 'run', 'day', 'start', 'unit', 'count'] as const
type Column = (typeof COLUMNS)[number]
const MOST_ISSUES = 20

interface Line {
  record: string[]
  info: { lines: number }
}

const refused = (issues: ErrorIssue[]): never => {
  throw new AppError('invalid_input', 'The file was not imported: some lines are not as they should be.', {
    issues: issues.slice(0, MOST_ISSUES),
  })
}

const linesOf = (bytes: Buffer): Line[] => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new AppError('malformed_body', 'The file is not UTF-8 text.', { cause: error })
  }
  try {
    return parse(text, {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_STATEMENTS + 2,
    }) as unknown as Line[]
  } catch (error) {
    return refused([{ path: 'file', message: error instanceof Error ? error.message : 'is not CSV' }])
  }
}

/** A file of `service or run, day or start, unit, count`, in any order of columns → its statements with the line of each. */
export const parseUnitsCsv = (bytes: Buffer): { statements: UnitStatement[]; lines: number[] } => {
  const [header, ...rows] = linesOf(bytes)
  if (!header) return refused([{ path: 'line 1', message: 'the file is empty' }])
  const names = header.record.map((name) => name.toLowerCase())
  const unknown = names.filter((name) => !(COLUMNS as readonly string[]).includes(name))
  const missing = ['unit', 'count'].filter((name) => !names.includes(name))
  if (!names.includes('service') && !names.includes('run')) missing.unshift('service or run')
  if (!names.includes('day') && !names.includes('start')) missing.push('day or start')
  if (unknown.length > 0) refused([{ path: 'line 1', message: `no column is named ${unknown.join(', ')}` }])
  if (missing.length > 0) refused([{ path: 'line 1', message: `the column ${missing.join(', ')} is missing` }])
  if (rows.length === 0) refused([{ path: 'line 1', message: 'the file has a header and no rows' }])
  if (rows.length > MAX_STATEMENTS) refused([{ path: 'file', message: `more than ${MAX_STATEMENTS} rows` }])
  const issues: ErrorIssue[] = []
  const statements: UnitStatement[] = []
  for (const { record, info } of rows) {
    const cell = (column: Column): string | undefined => record[names.indexOf(column)] || undefined
    const count = cell('count')
    const read = unitStatementSchema.safeParse({
      service: cell('service'),
      run: cell('run'),
      day: cell('day'),
      start: cell('start'),
      unit: cell('unit'),
      // `Number('')` is 0: an empty cell must stay unknown, and unknown is no statement.
      count: count === undefined ? undefined : Number(count),
    })
    if (read.success) statements.push(read.data)
    else
      for (const issue of read.error.issues)
        issues.push({ path: `line ${info.lines}`, message: `${issue.path.join('.')}: ${issue.message}` })
  }
  if (issues.length > 0) refused(issues)
  return { statements, lines: rows.map(({ info }) => info.lines) }
}

const UNDONE = Symbol('dry run')

/**
 * POST /api/v1/functional-units/csv: all of the file or nothing. A dry run does the very same and rolls it back.
 * @throws AppError invalid_input with the lines that are wrong
 */
export const importUnitsCsv = async (
  orgId: string,
  bytes: Buffer,
  { by, dryRun }: { by: Author; dryRun: boolean },
): Promise<FunctionalUnitsCsvAnswer> => {
  const { statements, lines } = parseUnitsCsv(bytes)
  const days = statements.map((one) => one.day).sort()
  const about = {
    dry_run: dryRun,
    first_day: days[0] ?? null,
    last_day: days.at(-1) ?? null,
    names: [...new Set(statements.map((one) => one.service ?? (one.run as string)))].sort().slice(0, 50),
    units: [...new Set(statements.map((one) => one.unit))].sort(),
  }
  let answer: FunctionalUnitsCsvAnswer | undefined
  try {
    return await withOrgSql(appPool(), orgId, async (tx) => {
      const pathOf = (index: number) => `line ${lines[index]}`
      answer = { ...(await writeUnits(tx, orgId, statements, { source: 'csv', by, pathOf })), ...about }
      if (dryRun) throw UNDONE
      return answer
    })
  } catch (thrown) {
    if (thrown === UNDONE && answer) return answer
    throw thrown
  }
}
