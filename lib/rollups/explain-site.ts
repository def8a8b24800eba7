import { z } from 'zod'
import { query } from '@/lib/db/query'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const seriesRow = z.object({ series_id: z.string() })

/** Series of a site's own meters, which no workload claims. */
export const siteSeries = async (tx: OrgTx, siteId: string): Promise<string[]> => {
  const rows = await query(tx, {
    name: 'explain.site_series',
    row: seriesRow,
    sql: Prisma.sql`
      select series_id::text as series_id
      from series
      where org_id = app_org() and site_id = ${siteId}::uuid and workload_id is null
      order by 1`,
  })
  return rows.map((row) => row.series_id)
}
