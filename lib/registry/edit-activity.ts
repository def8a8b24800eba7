import type { ActivityFields, ActivityLine } from '@/lib/contracts/activity-lines'
import { newId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { organizationTables } from '@/lib/factors/organization-tables'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import type { GwpChoice } from './activity-factors'
import { fieldsOfLine, revisionsOf } from './activity-lines'
import { type PricedActivity, priceActivity } from './price-activity'
import { settingsOfSql } from './settings'

const SHARED_OWNER = '00000000-0000-0000-0000-000000000000'

const siteIdOf = async (tx: Tx, orgId: string, slug: string | null): Promise<string | null> => {
  if (slug === null) return null
  const { rows } = await tx.query<{ site_id: string }>('select site_id from site where org_id = $1 and slug = $2', [
    orgId,
    slug,
  ])
  if (!rows[0]) {
    throw new AppError('invalid_input', 'There is no such site.', {
      issues: [{ path: 'site', message: `${slug} is the address of no site` }],
    })
  }
  return rows[0].site_id
}

export interface ActivityRevision {
  id: string
  revision: number
  fields: ActivityFields
  priced: PricedActivity
  voided: boolean
  by: Author
}

const textsOf = (gases: Record<string, bigint> | null): string | null =>
  gases === null
    ? null
    : JSON.stringify(Object.fromEntries(Object.entries(gases).map(([gas, mg]) => [gas, mg.toString()])))

/** Stores a revision and makes it the current one; the earlier ones stay as evidence. */
export const writeRevision = async (tx: Tx, orgId: string, line: ActivityRevision): Promise<void> => {
  const { fields, priced } = line
  await tx.query('update activity set is_current = false where org_id = $1 and activity_id = $2 and is_current', [
    orgId,
    line.id,
  ])
  const ownerOf = (isOwn: boolean | undefined) => (isOwn === undefined ? null : isOwn ? orgId : SHARED_OWNER)
  await tx.query(
    `/* activities.insert */
     insert into activity (org_id, activity_id, revision, is_current, kind, name, site_id, starts_on, ends_on, quantity, unit, scope,
       category, factor_owner, factor_id, factor_version, upstream_factor_id, upstream_factor_version, kg_per_unit, mg, upstream_mg,
       biogenic_mg, gwp_set, gases_mg, u95, primary_data, supplier, evidence, note, voided, recorded_by)
     values ($1, $2, $3, true, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
       $26, $27, $28, $29, $30)`,
    [
      orgId,
      line.id,
      line.revision,
      fields.kind,
      fields.name,
      await siteIdOf(tx, orgId, fields.site),
      fields.starts_on,
      fields.ends_on,
      fields.quantity,
      fields.unit,
      priced.scope,
      priced.category,
      ownerOf(priced.factor?.row.isOwn),
      priced.factor?.row.factor.id ?? null,
      priced.factor?.row.factor.version ?? null,
      priced.upstream?.row.factor.id ?? null,
      priced.upstream?.row.factor.version ?? null,
      priced.factor?.kgPerUnit ?? null,
      priced.mg.toString(),
      priced.upstreamMg?.toString() ?? null,
      priced.biogenicMg?.toString() ?? null,
      priced.gwpSet,
      textsOf(priced.gasesMg),
      priced.u95,
      priced.primaryData,
      fields.supplier,
      fields.evidence,
      fields.note,
      line.voided,
      line.by.id,
    ],
  )
}

const currentOf = async (tx: Tx, orgId: string, id: string): Promise<ActivityLine> => {
  const [line] = await revisionsOf(tx, orgId, id)
  invariant(line, 'a line that was found has a revision')
  return line
}

const audit = (tx: Tx, orgId: string, by: Author, action: string, id: string, detail: object): Promise<void> =>
  writeAuditEvent(tx, orgId, by, { action, objectKind: 'activity', objectId: id, detail: { ...detail } })

/** A new line inside a transaction; several rows of a file share one. Gives its id. */
export const insertActivity = async (
  tx: Tx,
  orgId: string,
  fields: ActivityFields,
  { by, priced, id = newId() }: { by: Author; priced: PricedActivity; id?: string },
): Promise<string> => {
  await writeRevision(tx, orgId, { id, revision: 1, fields, priced, voided: false, by })
  await audit(tx, orgId, by, 'activity.create', id, { ...fields, mg: priced.mg.toString() })
  return id
}

/** POST /api/v1/activity-lines. @throws AppError invalid_input (factor, unit or site that does not fit) */
export const addActivity = (orgId: string, fields: ActivityFields, by: Author): Promise<ActivityLine> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { gwp_set } = await settingsOfSql(tx, orgId)
    const priced = priceActivity(await organizationTables(tx, orgId), gwp_set, fields)
    return currentOf(tx, orgId, await insertActivity(tx, orgId, fields, { by, priced }))
  })

const lock = async (tx: Tx, orgId: string, id: string): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' activity ' || $2, 2))", [orgId, id])
}

/** A correction: the next revision. The same content again writes nothing. */
export const reviseActivity = async (
  tx: Tx,
  orgId: string,
  id: string,
  { fields, set, by }: { fields: ActivityFields; set: GwpChoice; by: Author },
): Promise<ActivityLine> => {
  await lock(tx, orgId, id)
  const before = await currentOf(tx, orgId, id)
  const priced = priceActivity(await organizationTables(tx, orgId), set, fields)
  if (
    !before.voided &&
    JSON.stringify(fieldsOfLine(before)) === JSON.stringify({ ...fields, ...impliedBy(fields, priced) })
  ) {
    return before
  }
  await writeRevision(tx, orgId, { id, revision: before.revision + 1, fields, priced, voided: false, by })
  await audit(tx, orgId, by, before.voided ? 'activity.restore' : 'activity.revise', id, {
    revision: before.revision + 1,
    before: fieldsOfLine(before),
    after: fields,
    mg: priced.mg.toString(),
  })
  return currentOf(tx, orgId, id)
}

/** What a stored line says although nobody had to. */
const impliedBy = (fields: ActivityFields, priced: PricedActivity) => ({
  factor_id: priced.factor?.row.factor.id ?? null,
  category: priced.category,
  u95: fields.u95 ?? priced.u95,
})

/** PUT /api/v1/activity-lines/[activity]; brings a voided line back. @throws AppError not_found, invalid_input */
export const editActivity = (orgId: string, id: string, fields: ActivityFields, by: Author): Promise<ActivityLine> =>
  withOrgSql(appPool(), orgId, async (tx) =>
    reviseActivity(tx, orgId, id, { fields, set: (await settingsOfSql(tx, orgId)).gwp_set, by }),
  )

/** The line counts no more; a revision says why. Inside a transaction. @throws AppError not_found, conflict (voided already) */
export const voidLine = async (
  tx: Tx,
  orgId: string,
  id: string,
  { reason, by }: { reason: string; by: Author },
): Promise<ActivityLine> => {
  await lock(tx, orgId, id)
  const before = await currentOf(tx, orgId, id)
  if (before.voided) throw new AppError('conflict', 'The line is void already.')
  // A copy of the row as it was priced: a void line must not be multiplied anew.
  await tx.query('update activity set is_current = false where org_id = $1 and activity_id = $2 and is_current', [
    orgId,
    id,
  ])
  await tx.query(
    `/* activities.void */
     insert into activity (org_id, activity_id, revision, is_current, kind, name, site_id, starts_on, ends_on, quantity, unit, scope,
       category, factor_owner, factor_id, factor_version, upstream_factor_id, upstream_factor_version, kg_per_unit, mg, upstream_mg,
       biogenic_mg, gwp_set, gases_mg, u95, primary_data, supplier, evidence, note, voided, recorded_by)
     select org_id, activity_id, revision + 1, true, kind, name, site_id, starts_on, ends_on, quantity, unit, scope, category,
       factor_owner, factor_id, factor_version, upstream_factor_id, upstream_factor_version, kg_per_unit, mg, upstream_mg,
       biogenic_mg, gwp_set, gases_mg, u95, primary_data, supplier, evidence, $4, true, $5
     from activity where org_id = $1 and activity_id = $2 and revision = $3`,
    [orgId, id, before.revision, reason, by.id],
  )
  await audit(tx, orgId, by, 'activity.void', id, { revision: before.revision + 1, reason })
  return currentOf(tx, orgId, id)
}

/** DELETE /api/v1/activity-lines/[activity]. @throws AppError not_found, conflict (voided already) */
export const voidActivity = (orgId: string, id: string, reason: string, by: Author): Promise<ActivityLine> =>
  withOrgSql(appPool(), orgId, (tx) => voidLine(tx, orgId, id, { reason, by }))
