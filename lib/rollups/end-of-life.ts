import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const factorRow = z.object({
  retirement: z.enum(['recycled', 'landfill']),
  id: z.string(),
  version: z.number().int(),
  kg_per_tonne: z.number(),
  u95: z.number().nullable(),
})
export type EndOfLifeRow = z.infer<typeof factorRow>

/** Treatment of waste electronics, kg CO2e a tonne: the organisation's own factor before the shared one, the newest version. */
export const endOfLifeFactors = (tx: OrgTx): Promise<EndOfLifeRow[]> =>
  query(tx, {
    name: 'statement.end_of_life',
    row: factorRow,
    sql: Prisma.sql`
      select distinct on (1) case when f.factor_id like '%landfill' then 'landfill' else 'recycled' end as retirement,
        v.factor_id as id, v.version, v.value as kg_per_tonne, v.u95
      from factor f
      join factor_version v on v.owner_id = f.owner_id and v.factor_id = f.factor_id
      where f.kind = 'end-of-life' and f.factor_id like 'end-of-life:weee-%' and v.value is not null
      order by 1, f.owner_id = app_org() desc, v.version desc`,
  })
