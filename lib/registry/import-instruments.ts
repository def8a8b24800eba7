import { z } from 'zod'
import type { ImportAnswer } from '@/lib/contracts/imports'
import { type InstrumentFields, instrumentFieldsSchema } from '@/lib/contracts/instruments'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { readCsvRecords } from './csv-records'
import { insertInstrument, reopen, updateInstrument } from './edit-instrument'
import { fieldsOf, type InstrumentRow, instrumentRows } from './instruments'
import { type ColumnKind, importAnswer, judgeRows, refuseIfAnyRefused } from './judge-rows'

/** Columns of the import and of the export alike, in the order in which they are written. */
export const INSTRUMENT_COLUMNS: Record<keyof InstrumentFields, ColumnKind> = {
  kind: 'text',
  name: 'text',
  market: 'text',
  site: 'text',
  mwh: 'number',
  g_per_kwh: 'number',
  technology: 'text',
  tracking_system: 'text',
  serial: 'text',
  vintage_from: 'text',
  vintage_to: 'text',
  cancelled_on: 'text',
  cancelled_for: 'text',
  conveys_attribute: 'boolean',
  sole_claim: 'boolean',
  hourly_profile: 'text',
  evidence: 'text',
}

/** What is not said is not known; the two statements of an instrument are said or refused. */
const BLANK = Object.fromEntries(Object.keys(INSTRUMENT_COLUMNS).map((name) => [name, null])) as Record<
  keyof InstrumentFields,
  unknown
>

const FILE = {
  required: ['kind', 'name', 'market', 'g_per_kwh', 'vintage_from', 'vintage_to', 'conveys_attribute', 'sole_claim'],
  known: ['instrument_id', ...Object.keys(INSTRUMENT_COLUMNS)],
}

/** A profile is told as its shares in one cell, with spaces or semicolons between them. */
const fileSchema = z.preprocess((row) => {
  const profile = (row as InstrumentFields | null)?.hourly_profile as unknown
  return typeof profile === 'string'
    ? {
        ...(row as object),
        hourly_profile: profile
          .trim()
          .split(/[\s;,]+/)
          .map(Number),
      }
    : row
}, instrumentFieldsSchema) as z.ZodType<InstrumentFields>

/** Two certificates with one serial in one register are one; else a name and its vintage tell it. */
const keyOf = (one: Pick<InstrumentFields, 'tracking_system' | 'serial' | 'name' | 'vintage_from'>): string =>
  one.serial === null
    ? JSON.stringify(['name', one.name, one.vintage_from])
    : JSON.stringify(['serial', one.tracking_system, one.serial])

const found = (known: readonly InstrumentRow[], cells: Record<string, string | null>) => {
  const id = cells.instrument_id
  if (id) {
    const row = known.find((one) => one.instrument_id === id)
    return row
      ? { id, fields: fieldsOf(row) }
      : { column: 'instrument_id', message: 'is no instrument of this organisation' }
  }
  const key = keyOf({
    tracking_system: cells.tracking_system ?? null,
    serial: cells.serial ?? null,
    name: cells.name ?? '',
    vintage_from: cells.vintage_from ?? '',
  })
  const same = known.filter((one) => keyOf(one) === key)
  if (same.length > 1)
    return { column: 'name', message: `${same.length} instruments are told so; give their instrument_id` }
  return same[0] ? { id: same[0].instrument_id, fields: fieldsOf(same[0]) } : null
}

/**
 * A CSV of instruments: with `instrument_id` a row changes that one, else the one of its serial (or its name and vintage), else it is new.
 * @throws AppError malformed_body, invalid_input (the file, or with dryRun false any of its rows)
 */
export const importInstruments = (
  orgId: string,
  by: Author,
  { bytes, dryRun }: { bytes: Uint8Array; dryRun: boolean },
): Promise<ImportAnswer> => {
  const records = readCsvRecords(bytes, FILE)
  return withOrgSql(appPool(), orgId, async (tx) => {
    const known = await instrumentRows(tx, orgId)
    const { rows: sites } = await tx.query<{ slug: string }>('select slug from site where org_id = $1', [orgId])
    const slugs = new Set(sites.map(({ slug }) => slug))
    const rows = judgeRows<InstrumentFields>(records, {
      columns: INSTRUMENT_COLUMNS,
      blank: BLANK,
      schema: fileSchema.refine(({ site }) => site === null || slugs.has(site), {
        path: ['site'],
        message: 'must be the address of a site of this organisation',
      }),
      nameOf: (cells) => cells.name ?? cells.instrument_id ?? 'without a name',
      find: (cells) => found(known, cells),
      keyOf,
    })
    if (dryRun) return importAnswer(rows, { dryRun, reopenedDays: null })
    refuseIfAnyRefused(rows)
    const reaches: Pick<InstrumentFields, 'kind' | 'vintage_from' | 'vintage_to'>[] = []
    for (const { id, fields, outcome } of rows) {
      if (fields === null || outcome === 'unchanged') continue
      reaches.push(fields)
      if (id === null) {
        await insertInstrument(tx, orgId, fields, by)
        continue
      }
      const before = known.find((one) => one.instrument_id === id)
      if (before) reaches.push(before)
      await updateInstrument(tx, orgId, id, fields, by)
    }
    const { reopened_days } = await reopen(tx, orgId, reaches)
    await writeAuditEvent(tx, orgId, by, {
      action: 'instrument.import',
      objectKind: 'instrument',
      objectId: 'file',
      detail: { rows: rows.length, stored: reaches.length },
    })
    return importAnswer(rows, { dryRun, reopenedDays: reopened_days })
  })
}
