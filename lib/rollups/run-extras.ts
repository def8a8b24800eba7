import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { DEVICE_HOURS } from './device-hours'
import { attributionsOf } from './run-facts'

const extrasRow = z.object({
  location_mg: exactIntegerOrNull,
  market_mg: exactIntegerOrNull,
  /** Part of it that rests on the grid average, because no residual mix is known. */
  market_fallback_mg: exactIntegerOrNull,
  loss_mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
  water_ul: exactIntegerOrNull,
  source_water_ul: exactIntegerOrNull,
  device_hours: z.number().nullable(),
  /** Entries with energy that lack the measure: the sum of the others is a part. */
  lacks_market: count,
  lacks_embodied: count,
  lacks_water: count,
})
export type RunExtras = z.output<typeof extrasRow>

/** What else a run or service amounts to in the days [from, to), before instruments; null where nothing is known. */
export const runExtras = async (
  tx: OrgTx,
  workloadId: string,
  { from, to }: { from: string; to: string },
): Promise<RunExtras> => {
  const [row] = await query(tx, {
    name: 'run.extras',
    row: extrasRow,
    sql: Prisma.sql`
      select sum(e.total_location_mg) as location_mg, sum(e.total_market_mg) as market_mg,
        sum(e.total_market_mg) filter (where e.terms -> 'market' ->> 'rate' = 'location') as market_fallback_mg,
        sum(e.total_loss_mg) as loss_mg, sum(e.total_upstream_mg) as upstream_mg, sum(e.total_embodied_mg) as embodied_mg,
        sum(e.total_water_ul) as water_ul, sum(e.total_source_water_ul) as source_water_ul,
        sum(${DEVICE_HOURS})::float8 as device_hours,
        count(*) filter (where e.total_facility_uwh is not null and e.total_market_mg is null) as lacks_market,
        count(*) filter (where e.total_facility_uwh is not null and e.total_embodied_mg is null) as lacks_embodied,
        count(*) filter (where e.total_facility_uwh is not null
          and (e.total_water_ul is null or e.total_source_water_ul is null)) as lacks_water
      from attribution c
      join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
      where c.org_id = app_org() and ${attributionsOf(workloadId)} and e.day >= ${from}::date and e.day < ${to}::date`,
  })
  return row as RunExtras
}
