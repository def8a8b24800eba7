import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText, instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

export const MAX_METERS = 200

const meterRow = z.object({
  series_id: z.string(),
  meter: z.string(),
  kind: z.enum(['power', 'counter', 'delta']),
  unit: z.string(),
  boundary: z.enum(['it', 'facility']),
  /** Of the site itself, not of a workload. */
  is_own: z.boolean(),
  first_day: dayText.nullable(),
  last_day: dayText.nullable(),
  days_read: count,
  last_batch_ends_at: instantText.nullable(),
  last_received_at: instantText.nullable(),
  meters: count,
  own_meters: count,
})
export type SiteMeterRow = z.output<typeof meterRow>

/**
 * The meters read at a site, its own before those of workloads; at most MAX_METERS, with the number of all beside each. A series holds no
 * attribution: an IT meter is the site's own where entries without a workload rest on it. Days come from series_day; the
 * last request is looked up among the batches of the last day alone, because a batch's readings are told apart only by decoding it.
 */
export const siteMeters = (tx: OrgTx, siteId: string): Promise<SiteMeterRow[]> =>
  query(tx, {
    name: 'site.meters',
    row: meterRow,
    sql: Prisma.sql`
      with own as (
        select distinct unnest(e.series_ids) as series_id
        from attribution a
        join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id
        where a.org_id = app_org() and a.site_id = ${siteId}::uuid and a.run_id is null and a.service_id is null and e.is_current
      ),
      listed as (
        select m.series_id, m.meter, m.kind, m.unit, m.boundary,
          m.boundary = 'facility' or exists (select 1 from own where own.series_id = m.series_id) as is_own, d.first_day, d.last_day, d.days_read, count(*) over () as meters,
          count(*) filter (where m.boundary = 'facility' or exists (select 1 from own where own.series_id = m.series_id)) over () as own_meters
        from series m
        left join lateral (
          select min(day) as first_day, max(day) as last_day, count(*) as days_read
          from series_day
          where org_id = m.org_id and series_id = m.series_id and not spanned
        ) d on true
        where m.org_id = app_org() and m.site_id = ${siteId}::uuid
        order by is_own desc, m.boundary, d.last_day desc nulls last, m.meter
        limit ${MAX_METERS}
      )
      select l.series_id::text, l.meter, l.kind, l.unit, l.boundary, l.is_own, l.first_day, l.last_day, coalesce(l.days_read, 0) as days_read,
        b.last_batch_ends_at, b.last_received_at, l.meters, l.own_meters
      from listed l
      left join lateral (
        select max(r.ends_at) as last_batch_ends_at, max(r.received_at) as last_received_at
        from batch_day x
        join reading_batch r on r.org_id = x.org_id and r.batch_id = x.batch_id
        where x.org_id = app_org() and x.day = l.last_day and (l.series_id = any(r.series_ids) or r.series_set @> (
          select s.number from series s where s.org_id = app_org() and s.series_id = l.series_id))
      ) b on true
      order by l.is_own desc, l.boundary, l.last_day desc nulls last, l.meter`,
  })
