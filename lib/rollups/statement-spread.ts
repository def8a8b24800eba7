import { z } from 'zod'
import { deploymentSchema } from '@/lib/contracts/common'
import { query } from '@/lib/db/query'
import { exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { ACCEPTED } from './scope-hours'

const spreadRow = z.object({
  deployment: deploymentSchema,
  screening: z.boolean(),
  accepted: z.boolean(),
  /** The market-based figure rests on the grid average, so that a screening intensity is in it too. */
  fallback: z.boolean(),
  source: z.enum(['energy', 'overhead', 'intensity', 'market', 'loss', 'upstream']),
  errs_together: z.string(),
  tier: z.number().int().min(1).max(5),
  location_mg: exactInteger,
  market_mg: exactInteger,
  loss_mg: exactInteger,
  upstream_mg: exactInteger,
})
export type SpreadPart = z.infer<typeof spreadRow>

/**
 * What the intervals of the electricity's figures are made of, in the UTC days [from, to): how much of each figure rests on a meter, an
 * overhead, a grid intensity, a market rate or a factor of each tier, by what errs together (energy: the workload; overhead: the site, or
 * the zone of a cloud region; the others: the zone).
 */
export const statementSpread = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<SpreadPart[]> =>
  query(tx, {
    name: 'statement.spread',
    row: spreadRow,
    sql: Prisma.sql`
      with told as materialized (
        select a.deployment, ${ACCEPTED} as accepted, coalesce(e.terms -> 'market' ->> 'rate' = 'location', false) as fallback,
          concat_ws(' ', a.team_id::text, a.model_id::text, a.stage, a.site_id::text) as workload,
          coalesce(a.site_id::text, a.zone, '') as place, coalesce(a.zone, '') as zone,
          (e.terms -> 'market' ->> 'tier')::int as market_tier, (e.terms -> 'loss' ->> 'tier')::int as loss_tier,
          (e.terms -> 'upstream' ->> 'tier')::int as upstream_tier, e.terms -> 'loss' ->> 'fraction' is not null as by_fraction,
          e.location_mg, e.market_mg, e.loss_mg, e.upstream_mg, e.screening, e.energy_tier, e.overhead_tier, e.intensity_tier
        from entry e
        join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
        where e.org_id = app_org() and e.is_current and e.day >= ${from}::date and e.day < ${to}::date
      ),
      c as materialized (
        select d.deployment, coalesce(u.screening, false) as screening, coalesce(u.screening, false) and d.accepted as accepted,
          d.fallback, d.workload, d.place, d.zone, u.energy_tier::int as energy_tier, u.overhead_tier::int as overhead_tier,
          u.intensity_tier::int as intensity_tier, d.market_tier, d.loss_tier, d.upstream_tier, d.by_fraction,
          sum(u.mg) as location, sum(u.market) as market, sum(u.loss) as loss, sum(u.upstream) as upstream
        from told d
        cross join lateral unnest(d.location_mg, d.market_mg, d.loss_mg, d.upstream_mg, d.screening, d.energy_tier, d.overhead_tier,
          d.intensity_tier) as u(mg, market, loss, upstream, screening, energy_tier, overhead_tier, intensity_tier)
        where u.mg is not null or u.market is not null or u.loss is not null or u.upstream is not null
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
      )
      select c.deployment, c.screening, c.accepted, c.fallback, k.source, k.errs_together, k.tier,
        coalesce(sum(k.location), 0) as location_mg, coalesce(sum(k.market), 0) as market_mg,
        coalesce(sum(k.loss), 0) as loss_mg, coalesce(sum(k.upstream), 0) as upstream_mg
      from c
      cross join lateral (values
        ('energy', c.energy_tier, c.workload, c.location, c.market, c.loss, c.upstream),
        ('overhead', c.overhead_tier, c.place, c.location, c.market, c.loss, c.upstream),
        ('intensity', c.intensity_tier, c.zone, c.location, case when c.fallback then c.market end,
          case when c.by_fraction then c.loss end, null::numeric),
        ('market', case when not c.fallback then c.market_tier end, c.zone, null, c.market, null, null),
        ('loss', c.loss_tier, c.zone, null, null, c.loss, null),
        ('upstream', c.upstream_tier, c.zone, null, null, null, c.upstream)
      ) k(source, tier, errs_together, location, market, loss, upstream)
      where k.tier is not null and coalesce(k.location, k.market, k.loss, k.upstream) is not null
      group by 1, 2, 3, 4, 5, 6, 7
      order by 1, 2, 3, 4, 5, 6, 7`,
  })
