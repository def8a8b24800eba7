import { z } from 'zod'
import { nameSchema } from './common'

export const ACTIVITY_KINDS = [
  'fuel',
  'refrigerant',
  'purchase',
  'waste',
  'water',
  'cloud_statement',
  'sold_product',
  'other',
] as const
export const activityKindSchema = z.enum(ACTIVITY_KINDS)
export type ActivityKind = z.infer<typeof activityKindSchema>

/** Where a kind stands in an inventory; the first category is the one that nobody has to say. `other` says its own. */
export const ACTIVITY_SCOPES: Partial<Record<ActivityKind, { scope: 1 | 3; categories?: readonly number[] }>> = {
  fuel: { scope: 1 },
  refrigerant: { scope: 1 },
  purchase: { scope: 3, categories: [1, 2, 4] },
  waste: { scope: 3, categories: [5, 12] },
  water: { scope: 3, categories: [1, 5] },
  cloud_statement: { scope: 3, categories: [1, 8] },
  sold_product: { scope: 3, categories: [11] },
}

const daySchema = z.iso.date({ error: 'must be a day such as 2026-01-31' })
const amountSchema = z.number().min(0).max(1e15)

/**
 * A non-electric line: either a quantity with a factor of the library, or a total that the supplier stated. Scope and category follow
 * from the kind; a line of kind `other` says them itself.
 */
export const activityFieldsSchema = z
  .strictObject({
    kind: activityKindSchema,
    name: nameSchema,
    /** Address of a site; null: of no one place. */
    site: nameSchema.nullable(),
    starts_on: daySchema,
    /** The first day outside. */
    ends_on: daySchema,
    quantity: amountSchema,
    unit: z.string().trim().min(1).max(40),
    /** A factor of the library (GET /api/v1/factors); null with a total that the supplier stated. */
    factor_id: z.string().min(1).max(300).nullable(),
    /** kg CO2e of the whole line as the supplier stated it. */
    stated_kg: amountSchema.nullable(),
    /** Biogenic CO2 where it is known: kept apart, in no scope (ESRS E1 AR 43 c). */
    biogenic_kg: amountSchema.nullable(),
    scope: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    category: z.number().int().min(1).max(15).nullable(),
    /** Half-width of the 95 % interval as a share; null takes the factor's own. */
    u95: z.number().min(0).max(5).nullable(),
    supplier: nameSchema.nullable(),
    evidence: nameSchema.nullable(),
    note: z.string().trim().max(1000).nullable(),
  })
  .superRefine((one, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (one.ends_on <= one.starts_on) issue('ends_on', 'must lie after the first day')
    if ((one.factor_id === null) === (one.stated_kg === null))
      issue('factor_id', 'give a factor or a total that the supplier stated, one of them')
    if (one.kind === 'other' && one.scope === null) issue('scope', 'a line of kind other says its scope')
    if (one.kind !== 'other' && one.scope !== null) issue('scope', 'follows from the kind')
    const scope = one.scope ?? ACTIVITY_SCOPES[one.kind]?.scope
    const categories = ACTIVITY_SCOPES[one.kind]?.categories
    if (one.category === null) {
      if (one.kind === 'other' && scope === 3) issue('category', 'Scope 3 has a category, 1 to 15')
    } else if (scope !== 3) issue('category', 'only Scope 3 has categories')
    else if (categories && !categories.includes(one.category))
      issue('category', `is ${categories.join(' or ')} for ${one.kind.replace('_', ' ')}`)
  })
export type ActivityFields = z.infer<typeof activityFieldsSchema>

export const activityLineSchema = z.object({
  activity_id: z.string(),
  revision: z.number().int(),
  ...activityFieldsSchema.shape,
  scope: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  site_name: z.string().nullable(),
  factor_name: z.string().nullable(),
  factor_version: z.number().int().nullable(),
  factor_unit: z.string().nullable(),
  factor_status: z.string().nullable(),
  upstream_factor_id: z.string().nullable(),
  upstream_factor_version: z.number().int().nullable(),
  kg_per_unit: z.number().nullable(),
  kg: z.number().nullable(),
  /** Scope 3 category 3: well-to-tank of a fuel. */
  upstream_kg: z.number().nullable(),
  gwp_set: z.enum(['AR4', 'AR5', 'AR6']).nullable(),
  gases_kg: z.record(z.string(), z.number()).nullable(),
  primary_data: z.boolean(),
  voided: z.boolean(),
  recorded_by: z.string(),
  recorded_at: z.string(),
})
export type ActivityLine = z.infer<typeof activityLineSchema>

export const activityListQuerySchema = z.strictObject({
  from: daySchema.optional(),
  to: daySchema.optional(),
  kind: activityKindSchema.optional(),
  org: z.string().optional(),
})
export const activityListSchema = z.object({ activities: z.array(activityLineSchema) })
export const activityHistorySchema = z.object({ revisions: z.array(activityLineSchema) })

export const voidActivitySchema = z.strictObject({ reason: z.string().trim().min(1, 'say why').max(1000) })

/** A factor that a line can be multiplied by, with every unit that it takes. */
export const activityFactorSchema = z.object({
  factor_id: z.string(),
  kind: z.string(),
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  /** Units in which a quantity may be told. */
  units: z.array(z.string()),
  status: z.string(),
  gwp_set: z.string().nullable(),
  source: z.string(),
})
export type ActivityFactor = z.infer<typeof activityFactorSchema>
export const activityFactorListSchema = z.object({ factors: z.array(activityFactorSchema) })

export const activityFactorQuerySchema = z.strictObject({ kind: activityKindSchema, org: z.string().optional() })
