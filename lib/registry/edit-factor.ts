import type { OwnFactorAnswer, OwnFactorFields } from '@/lib/contracts/factors'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { organizationTables } from '@/lib/factors/organization-tables'
import { loadReferenceTables, type ReferenceTables } from '@/lib/factors/reference-tables'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { openDaysOfFactor } from './factor-days'
import { issuesOfZod } from './factor-issues'
import { ownFactorSchema } from './factor-rules'
import { insertOwnFactor, insertVersion, type OwnFactor, ownFactorId, ownFactorsOf } from './own-factor-rows'

/** What stands with the factor and not with its versions. */
const FIXED = ['kind', 'name', 'zone', 'subject', 'overrides'] as const

/** Two writers of one organisation take turns, so that both do not make version n + 1. */
export const claimFactors = async (tx: Tx, orgId: string): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' factors', 2))", [orgId])
}

export const changedFields = (before: OwnFactorFields, after: OwnFactorFields): (keyof OwnFactorFields)[] =>
  (Object.keys(after) as (keyof OwnFactorFields)[]).filter((key) => before[key] !== after[key])

/** @throws AppError conflict: what a factor is of stays with it */
export const refuseChangedIdentity = (known: OwnFactor, wanted: OwnFactorFields): void => {
  const moved = FIXED.filter((key) => known.fields[key] !== wanted[key])
  if (moved.length > 0) {
    throw new AppError('conflict', `${known.id} stays what it is: its ${moved.join(', ')} cannot change.`, {
      issues: moved.map((path) => ({
        path,
        message: `is ${known.fields[path] ?? 'empty'}; make another factor instead`,
      })),
    })
  }
}

export interface StoredVersion {
  id: string
  version: number
  outcome: 'new' | 'changed' | 'unchanged'
}

/** Adds the factor, or its next version where something changed. */
export const storeOwnFactor = async (
  tx: Tx,
  orgId: string,
  by: Author,
  { known, fields, tables }: { known: OwnFactor | null; fields: OwnFactorFields; tables: ReferenceTables },
): Promise<StoredVersion> => {
  const id = known?.id ?? ownFactorId(fields)
  if (known && !known.withdrawn && changedFields(known.fields, fields).length === 0) {
    return { id, version: known.version, outcome: 'unchanged' }
  }
  if (!known) await insertOwnFactor(tx, orgId, id, { fields, tables })
  const version = (known?.version ?? 0) + 1
  const attributes = (fields.overrides === null ? null : tables.factors.get(fields.overrides)?.attributes) ?? null
  await insertVersion(tx, orgId, { id, version, by: by.id, attributes }, fields)
  return { id, version, outcome: known ? 'changed' : 'new' }
}

/** Its own factors as they stand, withdrawn ones left out. */
export const ownFactors = (orgId: string): Promise<OwnFactor[]> =>
  withOrgSql(appPool(), orgId, async (tx) => (await ownFactorsOf(tx, orgId)).filter(({ withdrawn }) => !withdrawn))

/** What an override leaves out is as in the library. */
export const withInherited = (fields: OwnFactorFields, tables: ReferenceTables): OwnFactorFields => {
  const overridden = fields.overrides === null ? undefined : tables.factors.get(fields.overrides)
  if (!overridden) return fields
  return { ...fields, zone: fields.zone ?? overridden.zone, subject: fields.subject ?? overridden.subject }
}

/**
 * POST /api/v1/factors: an organisation's own number, or the next version of it. What overrides a shared factor stands before it from
 * the days that are posted from now on; the days that rest on either are opened.
 * @throws AppError invalid_input, conflict
 */
export const editFactor = (orgId: string, asked: OwnFactorFields, by: Author): Promise<OwnFactorAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    await claimFactors(tx, orgId)
    const shared = await loadReferenceTables(tx)
    const judged = ownFactorSchema(shared).safeParse(withInherited(asked, shared))
    if (!judged.success) {
      throw new AppError('invalid_input', 'The factor is not as it should be.', { issues: issuesOfZod(judged.error) })
    }
    const fields = judged.data
    const id = ownFactorId(fields)
    const known = (await ownFactorsOf(tx, orgId)).find((one) => one.id === id) ?? null
    if (known) refuseChangedIdentity(known, fields)
    const stored = await storeOwnFactor(tx, orgId, by, { known, fields, tables: shared })
    if (stored.outcome === 'unchanged')
      return { factor_id: id, version: stored.version, outcome: 'unchanged', reopened_days: 0 }
    const tables = await organizationTables(tx, orgId)
    const reopened = await openDaysOfFactor(tx, orgId, tables, [{ id, ...fields }])
    await writeAuditEvent(tx, orgId, by, {
      action: known ? 'factor.version' : 'factor.create',
      objectKind: 'factor',
      objectId: id,
      detail: { version: stored.version, before: known?.fields ?? null, after: fields, reopened_days: reopened },
    })
    return { factor_id: id, version: stored.version, outcome: stored.outcome, reopened_days: reopened }
  })

/**
 * DELETE /api/v1/factors/{factor}: a last version that says so. Nothing that rested on it is lost; the shared factor counts again.
 * @throws AppError not_found, conflict (withdrawn already)
 */
export const withdrawFactor = (orgId: string, id: string, by: Author): Promise<OwnFactorAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    await claimFactors(tx, orgId)
    const known = (await ownFactorsOf(tx, orgId)).find((one) => one.id === id)
    if (!known) throw new AppError('not_found', 'No such factor of this organisation. Shared factors stay.')
    if (known.withdrawn) throw new AppError('conflict', 'It is withdrawn already.')
    const version = known.version + 1
    await tx.query(
      `insert into factor_version (owner_id, factor_id, version, year, valid_from, valid_to, value, profile, unit, basis, gases, gwp_set, u95,
         gases_kg, attributes, source, source_url, licence, status, note, created_by, sha256)
       select owner_id, factor_id, $3, year, valid_from, valid_to, value, profile, unit, basis, gases, gwp_set, u95, gases_kg, attributes,
         source, source_url, licence, 'withdrawn', note, $4, sha256(sha256 || 'withdrawn'::bytea)
       from factor_version where owner_id = $1 and factor_id = $2 and version = $3 - 1`,
      [orgId, id, version, by.id],
    )
    const reopened = await openDaysOfFactor(tx, orgId, await organizationTables(tx, orgId), [{ id, ...known.fields }])
    await writeAuditEvent(tx, orgId, by, {
      action: 'factor.withdraw',
      objectKind: 'factor',
      objectId: id,
      detail: { version, reopened_days: reopened },
    })
    return { factor_id: id, version, outcome: 'withdrawn', reopened_days: reopened }
  })
