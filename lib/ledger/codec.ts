import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { invariant } from '@/lib/errors'

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
/** Ten bytes hold any 64-bit varint; our integers stay below 2^53, so eight do. */
const MAX_VARINT = 8

class Writer {
  private bytes: Buffer
  private length = 0
  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafe(capacity)
  }
  private reserve(size: number) {
    if (this.length + size <= this.bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size))
    this.bytes.copy(grown, 0, 0, this.length)
    this.bytes = grown
  }
  varint(value: number) {
    this.reserve(MAX_VARINT)
    let rest = value
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.bytes[this.length++] = rest
  }
  /** Small magnitudes of either sign stay short. */
  signed(value: number) {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1)
  }
  double(value: number) {
    this.reserve(8)
    this.bytes.writeDoubleLE(value, this.length)
    this.length += 8
  }
  done(): Buffer {
    return this.bytes.subarray(0, this.length)
  }
}

class Reader {
  private offset = 0
  constructor(private readonly bytes: Buffer) {}
  varint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.bytes[this.offset++]
      invariant(byte !== undefined, 'a stored batch ends inside a number')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 0x80
    }
  }
  signed(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
  double(): number {
    const value = this.bytes.readDoubleLE(this.offset)
    this.offset += 8
    return value
  }
}

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
