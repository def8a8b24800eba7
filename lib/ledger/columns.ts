import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { invariant } from '@/lib/errors'
import { Reader, Writer } from './varints'

/** Readings as columns, by series and then time; series and attributions by their small numbers inside the organisation. */
export const CODEC_COLUMNS = 3

export interface Columns {
  /** Ascending, each once. */
  series: number[]
  /** How many readings each series has. */
  counts: number[]
  /** For each reading, as the three below. */
  attribution: number[]
  at: Float64Array
  /** NaN: the reading names no interval. */
  start: Float64Array
  value: Float64Array
}

const PLAIN = 0
const DEFLATED = 1

/** Readings of one series with one attribution, in the order in which they were received. */
export interface SeriesSamples {
  series: number
  attribution: number
  samples: readonly { at: number; start: number | null; value: number }[]
}

/**
 * Readings put in order of series and time and told once: the same start, time and value of a series again is a repeat. Of one time, the
 * order of receipt stays: which of two conflicting values stands depends on it.
 */
export const columnsOf = (given: SeriesSamples[]): { columns: Columns; repeats: number } => {
  let most = 0
  for (const { samples } of given) most += samples.length
  const filled = given.every(({ samples }) => samples.length > 0)
    ? given
    : given.filter(({ samples }) => samples.length > 0)
  const groups = isAscending(filled) ? filled : [...filled].sort((a, b) => a.series - b.series)
  const columns: Columns = {
    series: [],
    counts: [],
    attribution: [],
    at: new Float64Array(most),
    start: new Float64Array(most),
    value: new Float64Array(most),
  }
  let length = 0
  for (let from = 0; from < groups.length; ) {
    const { series } = groups[from] as SeriesSamples
    let to = from + 1
    while (to < groups.length && groups[to]?.series === series) to += 1
    const before = length
    length = to - from === 1 ? putOne(columns, groups[from] as SeriesSamples, length) : -1
    if (length < 0) length = putSorted(columns, groups.slice(from, to), before)
    columns.series.push(series)
    columns.counts.push(length - before)
    from = to
  }
  const cut = (list: Float64Array) => (length === most ? list : list.subarray(0, length))
  return {
    columns: { ...columns, at: cut(columns.at), start: cut(columns.start), value: cut(columns.value) },
    repeats: most - length,
  }
}

const isAscending = (groups: SeriesSamples[]): boolean => {
  let before = -1
  for (const { series } of groups) {
    if (series < before) return false
    before = series
  }
  return true
}

/** What comes in order of time, as nearly everything does. Returns -1 when it does not: then nothing was put. */
const putOne = (columns: Columns, { attribution, samples }: SeriesSamples, from: number): number => {
  let before = Number.NEGATIVE_INFINITY
  for (const { at } of samples) {
    if (at <= before) return -1
    before = at
  }
  let length = from
  for (const { at, start, value } of samples) {
    columns.at[length] = at
    columns.start[length] = start ?? Number.NaN
    columns.value[length] = value
    columns.attribution[length] = attribution
    length += 1
  }
  return length
}

const putSorted = (columns: Columns, groups: SeriesSamples[], from: number): number => {
  const rows = groups.flatMap(({ attribution, samples }) => samples.map((sample) => ({ ...sample, attribution })))
  rows.sort((a, b) => a.at - b.at || (a.start ?? -Infinity) - (b.start ?? -Infinity) || 0)
  let length = from
  let told = new Set<number>()
  rows.forEach((row, index) => {
    const last = rows[index - 1]
    if (last?.at !== row.at || last.start !== row.start) told = new Set()
    if (told.has(row.value)) return
    told.add(row.value)
    columns.at[length] = row.at
    columns.start[length] = row.start ?? Number.NaN
    columns.value[length] = row.value
    columns.attribution[length] = row.attribution
    length += 1
  })
  return length
}

/** The columns as bytes, the same for the same readings: what a batch is known by. */
export const encodeColumns = (columns: Columns): Buffer => {
  const writer = new Writer(columns.at.length * 4 + columns.series.length * 2 + 64)
  writer.varint(columns.at.length)
  writeRanges(writer, columns.series)
  writeCounts(writer, columns.counts)
  writeAttributions(writer, columns)
  writeTimes(writer, columns)
  writeStarts(writer, columns)
  writeValues(writer, columns)
  return writer.done()
}

/** Deflated where the columns alone did not pay: regular times and decimal values leave little to deflate in a request. */
export const packColumns = (plain: Buffer, level: number | null): Buffer => {
  if (level !== null) {
    const deflated = deflateRawSync(plain, { level })
    if (deflated.length < plain.length * 0.9) return Buffer.concat([Buffer.of(DEFLATED), deflated])
  }
  return Buffer.concat([Buffer.of(PLAIN), plain])
}

/** @throws when the bytes are not what encodeColumns and packColumns gave */
export const decodeColumns = (payload: Buffer): Columns => {
  const rest = payload.subarray(1)
  invariant(payload[0] === PLAIN || payload[0] === DEFLATED, 'a stored batch says how it is packed')
  const reader = new Reader(payload[0] === DEFLATED ? inflateRawSync(rest) : rest)
  const length = reader.varint()
  const series = readRanges(reader)
  const counts = readCounts(reader, series.length)
  const attribution = readAttributions(reader, counts, length)
  const at = readTimes(reader, counts, length)
  const start = readStarts(reader, at)
  const value = readValues(reader, counts, length)
  return { series, counts, attribution, at, start, value }
}

/** Ascending numbers as ranges: first, length. Series of one sender were numbered together. */
export const rangesOf = (numbers: number[]): [number, number][] => {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && number === last[0] + last[1]) last[1] += 1
    else ranges.push([number, 1])
  }
  return ranges
}

const writeRanges = (writer: Writer, numbers: number[]) => {
  const ranges = rangesOf(numbers)
  writer.varint(ranges.length)
  let end = 0
  for (const [first, length] of ranges) {
    writer.varint(first - end)
    writer.varint(length)
    end = first + length
  }
}

const readRanges = (reader: Reader): number[] => {
  const numbers: number[] = []
  let end = 0
  for (let left = reader.varint(); left > 0; left -= 1) {
    const first = end + reader.varint()
    end = first + reader.varint()
    for (let number = first; number < end; number += 1) numbers.push(number)
  }
  return numbers
}

/** One count where all are alike, else 0 and each. A series has at least one reading. */
const writeCounts = (writer: Writer, counts: number[]) => {
  const [first = 0] = counts
  const alike = counts.every((count) => count === first)
  writer.varint(alike ? first : 0)
  if (!alike) for (const count of counts) writer.varint(count)
}

const readCounts = (reader: Reader, length: number): number[] => {
  const alike = reader.varint()
  return Array.from({ length }, () => (alike === 0 ? reader.varint() : alike))
}

const BY_SERIES = 0
const BY_READING = 1

const writeAttributions = (writer: Writer, { attribution, counts }: Columns) => {
  const list = [...new Set(attribution)].sort((a, b) => a - b)
  writeRanges(writer, list)
  if (list.length < 2) return
  const index = new Map(list.map((number, place) => [number, place]))
  const firsts: number[] = []
  let isBySeries = true
  let from = 0
  for (const count of counts) {
    firsts.push(attribution[from] as number)
    for (let i = from + 1; i < from + count; i += 1) if (attribution[i] !== attribution[from]) isBySeries = false
    from += count
  }
  writer.byte(isBySeries ? BY_SERIES : BY_READING)
  for (const number of isBySeries ? firsts : attribution) writer.varint(index.get(number) as number)
}

const readAttributions = (reader: Reader, counts: number[], length: number): number[] => {
  const list = readRanges(reader)
  if (list.length < 2) return new Array(length).fill(list[0])
  const next = () => {
    const number = list[reader.varint()]
    invariant(number !== undefined, 'a stored reading names an attribution of its batch')
    return number
  }
  if (reader.byte() === BY_READING) return Array.from({ length }, next)
  return counts.flatMap((count) => new Array<number>(count).fill(next()))
}

const SAME_TIMES = 0
const OWN_TIMES = 1

/** The differences of differences of each series: a steady meter's are zero. One list where all series were read together. */
const writeTimes = (writer: Writer, { at, counts }: Columns) => {
  const [first = 0] = counts
  let together = counts.every((count) => count === first)
  for (let i = first; together && i < at.length; i += 1) together = at[i] === at[i - first]
  writer.byte(together ? SAME_TIMES : OWN_TIMES)
  let from = 0
  let lead = 0
  for (const count of together ? counts.slice(0, 1) : counts) {
    let before = at[from] as number
    writer.signed(before - lead)
    lead = before
    let step = 0
    for (let i = from + 1; i < from + count; i += 1) {
      const next = (at[i] as number) - before
      writer.signed(next - step)
      step = next
      before = at[i] as number
    }
    from += count
  }
}

const readTimes = (reader: Reader, counts: number[], length: number): Float64Array => {
  const at = new Float64Array(length)
  const together = reader.byte() === SAME_TIMES
  let from = 0
  let lead = 0
  for (const count of together ? counts.slice(0, 1) : counts) {
    lead += reader.signed()
    at[from] = lead
    let before = lead
    let step = 0
    for (let i = from + 1; i < from + count; i += 1) {
      step += reader.signed()
      before += step
      at[i] = before
    }
    from += count
  }
  if (together) for (let i = from; i < length; i += 1) at[i] = at[i - from] as number
  return at
}

/** 0: no reading names an interval. Else of each 0, or its length + 1 with its sign. */
const writeStarts = (writer: Writer, { at, start }: Columns) => {
  const none = start.every((one) => Number.isNaN(one))
  writer.byte(none ? 0 : 1)
  if (none) return
  start.forEach((one, i) => {
    if (Number.isNaN(one)) writer.varint(0)
    else {
      const length = (at[i] as number) - one
      writer.varint((length >= 0 ? length * 2 : -length * 2 - 1) + 1)
    }
  })
}

const readStarts = (reader: Reader, at: Float64Array): Float64Array => {
  const start = new Float64Array(at.length).fill(Number.NaN)
  if (reader.byte() === 0) return start
  for (let i = 0; i < at.length; i += 1) {
    const stored = reader.varint()
    if (stored === 0) continue
    const sign = stored - 1
    start[i] = (at[i] as number) - (sign % 2 === 0 ? sign / 2 : -(sign + 1) / 2)
  }
  return start
}

/** Values are integers of a decimal place where they come back exactly, else doubles: lossless either way. */
const PLACES = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
/** Differences of such integers, with their sign, stay below 2^53. */
const MOST_INTEGER = 2 ** 51
const DOUBLES = 254
const OWN_PLACES = 255

/** The fewest decimal places with which all values of a stretch come back exactly, or DOUBLES. */
const placeOf = (value: Float64Array, from: number, to: number, least = 0): number => {
  let place = least
  let most = 0
  for (let i = from; i < to; i += 1) {
    const one = value[i] as number
    const size = Math.abs(one)
    if (size > most) most = size
    for (;;) {
      const scale = PLACES[place]
      if (scale === undefined || most * scale > MOST_INTEGER || Object.is(one, -0)) return DOUBLES
      // What fewer places held exactly, more places hold too: the same fraction, divided once.
      if (Math.round(one * scale) / scale === one) break
      place += 1
    }
  }
  return most * (PLACES[place] as number) > MOST_INTEGER ? DOUBLES : place
}

const writeValues = (writer: Writer, { value, counts }: Columns) => {
  const whole = placeOf(value, 0, value.length)
  if (whole !== DOUBLES) {
    writer.byte(whole)
    writeIntegers(writer, value, counts, () => whole)
    return
  }
  writer.byte(OWN_PLACES)
  const places: number[] = []
  let from = 0
  for (const count of counts) {
    places.push(placeOf(value, from, from + count))
    from += count
  }
  for (const place of places) writer.byte(place)
  writeIntegers(writer, value, counts, (index) => places[index] as number)
}

/** Each the difference to the one before; the first of a series to the first of the series before it. */
const writeIntegers = (writer: Writer, value: Float64Array, counts: number[], placeAt: (index: number) => number) => {
  let from = 0
  let lead = 0
  counts.forEach((count, index) => {
    const place = placeAt(index)
    if (place === DOUBLES) {
      for (let i = from; i < from + count; i += 1) writer.double(value[i] as number)
    } else {
      const scale = PLACES[place] as number
      let before = lead
      for (let i = from; i < from + count; i += 1) {
        const integer = Math.round((value[i] as number) * scale)
        writer.signed(integer - before)
        before = integer
        if (i === from) lead = integer
      }
    }
    from += count
  })
}

const readValues = (reader: Reader, counts: number[], length: number): Float64Array => {
  const value = new Float64Array(length)
  const whole = reader.byte()
  const places = whole === OWN_PLACES ? counts.map(() => reader.byte()) : null
  let from = 0
  let lead = 0
  counts.forEach((count, index) => {
    const place = places ? (places[index] as number) : whole
    if (place === DOUBLES) {
      for (let i = from; i < from + count; i += 1) value[i] = reader.double()
    } else {
      const scale = PLACES[place]
      invariant(scale !== undefined, `a stored value has ${place} decimal places`)
      let before = lead
      for (let i = from; i < from + count; i += 1) {
        before += reader.signed()
        value[i] = before / scale
        if (i === from) lead = before
      }
    }
    from += count
  })
  return value
}
