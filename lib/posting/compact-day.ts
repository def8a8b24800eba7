import type { Pool } from 'pg'
import { inTransaction, type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { type Block, hourOfDay, readBlocks, shardOf, writeBlocks } from '@/lib/ledger/blocks'
import { decodeRows } from '@/lib/ledger/codec'
import { CODEC_COLUMNS, type Columns, columnsOf, decodeColumns } from '@/lib/ledger/columns'
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

/** Readings of one series as they were received. */
interface Told {
  attribution: number[]
  at: number[]
  /** NaN: no interval. */
  start: number[]
  value: number[]
}

/** Start of an hour → series → its readings. */
type Hours = Map<number, Map<number, Told>>

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
    const records = await looseBatches(tx, orgId, day)
    const numbers = await numbersOf(tx, orgId, records)
    const given = records.map((record) => ({ batchId: record.batch_id, columns: columnsOfRecord(record, numbers) }))
    // A series that an earlier version wrote without a number: its batch and all that came after it stay loose.
    const hole = given.findIndex(({ columns }) => columns === null)
    const taken = hole < 0 ? given : given.slice(0, hole)
    if (taken.length === 0) return null
    const batchIds = taken.map(({ batchId }) => batchId)
    const { blocks, ...counts } = await merged(
      tx,
      orgId,
      day,
      taken.flatMap(({ columns }) => columns ?? []),
    )
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

const looseBatches = async (tx: Tx, orgId: string, day: string): Promise<LooseRecord[]> => {
  const { rows } = await tx.query<LooseRecord>(
    `/* posting.loose_batches */
     select batch_id, codec, series_ids, attribution_ids, payload from (
       select b.*, sum(b.readings) over (order by b.received_at, b.batch_id) - b.readings as before
       from batch_day d join reading_batch b on b.org_id = d.org_id and b.batch_id = d.batch_id
       where d.org_id = $1 and d.day = $2 and not d.compacted
     ) listed
     where before < $3 order by received_at, batch_id`,
    [orgId, day, MOST_READINGS],
  )
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

const columnsOfRecord = (record: LooseRecord, numbers: Numbers): Columns | null => {
  if (record.codec === CODEC_COLUMNS) return decodeColumns(record.payload)
  const series = record.series_ids.map((id) => numbers.get(id))
  const attributions = record.attribution_ids.map((id) => numbers.get(id))
  if (series.includes(undefined) || attributions.includes(undefined)) return null
  const rows = decodeRows(record.codec, record.payload)
  return columnsOf(
    rows.map((row) => ({
      series: series[row.series] as number,
      attribution: attributions[row.attribution] as number,
      samples: [row],
    })),
  ).columns
}

const merged = async (
  tx: Tx,
  orgId: string,
  day: string,
  given: Columns[],
): Promise<{ blocks: Block[]; duplicates: number; conflicts: number }> => {
  const fresh: Hours = new Map()
  for (const columns of given) put(fresh, columns, day)
  // What the blocks hold was received first.
  const hours: Hours = new Map()
  for (const { columns } of await readBlocks(tx, orgId, [...fresh.keys()])) put(hours, columns, day)
  for (const [hour, series] of fresh) for (const [number, told] of series) append(toldOf(hours, hour, number), told)
  const counts = { duplicates: 0, conflicts: 0 }
  const blocks = [...hours].flatMap(([hour, series]) => blocksOf(hour, series, counts))
  return { blocks, ...counts }
}

const toldOf = (hours: Hours, hour: number, number: number): Told => {
  const series = hours.get(hour) ?? new Map<number, Told>()
  hours.set(hour, series)
  const told = series.get(number) ?? { attribution: [], at: [], start: [], value: [] }
  series.set(number, told)
  return told
}

const append = (to: Told, from: Told) => {
  for (let i = 0; i < from.at.length; i += 1) {
    to.attribution.push(from.attribution[i] as number)
    to.at.push(from.at[i] as number)
    to.start.push(from.start[i] as number)
    to.value.push(from.value[i] as number)
  }
}

/** Puts the readings that bear on the day into its hours. */
const put = (hours: Hours, { series, counts, attribution, at, start, value }: Columns, day: string) => {
  const from = dayOf(day)
  const to = from + DAY
  let i = 0
  series.forEach((number, place) => {
    let hour = Number.NaN
    let told: Told | null = null
    for (const end = i + (counts[place] as number); i < end; i += 1) {
      const time = at[i] as number
      const begins = start[i] as number
      if (time < from || (Number.isNaN(begins) ? time : begins) >= to) continue
      const own = hourOfDay(time, from)
      if (told === null || own !== hour) {
        hour = own
        told = toldOf(hours, hour, number)
      }
      told.attribution.push(attribution[i] as number)
      told.at.push(time)
      told.start.push(begins)
      told.value.push(value[i] as number)
    }
  })
}

interface Counts {
  duplicates: number
  conflicts: number
}

const blocksOf = (hour: number, series: Map<number, Told>, counts: Counts): Block[] => {
  const shards = new Map<number, number[]>()
  for (const number of [...series.keys()].sort((a, b) => a - b)) {
    const shard = shards.get(shardOf(number))
    if (shard) shard.push(number)
    else shards.set(shardOf(number), [number])
  }
  return [...shards].map(([shard, numbers]) => {
    const told = numbers.map((number) => firstOnly(series.get(number) as Told, counts))
    const join = (column: (one: Told) => number[]) => Float64Array.from(told.flatMap(column))
    return {
      ...{ hour, shard },
      columns: {
        series: numbers,
        counts: told.map((one) => one.at.length),
        attribution: told.flatMap((one) => one.attribution),
        at: join((one) => one.at),
        start: join((one) => one.start),
        value: join((one) => one.value),
      },
    }
  })
}

/** In order of time and start, each moment told once: by the first received. */
const firstOnly = (told: Told, counts: Counts): Told => {
  const { attribution, at, start, value } = told
  if (at.every((time, i) => i === 0 || time > (at[i - 1] as number))) return told
  const startOf = (i: number) => (Number.isNaN(start[i]) ? Number.NEGATIVE_INFINITY : (start[i] as number))
  // Stable: of one moment the order of receipt stays.
  const order = at.map((_, i) => i)
  order.sort(
    (a, b) => (at[a] as number) - (at[b] as number) || (startOf(a) < startOf(b) ? -1 : Number(startOf(a) > startOf(b))),
  )
  const kept: Told = { attribution: [], at: [], start: [], value: [] }
  let last = -1
  for (const i of order) {
    if (last >= 0 && at[last] === at[i] && startOf(last) === startOf(i)) {
      if (value[last] === value[i] && attribution[last] === attribution[i]) counts.duplicates += 1
      else counts.conflicts += 1
      continue
    }
    last = i
    append(kept, {
      attribution: [attribution[i] as number],
      at: [at[i] as number],
      start: [start[i] as number],
      value: [value[i] as number],
    })
  }
  return kept
}
