import { createHash } from 'node:crypto'
import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import { DAY, dayName, dayOf, daysBetween } from '@/lib/units/time'
import { type BatchRow, decodeRows, encodeRows } from './codec'
import { CODEC_COLUMNS, type Columns, decodeColumns, encodeColumns, packColumns, rangesOf } from './columns'
import { openForEvidence } from './open-days'

/** One accepted request, ready to be stored. */
export interface SealedBatch {
  sourceId: string
  keyId: string | null
  startsAt: number
  endsAt: number
  readings: number
  codec: number
  /** Empty with codec 3, which names them by number. */
  seriesIds: string[]
  attributionIds: string[]
  /** The numbers that codec 3 names, as an int4multirange: what a question for one series finds its batches by. Null with others. */
  seriesSet: string | null
  attributionSet: string | null
  payload: Buffer
  /** Of the content: the same request sent twice is stored once. */
  digest: Buffer
  /** Days that the readings bear on. */
  days: string[]
}

/** With its columns alone a request takes two or three bytes a reading; beyond this deflate pays. */
const DEFLATE_ABOVE_BYTES_A_READING = 4

/** @param columns at least one reading */
export const sealColumns = (columns: Columns, of: { sourceId: string; keyId: string | null }): SealedBatch => {
  const readings = columns.at.length
  const plain = encodeColumns(columns)
  const digest = createHash('sha256')
    .update(JSON.stringify([of.sourceId, CODEC_COLUMNS]))
    .update(plain)
    .digest()
  const level = plain.length > 512 && plain.length > readings * DEFLATE_ABOVE_BYTES_A_READING ? 1 : null
  return {
    ...of,
    ...spanOf(columns),
    readings,
    codec: CODEC_COLUMNS,
    seriesIds: [],
    attributionIds: [],
    seriesSet: multirangeOf(columns.series),
    attributionSet: multirangeOf([...new Set(columns.attribution)].sort((a, b) => a - b)),
    payload: packColumns(plain, level),
    digest,
  }
}

/** `{[5,8),[12,13)}` */
const multirangeOf = (numbers: number[]): string =>
  `{${rangesOf(numbers)
    .map(([first, length]) => `[${first},${first + length})`)
    .join(',')}}`

const spanOf = ({ at, start }: Columns): { startsAt: number; endsAt: number; days: string[] } => {
  let startsAt = Number.POSITIVE_INFINITY
  let endsAt = Number.NEGATIVE_INFINITY
  const days = new Set<string>()
  // Readings come by the second: most fall into the day of the one before.
  let from = Number.NaN
  let to = Number.NaN
  for (let i = 0; i < at.length; i += 1) {
    const time = at[i] as number
    const given = start[i] as number
    const begins = Number.isNaN(given) ? time : given
    if (begins < startsAt) startsAt = begins
    if (time > endsAt) endsAt = time
    if (begins >= from && time < to) continue
    for (const day of daysOfRow({ at: time, start: Number.isNaN(given) ? null : given })) days.add(day)
    from = dayOf(dayName(time))
    to = from + DAY
  }
  return { startsAt, endsAt, days: [...days].sort() }
}

/** The form for series that an earlier version wrote without a number. */
export const sealRows = (
  rows: BatchRow[],
  of: { sourceId: string; keyId: string | null; seriesIds: string[]; attributionIds: string[] },
): SealedBatch => {
  const { codec, payload } = encodeRows(rows)
  const digest = createHash('sha256')
    .update(JSON.stringify([of.sourceId, codec, of.seriesIds, of.attributionIds]))
    .update(payload)
    .digest()
  let startsAt = Number.POSITIVE_INFINITY
  let endsAt = Number.NEGATIVE_INFINITY
  for (const row of rows) {
    startsAt = Math.min(startsAt, row.start ?? row.at)
    endsAt = Math.max(endsAt, row.at)
  }
  const days = [...new Set(rows.flatMap((row) => daysOfRow(row)))].sort()
  const sets = { seriesSet: null, attributionSet: null }
  return { ...of, ...sets, startsAt, endsAt, readings: rows.length, codec, payload, digest, days }
}

/**
 * One statement: the batch as evidence, its days, and the open days that it touches. Nothing of it when the same content is in the books
 * already. In a transaction that holds the touched days' evidence gate. The time of receipt is read behind that gate, so that
 * a batch which a compaction did not see was received after all that it saw.
 */
export const BATCH_STATEMENT = `/* ledger.store_batch */
  with stored as (
    insert into reading_batch (org_id, batch_id, source_id, key_id, received_at, starts_at, ends_at, readings, codec,
      series_ids, attribution_ids, payload, sha256, series_set, attribution_set)
    values ($1, $2, $3, $4, clock_timestamp(), $5, $6, $7, $8, $9, $10, $11, $12, $15::int4multirange, $16::int4multirange)
    on conflict (org_id, sha256) do nothing
    returning batch_id
  ), days as (
    insert into batch_day (org_id, day, batch_id) select $1, day, stored.batch_id from stored, unnest($13::date[]) as listed(day)
  ), opened as (
    ${openForEvidence('stored, unnest($14::date[]) with ordinality as listed(day, place)')}
  )
  select batch_id from stored`

export const batchValues = (orgId: string, batchId: string, batch: SealedBatch, touched: string[]): unknown[] => [
  orgId,
  batchId,
  batch.sourceId,
  batch.keyId,
  new Date(batch.startsAt),
  new Date(batch.endsAt),
  batch.readings,
  batch.codec,
  batch.seriesIds,
  batch.attributionIds,
  batch.payload,
  batch.digest,
  batch.days,
  [...touched].sort(),
  batch.seriesSet,
  batch.attributionSet,
]

/**
 * Inserts one accepted request as evidence and opens the days that it touches; the caller holds their evidence gate. Returns null when
 * the same content is in the books already.
 */
export const writeBatch = async (
  tx: Tx,
  orgId: string,
  batch: SealedBatch,
  touched: string[],
): Promise<string | null> => {
  const { rows } = await tx.query<{ batch_id: string }>({
    name: 'ledger.store_batch',
    text: BATCH_STATEMENT,
    values: batchValues(orgId, newId(), batch, touched),
  })
  return rows[0]?.batch_id ?? null
}

/** UTC days that a reading bears on: that of its time, and for a delta each day of its interval. */
export const daysOfRow = (row: Pick<BatchRow, 'at' | 'start'>): string[] =>
  row.start === null ? [dayName(row.at)] : [...daysBetween(row.start, row.at).map(dayName), dayName(row.at)]

export interface StoredBatch {
  seriesIds: string[]
  attributionIds: string[]
  rows: BatchRow[]
}

export interface BatchRecord {
  batch_id: string
  codec: number
  series_ids: string[]
  attribution_ids: string[]
  payload: Buffer
}

/** A batch of codec 3 names its series by number. `b` is the batch, $1 the organisation, `ids` an expression of uuid[]. */
const namesSeries = (ids: string): string => `(b.series_ids && ${ids} or b.series_set && (
       select range_agg(int4range(s.number, s.number + 1)) from series s
       where s.org_id = $1 and s.series_id = any(${ids}) and s.number is not null))`

/** Batches that hold readings of the days and of at least one of the series, in order of receipt. Of those of codec 3 only these series. */
export const readBatches = async (
  tx: Tx,
  orgId: string,
  days: string[],
  seriesIds: string[],
): Promise<(StoredBatch & { batchId: string })[]> => {
  const { rows } = await tx.query<BatchRecord>(
    `select b.batch_id, b.codec, b.series_ids, b.attribution_ids, b.payload
     from reading_batch b
     where b.org_id = $1 and ${namesSeries('$3::uuid[]')}
       and b.batch_id in (select d.batch_id from batch_day d where d.org_id = $1 and d.day = any($2::date[]))
     order by b.received_at, b.batch_id`,
    [orgId, days, seriesIds],
  )
  const decoded = rows.map((row) => ({ row, columns: row.codec === CODEC_COLUMNS ? decodeColumns(row.payload) : null }))
  const names = await numberNames(
    tx,
    orgId,
    seriesIds,
    decoded.flatMap(({ columns }) => columns ?? []),
  )
  return decoded.flatMap(({ row, columns }) => {
    const batchId = row.batch_id
    if (columns) {
      const batch = rowsOfColumns(columns, names)
      return batch.rows.length === 0 ? [] : [{ batchId, ...batch }]
    }
    const { series_ids, attribution_ids } = row
    return [
      { batchId, seriesIds: series_ids, attributionIds: attribution_ids, rows: decodeRows(row.codec, row.payload) },
    ]
  })
}

export interface NumberNames {
  series: Map<number, string>
  attributions: Map<number, string>
}

/** The ids of the wanted series and of every attribution that the columns name. */
export const numberNames = async (
  tx: Tx,
  orgId: string,
  seriesIds: string[],
  columns: Pick<Columns, 'attribution'>[],
): Promise<NumberNames> => {
  if (columns.length === 0) return { series: new Map(), attributions: new Map() }
  const numbers = new Set<number>()
  for (const { attribution } of columns) for (const number of attribution) numbers.add(number)
  const series = await tx.query<{ number: number; series_id: string }>(
    `/* ledger.series_of_numbers */ select number, series_id from series
     where org_id = $1 and series_id = any($2::uuid[]) and number is not null`,
    [orgId, seriesIds],
  )
  const attributions = await tx.query<{ number: number; attribution_id: string }>(
    '/* ledger.attributions_of_numbers */ select number, attribution_id from attribution where org_id = $1 and number = any($2::int[])',
    [orgId, [...numbers]],
  )
  return {
    series: new Map(series.rows.map((row) => [row.number, row.series_id])),
    attributions: new Map(attributions.rows.map((row) => [row.number, row.attribution_id])),
  }
}

/** Readings of the named series, as rows. */
export const rowsOfColumns = (columns: Columns, names: NumberNames): StoredBatch => {
  const batch: StoredBatch = { seriesIds: [], attributionIds: [], rows: [] }
  const attributionIndex = new Map<number, number>()
  const indexOf = (number: number): number => {
    const known = attributionIndex.get(number)
    if (known !== undefined) return known
    const id = names.attributions.get(number)
    invariant(id, `attribution ${number} of a stored batch exists`)
    attributionIndex.set(number, batch.attributionIds.length)
    return batch.attributionIds.push(id) - 1
  }
  let from = 0
  columns.series.forEach((number, place) => {
    const to = from + (columns.counts[place] as number)
    const seriesId = names.series.get(number)
    if (seriesId !== undefined) {
      const series = batch.seriesIds.push(seriesId) - 1
      for (let i = from; i < to; i += 1) {
        const start = columns.start[i] as number
        batch.rows.push({
          series,
          attribution: indexOf(columns.attribution[i] as number),
          at: columns.at[i] as number,
          start: Number.isNaN(start) ? null : start,
          value: columns.value[i] as number,
        })
      }
    }
    from = to
  })
  return batch
}
