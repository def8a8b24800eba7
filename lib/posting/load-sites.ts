import type { Boundary, Deployment, ExpectedMeter, Rated, SiteFacts } from '@/lib/accounting/facts'
import type { Tx } from '@/lib/db/with-org-sql'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { dayName, dayOf } from '@/lib/units/time'
import { loadSupplierRates } from './load-supplier-rates'
import { loadMeasuredWue } from './load-wue'

interface SiteRow {
  site_id: string
  zone: string | null
  deployment: Deployment | null
  declared_pue: number | null
  declared_pue_source: string | null
  declared_wue: number | null
  declared_wue_source: string | null
}

/** Everything that a day needs to know of the organisation's sites. */
export const loadSites = async (tx: Tx, orgId: string, day: number, tables: ReferenceTables): Promise<SiteFacts[]> => {
  const { rows } = await tx.query<SiteRow>({
    name: 'posting.sites',
    text: `/* posting.sites */
     select site_id, zone, deployment, declared_pue, declared_pue_source, declared_wue, declared_wue_source
     from site where org_id = $1 order by site_id`,
    values: [orgId],
  })
  const meters = await loadMeters(tx, orgId)
  const measured = await loadMeasuredWue(tx, orgId, dayName(day))
  const rates = await loadSupplierRates(tx, { orgId, day: dayName(day), tables, sites: rows })
  return rows.map((row) => ({
    siteId: row.site_id,
    zone: row.zone,
    deployment: row.deployment,
    declaredPue:
      row.declared_pue === null ? null : { pue: row.declared_pue, source: row.declared_pue_source ?? 'declared' },
    supplierRate: rates.get(row.site_id) ?? null,
    wue: measured.get(row.site_id) ?? declaredWue(row),
    meters: meters.get(row.site_id) ?? [],
  }))
}

const declaredWue = (row: SiteRow): Rated | null =>
  row.declared_wue === null
    ? null
    : {
        value: row.declared_wue,
        tier: 2,
        factor: {
          id: `site-wue-declared:${row.site_id}`,
          version: 1,
          name: 'Site WUE, declared',
          source: row.declared_wue_source ?? 'declared',
          basis: null,
        },
      }

const BOUNDARIES: Record<string, Boundary> = { it_energy: 'it', facility_energy: 'facility' }

const loadMeters = async (tx: Tx, orgId: string): Promise<Map<string, ExpectedMeter[]>> => {
  const { rows } = await tx.query<{
    site_id: string
    meter: string
    quantity: string
    installed_on: string | null
    removed_on: string | null
  }>({
    name: 'posting.meters',
    text: `/* posting.meters */
     select site_id, meter, quantity, to_char(installed_on, 'YYYY-MM-DD') as installed_on, to_char(removed_on, 'YYYY-MM-DD') as removed_on
     from meter where org_id = $1 and quantity = any($2) order by site_id, meter, meter_id`,
    values: [orgId, Object.keys(BOUNDARIES)],
  })
  const bySite = new Map<string, ExpectedMeter[]>()
  const instant = (name: string | null) => (name === null ? null : dayOf(name))
  for (const row of rows) {
    const expected: ExpectedMeter = {
      meter: row.meter,
      boundary: BOUNDARIES[row.quantity] as Boundary,
      from: instant(row.installed_on),
      to: instant(row.removed_on),
    }
    bySite.set(row.site_id, [...(bySite.get(row.site_id) ?? []), expected])
  }
  return bySite
}
