import { z } from 'zod'
import { query } from '@/lib/db/query'
import { exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type ExplainScope, explainedEntries } from './explain-figure'

const partRow = z.object({
  source: z.enum(['energy', 'overhead', 'intensity']),
  /** What errs together: a workload's meters, a site's overhead, a zone's intensity. */
  group_name: z.string(),
  group_key: z.string(),
  tier: z.number().int(),
  mg: exactInteger,
})
export type SpreadPart = z.output<typeof partRow>

/** location_mg of the filter by what it is uncertain in, by what errs together, and by tier: what an interval is made of. */
export const explainedSpread = (tx: OrgTx, filter: ExplainScope): Promise<SpreadPart[]> =>
  query(tx, {
    name: 'explain.spread',
    row: partRow,
    sql: Prisma.sql`
      with cell as (
        select c.team_id, c.model_id, c.stage, c.site_id, c.zone, u.mg, u.et, u.ot, u.gt
        from (
          select e.location_mg, e.energy_tier, e.overhead_tier, e.intensity_tier, a.team_id, a.model_id, a.stage, a.site_id, a.zone
          ${explainedEntries(filter)}
        ) c
        cross join lateral unnest(c.location_mg, c.energy_tier, c.overhead_tier, c.intensity_tier) as u(mg, et, ot, gt)
        where u.mg is not null
      )
      select k.source, k.group_key, min(k.group_name) as group_name, k.tier::int as tier, sum(k.mg) as mg
      from (
        select 'energy' as source, concat_ws('/', c.team_id, c.model_id, c.stage, c.site_id) as group_key,
          concat_ws(', ', coalesce(t.name, 'no team'), m.name, c.stage, p.slug) as group_name, c.et as tier, c.mg
        from cell c
        left join team t on t.org_id = app_org() and t.team_id = c.team_id
        left join model m on m.org_id = app_org() and m.model_id = c.model_id
        left join site p on p.org_id = app_org() and p.site_id = c.site_id
        union all
        select 'overhead', coalesce(c.site_id::text, c.zone, ''), coalesce(p.name, c.zone, 'no site'), c.ot, c.mg
        from cell c left join site p on p.org_id = app_org() and p.site_id = c.site_id
        union all
        select 'intensity', coalesce(c.zone, ''), coalesce(c.zone, 'no zone'), c.gt, c.mg from cell c
      ) k
      where k.tier is not null
      group by 1, 2, 4
      order by 1, 2, 4`,
  })
