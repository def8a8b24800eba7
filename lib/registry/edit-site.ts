import type { SiteFields } from '@/lib/contracts/sites'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { referenceTables, resolveZone } from '@/lib/grid/zone-of'
import { openDaysOfSite } from '@/lib/ledger/affected-days'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'

interface Declared {
  site_id: string
  declared_pue: number | null
  zone: string | null
  operator: string | null
  pue_category: 1 | 2 | 3 | null
  declared_wue: number | null
  declared_wue_source: string | null
}

/**
 * Changes what is declared of a site. Its declared PUE and WUE bear on every day on which its meters or workloads were read, so these days
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
    const { rows } = await tx.query<Declared>(
      `select site_id, declared_pue, zone, operator, pue_category, declared_wue, declared_wue_source
       from site where org_id = $1 and slug = $2 for update`,
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
    // A field that is left out stays as it is.
    const { operator, pue_category, declared_wue, declared_wue_source } = {
      operator: fields.operator === undefined ? site.operator : fields.operator,
      pue_category: fields.pue_category === undefined ? site.pue_category : fields.pue_category,
      declared_wue: fields.declared_wue === undefined ? site.declared_wue : fields.declared_wue,
      declared_wue_source:
        fields.declared_wue_source === undefined ? site.declared_wue_source : fields.declared_wue_source,
    }
    await tx.query(
      `update site set name = $3, zone = $4, deployment = $5, declared_pue = $6, declared_pue_source = $7, operator = $8,
         pue_category = $9, declared_wue = $10, declared_wue_source = $11
       where org_id = $1 and site_id = $2`,
      [
        ...[orgId, site.site_id, fields.name, zone, fields.deployment, fields.declared_pue, fields.declared_pue_source],
        ...[operator, pue_category, declared_wue, declared_wue === null ? null : declared_wue_source],
      ],
    )
    await writeAuditEvent(tx, orgId, by, {
      action: 'site.edit',
      objectKind: 'site',
      objectId: site.site_id,
      detail: { ...fields, zone },
    })
    const bearsOnDays =
      site.declared_pue !== fields.declared_pue || site.zone !== zone || site.declared_wue !== declared_wue
    if (!bearsOnDays) return { reopened_days: 0 }
    return { reopened_days: await openDaysOfSite(tx, orgId, site.site_id) }
  })
}
