import { z } from 'zod'

const instant = z.iso.datetime()

export const freshnessQuerySchema = z.strictObject({ org: z.string().optional() })

/** How new the books are, with the server's clock beside it, so that ages are told by one clock. */
export const freshnessSchema = z.object({
  now: instant,
  /** Receipt of the newest accepted request; null before the first. */
  telemetry_at: instant.nullable(),
  /** The zone in use with the most energy that has hourly direct data, and until when: measured, and known at all. */
  grid: z.object({ zone: z.string(), measured_until: instant.nullable(), known_until: instant }).nullable(),
})
export type Freshness = z.infer<typeof freshnessSchema>
