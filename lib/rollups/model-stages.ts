import { z } from 'zod'
import { query } from '@/lib/db/query'
import { exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const sums = {
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  /** Categories 3b and 3c: of the fuels, and of what the grid loses. */
  upstream_mg: exactIntegerOrNull,
  loss_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
  /** Facility energy of the rows whose embodied emissions are known: how whole that sum is. */
  embodied_facility_uwh: exactIntegerOrNull,
  water_ul: exactIntegerOrNull,
  source_water_ul: exactIntegerOrNull,
  /** The same of the rows whose water is known, on site and at the power stations. */
  water_facility_uwh: exactIntegerOrNull,
}
const stageRow = z.object({
  model_id: z.string().nullable(),
  month: z.string(),
  stage: z.string().nullable(),
  ...sums,
  provisional: z.boolean(),
})
export type ModelStageMonth = z.output<typeof stageRow>

/** One row is a model × UTC month × stage, from the first reading to now (emission_month). Energy that names no model has model_id null. */
export const modelStages = (tx: OrgTx, model?: string): Promise<ModelStageMonth[]> =>
  query(tx, {
    name: 'models.stages',
    row: stageRow,
    sql: Prisma.sql`
      select c.model_id, to_char(c.month, 'YYYY-MM') as month, c.stage, sum(c.facility_uwh) as facility_uwh,
        sum(c.location_mg) as location_mg, sum(c.upstream_mg) as upstream_mg, sum(c.loss_mg) as loss_mg,
        sum(c.embodied_mg) as embodied_mg,
        sum(c.facility_uwh) filter (where c.embodied_mg is not null) as embodied_facility_uwh,
        sum(c.water_ul) as water_ul, sum(c.source_water_ul) as source_water_ul,
        sum(c.facility_uwh) filter (where c.water_ul is not null and c.source_water_ul is not null) as water_facility_uwh,
        bool_or(c.provisional) as provisional
      from emission_month c
      where c.org_id = app_org() ${model ? Prisma.sql`and c.model_id = ${model}::uuid` : Prisma.empty}
      group by 1, 2, 3
      order by 1, 2, 3`,
  })

const lostRow = z.object({
  model_id: z.string().nullable(),
  month: z.string(),
  stage: z.string().nullable(),
  outcome: z.enum(['failed', 'abandoned']),
  ...sums,
})
export type LostMonth = z.output<typeof lostRow>

/** The part of those rows that belongs to failed and abandoned runs. Read from the ledger, because cubes know no runs; such runs are few. */
export const lostStages = (tx: OrgTx, model?: string): Promise<LostMonth[]> =>
  query(tx, {
    name: 'models.lost_stages',
    row: lostRow,
    sql: Prisma.sql`
      select c.model_id, to_char(e.day, 'YYYY-MM') as month, c.stage, r.outcome, sum(e.total_facility_uwh) as facility_uwh,
        sum(e.total_location_mg) as location_mg, sum(e.total_upstream_mg) as upstream_mg, sum(e.total_loss_mg) as loss_mg,
        sum(e.total_embodied_mg) as embodied_mg,
        sum(e.total_facility_uwh) filter (where e.total_embodied_mg is not null) as embodied_facility_uwh,
        sum(e.total_water_ul) as water_ul, sum(e.total_source_water_ul) as source_water_ul,
        sum(e.total_facility_uwh) filter (where e.total_water_ul is not null and e.total_source_water_ul is not null)
          as water_facility_uwh
      from run r
      join attribution c on c.org_id = r.org_id and c.run_id = r.run_id
      join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
      where r.org_id = app_org() and r.outcome in ('failed', 'abandoned')
        ${model ? Prisma.sql`and c.model_id = ${model}::uuid` : Prisma.empty}
      group by 1, 2, 3, 4`,
  })
