import { z } from 'zod'

export const STAGES = ['data-preparation', 'training', 'fine-tuning', 'evaluation', 'inference'] as const
export const DEPLOYMENTS = ['owned', 'colocation_controlled', 'colocation', 'cloud', 'api', 'customer'] as const

export const stageSchema = z.enum(STAGES)
export const deploymentSchema = z.enum(DEPLOYMENTS)
export type StageName = z.infer<typeof stageSchema>
export type DeploymentName = z.infer<typeof deploymentSchema>

/** What a person or a tool calls a thing. No control characters: PostgreSQL text refuses NUL, and exports are line-based. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is the check for them
  .regex(/^[^\u0000-\u001f\u007f]*$/u, 'must not contain control characters')
  .refine((text) => !/\p{Cs}/u.test(text), 'must be well-formed Unicode')

export const zoneSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9_:-]{1,39}$/, 'must be a grid zone such as DE or US-CAL-CISO')

/** ISO 8601 with an offset → milliseconds since 1970, UTC. */
export const instantSchema = z.iso
  .datetime({ offset: true, error: 'must be ISO 8601 with an offset, such as 2026-03-01T09:00:00Z' })
  .transform((text) => Date.parse(text))

export const pueSchema = z.number().min(1).max(5)

/** What a sender may say of the place and kind of a workload. */
export const contextFields = {
  run: nameSchema.optional(),
  service: nameSchema.optional(),
  model: nameSchema.optional(),
  team: nameSchema.optional(),
  stage: stageSchema.optional(),
  site: nameSchema.optional(),
  grid_zone: zoneSchema.optional(),
  cloud_region: nameSchema.optional(),
  deployment: deploymentSchema.optional(),
  pue: pueSchema.optional(),
  hardware: nameSchema.optional(),
  count: z.number().int().positive().max(10_000_000).optional(),
} as const
