import type { Tx } from '@/lib/db/with-org-sql'
import { dayName, dayStart, HOUR } from '@/lib/units/time'
import { type BatchRecord, daysOfRow, type NumberNames, numberNames, rowsOfColumns, type StoredBatch } from './batches'
import { type BatchRow, decodeRows } from './codec'
import { CODEC_COLUMNS, type Columns, decodeColumns, encodeColumns, packColumns } from './columns'

/** Series of a shard stand in one block an hour: enough for columns to pay, few enough that one series is read cheaply. */
const SERIES_OF_A_SHARD = 64
/** Shards are small integers; far beyond two million series two of them share their blocks. */
const MOST_SHARDS = 32_768
export const shardOf = (series: number): number => Math.floor(series / SERIES_OF_A_SHARD) % MOST_SHARDS

/** A block is written seldom and read often, so it is deflated well. */
const DEFLATE_LEVEL = 6

export interface Block {
  hour: number
  shard: number
  columns: Columns
}

export const readBlocks = async (tx: Tx, orgId: string, hours: number[]): Promise<Block[]> => {
  const { rows } = await tx.query<{ hour: Date; shard: number; payload: Buffer }>(
    `/* ledger.read_blocks */ select hour, shard, payload from reading_block
     where org_id = $1 and hour = any($2::timestamptz[]) order by hour, shard`,
    [orgId, hours.map((hour) => new Date(hour))],
  )
  return rows.map((row) => ({ hour: row.hour.getTime(), shard: row.shard, columns: decodeColumns(row.payload) }))
}

export const writeBlocks = async (tx: Tx, orgId: string, blocks: Block[]): Promise<void> => {
  const payloads = blocks.map(({ columns }) => packColumns(encodeColumns(columns), DEFLATE_LEVEL))
  await tx.query(
    `/* ledger.write_blocks */
     insert into reading_block as known (org_id, hour, shard, version, codec, series, readings, payload)
     select $1, hour, shard, 1, ${CODEC_COLUMNS}, series, readings, payload
     from unnest($2::timestamptz[], $3::smallint[], $4::int[], $5::int[], $6::bytea[]) as told(hour, shard, series, readings, payload)
     on conflict (org_id, hour, shard) do update set version = known.version + 1, codec = excluded.codec, series = excluded.series,
       readings = excluded.readings, payload = excluded.payload, compacted_at = now()`,
    [
      orgId,
      blocks.map(({ hour }) => new Date(hour)),
      blocks.map(({ shard }) => shard),
      blocks.map(({ columns }) => columns.series.length),
      blocks.map(({ columns }) => columns.at.length),
      payloads,
    ],
  )
}

interface EvidenceRecord extends BatchRecord {
  /** Start of a block's hour; null for a batch. */
  hour: Date | null
  /** Of the asked days those for which the batch is not compacted. */
  loose: string[] | null
}

/**
 * All readings of the series that bear on the days, each once, in order of receipt among those of one time: from blocks, and from the batches
 * that no block holds yet. One statement, so that a compaction in between cannot hide any. What a block holds was received before
 * what is still loose.
 */
export const readEvidence = async (
  tx: Tx,
  orgId: string,
  days: string[],
  seriesIds: string[],
): Promise<StoredBatch[]> => {
  const { rows } = await tx.query<EvidenceRecord>(
    `/* ledger.read_evidence */
     with wanted as materialized (
       select range_agg(int4range(s.number, s.number + 1)) filter (where s.number is not null) as numbers,
         array_agg(distinct s.number / ${SERIES_OF_A_SHARD} % ${MOST_SHARDS}) as shards
       from series s where s.org_id = $1 and s.series_id = any($3::uuid[])
     ), loose as materialized (
       select d.batch_id, array_agg(d.day::text) as days from batch_day d
       where d.org_id = $1 and d.day = any($2::date[]) and not d.compacted group by d.batch_id
     )
     select r.hour, null::uuid as batch_id, r.codec, '{}'::uuid[] as series_ids, '{}'::uuid[] as attribution_ids, r.payload,
       null::text[] as loose, null::timestamptz as received_at
     from unnest($2::date[]) as listed(day), wanted, reading_block r
     where r.org_id = $1 and r.shard = any(wanted.shards)
       and r.hour >= listed.day::timestamp at time zone 'UTC' and r.hour < (listed.day + 1)::timestamp at time zone 'UTC'
     union all
     select null, b.batch_id, b.codec, b.series_ids, b.attribution_ids, b.payload, loose.days, b.received_at
     from loose join reading_batch b on b.org_id = $1 and b.batch_id = loose.batch_id, wanted
     where b.series_ids && $3::uuid[] or b.series_set && wanted.numbers
     order by received_at nulls first, hour, batch_id`,
    [orgId, days, seriesIds],
  )
  const decoded = rows.map((row) => ({ row, columns: row.codec === CODEC_COLUMNS ? decodeColumns(row.payload) : null }))
  const names = await numberNames(
    tx,
    orgId,
    seriesIds,
    decoded.flatMap(({ columns }) => columns ?? []),
  )
  const asked = new Set(days)
  return decoded.map(({ row, columns }) => ofDays(batchOf(row, columns, names), row, asked))
}

const batchOf = (row: EvidenceRecord, columns: Columns | null, names: NumberNames): StoredBatch =>
  columns
    ? rowsOfColumns(columns, names)
    : { seriesIds: row.series_ids, attributionIds: row.attribution_ids, rows: decodeRows(row.codec, row.payload) }

/**
 * A reading stands in the block of its own time, and one that names an interval in those of the interval's other days too. It is taken from where its
 * own day is read; from another only if its own is not asked for.
 */
const ofDays = (batch: StoredBatch, { hour, loose }: EvidenceRecord, asked: Set<string>): StoredBatch => {
  if (hour !== null) {
    const from = dayStart(hour.getTime())
    const isHome = (row: BatchRow) => dayStart(row.at) === from
    if (batch.rows.every(isHome)) return batch
    return { ...batch, rows: batch.rows.filter((row) => isHome(row) || !asked.has(dayName(row.at))) }
  }
  const isLoose = new Set(loose)
  const whole = [...asked].every((day) => isLoose.has(day))
  if (whole) return batch
  return {
    ...batch,
    rows: batch.rows.filter((row) => {
      const home = dayName(row.at)
      return asked.has(home) ? isLoose.has(home) : daysOfRow(row).some((day) => isLoose.has(day))
    }),
  }
}

/** The hour of the day's blocks in which a reading that bears on the day stands: its own, else the last. */
export const hourOfDay = (at: number, day: number): number => Math.min(Math.floor(at / HOUR) * HOUR, day + 23 * HOUR)
