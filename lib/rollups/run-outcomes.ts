import { z } from 'zod'
import { OUTCOMES } from '@/lib/contracts/runs'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type CubeFilter, cubeConditions } from './cube-filter'

const outcomeRow = z.object({
  outcome: z.enum(OUTCOMES).nullable(),
  runs: count,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
})
export type OutcomeSums = z.output<typeof outcomeRow>

/** What runs that ended so drew and emitted in the window: one row an outcome, null for those of which nobody said. Services are none. */
export const runOutcomes = (tx: OrgTx, filter: CubeFilter): Promise<OutcomeSums[]> =>
  query(tx, {
    name: 'runs.outcomes',
    row: outcomeRow,
    sql: Prisma.sql`
      select r.outcome, count(distinct r.run_id) as runs, sum(e.total_facility_uwh) as facility_uwh,
        sum(e.total_location_mg) as location_mg, sum(e.total_embodied_mg) as embodied_mg
      from entry e
      join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
      join run r on r.org_id = c.org_id and r.run_id = c.run_id
      where e.org_id = app_org() and e.is_current and e.day >= ${filter.from}::date and e.day < ${filter.to}::date
        and ${cubeConditions(filter)}
      group by 1
      order by 1 nulls last`,
  })
