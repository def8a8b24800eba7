import type { Rated } from '@/lib/accounting/facts'
import type { Tx } from '@/lib/db/with-org-sql'

/**
 * WUE of each site over the twelve months to the day's own: Σ litres ÷ Σ IT kWh of the months of which both are measured (ISO/IEC
 * 30134-9, energy-weighted: never a mean of months). Only measurements count and no posted day, so that the figure does not depend on
 * what was posted first.
 */
export const loadMeasuredWue = async (tx: Tx, orgId: string, day: string): Promise<Map<string, Rated>> => {
  const { rows } = await tx.query<{ site_id: string; litres: number; kwh: number; months: number; version: number }>({
    name: 'posting.measured_wue',
    text: `/* posting.measured_wue */
     with current_rows as (
       select distinct on (site_id, month, quantity) site_id, month, quantity, value, revision
       from site_measurement
       where org_id = $1 and quantity in ('water_l', 'it_kwh')
         and month > date_trunc('month', $2::date) - interval '12 months' and month <= $2::date
       order by site_id, month, quantity, revision desc
     )
     select w.site_id, sum(w.value order by w.month) as litres, sum(e.value order by w.month) as kwh, count(*)::int as months,
       sum(w.revision + e.revision)::int - 2 * count(*)::int + 1 as version
     from current_rows w join current_rows e on e.site_id = w.site_id and e.month = w.month and e.quantity = 'it_kwh'
     where w.quantity = 'water_l'
     group by w.site_id having sum(e.value) > 0`,
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
          name: `Site WUE, measured over ${row.months} ${row.months === 1 ? 'month' : 'months'} to ${day.slice(0, 7)}`,
          source: 'site measurements',
          basis: null,
        },
      },
    ]),
  )
}
