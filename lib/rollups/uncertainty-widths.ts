import { z } from 'zod'
import { UNCERTAIN_IN, type WidthOverrides } from '@/lib/accounting/uncertainty/tier-widths'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const settingRow = z.object({ uncertainty: z.record(z.string(), z.record(z.string(), z.number())) })

/** Half-widths by kind and tier in which the organisation differs from the method's defaults; none for most. */
export const uncertaintyWidths = async (tx: OrgTx): Promise<WidthOverrides> => {
  const [row] = await query(tx, {
    name: 'uncertainty.widths',
    row: settingRow,
    sql: Prisma.sql`select uncertainty from organization_setting where org_id = app_org()`,
  })
  return Object.fromEntries(
    Object.entries(row?.uncertainty ?? {}).filter(([kind]) => UNCERTAIN_IN.some((known) => known === kind)),
  )
}
