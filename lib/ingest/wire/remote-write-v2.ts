import { BYTES, FIXED64, malformed, ProtobufReader, VARINT } from './protobuf'
import { isStaleMarker, noCounts, type RemoteWriteCounts, seriesOfLabels } from './remote-write-v1'
import { type Label, MOST_LABELS, type SeriesVisitor, type Temporality, type WireSample } from './wire-series'

/** io.prometheus.write.v2.Metadata.MetricType */
const TEMPORALITY: Record<number, Temporality> = { 1: 'cumulative', 2: 'gauge' }

interface Parsed {
  refs: number[]
  samples: WireSample[]
  type: number
  unit: number
}

/**
 * Prometheus remote write 2.0: Request{4 symbols, 5 timeseries{1 labels_refs, 2 samples{1 value, 2 ms, 3 start ms}, 5 metadata{1 type,
 * 4 unit}}}. Symbols may stand behind the series that use them, so series are kept until the end of the body.
 * @throws AppError malformed_body: a reference to no symbol, a symbol table whose first entry is not empty
 */
export const decodeRemoteWriteV2 = (body: Buffer, visit: SeriesVisitor): RemoteWriteCounts => {
  const counts = noCounts()
  const symbols: string[] = []
  const parsed: Parsed[] = []
  const reader = new ProtobufReader(body)
  while (reader.next()) {
    if (reader.field === 4) {
      reader.expect(BYTES)
      symbols.push(reader.string())
    } else if (reader.field === 5) {
      reader.expect(BYTES)
      parsed.push(reader.message((series) => readSeries(series, counts)))
    } else reader.skip()
  }
  if (parsed.length > 0 && symbols[0] !== '') throw malformed('the first symbol is not the empty one')
  const symbol = (ref: number): string => {
    const text = symbols[ref]
    if (text === undefined) throw malformed(`symbol ${ref} is not in the table`)
    return text
  }
  for (const { refs, samples, type, unit } of parsed) {
    if (refs.length % 2 !== 0) throw malformed('a label has a name and no value')
    if (refs.length > 2 * MOST_LABELS) throw malformed(`a series has ${refs.length / 2} labels`)
    const labels: Label[] = []
    for (let i = 0; i < refs.length; i += 2) {
      labels.push({ name: symbol(refs[i] as number), value: symbol(refs[i + 1] as number) })
    }
    counts.series += 1
    const key = JSON.stringify([labels.map(({ name, value }) => [name, value]), type, symbol(unit)])
    const tell = () => ({
      ...seriesOfLabels(labels),
      unit: symbol(unit) || null,
      temporality: TEMPORALITY[type] ?? ('unknown' as const),
    })
    visit(key, tell, samples)
  }
  return counts
}

const readSeries = (reader: ProtobufReader, counts: RemoteWriteCounts): Parsed => {
  const parsed: Parsed = { refs: [], samples: [], type: 0, unit: 0 }
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === BYTES) {
      reader.message((refs) => {
        while (refs.offset < refs.end) parsed.refs.push(refs.varint())
      })
    } else if (reader.field === 1) {
      reader.expect(VARINT)
      parsed.refs.push(reader.varint())
    } else if (reader.field === 2) {
      reader.expect(BYTES)
      reader.message((sample) => readSample(sample, counts, parsed.samples))
    } else if (reader.field === 5) {
      reader.expect(BYTES)
      reader.message((metadata) => {
        while (metadata.next()) {
          if (metadata.field === 1 && metadata.wire === VARINT) parsed.type = metadata.varint()
          else if (metadata.field === 4 && metadata.wire === VARINT) parsed.unit = metadata.varint()
          else metadata.skip()
        }
      })
    } else {
      if (reader.field === 3) counts.histograms += 1
      if (reader.field === 4) counts.exemplars += 1
      reader.skip()
    }
  }
  return parsed
}

const readSample = (reader: ProtobufReader, counts: RemoteWriteCounts, samples: WireSample[]): void => {
  let value = 0
  let at = 0
  let start = 0
  let isStale = false
  while (reader.next()) {
    if (reader.field === 1) {
      reader.expect(FIXED64)
      isStale = reader.offset + 8 <= reader.end && isStaleMarker(reader.bytes, reader.offset)
      value = reader.double()
    } else if (reader.field === 2) {
      reader.expect(VARINT)
      at = reader.int64()
    } else if (reader.field === 3) {
      reader.expect(VARINT)
      start = reader.int64()
    } else reader.skip()
  }
  if (isStale) counts.stale += 1
  else {
    counts.samples += 1
    samples.push({ at, start: start > 0 ? start : null, value })
  }
}
