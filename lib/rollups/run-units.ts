import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const unitRow = z.object({
  unit: z.string(),
  count: z.number(),
  days: count,
  first_day: dayText,
  last_day: dayText,
})
export type RunUnits = z.output<typeof unitRow>

/** What a run stated to have delivered over its whole time, by unit. */
export const runUnits = (tx: OrgTx, run: string): Promise<RunUnits[]> =>
  query(tx, {
    name: 'run.units',
    row: unitRow,
    sql: Prisma.sql`
      select unit, sum(count)::float8 as count, count(*) as days, min(day) as first_day, max(day) as last_day
      from functional_unit
      where org_id = app_org() and run_id = ${run}::uuid
      group by 1
      order by 1`,
  })
