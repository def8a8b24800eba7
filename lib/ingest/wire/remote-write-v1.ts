import { BYTES, FIXED64, malformed, ProtobufReader, VARINT } from './protobuf'
import { type Label, MOST_LABELS, type SeriesVisitor, type WireSample, type WireSeries } from './wire-series'

const NAME = '__name__'

/** Prometheus ends a series with this NaN one scrape after its target is gone. */
const STALE_HIGH = 0x7ff00000
const STALE_LOW = 2

export interface RemoteWriteCounts {
  series: number
  samples: number
  /** Stale markers: the end of a series, no data. */
  stale: number
  metadata: number
  /** Histograms are no energy and are not stored. */
  histograms: number
  exemplars: number
}

export const noCounts = (): RemoteWriteCounts => ({
  series: 0,
  samples: 0,
  stale: 0,
  metadata: 0,
  histograms: 0,
  exemplars: 0,
})

export const isStaleMarker = (bytes: Buffer, at: number): boolean =>
  bytes.readUInt32LE(at) === STALE_LOW && bytes.readUInt32LE(at + 4) === STALE_HIGH

/** Labels → the series that they name. @throws AppError malformed_body without a metric name */
export const seriesOfLabels = (labels: Label[]): WireSeries => {
  const byName = new Map(labels.map((label) => [label.name, label.value]))
  const metric = byName.get(NAME)
  if (!metric) throw malformed('a series has no __name__')
  byName.delete(NAME)
  return {
    metric,
    labels: [...byName].map(([name, value]) => ({ name, value })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    unit: null,
    temporality: 'unknown',
  }
}

/**
 * Prometheus remote write 1.0: WriteRequest{1 timeseries{1 labels{1 name, 2 value}, 2 samples{1 double value, 2 int64 ms}}, 3 metadata}.
 * A field that is left out is its default, so a sample without a value is 0. The key of a series is the bytes of its labels, so that a
 * known series costs no string. Metadata requests have no series and are fine.
 * @throws AppError malformed_body
 */
export const decodeRemoteWriteV1 = (body: Buffer, visit: SeriesVisitor): RemoteWriteCounts => {
  const counts = noCounts()
  const reader = new ProtobufReader(body)
  while (reader.next()) {
    if (reader.field === 1) {
      reader.expect(BYTES)
      reader.message((series) => readSeries(series, counts, visit))
    } else {
      if (reader.field === 3) counts.metadata += 1
      reader.skip()
    }
  }
  return counts
}

const readSeries = (reader: ProtobufReader, counts: RemoteWriteCounts, visit: SeriesVisitor): void => {
  const { bytes } = reader
  const samples: WireSample[] = []
  let key = ''
  // Labels stand side by side in what every sender writes: one slice names them all.
  let from = -1
  let to = -1
  let pieces = 0
  while (reader.offset < reader.end) {
    const start = reader.offset
    reader.next()
    if (reader.field === 1) {
      reader.expect(BYTES)
      reader.offset = reader.length()
      if (to !== start) {
        if (from >= 0) key += bytes.toString('latin1', from, to)
        from = start
      }
      to = reader.offset
      pieces += 1
    } else if (reader.field === 2) {
      reader.expect(BYTES)
      reader.message((sample) => readSample(sample, counts, samples))
    } else {
      if (reader.field === 3) counts.exemplars += 1
      if (reader.field === 4) counts.histograms += 1
      reader.skip()
    }
  }
  if (pieces > MOST_LABELS) throw malformed(`a series has ${pieces} labels`)
  counts.series += 1
  key += from < 0 ? '' : bytes.toString('latin1', from, to)
  const spelled = key
  visit(spelled, () => seriesOfLabels(labelsIn(spelled)), samples)
}

const readSample = (reader: ProtobufReader, counts: RemoteWriteCounts, samples: WireSample[]): void => {
  let value = 0
  let at = 0
  let isStale = false
  while (reader.next()) {
    if (reader.field === 1) {
      reader.expect(FIXED64)
      isStale = reader.offset + 8 <= reader.end && isStaleMarker(reader.bytes, reader.offset)
      value = reader.double()
    } else if (reader.field === 2) {
      reader.expect(VARINT)
      at = reader.int64()
    } else reader.skip()
  }
  if (isStale) counts.stale += 1
  else {
    counts.samples += 1
    samples.push({ at, start: null, value })
  }
}

/** The labels that a key spells: it is their own bytes. */
const labelsIn = (key: string): Label[] => {
  const labels: Label[] = []
  const reader = new ProtobufReader(Buffer.from(key, 'latin1'))
  while (reader.next()) {
    reader.message((label) => {
      let name = ''
      let value = ''
      while (label.next()) {
        if (label.field === 1) name = label.string()
        else if (label.field === 2) value = label.string()
        else label.skip()
      }
      labels.push({ name, value })
    })
  }
  return labels
}
