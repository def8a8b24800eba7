import { z } from 'zod'
import { nameSchema } from './common'
import { importQuerySchema } from './imports'

export const CLOUD_PROVIDERS = ['aws', 'gcp', 'azure'] as const
export const cloudProviderSchema = z.enum(CLOUD_PROVIDERS)
export type CloudProvider = z.infer<typeof cloudProviderSchema>

export const AZURE_SCOPES = ['Scope1', 'Scope2', 'Scope3'] as const

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-03')

/** Azure tells one scope a call, and some of its reports neither month nor subscription: then they are said here. */
export const footprintImportQuerySchema = importQuerySchema.extend({
  provider: cloudProviderSchema,
  scope: z.enum(AZURE_SCOPES).optional(),
  month: monthSchema.optional(),
  account: nameSchema.optional(),
})
export type FootprintImportQuery = z.infer<typeof footprintImportQuerySchema>

export const cloudAccountParamsSchema = z.strictObject({ provider: cloudProviderSchema, account: nameSchema })

export const cloudAccountFieldsSchema = z.strictObject({
  name: nameSchema.nullable(),
  /** Addresses of the sites whose workloads run in this account. */
  sites: z.array(z.string().min(1).max(63)).max(200),
})
export type CloudAccountFields = z.infer<typeof cloudAccountFieldsSchema>

const kg = z.number().nullable()

/** kg CO2e. Electricity is held against electricity; the rest is what else each side counts. */
const figuresSchema = z.object({
  electricity_location_kg: kg,
  electricity_market_kg: kg,
  /** Of the provider: its scopes 1 and 3. Of us: upstream fuel, grid losses and the amortised share of hardware. */
  rest_kg: kg,
  total_location_kg: kg,
  total_market_kg: kg,
})
export type CloudFigures = z.infer<typeof figuresSchema>

export const STATEMENT_STATES = ['posted', 'changed', 'overtaken', 'possible', 'covered', 'blocked'] as const

export const cloudMonthSchema = z.object({
  month: monthSchema,
  model_version: z.string(),
  /** Other versions of the same month that the provider delivered; they are kept and not counted. */
  other_versions: z.array(z.string()),
  given_unit: z.string(),
  /** Azure does not say whether its Scope 2 is location- or market-based. */
  basis: z.enum(['both', 'not_told']),
  provider: figuresSchema,
  /** Of Azure: its Scope 2, and the sum of the three scopes once each was imported. */
  untold: z.object({ electricity_kg: kg, total_kg: kg }).nullable(),
  ours: z.object({
    days: z.number().int(),
    days_of_month: z.number().int(),
    upstream_kg: kg,
    embodied_kg: kg,
    ...figuresSchema.shape,
  }),
  difference: z.object({
    /** Ours against the provider's, as a share of the provider's; null where they cannot be held against each other. */
    electricity: z.number().nullable(),
    total: z.number().nullable(),
    words: z.string(),
  }),
  statement: z.object({
    /**
     * possible: no telemetry covers the month, a line may be posted. covered: telemetry does, it must not. overtaken: a line stands although
     * telemetry has arrived since. changed: the provider restated what the posted line says. blocked: why says what is missing.
     */
    state: z.enum(STATEMENT_STATES),
    why: z.string(),
    activity_id: z.string().nullable(),
    posted_kg: kg,
    /** What a line would say. */
    kg,
  }),
})
export type CloudMonth = z.infer<typeof cloudMonthSchema>

export const cloudAccountSchema = z.object({
  provider: cloudProviderSchema,
  account: z.string(),
  name: z.string().nullable(),
  sites: z.array(z.object({ slug: z.string(), name: z.string() })),
  /** Sites of this provider's regions that no account is held against yet. */
  suggested: z.array(z.object({ slug: z.string(), name: z.string() })),
  /** Accounts that share a site with this one: their figures can only be held against ours together. */
  shared_with: z.array(z.string()),
  months: z.array(cloudMonthSchema),
})
export type CloudAccount = z.infer<typeof cloudAccountSchema>
export const cloudAccountListSchema = z.object({ accounts: z.array(cloudAccountSchema) })

export const statementsRequestSchema = z.strictObject({
  months: z.array(monthSchema).min(1).max(120),
  /** Tries it and stores nothing. */
  dry_run: z.boolean().default(false),
})
export const withdrawRequestSchema = z.strictObject({
  months: z.array(monthSchema).min(1).max(120),
  reason: z.string().trim().min(1, 'say why').max(1000),
})
export const statementsAnswerSchema = z.object({
  stored: z.boolean(),
  lines: z.array(
    z.object({
      month: monthSchema,
      outcome: z.enum(['new', 'changed', 'unchanged', 'refused', 'withdrawn']),
      kg,
      activity_id: z.string().nullable(),
      why: z.string(),
    }),
  ),
})
export type StatementsAnswer = z.infer<typeof statementsAnswerSchema>
