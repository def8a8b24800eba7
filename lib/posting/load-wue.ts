import type { Rated } from '@/lib/accounting/facts'
import type { Tx } from '@/lib/db/with-org-sql'

interface WueRow {
  site_id: string
  has_own: boolean
  litres: number
  kwh: number
  months: number
  version: number
}

const spanOf = ({ has_own, months }: WueRow): string =>
  has_own ? 'in' : `over ${months} ${months === 1 ? 'month' : 'months'} to`

/**
 * WUE of each site: of the day's own month where its water and its IT energy are both measured, so that what workloads drink adds up to
 * the meter (METHOD §2: seasonal where metered); until then over the twelve months to it, Σ litres ÷ Σ IT kWh (ISO/IEC 30134-9,
 * energy-weighted: never a mean of months). Only measurements count and no posted day, so that the figure does not depend on what was
 * posted first.
 */
export const loadMeasuredWue = async (tx: Tx, orgId: string, day: string): Promise<Map<string, Rated>> => {
  const { rows } = await tx.query<WueRow>({
    name: 'posting.measured_wue',
    text: `/* posting.measured_wue */
     with current_rows as (
       select distinct on (site_id, month, quantity) site_id, month, quantity, value, revision
       from site_measurement
       where org_id = $1 and quantity in ('water_l', 'it_kwh')
         and month > date_trunc('month', $2::date) - interval '12 months' and month <= $2::date
       order by site_id, month, quantity, revision desc
     ), measured as (
       select w.site_id, w.month, w.value as litres, e.value as kwh, w.revision + e.revision as revisions,
         w.month = date_trunc('month', $2::date)::date as is_own
       from current_rows w
       join current_rows e on e.site_id = w.site_id and e.month = w.month and e.quantity = 'it_kwh'
       where w.quantity = 'water_l'
     ), chosen as (
       select m.*, bool_or(m.is_own and m.kwh > 0) over (partition by m.site_id) as has_own from measured m
     )
     select site_id, has_own, sum(litres order by month) as litres, sum(kwh order by month) as kwh, count(*)::int as months,
       sum(revisions)::int - 2 * count(*)::int + 1 as version
     from chosen where is_own or not has_own
     group by site_id, has_own having sum(kwh) > 0`,
    values: [orgId, day],
  })
  return new Map(
    rows.map((row) => [
      row.site_id,
      {
        value: row.litres / row.kwh,
        tier: 1,
        factor: {
          id: `site-wue:${row.site_id}`,
          version: row.version,
          name: `Site WUE, measured ${spanOf(row)} ${day.slice(0, 7)}`,
          source: 'site measurements',
          basis: null,
        },
      },
    ]),
  )
}
