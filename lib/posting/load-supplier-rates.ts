import type { Rated } from '@/lib/accounting/facts'
import type { Tx } from '@/lib/db/with-org-sql'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { type JudgedRow, judgeRow, marketHolds } from '@/lib/registry/instrument-facts'

interface RateRow extends JudgedRow {
  instrument_id: string
  name: string
  g_per_kwh: number
  reporter: string
  version: number
}

/**
 * The supplier's rate of each site on a day: contracts in force that pass their quality criteria (Scope 2 Guidance, table 7.1); one made
 * for the site before one for its market; of several the latest, then by id. The version that an entry notes is 1 and one more for
 * each edit: the audit log tells what the contract said then.
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
     select i.instrument_id, i.kind, i.name, i.market, i.site_id, s.zone as site_zone, i.g_per_kwh, i.tracking_system,
       to_char(i.vintage_from, 'YYYY-MM-DD') as vintage_from, to_char(i.vintage_to, 'YYYY-MM-DD') as vintage_to,
       to_char(i.cancelled_on, 'YYYY-MM-DD') as cancelled_on, i.cancelled_for, i.conveys_attribute, i.sole_claim, i.evidence,
       o.name as reporter, 1 + coalesce(edited.times, 0) as version
     from instrument i join organization o on o.org_id = i.org_id left join site s on s.org_id = i.org_id and s.site_id = i.site_id
     left join (
       select object_id, count(*)::int as times from audit_event where org_id = $1 and action = 'instrument.edit' group by 1
     ) edited on edited.object_id = i.instrument_id::text
     where i.org_id = $1 and i.kind = 'supplier_rate' and i.removed_at is null and i.vintage_from <= $2 and i.vintage_to > $2
     order by i.vintage_from desc, i.instrument_id`,
    values: [asked.orgId, asked.day],
  })
  const usable = rows.filter((row) => judgeRow(asked.tables, row.reporter, row).failed.length === 0)
  const rates = new Map<string, Rated>()
  for (const site of asked.sites) {
    const there = usable.filter((row) =>
      row.site_id === null
        ? site.zone !== null && marketHolds(asked.tables, row.market, site.zone)
        : row.site_id === site.site_id,
    )
    const best = there.find((row) => row.site_id !== null) ?? there[0]
    if (best) rates.set(site.site_id, ratedOf(best))
  }
  return rates
}

const ratedOf = (row: RateRow): Rated => ({
  value: row.g_per_kwh,
  tier: 2,
  factor: {
    id: `instrument:${row.instrument_id}`,
    version: row.version,
    name: `Supplier rate: ${row.name}`,
    source: row.evidence ?? 'contract',
    basis: null,
  },
})
