import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const servedRow = z.object({
  model_id: z.string(),
  unit: z.string(),
  /** Units to date. */
  count: z.number(),
  /** Operational emissions of the same services on the same days, location-based. */
  location_mg: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  days: count,
  first_day: dayText,
  last_day: dayText,
  /** Mean a day over the last thirty that are known. */
  recent_per_day: z.number(),
  /** A service ran several models on a day: its units are shared by their energy. */
  is_shared: z.boolean(),
})
export type ModelServed = z.output<typeof servedRow>

/** One row is a model × unit that services stated to have delivered with it. A day on which its emissions are unknown does not count. */
export const modelServed = (tx: OrgTx, model?: string): Promise<ModelServed[]> =>
  query(tx, {
    name: 'models.served',
    row: servedRow,
    sql: Prisma.sql`
      with ran as (
        select c.service_id, e.day, c.model_id, sum(e.total_facility_uwh) as uwh, sum(e.total_location_mg) as mg,
          bool_or(e.total_facility_uwh is not null and e.total_location_mg is null) as lacks
        from entry e
        join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
        where e.org_id = app_org() and e.is_current and c.service_id is not null
        group by 1, 2, 3
      ), shared as (
        select ran.*, uwh / nullif(sum(uwh) over (partition by service_id, day), 0) as share from ran
      ), told as (
        select s.model_id, u.unit, u.day, sum(u.count * s.share) as count, sum(s.mg) as mg, sum(s.uwh) as uwh, bool_or(s.share < 1) as is_shared
        from shared s
        join functional_unit u on u.org_id = app_org() and u.service_id = s.service_id and u.day = s.day
        where s.model_id is not null and s.share is not null and s.mg is not null and not s.lacks
          ${model ? Prisma.sql`and s.model_id = ${model}::uuid` : Prisma.empty}
        group by 1, 2, 3
      ), ordered as (
        select told.*, row_number() over (partition by model_id, unit order by day desc) as place from told
      )
      select model_id, unit, sum(count)::float8 as count, sum(mg) as location_mg, sum(uwh) as facility_uwh, count(*) as days,
        min(day) as first_day, max(day) as last_day, (avg(count) filter (where place <= 30))::float8 as recent_per_day,
        bool_or(is_shared) as is_shared
      from ordered
      group by 1, 2
      order by 1, 2`,
  })
