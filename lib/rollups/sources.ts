import { z } from 'zod'
import { PROTOCOLS, type SourcesAnswer } from '@/lib/contracts/sources'
import { query } from '@/lib/db/query'
import { count, dayText, instantText } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { type SourcePulse, stateOf } from './source-state'

/** Rows of one source that are looked at each time, however much it sends: the newest by their index. */
const NEWEST = 200
const MOST_OF_A_DAY = 2000

const sourceRow = z.object({
  source_id: z.string(),
  protocol: z.enum(PROTOCOLS),
  name: z.string(),
  created_at: instantText,
  last_received_at: instantText.nullable(),
  last_refused_at: instantText.nullable(),
  usual_pause_s: z.number().nullable(),
  readings_per_min: z.number().nullable(),
  readings_24h: count,
  requests_24h: count,
  lag_p50_s: z.number().nullable(),
  lag_p95_s: z.number().nullable(),
})
const rejectionRow = z.object({ source_id: z.string(), day: dayText, reason: z.string(), readings: count })
const leftOutRow = z.object({ source_id: z.string(), samples: count })
const coverageRow = z.object({ source_id: z.string(), site: z.string(), covered: z.number(), elapsed: z.number() })
const clockRow = z.object({ now: instantText })

const pulses = (tx: OrgTx) =>
  query(tx, {
    name: 'sources.list',
    row: sourceRow,
    sql: Prisma.sql`
      select s.source_id::text, s.protocol, s.name, s.created_at, n.last_received_at, r.last_refused_at, n.usual_pause_s, n.lag_p50_s,
        n.lag_p95_s, p.readings_per_min, coalesce(d.readings, 0) as readings_24h, coalesce(d.requests, 0) as requests_24h
      from source s
      left join lateral (
        select max(received_at) as last_received_at,
          percentile_cont(0.5) within group (order by pause)::float8 as usual_pause_s,
          percentile_cont(0.5) within group (order by lag)::float8 as lag_p50_s,
          percentile_cont(0.95) within group (order by lag)::float8 as lag_p95_s
        from (
          select b.received_at, greatest(0, extract(epoch from b.received_at - b.ends_at)) as lag,
            extract(epoch from b.received_at - lead(b.received_at) over (order by b.received_at desc)) as pause
          from (
            select received_at, ends_at from reading_batch
            where org_id = s.org_id and source_id = s.source_id order by received_at desc limit ${NEWEST}
          ) b
        ) newest
      ) n on true
      left join lateral (
        -- The newest request may have come a moment ago: the rate is over the pauses between those of the last quarter of an hour.
        select sum(readings) / greatest(1, extract(epoch from now() - min(received_at)) / 60)::float8 as readings_per_min
        from (
          select received_at, readings from reading_batch
          where org_id = s.org_id and source_id = s.source_id and received_at > now() - interval '15 minutes'
          order by received_at desc limit ${NEWEST}
        ) recent
      ) p on true
      left join lateral (
        select sum(readings) as readings, count(*) as requests
        from (
          select readings from reading_batch
          where org_id = s.org_id and source_id = s.source_id and received_at > now() - interval '24 hours'
          order by received_at desc limit ${MOST_OF_A_DAY}
        ) day
      ) d on true
      left join lateral (
        select received_at as last_refused_at from rejected_reading
        where org_id = s.org_id and source_id = s.source_id order by received_at desc limit 1
      ) r on true
      where s.org_id = app_org()
      order by n.last_received_at desc nulls last, s.protocol, s.name`,
  })

/** Coverage is of places, which the cubes know: the sites where a source has meters, which other sources may measure as well. */
const coverageBySite = (tx: OrgTx) =>
  query(tx, {
    name: 'sources.coverage',
    row: coverageRow,
    sql: Prisma.sql`
      with measured as (
        select s.source_id, p.site_id, p.name from source s
        join site p on p.org_id = s.org_id
        where s.org_id = app_org() and exists (
          select 1 from series r where r.org_id = s.org_id and r.source_id = s.source_id and r.site_id = p.site_id)
      ),
      covered as (
        select site_id, sum(covered_ms) as covered, sum(elapsed_ms) as elapsed
        from emission_day
        where org_id = app_org() and day >= (now() at time zone 'utc')::date - 7 and site_id in (select site_id from measured)
        group by 1
      )
      select m.source_id::text, m.name as site, coalesce(c.covered, 0)::float8 as covered, coalesce(c.elapsed, 0)::float8 as elapsed
      from measured m left join covered c using (site_id)
      order by m.name`,
  })

/** What each source has delivered lately, how late, and what was refused. It reads a bounded number of rows of each, however much one sends. */
export const sourcesAnswer = async (tx: OrgTx): Promise<SourcesAnswer> => {
  const [clock] = await query(tx, { name: 'sources.clock', row: clockRow, sql: Prisma.sql`select now() as now` })
  const sources = await pulses(tx)
  const rejections = await query(tx, {
    name: 'sources.rejections',
    row: rejectionRow,
    sql: Prisma.sql`
      select source_id::text, day, reason, readings
      from rejection_count
      where org_id = app_org() and day > (now() at time zone 'utc')::date - 7
      order by day desc, readings desc, reason`,
  })
  const leftOut = await query(tx, {
    name: 'sources.left_out',
    row: leftOutRow,
    sql: Prisma.sql`
      select source_id::text, sum(samples) as samples from left_out_count
      where org_id = app_org() and day > (now() at time zone 'utc')::date - 7 group by 1`,
  })
  const coverage = await coverageBySite(tx)
  const now = clock?.now ?? new Date().toISOString()
  return {
    now,
    sources: sources.map((source) => {
      const { source_id } = source
      const rejected = rejections.filter((one) => one.source_id === source_id)
      const places = coverage.filter((one) => one.source_id === source_id)
      const elapsed = places.reduce((sum, one) => sum + one.elapsed, 0)
      const pulse: SourcePulse = { ...source, hasRefused: rejected.length > 0 }
      return {
        ...{ source_id, protocol: source.protocol, name: source.name, state: stateOf(pulse, now) },
        ...{ first_seen_at: source.created_at, last_received_at: source.last_received_at },
        ...{ readings_per_min: source.readings_per_min, readings_24h: source.readings_24h },
        readings_24h_at_least: source.requests_24h >= MOST_OF_A_DAY,
        ...{ lag_p50_s: source.lag_p50_s, lag_p95_s: source.lag_p95_s },
        rejected: rejected.map(({ day, reason, readings }) => ({ day, reason, readings })),
        left_out_7d: leftOut.find((one) => one.source_id === source_id)?.samples ?? 0,
        coverage: elapsed === 0 ? null : places.reduce((sum, one) => sum + one.covered, 0) / elapsed,
        sites: places.map(({ site }) => site),
      }
    }),
  }
}
