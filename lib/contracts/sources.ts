import { z } from 'zod'

const instant = z.iso.datetime()

export const PROTOCOLS = [
  'native',
  'activities',
  'codecarbon',
  'codecarbon-csv',
  'ndjson',
  'prometheus',
  'pushgateway',
  'otlp',
  'mlflow',
  'cloud-footprint',
] as const
export type ProtocolName = (typeof PROTOCOLS)[number]

export const sourcesQuerySchema = z.strictObject({ org: z.string().optional() })

/**
 * live: a request within three of its usual pauses, and within a quarter of an hour at least. late: later than that. silent: nothing for a
 * day, or ten usual pauses. refusing: the newest items were refused and nothing was accepted since.
 */
export const SOURCE_STATES = ['live', 'late', 'silent', 'refusing'] as const
export type SourceStateName = (typeof SOURCE_STATES)[number]

export const sourceSchema = z.object({
  source_id: z.string(),
  protocol: z.enum(PROTOCOLS),
  name: z.string(),
  state: z.enum(SOURCE_STATES),
  first_seen_at: instant,
  /** Receipt of the newest request that was stored; null when all were refused. */
  last_received_at: instant.nullable(),
  /** Over the newest requests of the last quarter of an hour; null where there was none. */
  readings_per_min: z.number().nullable(),
  /** Accepted; of a source with more than 2,000 requests a day those of the newest 2,000. */
  readings_24h: z.number().int(),
  readings_24h_at_least: z.boolean(),
  /** From the end of a request's newest reading to its receipt, seconds, over the newest 200 requests; null without requests. */
  lag_p50_s: z.number().nullable(),
  lag_p95_s: z.number().nullable(),
  /** Refused readings by reason and UTC day of receipt, last 7 days; newest day first. */
  rejected: z.array(z.object({ day: z.string(), reason: z.string(), readings: z.number().int() })),
  /** Samples that are no energy, or whose energy another series tells, last 7 days. */
  left_out_7d: z.number().int(),
  /** Share of the last 7 days' time with energy known, at the sites where it has meters; null where its meters name no site. */
  coverage: z.number().nullable(),
  /** Those sites. */
  sites: z.array(z.string()),
})
export type SourceView = z.infer<typeof sourceSchema>

export const sourcesAnswerSchema = z.object({
  /** The server's clock, so that ages are told by one clock. */
  now: instant,
  sources: z.array(sourceSchema),
})
export type SourcesAnswer = z.infer<typeof sourcesAnswerSchema>
