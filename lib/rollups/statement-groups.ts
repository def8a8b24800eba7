import { z } from 'zod'
import { deploymentSchema } from '@/lib/contracts/common'
import { query } from '@/lib/db/query'
import { exactInteger, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { instrumentSums } from './instrument-effect'
import { ACCEPTED } from './scope-hours'

const groupRow = z.object({
  name: z.string().nullable(),
  deployment: deploymentSchema,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  /** Of zones and years that nobody accepted. */
  screening_mg: exactInteger,
})
export type StatementGroupRow = z.infer<typeof groupRow>

const DIMENSION = {
  team: {
    name: Prisma.sql`t.name`,
    join: Prisma.sql`left join team t on t.org_id = c.org_id and t.team_id = c.team_id`,
  },
  model: {
    name: Prisma.sql`m.name`,
    join: Prisma.sql`left join model m on m.org_id = c.org_id and m.model_id = c.model_id`,
  },
} as const

/** Energy and emissions of the UTC days [from, to) by team or by model, apart for each deployment. From the cube emission_day. */
export const statementGroups = (
  tx: OrgTx,
  { from, to, by }: { from: string; to: string; by: keyof typeof DIMENSION },
): Promise<StatementGroupRow[]> => {
  const { name, join } = DIMENSION[by]
  return query(tx, {
    name: `statement.by_${by}`,
    row: groupRow,
    sql: Prisma.sql`
      select ${name} as name, c.deployment, sum(c.it_uwh) as it_uwh, sum(c.facility_uwh) as facility_uwh,
        sum(c.location_mg) as location_mg, coalesce(sum(c.screening_mg) filter (where x.zone is null), 0) as screening_mg
      from emission_day c
      ${join}
      left join screening_acceptance x on x.org_id = c.org_id and x.zone = c.zone and x.year = extract(year from c.day)::int
      where c.org_id = app_org() and c.day >= ${from}::date and c.day < ${to}::date
      group by 1, 2
      order by 1 nulls last, 2`,
  })
}

const furtherRow = z.object({
  team: z.string().nullable(),
  model: z.string().nullable(),
  deployment: deploymentSchema,
  market_mg: exactIntegerOrNull,
  instrument_mg: exactIntegerOrNull,
  loss_mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
})
export type StatementFurtherRow = z.infer<typeof furtherRow>

/**
 * The other measures by team and model. From the entries, because a market-based hour that rests on an unaccepted life-cycle average
 * is kept out hour by hour; what instruments take off stands beside it, from the allocation lines.
 */
export const statementFurther = (tx: OrgTx, window: { from: string; to: string }): Promise<StatementFurtherRow[]> =>
  query(tx, {
    name: 'statement.further_measures',
    row: furtherRow,
    sql: Prisma.sql`
      select t.name as team, m.name as model, c.deployment, sum(c.market) as market_mg, sum(c.instruments) as instrument_mg,
        sum(c.loss) as loss_mg, sum(c.upstream) as upstream_mg, sum(c.embodied) as embodied_mg
      from (
        select a.team_id, a.model_id, a.deployment,
          case when k.kept_out is null then e.total_market_mg else (
            select sum(u.market) from unnest(e.market_mg, e.screening) as u(market, screening) where not coalesce(u.screening, false)
          ) end as market,
          null::numeric as instruments, e.total_loss_mg as loss, e.total_upstream_mg as upstream, e.total_embodied_mg as embodied
        from entry e
        join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
        left join lateral (
          select true as kept_out
          where a.deployment in ('owned', 'colocation_controlled') and e.terms -> 'market' ->> 'rate' = 'location'
            and true = any(e.screening) and not ${ACCEPTED}
        ) k on true
        where e.org_id = app_org() and e.is_current and e.day >= ${window.from}::date and e.day < ${window.to}::date
        union all
        select a.team_id, a.model_id, a.deployment, null, l.effect_mg, null, null, null
        from (${instrumentSums(window)}) l
        join attribution a on a.org_id = app_org() and a.attribution_id = l.attribution_id
      ) c
      left join team t on t.org_id = app_org() and t.team_id = c.team_id
      left join model m on m.org_id = app_org() and m.model_id = c.model_id
      group by 1, 2, 3
      order by 1 nulls last, 2 nulls last, 3`,
  })
