import { z } from 'zod'
import { type Interval, intervalOf } from '@/lib/accounting/uncertainty/interval'
import { widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import { query } from '@/lib/db/query'
import { exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type CubeFilter, cubeConditions } from './cube-filter'
import { uncertaintyWidths } from './uncertainty-widths'

/** What the intervals of a window's figures are made of (METHOD §9): what errs together, by tier. */

const tier = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
const MEASURES = ['location', 'market', 'before', 'embodied'] as const
/** `before`: losses and upstream together. */
export type SpreadMeasure = (typeof MEASURES)[number]
const partRow = z.object({
  team: z.string().nullable(),
  model: z.string().nullable(),
  measure: z.enum(MEASURES),
  source: z.enum(['energy', 'overhead', 'intensity', 'market', 'loss', 'upstream', 'embodied']),
  errs_together: z.string(),
  tier,
  mg: exactInteger,
})
type Part = z.output<typeof partRow>

const WORKLOAD = "concat_ws(' ', c.team_id::text, c.model_id::text, c.stage, c.site_id::text)"
const TOGETHER = {
  energy: WORKLOAD,
  overhead: "coalesce(c.site_id::text, c.zone, '')",
  intensity: "coalesce(c.zone, '')",
}

const EACH_TIER = Prisma.join(
  (['energy', 'overhead', 'intensity'] as const).flatMap((source) =>
    [1, 2, 3, 4, 5].map(
      (grade) =>
        Prisma.sql`(${source}, ${grade}::int, ${Prisma.raw(TOGETHER[source])}, ${Prisma.raw(`c.${source}${grade}_mg`)})`,
    ),
  ),
  ', ',
)

const NAMES = Prisma.sql`
  left join team t on t.org_id = c.org_id and t.team_id = c.team_id
  left join model m on m.org_id = c.org_id and m.model_id = c.model_id`

export interface Spread {
  parts: Part[]
  /** Interval of a figure of these teams and models, all of them by default; null where the figure is. */
  of(
    measure: SpreadMeasure,
    total: bigint | null,
    named?: { team?: string | null; model?: string | null },
  ): Interval | null
}

const spreadWith = async (tx: OrgTx, parts: Part[]): Promise<Spread> => {
  const widths = widthsWith(await uncertaintyWidths(tx))
  return {
    parts,
    of: (measure, total, named = {}) => {
      if (total === null || total < 0n) return null
      const mine = parts.filter(
        (part) =>
          part.measure === measure &&
          (named.team === undefined || part.team === named.team) &&
          (named.model === undefined || part.model === named.model),
      )
      // Instruments take their share off every part: what is left of it keeps its width.
      const whole = mine.filter(({ source }) => source === 'energy').reduce((all, { mg }) => all + mg, 0n)
      const left =
        measure === 'market' && whole > 0n ? (amount: bigint) => (amount * total) / whole : (amount: bigint) => amount
      return intervalOf(
        total,
        mine.map((part) => ({
          source: part.source,
          group: part.errs_together,
          amount: left(part.mg),
          u95: widths[part.source === 'loss' || part.source === 'upstream' ? 'factor' : part.source][part.tier],
        })),
      )
    },
  }
}

/** Of the location-based figures of a window, from the cube. */
export const totalsSpread = async (tx: OrgTx, filter: CubeFilter): Promise<Spread> => {
  const parts = await query(tx, {
    name: 'totals.spread',
    row: partRow,
    sql: Prisma.sql`
      select t.name as team, m.name as model, 'location' as measure, k.source, k.errs_together, k.tier, sum(k.mg) as mg
      from emission_day c ${NAMES}
      cross join lateral (values ${EACH_TIER}) k(source, tier, errs_together, mg)
      where ${cubeConditions(filter)} and c.day >= ${filter.from}::date and c.day < ${filter.to}::date and k.mg > 0
      group by 1, 2, 3, 4, 5, 6`,
  })
  return spreadWith(tx, parts)
}

/** Of the market-based, upstream and embodied figures, whose factors the cube does not tell apart: from the entries. */
export const furtherSpread = async (tx: OrgTx, filter: CubeFilter): Promise<Spread> => {
  const parts = await query(tx, {
    name: 'totals.further_spread',
    row: partRow,
    sql: Prisma.sql`
      with told as materialized (
        select c.org_id, c.team_id, c.model_id, c.stage, c.site_id, c.zone, e.market_mg, e.loss_mg, e.upstream_mg, e.energy_tier,
          e.overhead_tier, e.intensity_tier, coalesce(e.terms -> 'market' ->> 'rate' = 'location', false) as fallback,
          (e.terms -> 'market' ->> 'tier')::int as market_tier, (e.terms -> 'loss' ->> 'tier')::int as loss_tier,
          (e.terms -> 'upstream' ->> 'tier')::int as upstream_tier
        from entry e
        join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
        where e.org_id = app_org() and e.is_current and e.day >= ${filter.from}::date and e.day < ${filter.to}::date
          and ${cubeConditions(filter)} and coalesce(e.total_market_mg, e.total_loss_mg, e.total_upstream_mg) is not null
      ),
      c as materialized (
        select d.org_id, d.team_id, d.model_id, d.stage, d.site_id, d.zone, d.fallback, d.market_tier, d.loss_tier, d.upstream_tier,
          u.energy_tier::int as energy_tier, u.overhead_tier::int as overhead_tier, u.intensity_tier::int as intensity_tier,
          sum(u.market) as market, sum(u.loss) as loss, sum(u.upstream) as upstream
        from told d
        cross join lateral unnest(d.market_mg, d.loss_mg, d.upstream_mg, d.energy_tier, d.overhead_tier, d.intensity_tier)
          as u(market, loss, upstream, energy_tier, overhead_tier, intensity_tier)
        where coalesce(u.market, u.loss, u.upstream) is not null
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
      )
      select t.name as team, m.name as model, k.measure, k.source, k.errs_together, k.tier, sum(k.mg) as mg
      from c ${NAMES}
      cross join lateral (values
        ('market', 'energy', c.energy_tier, ${Prisma.raw(TOGETHER.energy)}, c.market),
        ('market', 'overhead', c.overhead_tier, ${Prisma.raw(TOGETHER.overhead)}, c.market),
        ('market', case when c.fallback then 'intensity' else 'market' end,
          case when c.fallback then c.intensity_tier else c.market_tier end,
          ${Prisma.raw(TOGETHER.intensity)}, c.market),
        ('before', 'energy', c.energy_tier, ${Prisma.raw(TOGETHER.energy)}, coalesce(c.loss, 0) + coalesce(c.upstream, 0)),
        ('before', 'overhead', c.overhead_tier, ${Prisma.raw(TOGETHER.overhead)}, coalesce(c.loss, 0) + coalesce(c.upstream, 0)),
        ('before', 'loss', c.loss_tier, ${Prisma.raw(TOGETHER.intensity)}, c.loss),
        ('before', 'upstream', c.upstream_tier, ${Prisma.raw(TOGETHER.intensity)}, c.upstream)
      ) k(measure, source, tier, errs_together, mg)
      where k.mg > 0 and k.tier is not null
      group by 1, 2, 3, 4, 5, 6
      union all
      select t.name, m.name, 'embodied', 'embodied', coalesce(c.hardware, ''), (e.terms -> 'embodied' ->> 'tier')::int,
        sum(e.total_embodied_mg)
      from entry e
      join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id ${NAMES}
      where e.org_id = app_org() and e.is_current and e.day >= ${filter.from}::date and e.day < ${filter.to}::date
        and ${cubeConditions(filter)} and e.total_embodied_mg > 0 and e.terms -> 'embodied' ->> 'tier' is not null
      group by 1, 2, 3, 4, 5, 6`,
  })
  return spreadWith(tx, parts)
}
