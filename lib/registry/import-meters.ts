import type { ImportAnswer } from '@/lib/contracts/imports'
import { type Meter, type MeterFields, meterFieldsSchema } from '@/lib/contracts/meters'
import { newId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { type CsvRecord, readCsvRecords } from './csv-records'
import { type ColumnKind, importAnswer, judgeRows, refuseIfAnyRefused } from './judge-rows'
import { insertMeter, metersOfSite, openDaysOfMeters, updateMeter } from './meters'
import { siteIdOfSlug } from './site-of-slug'

/** Columns of the import and of the export alike. */
export const METER_COLUMNS: Record<keyof MeterFields, ColumnKind> = {
  meter: 'text',
  quantity: 'text',
  serial: 'text',
  accuracy_class: 'text',
  calibrated_on: 'text',
  installed_on: 'text',
  removed_on: 'text',
  note: 'text',
}

const BLANK: Record<keyof MeterFields, unknown> = {
  meter: null,
  quantity: null,
  serial: null,
  accuracy_class: null,
  calibrated_on: null,
  installed_on: null,
  removed_on: null,
  note: null,
}

const FILE = { required: ['meter', 'quantity'], known: ['meter_id', ...Object.keys(METER_COLUMNS)] }

/**
 * A CSV of a site's meters: a row changes the meter of its `meter_id`, else the one of its name, quantity and first day.
 * @throws AppError not_found (the site), malformed_body, invalid_input (the file, or with dryRun false any of its rows)
 */
export const importMeters = async (
  orgId: string,
  slug: string,
  by: Author,
  { bytes, dryRun }: { bytes: Uint8Array; dryRun: boolean },
): Promise<ImportAnswer> => {
  const records = readCsvRecords(bytes, FILE)
  return withOrgSql(appPool(), orgId, async (tx) => {
    const siteId = await siteIdOfSlug(tx, orgId, slug)
    const known = await metersOfSite(tx, orgId, siteId)
    const rows = judgeRows<MeterFields>(records, {
      columns: METER_COLUMNS,
      blank: BLANK,
      schema: meterFieldsSchema,
      nameOf: (cells) => [cells.meter ?? cells.meter_id ?? 'without a name', cells.quantity].filter(Boolean).join(', '),
      find: (cells) => found(known, cells),
      keyOf: ({ meter, quantity, installed_on: from }) => JSON.stringify([meter, quantity, from]),
    })
    if (dryRun) return importAnswer(rows, { dryRun, reopenedDays: null })
    refuseIfAnyRefused(rows)
    const touched: MeterFields[] = []
    for (const { id, fields, outcome } of rows) {
      if (fields === null || outcome === 'unchanged') continue
      if (id === null) await insertMeter(tx, orgId, { siteId, meterId: newId(), fields })
      else await updateMeter(tx, orgId, id, fields)
      touched.push(fields, ...known.filter((meter) => meter.meter_id === id))
    }
    await writeAuditEvent(tx, orgId, by, {
      action: 'meter.import',
      objectKind: 'site',
      objectId: siteId,
      detail: {
        rows: rows.length,
        stored: rows.filter(({ outcome }) => outcome !== 'unchanged').map(({ name }) => name),
      },
    })
    return importAnswer(rows, { dryRun, reopenedDays: await openDaysOfMeters(tx, orgId, siteId, touched) })
  })
}

const fieldsOf = ({ meter_id: _, ...fields }: Meter): MeterFields => fields

const found = (known: Meter[], cells: CsvRecord['cells']) => {
  const { meter_id: id, meter, quantity, installed_on: from } = cells
  if (id) {
    const one = known.find(({ meter_id }) => meter_id === id)
    return one ? { id, fields: fieldsOf(one) } : { column: 'meter_id', message: 'is no meter of this site' }
  }
  const named = known.filter(
    (one) =>
      one.meter === meter && one.quantity === quantity && (!('installed_on' in cells) || one.installed_on === from),
  )
  if (named.length > 1) return { column: 'meter', message: `${named.length} meters are named so; give their meter_id` }
  return named[0] ? { id: named[0].meter_id, fields: fieldsOf(named[0]) } : null
}
