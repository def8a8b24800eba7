import { z } from 'zod'
import { nameSchema } from './common'

/** Kinds of which an organisation may bring its own number. The kinds themselves are FACTOR_KINDS of lib/factors. */
export const OWN_KINDS = [
  'grid-direct-year',
  'grid-lifecycle-year',
  'residual-mix',
  'grid-loss',
  'grid-upstream',
  'pue',
  'wue',
  'source-water',
  'fuel',
  'fuel-upstream',
  'gwp',
  'leak-rate',
  'water-supply',
  'embodied',
  'embodied-part',
  'end-of-life',
  'accelerator',
  'cpu',
  'coefficient',
  'technology',
] as const

/** How far an organisation stands behind its own number. */
export const OWN_STATUSES = ['verified', 'supplier', 'licensed', 'recalled'] as const

/** Rates of electricity: of a place, in one basis. */
export const PLACED_KINDS: readonly string[] = [
  'grid-direct-year',
  'grid-lifecycle-year',
  'residual-mix',
  'grid-loss',
  'grid-upstream',
  'source-water',
]

const text = nameSchema.nullable()
const day = z.iso.date({ error: 'must be a day such as 2026-01-01' }).nullable()

/** A factor's id as an address carries it. */
export const factorIdSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}:._+-]*$/u, 'must be the id of a factor')

/** The same from a path, which may still be percent-encoded. */
export const factorPathSchema = z
  .string()
  .transform((text) => {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  })
  .pipe(factorIdSchema)

export const ownFactorFieldsSchema = z.strictObject({
  /** The shared factor that it stands before; null: a number of its own place or thing. */
  overrides: factorIdSchema.nullable(),
  kind: z.enum(OWN_KINDS),
  name: nameSchema,
  zone: z
    .string()
    .trim()
    .regex(/^[A-Za-z][A-Za-z0-9_:-]{1,39}$/, 'must be a grid zone or country such as DE or US-CAL-CISO')
    .nullable(),
  subject: text,
  year: z.number().int().min(1990).max(2100).nullable(),
  valid_from: day,
  valid_to: day,
  value: z.number().nonnegative().max(1e9),
  unit: nameSchema,
  basis: z.enum(['direct', 'lifecycle', 'residual', 'supplier']).nullable(),
  gases: text,
  gwp_set: z.enum(['AR4', 'AR5', 'AR6']).nullable(),
  /** Half-width of the 95 % interval as a share of the value. */
  u95: z.number().nonnegative().max(10).nullable(),
  source: nameSchema,
  source_url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .max(500)
    .nullable(),
  licence: text,
  status: z.enum(OWN_STATUSES),
  note: nameSchema.nullable(),
})
export type OwnFactorFields = z.infer<typeof ownFactorFieldsSchema>

export const ownFactorAnswerSchema = z.object({
  factor_id: z.string(),
  version: z.number().int(),
  outcome: z.enum(['new', 'changed', 'unchanged', 'withdrawn']),
  /** Days that are posted anew. */
  reopened_days: z.number().int(),
})
export type OwnFactorAnswer = z.infer<typeof ownFactorAnswerSchema>

export const acceptanceFieldsSchema = z.strictObject({
  version: z.number().int().positive(),
  note: nameSchema.nullable(),
})
export const acceptanceAnswerSchema = z.object({
  factor_id: z.string(),
  version: z.number().int(),
  reopened_days: z.number().int(),
})

export const acceptancesFieldsSchema = z.strictObject({
  factors: z
    .array(z.strictObject({ id: factorIdSchema, version: z.number().int().positive() }))
    .min(1)
    .max(2000),
  note: nameSchema.nullable(),
})
export const acceptancesAnswerSchema = z.object({ accepted: z.number().int(), reopened_days: z.number().int() })

/** What a change of a factor does to a year's figures; null where it does not bear on them or cannot be told. */
export const factorEffectSchema = z.object({
  /** Ledger lines of the year that rest on it. */
  lines: z.number().int(),
  days: z.number().int(),
  location_kg: z.number().nullable(),
  market_kg: z.number().nullable(),
  loss_kg: z.number().nullable(),
  upstream_kg: z.number().nullable(),
  embodied_kg: z.number().nullable(),
  activity_kg: z.number().nullable(),
  water_l: z.number().nullable(),
  /** Why not, where a part cannot be told beforehand. */
  not_quantified: z.string().nullable(),
})
export type FactorEffect = z.infer<typeof factorEffectSchema>

export const factorRowSchema = z.object({
  factor_id: z.string(),
  kind: z.string(),
  kind_label: z.string(),
  name: z.string(),
  subject: z.string().nullable(),
  zone: z.string().nullable(),
  level: z.string().nullable(),
  version: z.number().int(),
  newest_version: z.number().int(),
  value: z.number().nullable(),
  unit: z.string(),
  basis: z.string().nullable(),
  gwp_set: z.string().nullable(),
  u95: z.number().nullable(),
  u95_is_ours: z.boolean(),
  year: z.number().int().nullable(),
  valid_from: z.string().nullable(),
  valid_to: z.string().nullable(),
  source: z.string(),
  licence: z.string().nullable(),
  status: z.string(),
  is_own: z.boolean(),
  overrides: z.string().nullable(),
  overridden_by: z.string().nullable(),
  /** Ledger lines of this year that name it, in any version. */
  lines: z.number().int(),
})
export type FactorListRow = z.infer<typeof factorRowSchema>

export const FACTOR_STATUS_FILTERS = ['verified', 'unverified', 'without-value', 'own', 'pending', 'used'] as const

export const factorsQuerySchema = z.strictObject({
  org: z.string().optional(),
  q: z.string().trim().max(200).optional(),
  kind: z.string().max(40).optional(),
  place: z.string().trim().max(60).optional(),
  status: z.enum(FACTOR_STATUS_FILTERS).optional(),
  cursor: z.string().max(800).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type FactorsQuery = z.infer<typeof factorsQuerySchema>

export const factorsAnswerSchema = z.object({
  factors: z.array(factorRowSchema),
  total: z.number().int(),
  next_cursor: z.string().nullable(),
})
export type FactorsAnswer = z.infer<typeof factorsAnswerSchema>
