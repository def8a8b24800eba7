import type { ImportAnswer } from '@/lib/contracts/imports'
import { type Measurement, type MeasurementFields, measurementFieldsSchema } from '@/lib/contracts/site-measurements'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { openDaysOfSite } from '@/lib/ledger/affected-days'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { readCsvRecords } from './csv-records'
import { type ColumnKind, importAnswer, judgeRows, refuseIfAnyRefused } from './judge-rows'
import { siteIdOfSlug } from './site-of-slug'

/** Monthly measurements of a site. Evidence: a correction is the next revision beside the earlier one. */

export const MEASUREMENT_COLUMNS: Record<keyof MeasurementFields, ColumnKind> = {
  month: 'text',
  quantity: 'text',
  value: 'number',
  source: 'text',
}

const measurementsOf = async (tx: Tx, orgId: string, siteId: string): Promise<Measurement[]> => {
  const { rows } = await tx.query<Omit<Measurement, 'recorded_at'> & { recorded_at: Date }>(
    `select to_char(month, 'YYYY-MM') as month, quantity, value, source, revision, recorded_by, recorded_at,
       revision = max(revision) over (partition by month, quantity) as is_current
     from site_measurement where org_id = $1 and site_id = $2
     order by site_measurement.month desc, quantity, revision desc`,
    [orgId, siteId],
  )
  return rows.map((row) => ({ ...row, recorded_at: row.recorded_at.toISOString() }))
}

/** Every revision, the current one of each month and quantity first. @throws AppError not_found */
export const siteMeasurements = (orgId: string, slug: string): Promise<Measurement[]> =>
  withOrgSql(appPool(), orgId, async (tx) => measurementsOf(tx, orgId, await siteIdOfSlug(tx, orgId, slug)))

/** The same value from the same source again changes nothing. @throws AppError not_found */
export const recordMeasurement = (
  orgId: string,
  slug: string,
  fields: MeasurementFields,
  by: Author,
): Promise<{ revision: number; stored: boolean; reopened_days: number }> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const siteId = await lockedSite(tx, orgId, slug)
    const standing = currentOf(await measurementsOf(tx, orgId, siteId), fields)
    if (standing && standing.value === fields.value && standing.source === fields.source) {
      return { revision: standing.revision, stored: false, reopened_days: 0 }
    }
    const revision = (standing?.revision ?? 0) + 1
    await insertRevision(tx, orgId, { siteId, fields, revision, by })
    await writeAuditEvent(tx, orgId, by, {
      action: 'site_measurement.record',
      objectKind: 'site',
      objectId: siteId,
      detail: { ...fields, revision, before: standing?.value ?? null },
    })
    return { revision, stored: true, reopened_days: await openDaysOfMonths(tx, orgId, siteId, [fields]) }
  })

/**
 * A CSV of months: a row that differs from what stands becomes the next revision.
 * @throws AppError not_found (the site), malformed_body, invalid_input (the file, or with dryRun false any of its rows)
 */
export const importMeasurements = async (
  orgId: string,
  slug: string,
  by: Author,
  { bytes, dryRun }: { bytes: Uint8Array; dryRun: boolean },
): Promise<ImportAnswer> => {
  const columns = Object.keys(MEASUREMENT_COLUMNS)
  // The export's own further columns are read over.
  const records = readCsvRecords(bytes, { required: columns, known: [...columns, 'revision', 'recorded_at'] })
  return withOrgSql(appPool(), orgId, async (tx) => {
    const siteId = await lockedSite(tx, orgId, slug)
    const known = await measurementsOf(tx, orgId, siteId)
    const rows = judgeRows<MeasurementFields>(records, {
      columns: MEASUREMENT_COLUMNS,
      blank: { month: null, quantity: null, value: null, source: null },
      schema: measurementFieldsSchema,
      nameOf: ({ month, quantity }) => [month, quantity].filter(Boolean).join(' ') || 'without a month',
      find: ({ month, quantity }) => {
        const standing = known.find((one) => one.is_current && one.month === month && one.quantity === quantity)
        if (!standing) return null
        const { value, source } = standing
        return {
          id: `${standing.month} ${standing.quantity}`,
          fields: { month: standing.month, quantity: standing.quantity, value, source },
        }
      },
      keyOf: ({ month, quantity }) => `${month} ${quantity}`,
    })
    if (dryRun) return importAnswer(rows, { dryRun, reopenedDays: null })
    refuseIfAnyRefused(rows)
    const stored: MeasurementFields[] = []
    for (const { fields, outcome } of rows) {
      if (fields === null || outcome === 'unchanged') continue
      stored.push(fields)
      const revision = (currentOf(known, fields)?.revision ?? 0) + 1
      await insertRevision(tx, orgId, { siteId, fields, revision, by })
    }
    await writeAuditEvent(tx, orgId, by, {
      action: 'site_measurement.import',
      objectKind: 'site',
      objectId: siteId,
      detail: {
        rows: rows.length,
        stored: rows.filter(({ outcome }) => outcome !== 'unchanged').map(({ name }) => name),
      },
    })
    return importAnswer(rows, { dryRun, reopenedDays: await openDaysOfMonths(tx, orgId, siteId, stored) })
  })
}

/** Water per IT kWh of a day whose own month is not measured is that of the twelve months to it: a month bears on the year after it. */
const openDaysOfMonths = async (
  tx: Tx,
  orgId: string,
  siteId: string,
  stored: MeasurementFields[],
): Promise<number> => {
  const months = stored.filter(({ quantity }) => BEARING.has(quantity)).map(({ month }) => month)
  const [first, last] = [months.sort()[0], months.at(-1)]
  if (first === undefined || last === undefined) return 0
  const [year = 0, month = 0] = last.split('-').map(Number)
  const to = new Date(Date.UTC(year + 1, month, 1)).toISOString().slice(0, 10)
  return openDaysOfSite(tx, orgId, siteId, { from: `${first}-01`, to })
}

const BEARING = new Set<MeasurementFields['quantity']>(['water_l', 'it_kwh'])

/** Two corrections of one month must not take the same revision. */
const lockedSite = async (tx: Tx, orgId: string, slug: string): Promise<string> => {
  const siteId = await siteIdOfSlug(tx, orgId, slug)
  await tx.query('select 1 from site where org_id = $1 and site_id = $2 for update', [orgId, siteId])
  return siteId
}

const currentOf = (known: Measurement[], { month, quantity }: MeasurementFields): Measurement | undefined =>
  known.find((one) => one.is_current && one.month === month && one.quantity === quantity)

const insertRevision = (
  tx: Tx,
  orgId: string,
  { siteId, fields, revision, by }: { siteId: string; fields: MeasurementFields; revision: number; by: Author },
) =>
  tx.query(
    `insert into site_measurement (org_id, site_id, month, quantity, revision, value, source, recorded_by)
     values ($1, $2, $3::date, $4, $5, $6, $7, $8)`,
    [
      orgId,
      siteId,
      `${fields.month}-01`,
      fields.quantity,
      revision,
      fields.value,
      fields.source,
      `${by.kind}:${by.id}`,
    ],
  )
