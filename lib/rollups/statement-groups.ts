import { z } from 'zod'
import { deploymentSchema } from '@/lib/contracts/common'
import { query } from '@/lib/db/query'
import { exactInteger, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const groupRow = z.object({
  name: z.string().nullable(),
  deployment: deploymentSchema,
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
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
        sum(c.location_mg) as location_mg, sum(c.screening_mg) as screening_mg
      from emission_day c
      ${join}
      where c.org_id = app_org() and c.day >= ${from}::date and c.day < ${to}::date
      group by 1, 2
      order by 1 nulls last, 2`,
  })
}
