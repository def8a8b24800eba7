import type { SiteFields } from '@/lib/contracts/sites'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { referenceTables, resolveZone } from '@/lib/grid/zone-of'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { openDays } from '@/lib/ledger/open-days'

/**
 * Changes what is declared of a site. Its declared PUE bears on every day on which its meters or workloads were read, so these days
 * are opened; zone and deployment apply to readings that arrive from now on, because past attributions are evidence.
 * @throws AppError not_found, invalid_input (a zone that is no zone)
 */
export const editSite = async (
  orgId: string,
  slug: string,
  fields: SiteFields,
  by: Author,
): Promise<{ reopened_days: number }> => {
  const pool = appPool()
  const tables = await referenceTables(pool)
  return withOrgSql(pool, orgId, async (tx) => {
    const { rows } = await tx.query<{ site_id: string; declared_pue: number | null; zone: string | null }>(
      'select site_id, declared_pue, zone from site where org_id = $1 and slug = $2 for update',
      [orgId, slug],
    )
    const site = rows[0]
    if (!site) throw new AppError('not_found', 'No such site.')
    const zone = fields.zone ? (resolveZone(tables, { gridZone: fields.zone })?.zone ?? null) : null
    if (fields.zone && !zone) {
      throw new AppError('invalid_input', 'The zone is not known.', {
        issues: [{ path: 'zone', message: 'must be a grid zone such as DE or US-CAL-CISO' }],
      })
    }
    await tx.query(
      `update site set name = $3, zone = $4, deployment = $5, declared_pue = $6, declared_pue_source = $7
       where org_id = $1 and site_id = $2`,
      [orgId, site.site_id, fields.name, zone, fields.deployment, fields.declared_pue, fields.declared_pue_source],
    )
    await writeAuditEvent(tx, orgId, by, {
      action: 'site.edit',
      objectKind: 'site',
      objectId: site.site_id,
      detail: { ...fields, zone },
    })
    if (site.declared_pue === fields.declared_pue && site.zone === zone) return { reopened_days: 0 }
    const days = await daysOfSite(tx, orgId, site.site_id)
    await openDays(tx, orgId, days)
    return { reopened_days: days.length }
  })
}

const daysOfSite = async (tx: Tx, orgId: string, siteId: string): Promise<string[]> => {
  const { rows } = await tx.query<{ days: string[] | null }>(
    `select array_agg(to_char(day, 'YYYY-MM-DD')) as days from (
       select e.day from entry e join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
       where e.org_id = $1 and e.is_current and a.site_id = $2
       union select f.day from facility_day f where f.org_id = $1 and f.site_id = $2
     ) touched`,
    [orgId, siteId],
  )
  const row = rows[0]
  invariant(row, 'an aggregate has one row')
  return row.days ?? []
}
