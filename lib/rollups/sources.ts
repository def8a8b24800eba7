import { z } from 'zod'
import { PROTOCOLS, type SourcesAnswer } from '@/lib/contracts/sources'
import { query } from '@/lib/db/query'
import { count, dayText, instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const sourceRow = z.object({
  source_id: z.string(),
  protocol: z.enum(PROTOCOLS),
  name: z.string(),
  created_at: instantText,
  last_received_at: instantText.nullable(),
  batches: count,
  readings: count,
  readings_24h: count,
  readings_7d: count,
  lag_p95_s: z.number().nullable(),
})
const rejectionRow = z.object({ source_id: z.string(), day: dayText, reason: z.string(), readings: count })
const clockRow = z.object({ now: instantText })

/** What each sending protocol has delivered, how late, and what was refused. Accepted requests only; refused ones have no batch. */
export const sourcesAnswer = async (tx: OrgTx): Promise<SourcesAnswer> => {
  const [clock] = await query(tx, { name: 'sources.clock', row: clockRow, sql: Prisma.sql`select now() as now` })
  const sources = await query(tx, {
    name: 'sources.list',
    row: sourceRow,
    sql: Prisma.sql`
      select s.source_id::text, s.protocol, s.name, s.created_at, b.last_received_at, coalesce(b.batches, 0) as batches,
        coalesce(b.readings, 0) as readings, coalesce(b.readings_24h, 0) as readings_24h,
        coalesce(b.readings_7d, 0) as readings_7d, b.lag_p95_s
      from source s
      left join lateral (
        select max(received_at) as last_received_at, count(*) as batches, sum(readings) as readings,
          sum(readings) filter (where received_at > now() - interval '24 hours') as readings_24h,
          sum(readings) filter (where received_at > now() - interval '7 days') as readings_7d,
          percentile_cont(0.95) within group (order by greatest(0, extract(epoch from received_at - ends_at)::float8))
            filter (where received_at > now() - interval '7 days') as lag_p95_s
        from reading_batch
        where org_id = s.org_id and source_id = s.source_id
      ) b on true
      where s.org_id = app_org()
      order by b.last_received_at desc nulls last, s.protocol, s.name`,
  })
  const rejections = await query(tx, {
    name: 'sources.rejections',
    row: rejectionRow,
    sql: Prisma.sql`
      select source_id::text, day, reason, readings
      from rejection_count
      where org_id = app_org() and day > (now() at time zone 'utc')::date - 7
      order by day desc, readings desc, reason`,
  })
  return {
    now: clock?.now ?? new Date().toISOString(),
    sources: sources.map(({ source_id, created_at, ...source }) => ({
      ...source,
      first_seen_at: created_at,
      rejected: rejections
        .filter((one) => one.source_id === source_id)
        .map(({ day, reason, readings }) => ({ day, reason, readings })),
    })),
  }
}
