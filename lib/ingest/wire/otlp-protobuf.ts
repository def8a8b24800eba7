import { noPoints, type OtlpCounts, type OtlpMetric, type OtlpPoint, visitMetric } from './otlp-points'
import { BYTES, FIXED64, malformed, ProtobufReader, VARINT } from './protobuf'
import { type Label, MOST_LABELS, type SeriesVisitor } from './wire-series'

/** How deep a value may hold other values; beyond it an attribute is not read. */
const DEEPEST = 8

/**
 * OTLP ExportMetricsServiceRequest in protocol buffers (opentelemetry-proto metrics/v1): 1 resource_metrics{1 resource{1 attributes},
 * 2 scope_metrics{2 metrics{1 name, 3 unit, 5 gauge, 7 sum, 9 … 11 others}}}.
 * @throws AppError malformed_body
 */
export const decodeOtlpProtobuf = (body: Buffer, visit: SeriesVisitor): OtlpCounts => {
  const counts = noPoints()
  const reader = new ProtobufReader(body)
  while (reader.next()) {
    if (reader.field !== 1) reader.skip()
    else {
      reader.expect(BYTES)
      reader.message((resource) => readResourceMetrics(resource, counts, visit))
    }
  }
  return counts
}

const readResourceMetrics = (reader: ProtobufReader, counts: OtlpCounts, visit: SeriesVisitor): void => {
  const { offset } = reader
  let attributes: Label[] = []
  // The resource may stand behind its metrics, so it is looked for first.
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === BYTES) attributes = reader.message(readAttributes)
    else reader.skip()
  }
  reader.offset = offset
  while (reader.next()) {
    if (reader.field === 2 && reader.wire === BYTES)
      reader.message((scope) => readScope(scope, attributes, counts, visit))
    else reader.skip()
  }
}

const readScope = (reader: ProtobufReader, resource: Label[], counts: OtlpCounts, visit: SeriesVisitor): void => {
  while (reader.next()) {
    if (reader.field === 2 && reader.wire === BYTES)
      reader.message((metric) => readMetric(metric, resource, counts, visit))
    else reader.skip()
  }
}

const readMetric = (reader: ProtobufReader, resource: Label[], counts: OtlpCounts, visit: SeriesVisitor): void => {
  const metric: OtlpMetric = { name: '', unit: '', kind: 'other', aggregation: 0, isMonotonic: false }
  const points: OtlpPoint[] = []
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === BYTES) metric.name = reader.string()
    else if (reader.field === 3 && reader.wire === BYTES) metric.unit = reader.string()
    else if ((reader.field === 5 || reader.field === 7) && reader.wire === BYTES) {
      metric.kind = reader.field === 5 ? 'gauge' : 'sum'
      reader.message((data) => readData(data, metric, points))
    } else if (reader.field >= 9 && reader.field <= 11 && reader.wire === BYTES) {
      counts.unsupported += reader.message(countPoints)
    } else reader.skip()
  }
  if (!metric.name) throw malformed('a metric has no name')
  visitMetric(resource, metric, points, counts, visit)
}

const readData = (reader: ProtobufReader, metric: OtlpMetric, points: OtlpPoint[]): void => {
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === BYTES) points.push(reader.message(readPoint))
    else if (reader.field === 2 && reader.wire === VARINT) metric.aggregation = reader.varint()
    else if (reader.field === 3 && reader.wire === VARINT) metric.isMonotonic = reader.varint() !== 0
    else reader.skip()
  }
}

const countPoints = (reader: ProtobufReader): number => {
  let points = 0
  while (reader.next()) {
    if (reader.field === 1) points += 1
    reader.skip()
  }
  return points
}

const readPoint = (reader: ProtobufReader): OtlpPoint => {
  const point: OtlpPoint = { attributes: [], start: 0, at: 0, value: null, flags: 0 }
  while (reader.next()) {
    const { field, wire } = reader
    if (field === 2 && wire === FIXED64) point.start = reader.unixNano()
    else if (field === 3 && wire === FIXED64) point.at = reader.unixNano()
    else if (field === 4 && wire === FIXED64) point.value = reader.double()
    else if (field === 6 && wire === FIXED64) point.value = reader.sfixed64()
    else if (field === 7 && wire === BYTES) point.attributes.push(reader.message(readAttribute))
    else if (field === 8 && wire === VARINT) point.flags = reader.varint()
    else reader.skip()
    if (point.attributes.length > MOST_LABELS) throw malformed(`a point has more than ${MOST_LABELS} attributes`)
  }
  return point
}

const readAttributes = (reader: ProtobufReader): Label[] => {
  const attributes: Label[] = []
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === BYTES) attributes.push(reader.message(readAttribute))
    else reader.skip()
    if (attributes.length > MOST_LABELS) throw malformed(`a resource has more than ${MOST_LABELS} attributes`)
  }
  return attributes
}

const readAttribute = (reader: ProtobufReader): Label => {
  let name = ''
  let value = ''
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === BYTES) name = reader.string()
    else if (reader.field === 2 && reader.wire === BYTES) value = reader.message((any) => readAnyValue(any, 0))
    else reader.skip()
  }
  return { name, value }
}

/** AnyValue as text; arrays are joined by commas, maps are not read. */
const readAnyValue = (reader: ProtobufReader, depth: number): string => {
  if (depth > DEEPEST) throw malformed('an attribute is nested too deeply')
  let text = ''
  while (reader.next()) {
    const { field, wire } = reader
    if (field === 1 && wire === BYTES) text = reader.string()
    else if (field === 2 && wire === VARINT) text = reader.varint() === 0 ? 'false' : 'true'
    else if (field === 3 && wire === VARINT) text = String(reader.int64())
    else if (field === 4 && wire === FIXED64) text = String(reader.double())
    else if (field === 5 && wire === BYTES) text = reader.message((array) => readArray(array, depth + 1))
    else reader.skip()
  }
  return text
}

const readArray = (reader: ProtobufReader, depth: number): string => {
  const parts: string[] = []
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === BYTES) parts.push(reader.message((any) => readAnyValue(any, depth)))
    else reader.skip()
  }
  return parts.join(',')
}
