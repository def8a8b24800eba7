import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { attributionsOf } from './run-facts'

const factorRow = z.object({
  kind: z.enum(['intensity', 'overhead']),
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  source: z.string(),
  tier: z.number().int(),
  hours: count,
  /** Energy the factor was applied to: facility energy under an intensity, IT energy under an overhead. */
  energy_uwh: exactIntegerOrNull,
  least: z.number().nullable(),
  most: z.number().nullable(),
})
export type RunFactor = z.output<typeof factorRow>

/** What a run's figures rest on: each factor version with its tier, and the entry-hours it was used in. */
export const runFactors = (
  tx: OrgTx,
  workloadId: string,
  { from, to }: { from: string; to: string },
): Promise<RunFactor[]> =>
  query(tx, {
    name: 'run.factors',
    row: factorRow,
    sql: Prisma.sql`
      select k.kind, f.factor ->> 'id' as id, (f.factor ->> 'version')::int as version, f.factor ->> 'name' as name,
        f.factor ->> 'source' as source, k.tier::int as tier, count(*) as hours, sum(k.energy) as energy_uwh,
        min(k.applied) as least, max(k.applied) as most
      from attribution c
      join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
      cross join lateral unnest(e.it_uwh, e.facility_uwh, e.location_mg, e.g_per_kwh, e.pue, e.intensity_tier,
        e.overhead_tier, e.intensity_factor, e.overhead_factor)
        as u(it, facility, mg, g, pue, intensity_tier, overhead_tier, intensity_factor, overhead_factor)
      cross join lateral (values
        ('intensity', u.intensity_factor::int, u.intensity_tier, u.facility, u.g, u.mg is not null),
        ('overhead', u.overhead_factor::int, u.overhead_tier, u.it, u.pue, u.facility is not null)
      ) k(kind, place, tier, energy, applied, used)
      cross join lateral (select e.factors -> k.place as factor) f
      where c.org_id = app_org() and ${attributionsOf(workloadId)}
        and e.day >= ${from}::date and e.day < ${to}::date
        and k.used and k.place is not null and k.tier is not null
      group by 1, 2, 3, 4, 5, 6
      order by 1, 7 desc`,
  })
