import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'

const entityRow = z.object({ org_id: z.string(), slug: z.string(), name: z.string(), is_demo: z.boolean() })

export interface ReportingEntity {
  orgId: string
  slug: string
  name: string
  isDemo: boolean
}

/** Whose statement it is: the organisation that the transaction is opened for. */
export const reportingEntity = async (tx: OrgTx): Promise<ReportingEntity> => {
  const [row] = await query(tx, {
    name: 'statement.entity',
    row: entityRow,
    sql: Prisma.sql`select org_id::text as org_id, slug, name, is_demo from organization where org_id = app_org()`,
  })
  if (!row) throw new AppError('not_found', 'No such organisation, or you may not see it.')
  return { orgId: row.org_id, slug: row.slug, name: row.name, isDemo: row.is_demo }
}
