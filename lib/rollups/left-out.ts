import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const leftOutRow = z.object({ metric: z.string(), reason: z.string(), samples: count, samples_7d: count })
export type LeftOutRow = z.output<typeof leftOutRow>

/** What a source sent and nobody counted, by metric and reason; samples of the last 30 days and of the last 7. */
export const leftOutOf = (tx: OrgTx, sourceId: string): Promise<LeftOutRow[]> =>
  query(tx, {
    name: 'source.left_out',
    row: leftOutRow,
    sql: Prisma.sql`
      select metric, reason, sum(samples) as samples,
        coalesce(sum(samples) filter (where day > (now() at time zone 'utc')::date - 7), 0) as samples_7d
      from left_out_count
      where org_id = app_org() and source_id = ${sourceId}::uuid and day > (now() at time zone 'utc')::date - 30
      group by 1, 2
      order by samples desc, metric, reason
      limit 300`,
  })
