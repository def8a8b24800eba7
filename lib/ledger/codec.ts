import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { invariant } from '@/lib/errors'
import { Reader, Writer } from './varints'

/** One reading inside a batch; series and attribution are indexes into the batch's own lists. */
export interface BatchRow {
  series: number
  attribution: number
  at: number
  /** null: the reading names no interval. */
  start: number | null
  value: number
}

/** Columns: series, attribution, time differences and interval lengths as varints, values as doubles; deflate when it pays. */
export const CODEC_PLAIN = 1
export const CODEC_DEFLATE = 2
const DEFLATE_FROM_BYTES = 512

/** @param rows at least one; `at` and `start` in whole milliseconds */
export const encodeRows = (rows: BatchRow[]): { codec: number; payload: Buffer } => {
  const writer = new Writer(rows.length * 14 + 16)
  writer.varint(rows.length)
  for (const row of rows) writer.varint(row.series)
  for (const row of rows) writer.varint(row.attribution)
  let previous = 0
  for (const row of rows) {
    writer.signed(row.at - previous)
    previous = row.at
  }
  // 0 = no interval, else its length + 1: an interval is never empty, but the code need not rely on it.
  for (const row of rows) writer.varint(row.start === null ? 0 : row.at - row.start + 1)
  for (const row of rows) writer.double(row.value)
  const plain = writer.done()
  if (plain.length < DEFLATE_FROM_BYTES) return { codec: CODEC_PLAIN, payload: plain }
  return { codec: CODEC_DEFLATE, payload: deflateRawSync(plain, { level: 1 }) }
}

export const decodeRows = (codec: number, payload: Buffer): BatchRow[] => {
  invariant(codec === CODEC_PLAIN || codec === CODEC_DEFLATE, `batch codec ${codec} is not known`)
  const reader = new Reader(codec === CODEC_DEFLATE ? inflateRawSync(payload) : payload)
  const length = reader.varint()
  const rows: BatchRow[] = Array.from({ length }, () => ({
    series: reader.varint(),
    attribution: 0,
    at: 0,
    start: null,
    value: 0,
  }))
  for (const row of rows) row.attribution = reader.varint()
  let previous = 0
  for (const row of rows) {
    previous += reader.signed()
    row.at = previous
  }
  for (const row of rows) {
    const interval = reader.varint()
    row.start = interval === 0 ? null : row.at - (interval - 1)
  }
  for (const row of rows) row.value = reader.double()
  return rows
}
