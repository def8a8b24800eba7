import { z } from 'zod'
import { query } from '@/lib/db/query'
import { dayText, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const dayRow = z.object({
  day: dayText,
  deployment: z.string(),
  /** Without what rests on life-cycle averages where that stands in no row. */
  location_mg: exactIntegerOrNull,
  market_mg: exactIntegerOrNull,
  loss_mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
})
export type PricedCube = z.output<typeof dayRow>

/** Electricity of whole UTC days [from, to) as an internal price sees it: one row is (day × deployment). */
export const pricedCubes = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<PricedCube[]> =>
  query(tx, {
    name: 'carbon_price.days',
    row: dayRow,
    sql: Prisma.sql`
      select c.day, c.deployment,
        sum(c.location_mg) - sum(case when c.deployment in ('owned', 'colocation_controlled') then c.screening_mg else 0 end)
          as location_mg,
        sum(c.market_mg) - sum(case when c.deployment in ('owned', 'colocation_controlled')
          then least(c.screening_mg, c.market_fallback_mg) else 0 end) as market_mg,
        sum(c.loss_mg) as loss_mg, sum(c.upstream_mg) as upstream_mg
      from emission_day c
      where c.org_id = app_org() and c.day >= ${from}::date and c.day < ${to}::date
      group by 1, 2
      order by 1, 2`,
  })
