import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText, exactInteger, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type CubeFilter, cubeConditions } from './cube-filter'

/** Sums of emission_day over a window and any of its dimensions. One row of the cube is (day × context), whatever the number of meters. */

const totalsFields = {
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  /** Before instruments, which act by workload and month (instrument-effect). */
  market_mg: exactIntegerOrNull,
  /** Part of market_mg for which no residual mix is known. */
  market_fallback_mg: exactInteger,
  loss_mg: exactIntegerOrNull,
  upstream_mg: exactIntegerOrNull,
  /** Amortised: a management figure. */
  embodied_mg: exactIntegerOrNull,
  water_ul: exactIntegerOrNull,
  source_water_ul: exactIntegerOrNull,
  screening_mg: exactInteger,
  tier1_mg: exactInteger,
  tier2_mg: exactInteger,
  tier3_mg: exactInteger,
  tier4_mg: exactInteger,
  tier5_mg: exactInteger,
  known_hours: count,
  gap_hours: count,
  covered_ms: exactInteger,
  elapsed_ms: exactInteger,
  provisional: z.boolean(),
  days: count,
}
const totalsRow = z.object(totalsFields)
export type Totals = z.output<typeof totalsRow>

const namedRow = z.object({ ...totalsFields, name: z.string().nullable() })
export type NamedTotals = z.output<typeof namedRow>

const stagedRow = z.object({
  name: z.string().nullable(),
  stage: z.string().nullable(),
  location_mg: exactIntegerOrNull,
})
export type StagedTotals = z.output<typeof stagedRow>

export type Dimension = 'team' | 'model' | 'stage' | 'site' | 'zone' | 'deployment'

const SUMS = Prisma.sql`
  sum(c.it_uwh) as it_uwh, sum(c.facility_uwh) as facility_uwh, sum(c.location_mg) as location_mg,
  sum(c.market_mg) as market_mg, coalesce(sum(c.market_fallback_mg), 0) as market_fallback_mg,
  sum(c.loss_mg) as loss_mg, sum(c.upstream_mg) as upstream_mg, sum(c.embodied_mg) as embodied_mg,
  sum(c.water_ul) as water_ul, sum(c.source_water_ul) as source_water_ul,
  coalesce(sum(c.screening_mg), 0) as screening_mg,
  coalesce(sum(c.tier1_mg), 0) as tier1_mg, coalesce(sum(c.tier2_mg), 0) as tier2_mg, coalesce(sum(c.tier3_mg), 0) as tier3_mg,
  coalesce(sum(c.tier4_mg), 0) as tier4_mg, coalesce(sum(c.tier5_mg), 0) as tier5_mg,
  coalesce(sum(c.known_hours), 0) as known_hours, coalesce(sum(c.gap_hours), 0) as gap_hours,
  coalesce(sum(c.covered_ms), 0) as covered_ms, coalesce(sum(c.elapsed_ms), 0) as elapsed_ms,
  coalesce(bool_or(c.provisional), false) as provisional, count(distinct c.day) as days`

const NAME: Record<Dimension, { name: Prisma.Sql; join: Prisma.Sql }> = {
  team: {
    name: Prisma.sql`n.name`,
    join: Prisma.sql`left join team n on n.org_id = c.org_id and n.team_id = c.team_id`,
  },
  model: {
    name: Prisma.sql`n.name`,
    join: Prisma.sql`left join model n on n.org_id = c.org_id and n.model_id = c.model_id`,
  },
  site: {
    name: Prisma.sql`n.slug`,
    join: Prisma.sql`left join site n on n.org_id = c.org_id and n.site_id = c.site_id`,
  },
  stage: { name: Prisma.sql`c.stage`, join: Prisma.empty },
  zone: { name: Prisma.sql`c.zone`, join: Prisma.empty },
  deployment: { name: Prisma.sql`c.deployment`, join: Prisma.empty },
}

const inWindow = (filter: CubeFilter): Prisma.Sql =>
  Prisma.sql`${cubeConditions(filter)} and c.day >= ${filter.from}::date and c.day < ${filter.to}::date`

/** All of the window in one row; every figure is null where no hour is known. */
export const totals = async (tx: OrgTx, filter: CubeFilter): Promise<Totals> => {
  const [row] = await query(tx, {
    name: 'totals.all',
    row: totalsRow,
    sql: Prisma.sql`select ${SUMS} from emission_day c where ${inWindow(filter)}`,
  })
  return row as Totals
}

/** One row for each team, model, stage …; the name of what has none is null, so that the rows add up to `totals`. Largest first. */
export const totalsBy = (tx: OrgTx, filter: CubeFilter, by: Dimension): Promise<NamedTotals[]> =>
  query(tx, {
    name: `totals.by_${by}`,
    row: namedRow,
    sql: Prisma.sql`
      select ${NAME[by].name} as name, ${SUMS}
      from emission_day c
      ${NAME[by].join}
      where ${inWindow(filter)}
      group by 1
      order by sum(c.location_mg) desc nulls last, 1 nulls last`,
  })

/** Emissions of each team or model, apart by stage. */
export const totalsByStage = (tx: OrgTx, filter: CubeFilter, by: 'team' | 'model'): Promise<StagedTotals[]> =>
  query(tx, {
    name: `totals.by_${by}_and_stage`,
    row: stagedRow,
    sql: Prisma.sql`
      select ${NAME[by].name} as name, c.stage, sum(c.location_mg) as location_mg
      from emission_day c
      ${NAME[by].join}
      where ${inWindow(filter)}
      group by 1, 2`,
  })

const spanRow = z.object({ first: dayText.nullable(), last: dayText.nullable() })

/** First and last UTC day with anything in the ledger; the window of the filter does not matter. */
export const totalsSpan = async (
  tx: OrgTx,
  filter: Omit<CubeFilter, 'from' | 'to'>,
): Promise<{ first: string | null; last: string | null }> => {
  const [row] = await query(tx, {
    name: 'totals.span',
    row: spanRow,
    sql: Prisma.sql`
      select min(c.day) as first, max(c.day) as last
      from emission_day c
      where ${cubeConditions({ ...filter, from: '', to: '' })}`,
  })
  return row ?? { first: null, last: null }
}

const dayRow = z.object({
  day: dayText,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  market_mg: exactIntegerOrNull,
  provisional: z.boolean(),
})
export type DayTotals = z.output<typeof dayRow>

/** One row for each UTC day with anything in the ledger, in order. */
export const totalsByDay = (tx: OrgTx, filter: CubeFilter): Promise<DayTotals[]> =>
  query(tx, {
    name: 'totals.by_day',
    row: dayRow,
    sql: Prisma.sql`
      select c.day, sum(c.facility_uwh) as facility_uwh, sum(c.location_mg) as location_mg, sum(c.market_mg) as market_mg,
        bool_or(c.provisional) as provisional
      from emission_day c
      where ${inWindow(filter)}
      group by 1
      order by 1`,
  })
