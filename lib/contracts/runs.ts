import { z } from 'zod'
import { nameSchema } from './common'

export const OUTCOMES = ['completed', 'failed', 'abandoned'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What is said of a whole run by hand; null is unknown. FLOPs need to say how they are known. */
export const runFieldsSchema = z
  .strictObject({
    outcome: z.enum(OUTCOMES).nullable(),
    flops: z.number().positive().max(1e30).nullable(),
    flops_source: nameSchema.nullable(),
    /** Trained, tuned or processed by the run. */
    tokens: z.number().positive().max(1e20).nullable(),
  })
  .refine((run) => (run.flops === null) === (run.flops_source === null), {
    path: ['flops_source'],
    message: 'say how the FLOPs are known, such as profiler or 6ND; without FLOPs leave it null',
  })
export type RunFields = z.infer<typeof runFieldsSchema>

export const runViewSchema = z.object({
  run_id: z.string(),
  name: z.string(),
  outcome: z.enum(OUTCOMES).nullable(),
  flops: z.number().nullable(),
  flops_source: z.string().nullable(),
  tokens: z.number().nullable(),
})
export type RunView = z.infer<typeof runViewSchema>
