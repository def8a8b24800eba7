import { createHash } from 'node:crypto'
import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'
import { dayName, daysBetween } from '@/lib/units/time'
import { type BatchRow, decodeRows, encodeRows } from './codec'

export interface NewBatch {
  sourceId: string
  keyId: string | null
  seriesIds: string[]
  attributionIds: string[]
  rows: BatchRow[]
}

/** Inserts one accepted request as evidence. Returns null when the same content is already in the books. */
export const writeBatch = async (tx: Tx, orgId: string, batch: NewBatch): Promise<string | null> => {
  const { codec, payload } = encodeRows(batch.rows)
  const digest = createHash('sha256')
    .update(JSON.stringify([batch.sourceId, codec, batch.seriesIds, batch.attributionIds]))
    .update(payload)
    .digest()
  const batchId = newId()
  let startsAt = Number.POSITIVE_INFINITY
  let endsAt = Number.NEGATIVE_INFINITY
  for (const row of batch.rows) {
    startsAt = Math.min(startsAt, row.start ?? row.at)
    endsAt = Math.max(endsAt, row.at)
  }
  const { rowCount } = await tx.query(
    `insert into reading_batch (org_id, batch_id, source_id, key_id, received_at, starts_at, ends_at, readings, codec,
       series_ids, attribution_ids, payload, sha256)
     values ($1, $2, $3, $4, clock_timestamp(), $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (org_id, sha256) do nothing`,
    [
      orgId,
      batchId,
      batch.sourceId,
      batch.keyId,
      new Date(startsAt),
      new Date(endsAt),
      batch.rows.length,
      codec,
      batch.seriesIds,
      batch.attributionIds,
      payload,
      digest,
    ],
  )
  if (rowCount === 0) return null
  const days = new Set(batch.rows.flatMap((row) => daysOfRow(row)))
  await tx.query('insert into batch_day (org_id, day, batch_id) select $1, unnest($2::date[]), $3', [
    orgId,
    [...days].sort(),
    batchId,
  ])
  return batchId
}

/** UTC days that a reading bears on: that of its time, and for a delta each day of its interval. */
export const daysOfRow = (row: Pick<BatchRow, 'at' | 'start'>): string[] =>
  row.start === null ? [dayName(row.at)] : [...daysBetween(row.start, row.at).map(dayName), dayName(row.at)]

export interface StoredBatch {
  seriesIds: string[]
  attributionIds: string[]
  rows: BatchRow[]
}

/** Batches that hold readings of the days and of at least one of the series, in order of receipt. */
export const readBatches = async (
  tx: Tx,
  orgId: string,
  days: string[],
  seriesIds: string[],
): Promise<(StoredBatch & { batchId: string })[]> => {
  const { rows } = await tx.query<{
    batch_id: string
    codec: number
    series_ids: string[]
    attribution_ids: string[]
    payload: Buffer
  }>(
    `select b.batch_id, b.codec, b.series_ids, b.attribution_ids, b.payload
     from reading_batch b
     where b.org_id = $1 and b.series_ids && $3::uuid[]
       and b.batch_id in (select d.batch_id from batch_day d where d.org_id = $1 and d.day = any($2::date[]))
     order by b.received_at, b.batch_id`,
    [orgId, days, seriesIds],
  )
  return rows.map((row) => ({
    batchId: row.batch_id,
    seriesIds: row.series_ids,
    attributionIds: row.attribution_ids,
    rows: decodeRows(row.codec, row.payload),
  }))
}
