import { z } from 'zod'

const day = z.iso.date({ error: 'must be a UTC day such as 2026-11-14' })

/** UTC days [from, to). */
export const scoresQuerySchema = z
  .strictObject({ from: day, to: day, org: z.string().optional() })
  .refine((query) => query.to > query.from, { path: ['to'], message: 'must be after from' })
  .refine((query) => Date.parse(query.to) - Date.parse(query.from) <= 3 * 366 * 86_400_000, {
    path: ['to'],
    message: 'at most three years',
  })

const known = z.number().nullable()

/** The score of a service in one of its units. Each ratio is over the days on which all that it divides is known. */
export const scoreSchema = z.object({
  unit: z.string(),
  /** As stated, or reckoned from the ledger (device-hours alone). */
  unit_source: z.enum(['stated', 'ledger']),
  /** (E × I + M) ÷ R, g CO2e per unit, location-based, no instruments (ISO/IEC 21031); null with the reason in `lacks`. */
  sci_g: known,
  /** Half-width of its 95 % interval, as a share of it; counts are taken as exact. */
  u95: known,
  operational_g: known,
  embodied_g: known,
  kwh: known,
  /** On site and at the power stations. */
  water_l: known,
  /** R of the score, or of its operational part where there is no score. */
  count: known,
  days_known: z.number().int(),
  days_active: z.number().int(),
  lacks: z.enum(['units', 'emissions', 'embodied']).nullable(),
})

export const scoresAnswerSchema = z.object({
  /** SCI for AI: operation and monitoring. */
  boundary: z.literal('consumer'),
  services: z.array(
    z.object({
      service_id: z.string(),
      service: z.string(),
      models: z.array(z.string()),
      location_kg: known,
      provisional: z.boolean(),
      scores: z.array(scoreSchema),
    }),
  ),
})
export type ScoresAnswer = z.infer<typeof scoresAnswerSchema>
