import { z } from 'zod'

export const GROUPS = ['run', 'team', 'model', 'stage', 'site', 'day', 'hour'] as const
export type Group = (typeof GROUPS)[number]

const HOUR = 3_600_000
const wholeHour = z.iso
  .datetime({ offset: true, error: 'must be ISO 8601 with an offset' })
  .transform((text) => Date.parse(text))
  .refine((at) => at % HOUR === 0, 'must be a whole UTC hour')

export const emissionsQuerySchema = z
  .strictObject({
    from: wholeHour,
    to: wholeHour,
    by: z
      .string()
      .optional()
      .transform((text) => (text ? [...new Set(text.split(','))] : []))
      .pipe(z.array(z.enum(GROUPS))),
    org: z.string().optional(),
  })
  .refine((query) => query.to > query.from, { path: ['to'], message: 'must be after from' })
  .refine((query) => query.to - query.from <= 3 * 366 * 86_400_000, { path: ['to'], message: 'at most three years' })
export type EmissionsQuery = z.infer<typeof emissionsQuerySchema>

const tier = z.number().int().min(1).max(5).nullable()

/**
 * null where no hour is known. Decimals of the exact integers; above 2^53 units an exact `*_uwh` / `*_mg` / `*_ul` string stands beside.
 * `tier` is the weakest tier of the grid intensities used; `tiers` keeps energy, intensity and overhead apart. `market_kg` is after
 * instruments; `market_fallback_kg` is the part of it, before them, for which no residual mix is known and the grid average stands in.
 * `embodied_kg` is amortised, a management figure. `low_kg` and `high_kg` bound `location_kg` at 95 %. Location and market are two
 * methods for the same energy and are never added.
 */
export const emissionFigureSchema = z.object({
  energy_kwh: z.number().nullable(),
  facility_kwh: z.number().nullable(),
  location_kg: z.number().nullable(),
  market_kg: z.number().nullable(),
  market_fallback_kg: z.number().nullable(),
  embodied_kg: z.number().nullable(),
  loss_kg: z.number().nullable(),
  upstream_kg: z.number().nullable(),
  water_l: z.number().nullable(),
  source_water_l: z.number().nullable(),
  low_kg: z.number().nullable(),
  high_kg: z.number().nullable(),
  energy_uwh: z.string().optional(),
  facility_uwh: z.string().optional(),
  location_mg: z.string().optional(),
  market_mg: z.string().optional(),
  embodied_mg: z.string().optional(),
  loss_mg: z.string().optional(),
  upstream_mg: z.string().optional(),
  water_ul: z.string().optional(),
  source_water_ul: z.string().optional(),
  tier,
  tiers: z.object({ energy: tier, intensity: tier, overhead: tier }),
  coverage: z.number().min(0).max(1).nullable(),
  provisional: z.boolean(),
  screening_kg: z.number(),
  gaps: z.array(z.object({ reason: z.string(), hours: z.number().int() })),
})

export const emissionRowSchema = emissionFigureSchema.extend({
  run: z.string().nullable().optional(),
  team: z.string().nullable().optional(),
  model: z.string().nullable().optional(),
  stage: z.string().nullable().optional(),
  site: z.string().nullable().optional(),
  day: z.string().optional(),
  hour: z.string().optional(),
})
export type EmissionRow = z.infer<typeof emissionRowSchema>

export const emissionsAnswerSchema = z.object({ rows: z.array(emissionRowSchema), total: emissionFigureSchema })
export type EmissionsAnswer = z.infer<typeof emissionsAnswerSchema>
