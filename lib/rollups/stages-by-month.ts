import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactInteger, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type CubeFilter, cubeConditions } from './cube-filter'
import { afterInstruments } from './instrument-effect'

const monthStageRow = z.object({
  month: z.string(),
  stage: z.string().nullable(),
  location_mg: exactIntegerOrNull,
  /** Before instruments. */
  market_mg: exactIntegerOrNull,
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
      select to_char(c.month, 'YYYY-MM') as month, c.stage, sum(c.location_mg) as location_mg, sum(c.market_mg) as market_mg,
        sum(c.known_hours) as known_hours, sum(c.gap_hours) as gap_hours, bool_or(c.provisional) as provisional
      from emission_month c
      where ${cubeConditions(filter)} and c.month >= ${filter.from}::date and c.month < ${filter.to}::date
      group by 1, 2
      order by 1, 2`,
  })

const effectRow = z.object({ month: z.string(), stage: z.string().nullable(), effect_mg: exactInteger })

/** What instruments take off each month and stage, from the allocation lines. */
export const instrumentStagesByMonth = (tx: OrgTx, filter: CubeFilter): Promise<z.output<typeof effectRow>[]> =>
  query(tx, {
    name: 'stages.instruments_by_month',
    row: effectRow,
    sql: Prisma.sql`
      select to_char(l.month, 'YYYY-MM') as month, c.stage, sum(l.effect_mg) as effect_mg
      from allocation_line l
      join attribution c on c.org_id = l.org_id and c.attribution_id = l.attribution_id
      where ${cubeConditions(filter)} and l.month >= ${filter.from}::date and l.month < ${filter.to}::date
      group by 1, 2`,
  })

/** Months by stage with the market-based figure after instruments in place of the location-based one. */
export const marketStages = (rows: MonthStage[], effects: z.output<typeof effectRow>[]): MonthStage[] =>
  rows.map((row) => {
    const effect = effects.find(({ month, stage }) => month === row.month && stage === row.stage)
    return { ...row, location_mg: afterInstruments(row.market_mg, effect?.effect_mg) }
  })
