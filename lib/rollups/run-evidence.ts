import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText, instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { attributionsOf } from './run-facts'

const meterRow = z.object({
  series_id: z.string(),
  meter: z.string(),
  kind: z.enum(['power', 'counter', 'delta']),
  unit: z.string(),
  boundary: z.enum(['it', 'facility']),
  protocol: z.string(),
  source: z.string(),
  batches: count,
  /** Readings of those requests, of whatever series. */
  readings_in_batches: count,
  first_received_at: instantText,
  last_received_at: instantText,
})
export type RunMeter = z.output<typeof meterRow>

const batchRow = z.object({
  batch_id: z.string(),
  received_at: instantText,
  starts_at: instantText,
  ends_at: instantText,
  readings: z.number().int(),
  sha256: z.string(),
})
export type RunBatch = z.output<typeof batchRow>

const spanRow = z.object({ day: dayText })

/** Batches of the days that name one of the run's attributions; leans on batch_day (org_id, day). */
const batches = (workloadId: string, from: string, to: string): Prisma.Sql => Prisma.sql`
  told as (
    select array_agg(c.attribution_id) as ids,
      range_agg(int4range(c.number, c.number + 1)) filter (where c.number is not null) as numbers
    from attribution c where c.org_id = app_org() and ${attributionsOf(workloadId)}
  ), listed as (
    select distinct d.batch_id from batch_day d
    where d.org_id = app_org() and d.day >= ${from}::date and d.day < ${to}::date
  ), b as (
    select rb.* from listed
    join reading_batch rb on rb.org_id = app_org() and rb.batch_id = listed.batch_id
    cross join told
    where rb.attribution_ids && told.ids or rb.attribution_set && told.numbers
  )`

/** The evidence under a run's figures: its meters with their requests, the newest requests themselves, and the days read. */
export const runEvidence = async (
  tx: OrgTx,
  workloadId: string,
  { from, to, limit }: { from: string; to: string; limit: number },
): Promise<{ meters: RunMeter[]; batches: RunBatch[]; days: string[] }> => {
  const meters = await query(tx, {
    name: 'run.meters',
    row: meterRow,
    sql: Prisma.sql`
      with ${batches(workloadId, from, to)}, own as (
        select distinct u.series_id
        from attribution c
        join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
        cross join lateral unnest(e.series_ids) as u(series_id)
        where c.org_id = app_org() and ${attributionsOf(workloadId)} and e.day >= ${from}::date and e.day < ${to}::date
      )
      select s.series_id, s.meter, s.kind, s.unit, s.boundary, o.protocol, o.name as source,
        count(*) as batches, sum(b.readings) as readings_in_batches,
        min(b.received_at) as first_received_at, max(b.received_at) as last_received_at
      from own
      join series s on s.org_id = app_org() and s.series_id = own.series_id
      join source o on o.org_id = s.org_id and o.source_id = s.source_id
      join b on s.series_id = any(b.series_ids) or b.series_set @> s.number
      group by s.series_id, s.meter, s.kind, s.unit, s.boundary, o.protocol, o.name
      order by s.boundary desc, s.meter, s.series_id`,
  })
  const newest = await query(tx, {
    name: 'run.batches',
    row: batchRow,
    sql: Prisma.sql`
      with ${batches(workloadId, from, to)}
      select b.batch_id, b.received_at, b.starts_at, b.ends_at, b.readings, encode(b.sha256, 'hex') as sha256
      from b
      order by b.received_at desc, b.batch_id
      limit ${limit}`,
  })
  const days = await query(tx, {
    name: 'run.days',
    row: spanRow,
    sql: Prisma.sql`
      select distinct e.day
      from attribution c
      join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
      where c.org_id = app_org() and ${attributionsOf(workloadId)} and e.day >= ${from}::date and e.day < ${to}::date
      order by 1`,
  })
  return { meters, batches: newest, days: days.map(({ day }) => day) }
}
