import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const modelRow = z.object({
  model_id: z.string(),
  name: z.string(),
  parent_model_id: z.string().nullable(),
  inherited_share: z.number(),
  parameters: z.number().nullable(),
  active_parameters: z.number().nullable(),
})
export type ModelRow = z.output<typeof modelRow>

/** Every model of the organisation with what was said of it by hand, by name. */
export const models = (tx: OrgTx): Promise<ModelRow[]> =>
  query(tx, {
    name: 'models.list',
    row: modelRow,
    sql: Prisma.sql`
      select model_id, name, parent_model_id, inherited_share, parameters, active_parameters
      from model where org_id = app_org() order by name`,
  })
