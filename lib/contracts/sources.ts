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

export const sourceSchema = z.object({
  protocol: z.enum(PROTOCOLS),
  name: z.string(),
  first_seen_at: instant,
  /** Receipt of the newest request that was stored; null when all were refused. */
  last_received_at: instant.nullable(),
  batches: z.number().int(),
  readings: z.number().int(),
  readings_24h: z.number().int(),
  readings_7d: z.number().int(),
  /** From the end of a request's newest reading to its receipt, seconds, 95th percentile of the last 7 days; null without requests. */
  lag_p95_s: z.number().nullable(),
  /** Refused readings by reason and UTC day of receipt, last 7 days; newest day first. */
  rejected: z.array(z.object({ day: z.string(), reason: z.string(), readings: z.number().int() })),
})
export type SourceView = z.infer<typeof sourceSchema>

export const sourcesAnswerSchema = z.object({
  /** The server's clock, so that ages are told by one clock. */
  now: instant,
  sources: z.array(sourceSchema),
})
export type SourcesAnswer = z.infer<typeof sourcesAnswerSchema>
