import { z } from 'zod'
import { deploymentSchema, instantSchema, nameSchema, pueSchema, stageSchema } from './common'

/** What the CodeCarbon client sends (recorded: lib/ingest/codecarbon.fixtures). Keys that are not named here are ignored, as FastAPI does. */

const OLDEST = Date.UTC(2000, 0, 1)
const LONGEST_SECONDS = 366 * 86_400
const MOST_KWH = 1e6
const MOST_KG = 1e9
const MOST_W = 1e9

const TOO_OLD = 'must not be before the year 2000'
const quantity = (most: number) => z.number().nonnegative().max(most).nullish()

/** Free text about a machine, kept as evidence: what PostgreSQL cannot hold is dropped rather than the run refused. */
const description = z
  .string()
  .max(2000)
  .transform((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, 300))
  .nullish()

export const runCreateSchema = z.object({
  /** As sent: its microseconds keep apart the runs that many equal machines begin at once. */
  timestamp: z.string().refine((text) => {
    const at = instantSchema.safeParse(text)
    return at.success && at.data >= OLDEST
  }, `must be ISO 8601 with an offset, and ${TOO_OLD}`),
  /** A UUID on codecarbon.io; any name will do here, and a new one becomes an experiment. */
  experiment_id: nameSchema,
  os: description,
  python_version: description,
  codecarbon_version: description,
  cpu_count: z.number().nonnegative().nullish(),
  cpu_model: description,
  gpu_count: z.number().nonnegative().nullish(),
  gpu_model: description,
  longitude: z.number().min(-180).max(180).nullish(),
  latitude: z.number().min(-90).max(90).nullish(),
  region: description,
  provider: description,
  ram_total_size: z.number().nonnegative().nullish(),
  tracking_mode: description,
})
export type RunCreate = z.infer<typeof runCreateSchema>

export const emissionCreateSchema = z.object({
  /** When the client sent: the end of the interval. Milliseconds since 1970. */
  timestamp: instantSchema.refine((at) => at >= OLDEST, TOO_OLD),
  run_id: z.guid('must be a UUID'),
  /** Whole seconds, cut off: never a base for power. */
  duration: z.number().positive().max(LONGEST_SECONDS),
  /** kg, by the client's own factor. */
  emissions_sum: quantity(MOST_KG),
  emissions_rate: quantity(MOST_KG),
  /** W, mean over the run so far. */
  cpu_power: quantity(MOST_W),
  gpu_power: quantity(MOST_W),
  ram_power: quantity(MOST_W),
  /** kWh since the client's last attempt to send, already × its PUE. */
  cpu_energy: quantity(MOST_KWH),
  gpu_energy: quantity(MOST_KWH),
  ram_energy: quantity(MOST_KWH),
  energy_consumed: z.number().nonnegative().max(MOST_KWH),
  /** L/kWh. */
  wue: quantity(1e6),
})
export type EmissionCreate = z.infer<typeof emissionCreateSchema>

export const organizationCreateSchema = z.object({ name: z.string() })
export const projectCreateSchema = z.object({ name: z.string(), organization_id: z.string() })
export const experimentCreateSchema = z.object({
  name: nameSchema,
  project_id: z.string(),
  on_cloud: z.boolean().nullish(),
  cloud_provider: description,
})
export type ExperimentCreate = z.infer<typeof experimentCreateSchema>

export const organizationPatchSchema = z.object({ name: z.string().nullish(), description: z.string().nullish() })
export const addUserSchema = z.object({ email: z.string() })

/** 1 reads, 2 writes, 3 does both. The command line sends neither and is given one that writes. */
export const projectTokenCreateSchema = z.object({
  name: nameSchema.nullish(),
  access: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(2),
})
export type ProjectTokenCreate = z.output<typeof projectTokenCreateSchema>

/** FastAPI takes a date, a time with an offset or one without, which it reads as UTC. */
const dateSchema = z
  .string()
  .transform((text, context) => {
    const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(text)
    const at = Date.parse(hasZone || !text.includes('T') ? text : `${text}Z`)
    if (Number.isNaN(at)) context.addIssue({ code: 'custom', message: 'Input should be a valid datetime' })
    return at
  })
  .optional()

/** `?start_date&end_date` of sums, milliseconds since 1970. */
export const sumsQuerySchema = z.object({ start_date: dateSchema, end_date: dateSchema })
export type SumsQuery = z.output<typeof sumsQuerySchema>

export const pageQuerySchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(10_000).default(100),
})

export const projectsQuerySchema = z.object({ organization: z.string().optional() })

/** Path of one object. */
export const idParamsSchema = z.object({ id: z.string().min(1).max(200) })

export const tokenParamsSchema = z.object({ id: z.string().min(1).max(200), token: z.string().min(1).max(200) })

/** What a person says of an experiment, since its client cannot. Left out = unchanged; null = not said any more. */
export const experimentPatchSchema = z.strictObject({
  name: nameSchema.optional(),
  team: nameSchema.nullable().optional(),
  model: nameSchema.nullable().optional(),
  stage: stageSchema.optional(),
  deployment: deploymentSchema.optional(),
  /** Slug of a site that exists. */
  site: nameSchema.nullable().optional(),
  /** The `pue` that the client is configured with: its energies include it, so IT energy = energy ÷ this. */
  pue_at_source: pueSchema.nullable().optional(),
})
export type ExperimentPatch = z.infer<typeof experimentPatchSchema>
