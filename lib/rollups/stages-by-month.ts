import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type CubeFilter, cubeConditions } from './cube-filter'

const monthStageRow = z.object({
  month: z.string(),
  stage: z.string().nullable(),
  location_mg: exactIntegerOrNull,
  known_hours: count,
  gap_hours: count,
  provisional: z.boolean(),
})
export type MonthStage = z.output<typeof monthStageRow>

/** One row is a UTC month × stage, from emission_month; `from` and `to` are first days of months, half-open. */
export const stagesByMonth = (tx: OrgTx, filter: CubeFilter): Promise<MonthStage[]> =>
  query(tx, {
    name: 'stages.by_month',
    row: monthStageRow,
    sql: Prisma.sql`
      select to_char(c.month, 'YYYY-MM') as month, c.stage, sum(c.location_mg) as location_mg,
        sum(c.known_hours) as known_hours, sum(c.gap_hours) as gap_hours, bool_or(c.provisional) as provisional
      from emission_month c
      where ${cubeConditions(filter)} and c.month >= ${filter.from}::date and c.month < ${filter.to}::date
      group by 1, 2
      order by 1, 2`,
  })
