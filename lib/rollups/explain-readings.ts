import type pg from 'pg'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { readBatches } from '@/lib/ledger/batches'
import { DAY, dayName, dayOf } from '@/lib/units/time'

/** What an entry rests on: its series and UTC day. */
export interface Evidence {
  day: string
  seriesIds: string[]
}

export interface RawReading {
  at: number
  start: number | null
  value: number
  unit: string
  kind: string
  meter: string
  seriesId: string
  /** The nearest reading of its series before or after the day. */
  outside: boolean
  batchId: string
}

export interface RawBatch {
  batchId: string
  sha256: string
  receivedAt: string
  source: string
  protocol: string
  readings: number
}

export interface RawReadings {
  count: number
  series: number
  rows: RawReading[]
  /** The requests that carried the rows of this page. */
  batches: RawBatch[]
  nextCursor: string | null
}

interface SeriesRow {
  series_id: string
  meter: string
  kind: string
  unit: string
  before: string | null
  after: string | null
}

const seriesOf = async (tx: pg.PoolClient, orgId: string, { day, seriesIds }: Evidence): Promise<SeriesRow[]> => {
  const { rows } = await tx.query<SeriesRow>(
    `/* explain.series */
     select s.series_id, s.meter, s.kind, s.unit,
       (select to_char(max(p.day), 'YYYY-MM-DD') from series_day p
        where p.org_id = $1 and p.series_id = s.series_id and p.day < $3 and not p.spanned) as before,
       (select to_char(min(n.day), 'YYYY-MM-DD') from series_day n
        where n.org_id = $1 and n.series_id = s.series_id and n.day > $3 and not n.spanned) as after
     from series s
     where s.org_id = $1 and s.series_id = any($2::uuid[])
     order by s.series_id`,
    [orgId, seriesIds, day],
  )
  return rows
}

/** Of the day, and for each series the nearest reading on either side: energy flows between readings, not at them. */
const bearing = (day: number, rows: RawReading[]): RawReading[] => {
  const end = day + DAY
  const inside = (row: RawReading) =>
    row.start === null ? row.at >= day && row.at < end : row.at > day && row.start < end
  const nearest = new Map<string, { before?: RawReading; after?: RawReading }>()
  const kept: RawReading[] = []
  for (const row of rows) {
    if (inside(row)) {
      kept.push(row)
      continue
    }
    const edge = nearest.get(row.seriesId) ?? {}
    if (row.at < end && (!edge.before || row.at > edge.before.at)) edge.before = { ...row, outside: true }
    if (row.at >= end && (!edge.after || row.at < edge.after.at)) edge.after = { ...row, outside: true }
    nearest.set(row.seriesId, edge)
  }
  for (const { before, after } of nearest.values()) for (const edge of [before, after]) if (edge) kept.push(edge)
  return kept
}

const keyOf = (row: RawReading): string => `${String(row.at).padStart(15, '0')} ${row.seriesId} ${row.batchId}`

const readCursor = (cursor: string): { after: string; skip: number } => {
  const [after, skip] = Buffer.from(cursor, 'base64url').toString().split('|')
  if (after === undefined || !/^\d+$/.test(skip ?? ''))
    throw new AppError('bad_request', 'The cursor is not one of ours.')
  return { after, skip: Number(skip) }
}

/** One page in order of time; the cursor names the last key and how many rows of the very same key went before. */
const pageOf = (rows: RawReading[], { cursor, limit }: { cursor?: string; limit: number }) => {
  const from = cursor === undefined ? null : readCursor(cursor)
  const start = from === null ? 0 : rows.findIndex((row) => keyOf(row) >= from.after)
  const first =
    from === null
      ? 0
      : start < 0
        ? rows.length
        : start + (keyOf(rows[start] as RawReading) === from.after ? from.skip : 0)
  const page = rows.slice(first, first + limit)
  const last = page.at(-1)
  if (!last || first + limit >= rows.length) return { page, nextCursor: null }
  const key = keyOf(last)
  const skip = rows.slice(0, first + limit).filter((row) => keyOf(row) === key).length
  return { page, nextCursor: Buffer.from(`${key}|${skip}`).toString('base64url') }
}

const batchesOf = async (tx: pg.PoolClient, orgId: string, ids: string[]): Promise<RawBatch[]> => {
  const { rows } = await tx.query<{
    batch_id: string
    sha256: string
    received_at: Date
    source: string
    protocol: string
    readings: number
  }>(
    `/* explain.batches */
     select b.batch_id, encode(b.sha256, 'hex') as sha256, b.received_at, o.name as source, o.protocol, b.readings
     from reading_batch b
     join source o on o.org_id = b.org_id and o.source_id = b.source_id
     where b.org_id = $1 and b.batch_id = any($2::uuid[])
     order by b.received_at, b.batch_id`,
    [orgId, ids],
  )
  return rows.map((row) => ({
    batchId: row.batch_id,
    sha256: row.sha256,
    receivedAt: row.received_at.toISOString(),
    source: row.source,
    protocol: row.protocol,
    readings: row.readings,
  }))
}

/** The raw readings behind an entry, decoded from their batches by the books' own reader, repeats included. */
export const explainedReadings = (
  orgId: string,
  evidence: Evidence,
  page: { cursor?: string; limit: number },
): Promise<RawReadings> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const series = await seriesOf(tx, orgId, evidence)
    const byId = new Map(series.map((one) => [one.series_id, one]))
    const days = new Set([evidence.day])
    for (const { before, after } of series) for (const near of [before, after]) if (near) days.add(near)
    const read: RawReading[] = []
    for (const batch of await readBatches(tx, orgId, [...days], [...byId.keys()]))
      for (const row of batch.rows) {
        const seriesId = batch.seriesIds[row.series]
        const of = seriesId === undefined ? undefined : byId.get(seriesId)
        if (seriesId === undefined || !of || !days.has(dayName(row.at))) continue
        const { at, start, value } = row
        const { unit, kind, meter } = of
        read.push({ at, start, value, unit, kind, meter, seriesId, outside: false, batchId: batch.batchId })
      }
    const rows = bearing(dayOf(evidence.day), read).sort((a, b) =>
      keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0,
    )
    const { page: shown, nextCursor } = pageOf(rows, page)
    return {
      count: rows.length,
      series: series.length,
      rows: shown,
      batches: await batchesOf(tx, orgId, [...new Set(shown.map((row) => row.batchId))]),
      nextCursor,
    }
  })
