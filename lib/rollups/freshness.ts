import { z } from 'zod'
import type { Freshness } from '@/lib/contracts/freshness'
import { query } from '@/lib/db/query'
import { instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { isoInstant } from '@/lib/units/time'

const receivedRow = z.object({ received_at: instantText.nullable(), now: instantText })
const gridRow = z.object({
  zone: z.string(),
  month: z.string(),
  g_per_kwh: z.array(z.number().nullable()),
  estimated: z.array(z.boolean()),
})

/**
 * How new the books are: the last reading received, and until when the grid zone with the most energy of the last 30 days has hourly
 * direct data, measured and at all. `grid` is null when no zone in use has hourly data of its own.
 */
export const freshness = async (tx: OrgTx): Promise<Freshness> => {
  const [received] = await query(tx, {
    name: 'freshness.received',
    row: receivedRow,
    sql: Prisma.sql`
      select max(last.received_at) as received_at, now() as now
      from source s
      cross join lateral (
        select b.received_at from reading_batch b
        where b.org_id = s.org_id and b.source_id = s.source_id
        order by b.received_at desc
        limit 1
      ) last
      where s.org_id = app_org()`,
  })
  const months = await query(tx, {
    name: 'freshness.grid',
    row: gridRow,
    sql: Prisma.sql`
      with used as (
        select c.zone, sum(c.facility_uwh) as energy
        from emission_day c
        where c.org_id = app_org() and c.zone is not null and c.day > current_date - 31
          and exists (select 1 from grid_intensity g where g.zone = c.zone and g.basis = 'direct')
        group by 1
        order by 2 desc nulls last
        limit 1
      )
      select g.zone, to_char(g.month, 'YYYY-MM') as month, g.g_per_kwh, g.estimated
      from used u
      join lateral (
        select distinct on (month) * from grid_intensity
        where zone = u.zone and basis = 'direct'
        order by month desc, (owner_id = app_org()) desc, revision desc
        limit 3
      ) g on true
      order by g.month desc`,
  })
  return {
    now: received?.now ?? isoInstant(Date.now()),
    telemetry_at: received?.received_at ?? null,
    grid: gridUntil(months),
  }
}

const gridUntil = (months: z.output<typeof gridRow>[]): Freshness['grid'] => {
  const lastHour = (holds: (month: z.output<typeof gridRow>, hour: number) => boolean): string | null => {
    for (const month of months) {
      for (let hour = month.g_per_kwh.length - 1; hour >= 0; hour -= 1) {
        if (!holds(month, hour)) continue
        // Until: the end of that hour.
        return isoInstant(Date.parse(`${month.month}-01T00:00:00Z`) + (hour + 1) * 3_600_000)
      }
    }
    return null
  }
  const zone = months[0]?.zone
  const known = lastHour((month, hour) => month.g_per_kwh[hour] != null)
  if (zone === undefined || known === null) return null
  return {
    zone,
    known_until: known,
    measured_until: lastHour((month, hour) => month.g_per_kwh[hour] != null && month.estimated[hour] === false),
  }
}
