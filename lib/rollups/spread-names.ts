import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

/** Names of the teams, models and sites by which figures err together: id → what people call it. */
export const spreadNames = async (tx: OrgTx): Promise<Map<string, string>> => {
  const rows = await query(tx, {
    name: 'spread.names',
    row: z.object({ id: z.string(), name: z.string() }),
    sql: Prisma.sql`
      select team_id::text as id, name from team where org_id = app_org()
      union all select model_id::text, name from model where org_id = app_org()
      union all select site_id::text, name from site where org_id = app_org()`,
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}
