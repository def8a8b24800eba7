import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

export interface FilterOptions {
  team: string[]
  model: string[]
  site: { slug: string; name: string }[]
  stage: string[]
  deployment: string[]
  zone: string[]
}

const optionRow = z.object({ kind: z.string(), value: z.string(), label: z.string() })

/** Values that filters can take: the registry's names, and what attributions say of stage, deployment and zone. */
export const filterOptions = async (tx: OrgTx): Promise<FilterOptions> => {
  const rows = await query(tx, {
    name: 'totals.filter_options',
    row: optionRow,
    sql: Prisma.sql`
      select 'team' as kind, name as value, name as label from team where org_id = app_org()
      union all
      select 'model', name, name from model where org_id = app_org()
      union all
      select 'site', slug, name from site where org_id = app_org()
      union all
      select * from (
        select distinct v.kind, v.value, v.value as label
        from attribution a
        cross join lateral (values ('stage', a.stage), ('deployment', a.deployment), ('zone', a.zone)) v(kind, value)
        where a.org_id = app_org() and v.value is not null
      ) told
      order by 1, 3`,
  })
  const values = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.value)
  return {
    team: values('team'),
    model: values('model'),
    site: rows.filter((row) => row.kind === 'site').map(({ value, label }) => ({ slug: value, name: label })),
    stage: values('stage'),
    deployment: values('deployment'),
    zone: values('zone'),
  }
}
