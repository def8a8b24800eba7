import type { Rated } from '@/lib/accounting/facts'
import { isInMarket } from '@/lib/accounting/scope-2/markets'
import { judgeInstrument } from '@/lib/accounting/scope-2/quality-criteria'
import type { Tx } from '@/lib/db/with-org-sql'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { countryOf } from '@/lib/factors/zone-country'

interface RateRow {
  instrument_id: string
  name: string
  market: string
  site_id: string | null
  g_per_kwh: number
  tracking_system: string | null
  vintage_from: string
  vintage_to: string
  cancelled_on: string | null
  cancelled_for: string | null
  conveys_attribute: boolean
  sole_claim: boolean
  evidence: string | null
  reporter: string
}

/**
 * The supplier's rate of each site on a day: contracts in force that pass their quality criteria (Scope 2 Guidance, table 7.1); one made
 * for the site before one for its market; of several the latest, then by id.
 */
export const loadSupplierRates = async (
  tx: Tx,
  asked: {
    orgId: string
    day: string
    tables: ReferenceTables
    sites: { site_id: string; zone: string | null }[]
  },
): Promise<Map<string, Rated>> => {
  const { rows } = await tx.query<RateRow>({
    name: 'posting.supplier_rates',
    text: `/* posting.supplier_rates */
     select i.instrument_id, i.name, i.market, i.site_id, i.g_per_kwh, i.tracking_system, to_char(i.vintage_from, 'YYYY-MM-DD') as vintage_from,
       to_char(i.vintage_to, 'YYYY-MM-DD') as vintage_to, to_char(i.cancelled_on, 'YYYY-MM-DD') as cancelled_on, i.cancelled_for,
       i.conveys_attribute, i.sole_claim, i.evidence, o.name as reporter
     from instrument i join organization o on o.org_id = i.org_id
     where i.org_id = $1 and i.kind = 'supplier_rate' and i.removed_at is null and i.vintage_from <= $2 and i.vintage_to > $2
     order by i.vintage_from desc, i.instrument_id`,
    values: [asked.orgId, asked.day],
  })
  const rates = new Map<string, Rated>()
  if (rows.length === 0) return rates
  for (const site of asked.sites) {
    const usable = rows.filter((row) => isUsableAt(row, site, asked.tables))
    const best = usable.find((row) => row.site_id !== null) ?? usable[0]
    if (best) rates.set(site.site_id, ratedOf(best))
  }
  return rates
}

const isUsableAt = (row: RateRow, site: { site_id: string; zone: string | null }, tables: ReferenceTables): boolean => {
  if (site.zone === null || (row.site_id !== null && row.site_id !== site.site_id)) return false
  const place = { zone: site.zone, countryIso2: countryOf(tables, site.zone) }
  if (!isInMarket(row.market, place)) return false
  const { failed } = judgeInstrument({
    kind: 'supplier_rate',
    conveysAttribute: row.conveys_attribute,
    soleClaim: row.sole_claim,
    trackingSystem: row.tracking_system,
    cancelledOn: row.cancelled_on,
    cancelledFor: row.cancelled_for,
    vintageFrom: row.vintage_from,
    vintageTo: row.vintage_to,
    evidence: row.evidence,
    siteInMarket: true,
    // A missing residual mix is disclosed beside the figure; it takes no rate away.
    residualMixKnown: true,
    reporter: row.reporter,
  })
  return failed.length === 0
}

const ratedOf = (row: RateRow): Rated => ({
  value: row.g_per_kwh,
  tier: 2,
  factor: {
    id: `instrument:${row.instrument_id}`,
    version: 1,
    name: `Supplier rate: ${row.name}`,
    source: row.evidence ?? 'contract',
    basis: null,
  },
})
