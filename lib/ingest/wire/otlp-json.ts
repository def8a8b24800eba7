import { z } from 'zod'
import { noPoints, type OtlpCounts, type OtlpMetric, type OtlpPoint, visitMetric } from './otlp-points'
import { malformed } from './protobuf'
import { type Label, MOST_LABELS, type SeriesVisitor } from './wire-series'

/** int64 comes as a string or a number; enumerations as integers. Unknown fields are ignored (OTLP/HTTP, JSON encoding). */
const int64 = z.union([z.string().regex(/^-?\d{1,20}$/), z.number()])
const anyValue = z
  .object({
    stringValue: z.string().nullish(),
    boolValue: z.boolean().nullish(),
    intValue: int64.nullish(),
    doubleValue: z.union([z.number(), z.string()]).nullish(),
    arrayValue: z.object({ values: z.array(z.unknown()).nullish() }).nullish(),
  })
  .nullish()
const attributes = z
  .array(z.object({ key: z.string().nullish(), value: anyValue }))
  .max(MOST_LABELS)
  .nullish()
const point = z.object({
  attributes,
  startTimeUnixNano: int64.nullish(),
  timeUnixNano: int64.nullish(),
  asDouble: z.union([z.number(), z.string()]).nullish(),
  asInt: int64.nullish(),
  flags: z.number().nullish(),
})
const points = z.array(point).nullish()
const others = z.object({ dataPoints: z.array(z.unknown()).nullish() }).nullish()
const metric = z.object({
  name: z.string(),
  unit: z.string().nullish(),
  gauge: z.object({ dataPoints: points }).nullish(),
  sum: z
    .object({ dataPoints: points, aggregationTemporality: z.number().nullish(), isMonotonic: z.boolean().nullish() })
    .nullish(),
  histogram: others,
  exponentialHistogram: others,
  summary: others,
})
const requestSchema = z.object({
  resourceMetrics: z
    .array(
      z.object({
        resource: z.object({ attributes }).nullish(),
        scopeMetrics: z.array(z.object({ metrics: z.array(metric).nullish() })).nullish(),
      }),
    )
    .nullish(),
})

const NANO_DIGITS = 6

/** Nanoseconds since 1970 → whole milliseconds: a number would lose the last digits, so the text is cut. */
const milliseconds = (nano: string | number | null | undefined): number => {
  if (nano == null) return 0
  const text = String(nano)
  if (!/^\d+$/.test(text)) return Math.round(Number(text) / 1e6)
  return text.length <= NANO_DIGITS
    ? 0
    : Math.round(Number(`${text.slice(0, -NANO_DIGITS)}.${text.slice(-NANO_DIGITS)}`))
}

const textOf = (value: z.output<typeof anyValue>): string => {
  if (value == null) return ''
  const { stringValue, boolValue, intValue, doubleValue, arrayValue } = value
  if (stringValue != null) return stringValue
  if (boolValue != null) return String(boolValue)
  if (intValue != null) return String(intValue)
  if (doubleValue != null) return String(doubleValue)
  return (arrayValue?.values ?? [])
    .map((each) => textOf(anyValue.safeParse(each).data))
    .filter(Boolean)
    .join(',')
}

const labelsOf = (given: z.output<typeof attributes>): Label[] =>
  (given ?? []).map(({ key, value }) => ({ name: key ?? '', value: textOf(value) }))

const numberOf = ({ asDouble, asInt }: z.output<typeof point>): number | null =>
  asDouble != null ? Number(asDouble) : asInt != null ? Number(asInt) : null

const pointOf = (given: z.output<typeof point>): OtlpPoint => ({
  attributes: labelsOf(given.attributes),
  start: milliseconds(given.startTimeUnixNano),
  at: milliseconds(given.timeUnixNano),
  value: numberOf(given),
  flags: given.flags ?? 0,
})

/** OTLP ExportMetricsServiceRequest in JSON. @throws AppError malformed_body, naming where it does not fit */
export const decodeOtlpJson = (body: unknown, visit: SeriesVisitor): OtlpCounts => {
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw malformed(`${issue?.path.join('.') || 'the request'}: ${issue?.message ?? 'does not fit'}`)
  }
  const counts = noPoints()
  for (const { resource, scopeMetrics } of parsed.data.resourceMetrics ?? []) {
    const shared = labelsOf(resource?.attributes)
    for (const given of (scopeMetrics ?? []).flatMap(({ metrics }) => metrics ?? [])) {
      for (const other of [given.histogram, given.exponentialHistogram, given.summary])
        counts.unsupported += other?.dataPoints?.length ?? 0
      const told: OtlpMetric = {
        name: given.name,
        unit: given.unit ?? '',
        kind: given.gauge ? 'gauge' : given.sum ? 'sum' : 'other',
        aggregation: given.sum?.aggregationTemporality ?? 0,
        isMonotonic: given.sum?.isMonotonic ?? false,
      }
      const data = given.gauge?.dataPoints ?? given.sum?.dataPoints ?? []
      visitMetric(shared, told, data.map(pointOf), counts, visit)
    }
  }
  return counts
}
