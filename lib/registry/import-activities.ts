import type { z } from 'zod'
import { type ActivityFields, type ActivityLine, activityFieldsSchema } from '@/lib/contracts/activity-lines'
import type { ImportAnswer } from '@/lib/contracts/imports'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { organizationTables } from '@/lib/factors/organization-tables'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { activityLinesIn, fieldsOfLine } from './activity-lines'
import { readCsvRecords } from './csv-records'
import { insertActivity, reviseActivity } from './edit-activity'
import { type ColumnKind, importAnswer, judgeRows, refuseIfAnyRefused } from './judge-rows'
import { priceActivity } from './price-activity'
import { settingsOfSql } from './settings'

/** Columns of the import and of the export alike, in the order in which they are written. */
export const ACTIVITY_COLUMNS: Record<keyof ActivityFields, ColumnKind> = {
  kind: 'text',
  name: 'text',
  site: 'text',
  starts_on: 'text',
  ends_on: 'text',
  quantity: 'number',
  unit: 'text',
  factor_id: 'text',
  stated_kg: 'number',
  biogenic_kg: 'number',
  scope: 'number',
  category: 'number',
  u95: 'number',
  supplier: 'text',
  evidence: 'text',
  note: 'text',
}

const BLANK = Object.fromEntries(Object.keys(ACTIVITY_COLUMNS).map((name) => [name, null])) as Record<
  keyof ActivityFields,
  unknown
>

const FILE = {
  required: ['kind', 'name', 'starts_on', 'ends_on', 'quantity', 'unit'],
  known: ['activity_id', ...Object.keys(ACTIVITY_COLUMNS)],
}

/** One kind of thing at one place in one period is one line. */
const keyOf = (one: Pick<ActivityFields, 'kind' | 'name' | 'site' | 'starts_on'>): string =>
  JSON.stringify([one.kind, one.name, one.site, one.starts_on])

const found = (known: readonly ActivityLine[], cells: Record<string, string | null>) => {
  const id = cells.activity_id
  if (id) {
    const line = known.find((one) => one.activity_id === id)
    return line
      ? { id, fields: fieldsOfLine(line) }
      : { column: 'activity_id', message: 'is no activity line of this organisation' }
  }
  const key = JSON.stringify([cells.kind ?? null, cells.name ?? null, cells.site ?? null, cells.starts_on ?? null])
  const same = known.filter((one) => keyOf(one) === key)
  if (same.length > 1) return { column: 'name', message: `${same.length} lines are told so; give their activity_id` }
  return same[0] ? { id: same[0].activity_id, fields: fieldsOfLine(same[0]) } : null
}

/**
 * A CSV of activity lines: with `activity_id` a row corrects that line, else the one of its kind, name, site and first day, else it is new.
 * A correction is a revision. @throws AppError malformed_body, invalid_input (the file, or with dryRun false any of its rows)
 */
export const importActivities = (
  orgId: string,
  by: Author,
  { bytes, dryRun }: { bytes: Uint8Array; dryRun: boolean },
): Promise<ImportAnswer> => {
  const records = readCsvRecords(bytes, FILE)
  return withOrgSql(appPool(), orgId, async (tx) => {
    const known = await activityLinesIn(tx, orgId)
    const tables = await organizationTables(tx, orgId)
    const { gwp_set: set } = await settingsOfSql(tx, orgId)
    const { rows: sites } = await tx.query<{ slug: string }>('select slug from site where org_id = $1', [orgId])
    const slugs = new Set(sites.map(({ slug }) => slug))
    const schema = activityFieldsSchema.superRefine((fields, context) => {
      const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
      if (fields.site !== null && !slugs.has(fields.site))
        issue('site', 'must be the address of a site of this organisation')
      try {
        priceActivity(tables, set, fields)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        for (const { path, message } of error.options.issues ?? []) issue(path, message)
      }
    }) as z.ZodType<ActivityFields>
    const rows = judgeRows<ActivityFields>(records, {
      columns: ACTIVITY_COLUMNS,
      blank: BLANK,
      schema,
      nameOf: (cells) => cells.name ?? cells.activity_id ?? 'without a name',
      find: (cells) => found(known, cells),
      keyOf,
    })
    if (dryRun) return importAnswer(rows, { dryRun, reopenedDays: null })
    refuseIfAnyRefused(rows)
    for (const { id, fields, outcome } of rows) {
      if (fields === null || outcome === 'unchanged') continue
      if (id === null) await insertActivity(tx, orgId, fields, { by, priced: priceActivity(tables, set, fields) })
      else await reviseActivity(tx, orgId, id, { fields, set, by })
    }
    await writeAuditEvent(tx, orgId, by, {
      action: 'activity.import',
      objectKind: 'activity',
      objectId: 'file',
      detail: { rows: rows.length, stored: rows.filter(({ outcome }) => outcome !== 'unchanged').length },
    })
    return importAnswer(rows, { dryRun, reopenedDays: 0 })
  })
}
