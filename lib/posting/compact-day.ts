import type { Pool } from 'pg'
import { inTransaction, type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { daysOfRow } from '@/lib/ledger/batches'
import { type Block, hourOfDay, readBlocks, shardOf, writeBlocks } from '@/lib/ledger/blocks'
import { decodeRows } from '@/lib/ledger/codec'
import { CODEC_COLUMNS, type Columns, decodeColumns } from '@/lib/ledger/columns'
import { awaitEvidence } from '@/lib/ledger/evidence-gate'
import { log } from '@/lib/log'
import { DAY, dayOf, HOUR } from '@/lib/units/time'
import { holdsDay } from './post-day'

/** Readings that one step holds in memory; what is beyond them is the next step's. */
const MOST_READINGS = 2_000_000

export interface Compacted {
  batches: number
  /** Distinct readings in the blocks that were written. */
  readings: number
  duplicates: number
  /** Readings that say another value for a moment already told: the first received stands. */
  conflicts: number
}

interface Row {
  series: number
  attribution: number
  at: number
  start: number | null
  value: number
}

/**
 * Puts a day's loose batches into its hourly blocks, by the rule of posting (ARCHITECTURE §4.2): of two readings of one series, start and
 * time the first received stands. Blocks are a cache, the batches stay. Oldest first and without a hole, so that whatever is still
 * loose was received after what the blocks hold. Null when nothing can be done now or another worker holds the day.
 */
export const compactDay = async (pool: Pool, orgId: string, day: string): Promise<Compacted | null> => {
  // A request reads its time of receipt behind the gate: what commits after this was received after all that is read below.
  await inTransaction(pool, (tx) => awaitEvidence(tx, orgId, day))
  return withOrgSql(pool, orgId, async (tx) => {
    if (!(await holdsDay(tx, orgId, day))) return null
    const { batchIds, rows } = await looseRows(tx, orgId, day)
    if (batchIds.length === 0) return null
    const { blocks, ...counts } = await merged(tx, orgId, day, rows)
    await writeBlocks(tx, orgId, blocks)
    await tx.query(
      '/* posting.mark_compacted */ update batch_day set compacted = true where org_id = $1 and day = $2 and batch_id = any($3::uuid[])',
      [orgId, day, batchIds],
    )
    return {
      batches: batchIds.length,
      readings: blocks.reduce((sum, { columns }) => sum + columns.at.length, 0),
      ...counts,
    }
  })
}

/** Fewer loose batches than this are read as fast as a block, and a block is written whole each time. */
const LOOSE_WHILE_RECEIVED = { batches: 64, readings: 50_000 }
const LOOSE_AFTERWARDS = { batches: 8, readings: 1000 }

/** Compacts a posted day while so much of it is loose that it pays. Returns the number of batches. */
export const compactWhereMuch = async (pool: Pool, orgId: string, day: string, now: number): Promise<number> => {
  const most = now > dayOf(day) + DAY + HOUR ? LOOSE_AFTERWARDS : LOOSE_WHILE_RECEIVED
  let batches = 0
  for (;;) {
    const { rows } = await withOrgSql(pool, orgId, (tx) =>
      tx.query<{ batches: number; readings: number }>(
        `/* posting.count_loose */ select count(*)::int as batches, coalesce(sum(b.readings), 0)::float8 as readings
         from batch_day d join reading_batch b on b.org_id = d.org_id and b.batch_id = d.batch_id
         where d.org_id = $1 and d.day = $2 and not d.compacted`,
        [orgId, day],
      ),
    )
    const loose = rows[0]
    if (!loose || loose.batches < most.batches || loose.readings < most.readings) return batches
    const compacted = await compactDay(pool, orgId, day)
    if (compacted === null) return batches
    batches += compacted.batches
    log.debug({ orgId, day, ...compacted }, 'day compacted')
  }
}

interface LooseRecord {
  batch_id: string
  codec: number
  series_ids: string[]
  attribution_ids: string[]
  payload: Buffer
}

const looseRows = async (tx: Tx, orgId: string, day: string): Promise<{ batchIds: string[]; rows: Row[] }> => {
  const { rows: records } = await tx.query<LooseRecord>(
    `/* posting.loose_batches */
     select batch_id, codec, series_ids, attribution_ids, payload from (
       select b.*, sum(b.readings) over (order by b.received_at, b.batch_id) - b.readings as before
       from batch_day d join reading_batch b on b.org_id = d.org_id and b.batch_id = d.batch_id
       where d.org_id = $1 and d.day = $2 and not d.compacted
     ) listed
     where before < $3 order by received_at, batch_id`,
    [orgId, day, MOST_READINGS],
  )
  const numbers = await numbersOf(tx, orgId, records)
  const batchIds: string[] = []
  const rows: Row[] = []
  for (const record of records) {
    const own = record.codec === CODEC_COLUMNS ? rowsOf(decodeColumns(record.payload)) : numbered(record, numbers)
    // A series that an earlier version wrote without a number: it and all that came after it stay loose.
    if (own === null) break
    batchIds.push(record.batch_id)
    for (const row of own) if (bearsOn(row, day)) rows.push(row)
  }
  return { batchIds, rows }
}

const bearsOn = (row: Row, day: string): boolean => daysOfRow(row).includes(day)

const rowsOf = ({ series, counts, attribution, at, start, value }: Columns): Row[] => {
  const rows: Row[] = []
  let i = 0
  series.forEach((number, place) => {
    for (const end = i + (counts[place] as number); i < end; i += 1) {
      const begins = start[i] as number
      rows.push({
        series: number,
        attribution: attribution[i] as number,
        at: at[i] as number,
        start: Number.isNaN(begins) ? null : begins,
        value: value[i] as number,
      })
    }
  })
  return rows
}

type Numbers = Map<string, number>

const numbersOf = async (tx: Tx, orgId: string, records: LooseRecord[]): Promise<Numbers> => {
  const { rows } = await tx.query<{ id: string; number: number }>(
    `/* posting.numbers_of_ids */
     select series_id as id, number from series where org_id = $1 and series_id = any($2::uuid[]) and number is not null
     union all
     select attribution_id, number from attribution where org_id = $1 and attribution_id = any($3::uuid[]) and number is not null`,
    [
      orgId,
      [...new Set(records.flatMap((record) => record.series_ids))],
      [...new Set(records.flatMap((record) => record.attribution_ids))],
    ],
  )
  return new Map(rows.map((row) => [row.id, row.number]))
}

const numbered = (record: LooseRecord, numbers: Numbers): Row[] | null => {
  const series = record.series_ids.map((id) => numbers.get(id))
  const attributions = record.attribution_ids.map((id) => numbers.get(id))
  if (series.includes(undefined) || attributions.includes(undefined)) return null
  return decodeRows(record.codec, record.payload).map((row) => ({
    ...row,
    series: series[row.series] as number,
    attribution: attributions[row.attribution] as number,
  }))
}

const merged = async (
  tx: Tx,
  orgId: string,
  day: string,
  rows: Row[],
): Promise<{ blocks: Block[]; duplicates: number; conflicts: number }> => {
  const hours = [...new Set(rows.map((row) => hourOfDay(row.at, day)))]
  const byBlock = new Map<string, { hour: number; shard: number; rows: Row[] }>()
  const put = (hour: number, shard: number, row: Row) => {
    const key = `${hour} ${shard}`
    const block = byBlock.get(key) ?? { hour, shard, rows: [] }
    byBlock.set(key, block)
    block.rows.push(row)
  }
  // What the blocks hold was received first.
  for (const { hour, shard, columns } of await readBlocks(tx, orgId, hours))
    for (const row of rowsOf(columns)) put(hour, shard, row)
  for (const row of rows) put(hourOfDay(row.at, day), shardOf(row.series), row)
  let duplicates = 0
  let conflicts = 0
  const blocks = [...byBlock.values()].map(({ hour, shard, rows: told }): Block => {
    const once = firstOnly(told)
    duplicates += once.duplicates
    conflicts += once.conflicts
    return { hour, shard, columns: once.columns }
  })
  return { blocks, duplicates, conflicts }
}

const NO_START = Number.NEGATIVE_INFINITY

/** In order of series, time and start, each moment told once: by the first received. */
const firstOnly = (told: Row[]): { columns: Columns; duplicates: number; conflicts: number } => {
  // Stable: of one moment the order of receipt stays.
  const ordered = told.sort(
    (a, b) =>
      a.series - b.series ||
      a.at - b.at ||
      ((a.start ?? NO_START) < (b.start ?? NO_START) ? -1 : Number((a.start ?? NO_START) > (b.start ?? NO_START))),
  )
  let duplicates = 0
  let conflicts = 0
  const kept: Row[] = []
  for (const row of ordered) {
    const last = kept.at(-1)
    if (last?.series !== row.series || last.at !== row.at || last.start !== row.start) kept.push(row)
    else if (last.value === row.value && last.attribution === row.attribution) duplicates += 1
    else conflicts += 1
  }
  const series: number[] = []
  const counts: number[] = []
  for (const row of kept) {
    if (series.at(-1) === row.series) counts[counts.length - 1] = (counts.at(-1) as number) + 1
    else {
      series.push(row.series)
      counts.push(1)
    }
  }
  return {
    duplicates,
    conflicts,
    columns: {
      series,
      counts,
      attribution: kept.map((row) => row.attribution),
      at: Float64Array.from(kept, (row) => row.at),
      start: Float64Array.from(kept, (row) => row.start ?? Number.NaN),
      value: Float64Array.from(kept, (row) => row.value),
    },
  }
}
