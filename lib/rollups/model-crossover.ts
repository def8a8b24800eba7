import { z } from 'zod'
import { crossoverDay } from '@/lib/accounting/life-cycle/crossover'
import { query } from '@/lib/db/query'
import { dayText, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { massIn } from '@/lib/units/measure'
import { kilogramsOf } from '@/lib/units/products'

const dayRow = z.object({ model_id: z.string(), day: dayText, location_mg: exactIntegerOrNull })
export type InferenceDayRow = z.output<typeof dayRow>

/** Inference of models by UTC day, in order; a day with inference of which nothing is known is null. */
export const inferenceDays = (tx: OrgTx, model?: string): Promise<InferenceDayRow[]> =>
  query(tx, {
    name: 'models.inference_days',
    row: dayRow,
    sql: Prisma.sql`
      select c.model_id, c.day, sum(c.location_mg) as location_mg
      from emission_day c
      where c.org_id = app_org() and c.stage = 'inference' and c.model_id is not null
        ${model ? Prisma.sql`and c.model_id = ${model}::uuid` : Prisma.empty}
      group by 1, 2
      order by 1, 2`,
  })

export interface ModelCrossover {
  /** First day on which inference to date has emitted as much as development to date, location-based. */
  day: string | null
  /** Not there yet: when it will be, at the mean of the last thirty days. */
  expected: string | null
  incomplete: boolean
}

const RECENT = 30
const DAY_MS = 86_400_000
/** Beyond this a forecast says nothing. */
const FARTHEST_DAYS = 20 * 366

const kilograms = (mg: bigint) => kilogramsOf(massIn(Number(mg), 'mg'))

/** When a model's use overtook its making. Null without both. `days` are of that model alone. */
export const modelCrossover = (
  developmentMg: bigint | null,
  days: readonly InferenceDayRow[],
): ModelCrossover | null => {
  if (developmentMg === null || developmentMg === 0n || days.length === 0) return null
  const { day, incomplete } = crossoverDay(
    kilograms(developmentMg),
    days.map((one) => ({ day: one.day, inference: one.location_mg === null ? null : kilograms(one.location_mg) })),
  )
  if (day !== null) return { day, expected: null, incomplete }
  const known = days.flatMap((one) => (one.location_mg === null ? [] : [one.location_mg]))
  const served = known.reduce((all, mg) => all + mg, 0n)
  const recent = known.slice(-RECENT)
  const daily = Number(recent.reduce((all, mg) => all + mg, 0n)) / Math.max(1, recent.length)
  const left = daily > 0 ? Number(developmentMg - served) / daily : Number.POSITIVE_INFINITY
  const last = Date.parse(`${days.at(-1)?.day}T00:00:00Z`)
  const expected = left > FARTHEST_DAYS ? null : new Date(last + Math.ceil(left) * DAY_MS).toISOString().slice(0, 10)
  return { day: null, expected, incomplete }
}
