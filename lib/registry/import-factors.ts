import type { OwnFactorFields } from '@/lib/contracts/factors'
import type { ImportAnswer } from '@/lib/contracts/imports'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { organizationTables } from '@/lib/factors/organization-tables'
import { loadReferenceTables, type ReferenceTables } from '@/lib/factors/reference-tables'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { type CsvRecord, readCsvRecords } from './csv-records'
import { claimFactors, storeOwnFactor } from './edit-factor'
import { type ChangedFactor, openDaysOfFactor } from './factor-days'
import { ownFactorSchema } from './factor-rules'
import { type ColumnKind, importAnswer, type JudgedRow, judgeRows, refuseIfAnyRefused } from './judge-rows'
import { type OwnFactor, ownFactorId, ownFactorsOf } from './own-factor-rows'

/** Columns of the import and of the export of own factors alike. */
export const FACTOR_COLUMNS: Record<keyof OwnFactorFields, ColumnKind> = {
  overrides: 'text',
  kind: 'text',
  name: 'text',
  zone: 'text',
  subject: 'text',
  year: 'number',
  valid_from: 'text',
  valid_to: 'text',
  value: 'number',
  unit: 'text',
  basis: 'text',
  gases: 'text',
  gwp_set: 'text',
  u95: 'number',
  source: 'text',
  source_url: 'text',
  licence: 'text',
  status: 'text',
  note: 'text',
}

const BLANK: Record<keyof OwnFactorFields, unknown> = {
  ...(Object.fromEntries(Object.keys(FACTOR_COLUMNS).map((column) => [column, null])) as Record<
    keyof OwnFactorFields,
    unknown
  >),
  status: 'licensed',
}

const FILE = { required: ['value', 'source'], known: ['factor_id', ...Object.keys(FACTOR_COLUMNS)] }

/** Of a row that overrides a factor of the library: what it leaves out is as there. A value and a source are its own. */
const withLibrary = (record: CsvRecord, tables: ReferenceTables): CsvRecord => {
  const overridden = record.cells.overrides ? tables.factors.get(record.cells.overrides) : undefined
  if (!overridden) return record
  const known: Record<string, string | null> = {
    kind: overridden.kind,
    name: `${overridden.factor.name}, own`,
    zone: overridden.zone,
    subject: overridden.subject,
    year: overridden.year === null ? null : String(overridden.year),
    unit: overridden.unit,
    basis: overridden.basis,
    gwp_set: overridden.gwpSet,
  }
  const filled = Object.entries(known).map(([column, cell]) => [column, record.cells[column] ?? cell])
  return { ...record, cells: { ...record.cells, ...Object.fromEntries(filled) } }
}

/** A misspelt kind would be any kind: what the row says is compared with the factor that it names. */
const IDENTITY = ['kind', 'name', 'zone', 'subject', 'overrides'] as const

const find = (known: OwnFactor[], cells: CsvRecord['cells']) => {
  const id = cells.factor_id ?? (cells.overrides ? `own:${cells.overrides}` : null)
  const factor = known.find((one) => one.id === id)
  if (cells.factor_id && !factor) return { column: 'factor_id', message: 'is no factor of this organisation' }
  if (!factor) return null
  const moved = IDENTITY.find(
    (column) => column in cells && cells[column] !== null && cells[column] !== factor.fields[column],
  )
  if (moved)
    return { column: moved, message: `is ${factor.fields[moved] ?? 'empty'} and stays so; make another factor instead` }
  const identity = Object.fromEntries(IDENTITY.map((column) => [column, factor.fields[column]]))
  return { id: factor.id, fields: { ...factor.fields, ...identity } }
}

/** The thing that a new row makes may exist under the id that it would get. */
const asKnown = (row: JudgedRow<OwnFactorFields>, known: OwnFactor[]): JudgedRow<OwnFactorFields> => {
  if (row.fields === null || row.id !== null) return row
  const id = ownFactorId(row.fields)
  const factor = known.find((one) => one.id === id)
  if (!factor) return row
  const fields = row.fields
  const changes = (Object.keys(FACTOR_COLUMNS) as (keyof OwnFactorFields)[]).flatMap((column) => {
    const [before, after] = [factor.fields[column], fields[column]]
    return before === after
      ? []
      : [{ column, before: before === null ? null : String(before), after: after === null ? null : String(after) }]
  })
  const moved = changes.find(({ column }) => (IDENTITY as readonly string[]).includes(column))
  if (moved) {
    return {
      ...row,
      outcome: 'refused',
      fields: null,
      issues: [{ column: moved.column, message: `is ${moved.before ?? 'empty'} in ${id} and stays so` }],
    }
  }
  return { ...row, id, changes, outcome: changes.length === 0 && !factor.withdrawn ? 'unchanged' : 'changed' }
}

/**
 * A CSV of own factors (a licensed collection such as IEA or ecoinvent comes in this way): `overrides` names the shared factor that a
 * row stands before, else kind, zone or subject, and year say what it is of. A dry run judges every row and stores nothing.
 * @throws AppError malformed_body, invalid_input (the file, or with dryRun false any of its rows)
 */
export const importFactors = (
  orgId: string,
  by: Author,
  { bytes, dryRun }: { bytes: Uint8Array; dryRun: boolean },
): Promise<ImportAnswer> => {
  const read = readCsvRecords(bytes, FILE)
  return withOrgSql(appPool(), orgId, async (tx) => {
    await claimFactors(tx, orgId)
    const tables = await loadReferenceTables(tx)
    const known = await ownFactorsOf(tx, orgId)
    const rows = judgeRows<OwnFactorFields>(
      read.map((record) => withLibrary(record, tables)),
      {
        columns: FACTOR_COLUMNS,
        blank: BLANK,
        schema: ownFactorSchema(tables),
        nameOf: (cells) => cells.name ?? cells.overrides ?? cells.factor_id ?? 'without a name',
        find: (cells) => find(known, cells),
        keyOf: ownFactorId,
      },
    ).map((row) => asKnown(row, known))
    if (dryRun) return importAnswer(rows, { dryRun, reopenedDays: null })
    refuseIfAnyRefused(rows)
    return importAnswer(rows, { dryRun, reopenedDays: await store(tx, orgId, { by, rows, known, tables }) })
  })
}

const store = async (
  tx: Tx,
  orgId: string,
  asked: { by: Author; rows: JudgedRow<OwnFactorFields>[]; known: OwnFactor[]; tables: ReferenceTables },
): Promise<number> => {
  const changed: ChangedFactor[] = []
  const stored: string[] = []
  for (const { id, fields, outcome } of asked.rows) {
    if (fields === null || outcome === 'unchanged') continue
    const known = asked.known.find((one) => one.id === id) ?? null
    const written = await storeOwnFactor(tx, orgId, asked.by, { known, fields, tables: asked.tables })
    changed.push({ ...fields, id: written.id })
    stored.push(`${written.id}@${written.version}`)
  }
  const reopened = await openDaysOfFactor(tx, orgId, await organizationTables(tx, orgId), changed)
  await writeAuditEvent(tx, orgId, asked.by, {
    action: 'factor.import',
    objectKind: 'factor',
    objectId: orgId,
    detail: { rows: asked.rows.length, stored, reopened_days: reopened },
  })
  return reopened
}
