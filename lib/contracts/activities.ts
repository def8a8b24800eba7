import { z } from 'zod'
import { contextFields, deploymentSchema, instantSchema, nameSchema, stageSchema } from './common'

/** Work done: FLOP, or the parameters (of a mixture of experts the active ones) and tokens that they follow from. */
const flopsSchema = z.union([
  z.number().positive(),
  z.strictObject({
    parameters: z.number().positive(),
    tokens: z.number().positive(),
    /** Model FLOPs utilisation, of the dense peak. */
    mfu: z.number().positive().max(1).optional(),
  }),
])

const MODELS = ['device_hours', 'flops', 'utilisation'] as const

export const activityRequestSchema = z
  .strictObject({
    ...contextFields,
    run: nameSchema,
    model: nameSchema,
    team: nameSchema,
    stage: stageSchema,
    start: instantSchema,
    end: instantSchema,
    /** As metered. Instead of it, what a model makes energy of: `device_hours`, `flops`, or the hardware and its time. */
    energy_kwh: z.number().nonnegative().max(1e6).optional(),
    /** Of all devices together. */
    device_hours: z.number().positive().max(1e9).optional(),
    flops: flopsSchema.optional(),
    /** Mean over the time, 0 … 1; of each device. */
    utilisation: z.number().min(0).max(1).optional(),
    boundary: z.enum(['it', 'facility']).optional(),
    grid_g_per_kwh: z.number().nonnegative().max(5000).optional(),
    deployment: deploymentSchema,
  })
  .refine((activity) => activity.end > activity.start, { path: ['end'], message: 'must be after start' })
  .refine((activity) => activity.end - activity.start <= 366 * 86_400_000, {
    path: ['end'],
    message: 'must be at most 366 days after start',
  })
  .superRefine((activity, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (activity.energy_kwh !== undefined) {
      for (const model of MODELS)
        if (activity[model] !== undefined) refuse(model, 'must not be given beside energy_kwh: one energy is enough')
      return
    }
    if (activity.device_hours !== undefined && activity.flops !== undefined)
      refuse('flops', 'must not be given beside device_hours')
    if (activity.hardware === undefined)
      refuse('energy_kwh', 'must be given, or hardware with its time, device_hours or flops to model it from')
    if (activity.boundary === 'facility') refuse('boundary', 'must be it: a model tells the energy of the equipment')
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
