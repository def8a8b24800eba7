import type pg from 'pg'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { SHARED_OWNER } from './load-reference'
import { type OwnRecords, overlaid } from './overlay'
import { FACTOR_COLUMNS, type FactorRecord, loadReferenceTables, type ReferenceTables } from './reference-tables'

type Db = Pick<pg.PoolClient, 'query'>

/**
 * The version of a shared factor that an organisation uses: the one it accepted; else the newest that existed when it began to report
 * (organization_setting.factors_as_of, else the day it was made); else the first. A newer one waits, and changes no figure.
 */
export const VERSION_IN_FORCE = `coalesce(
  (select a.version from factor_acceptance a where a.org_id = $1 and a.factor_id = n.factor_id),
  (select max(v.version) from factor_version v where v.owner_id = n.owner_id and v.factor_id = n.factor_id and v.created_at <= (
    select coalesce((select s.factors_as_of from organization_setting s where s.org_id = $1), o.created_at)
    from organization o where o.org_id = $1)),
  1)`

/** Factors of `n` (owner_id, factor_id, newest) that the library has in more than one version. */
export const REVISED_FACTORS = `select owner_id, factor_id, max(version) as newest from factor_version
  where owner_id = $2 group by owner_id, factor_id having max(version) > 1`

/** In the organisation's transaction: row-level security shows its own factors and the shared ones. */
export const readOwnRecords = async (tx: Db, orgId: string): Promise<OwnRecords> => {
  const own = await tx.query<OwnRecords['own'][number]>({
    name: 'factors.own',
    text: `/* factors.own */
     select distinct on (f.factor_id) ${FACTOR_COLUMNS}, f.overrides
     from factor f join factor_version v using (owner_id, factor_id)
     where f.owner_id = $1
     order by f.factor_id, v.version desc`,
    values: [orgId],
  })
  const held = await tx.query<FactorRecord>({
    name: 'factors.held',
    text: `/* factors.held */
     with n as materialized (${REVISED_FACTORS}),
     used as materialized (select n.*, ${VERSION_IN_FORCE} as version from n)
     select ${FACTOR_COLUMNS}
     from used u
     join factor f using (owner_id, factor_id)
     join factor_version v on v.owner_id = u.owner_id and v.factor_id = u.factor_id and v.version = u.version
     where u.version <> u.newest`,
    values: [orgId, SHARED_OWNER],
  })
  return { own: own.rows, held: held.rows }
}

const made = new WeakMap<ReferenceTables, Map<string, ReferenceTables>>()

const keyOf = (orgId: string, { own, held }: OwnRecords): string =>
  [orgId, ...[...own, ...held].map((row) => `${row.id}@${row.version}`)].join('|')

/**
 * The reference tables with an organisation's own factors and the versions that it accepted. Asked in its transaction, anew each time,
 * so that an acceptance counts from its commit on; the same answer is the same object.
 */
export const organizationTables = async (tx: Db, orgId: string, shared?: ReferenceTables): Promise<ReferenceTables> => {
  const base = shared ?? (await loadReferenceTables(tx))
  const records = await readOwnRecords(tx, orgId)
  if (records.own.length === 0 && records.held.length === 0) return base
  const known = made.get(base) ?? new Map<string, ReferenceTables>()
  made.set(base, known)
  const key = keyOf(orgId, records)
  const found = known.get(key) ?? overlaid(base, records)
  known.set(key, found)
  return found
}

/** The same for whoever holds no SQL transaction of the organisation. */
export const tablesOfOrganization = (orgId: string): Promise<ReferenceTables> =>
  withOrgSql(appPool(), orgId, (tx) => organizationTables(tx, orgId))
