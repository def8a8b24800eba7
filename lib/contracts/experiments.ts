import { z } from 'zod'
import { experimentPatchSchema } from './codecarbon'
import { deploymentSchema, stageSchema } from './common'

/** A CodeCarbon experiment: what is said here holds for readings that arrive from now on. */
export const experimentSchema = z.object({
  experiment_id: z.string(),
  name: z.string(),
  team: z.string().nullable(),
  model: z.string().nullable(),
  stage: stageSchema,
  deployment: deploymentSchema,
  site: z.string().nullable(),
  pue_at_source: z.number().nullable(),
  created_at: z.string(),
})
export type ExperimentView = z.infer<typeof experimentSchema>

export const experimentFieldsSchema = experimentPatchSchema
export type ExperimentFields = z.infer<typeof experimentFieldsSchema>
