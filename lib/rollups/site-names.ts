import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const nameRow = z.object({ slug: z.string(), name: z.string() })

/** What sites are called, for forms that choose one. */
export const siteNames = (tx: OrgTx): Promise<z.output<typeof nameRow>[]> =>
  query(tx, {
    name: 'sites.names',
    row: nameRow,
    sql: Prisma.sql`select slug, name from site where org_id = app_org() order by name, slug`,
  })
