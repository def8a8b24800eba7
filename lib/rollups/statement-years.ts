import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactInteger, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const yearRow = z.object({
  year: count,
  location_mg: exactIntegerOrNull,
  /** Screening figures of deployments whose electricity is Scope 2: shown, and no part of the total. */
  kept_out_mg: exactInteger,
  facility_uwh: exactIntegerOrNull,
  known_hours: count,
  gap_hours: count,
  provisional: z.boolean(),
})
export type StatementYear = z.infer<typeof yearRow>

/** UTC calendar years with data, newest first. From the cube emission_month. */
export const statementYears = (tx: OrgTx): Promise<StatementYear[]> =>
  query(tx, {
    name: 'statement.years',
    row: yearRow,
    sql: Prisma.sql`
      select extract(year from c.month)::int as year, sum(location_mg) as location_mg,
        coalesce(sum(screening_mg) filter (where deployment in ('owned', 'colocation_controlled') and x.zone is null), 0) as kept_out_mg,
        sum(facility_uwh) as facility_uwh, sum(known_hours) as known_hours, sum(gap_hours) as gap_hours,
        bool_or(provisional) as provisional
      from emission_month c
      left join screening_acceptance x on x.org_id = c.org_id and x.zone = c.zone and x.year = extract(year from c.month)::int
      where c.org_id = app_org()
      group by 1
      order by 1 desc`,
  })
