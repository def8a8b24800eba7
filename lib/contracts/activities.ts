import { z } from 'zod'
import { contextFields, deploymentSchema, instantSchema, nameSchema, stageSchema } from './common'

export const activityRequestSchema = z
  .strictObject({
    ...contextFields,
    run: nameSchema,
    model: nameSchema,
    team: nameSchema,
    stage: stageSchema,
    start: instantSchema,
    end: instantSchema,
    energy_kwh: z.number().nonnegative().max(1e6),
    boundary: z.enum(['it', 'facility']).optional(),
    grid_g_per_kwh: z.number().nonnegative().max(5000).optional(),
    deployment: deploymentSchema,
  })
  .refine((activity) => activity.end > activity.start, { path: ['end'], message: 'must be after start' })
  .refine((activity) => activity.end - activity.start <= 366 * 86_400_000, {
    path: ['end'],
    message: 'must be at most 366 days after start',
  })
export type ActivityRequest = z.infer<typeof activityRequestSchema>

const kilograms = z.number().nullable()

export const activityAnswerSchema = z.object({
  ledger_ids: z.array(z.string()),
  energy_kwh: z.number().nullable(),
  facility_kwh: z.number().nullable(),
  co2e_kg: z.object({
    location: kilograms,
    market: kilograms,
    embodied: kilograms,
    low: kilograms,
    high: kilograms,
  }),
  assumptions: z.array(z.object({ field: z.string(), value: z.union([z.string(), z.number()]), source: z.string() })),
  explain_url: z.string(),
})
export type ActivityAnswer = z.infer<typeof activityAnswerSchema>
