import { z } from 'zod'
import { nameSchema } from './common'

export const CONSOLIDATIONS = ['operational_control', 'financial_control', 'equity_share'] as const
export const GWP_SETS = ['AR5', 'AR6'] as const
export const IDLE_RULES = ['unallocated', 'consumed', 'reserved'] as const

const yearSchema = z.number().int().min(1990).max(2100)
const shareSchema = z.number().min(0).max(1)
/** Half-width of a 95 % interval as a share of the value. */
const widthSchema = z.number().min(0).max(5)

/** Half-widths by kind and tier that differ from the defaults: `{"energy": {"1": 0.03}}`. */
export const uncertaintyWidthsSchema = z.record(
  z.string().regex(/^[a-z][a-z_]{1,39}$/),
  z.partialRecord(z.enum(['1', '2', '3', '4', '5']), widthSchema),
)
export type UncertaintyWidths = z.infer<typeof uncertaintyWidthsSchema>

/** How an organisation reports. */
export const settingsSchema = z
  .strictObject({
    consolidation: z.enum(CONSOLIDATIONS),
    gwp_set: z.enum(GWP_SETS),
    base_year: yearSchema.nullable(),
    /** Cumulative effect above which a base year is recalculated (METHOD §11). */
    recalculation_threshold: shareSchema,
    target_year: z.number().int().min(1990).max(2200).nullable(),
    /** Share below the base year that is aimed at. */
    target_reduction: shareSchema.nullable(),
    /** METHOD §5.3: idle capacity of a pool stays a line of its own, or goes to its users. */
    idle_rule: z.enum(IDLE_RULES),
    cloud_category: z.union([z.literal(1), z.literal(8)]),
    software_use_in_category_11: z.boolean(),
    uncertainty: uncertaintyWidthsSchema,
  })
  .refine((one) => one.target_year === null || one.base_year === null || one.target_year > one.base_year, {
    path: ['target_year'],
    error: 'must lie after the base year',
  })
  .refine((one) => (one.target_year === null) === (one.target_reduction === null), {
    path: ['target_reduction'],
    error: 'a target is a year and a reduction, or neither',
  })
export type Settings = z.infer<typeof settingsSchema>

/** METHOD §14: what holds until somebody decides otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  consolidation: 'operational_control',
  gwp_set: 'AR6',
  base_year: null,
  recalculation_threshold: 0.05,
  target_year: null,
  target_reduction: null,
  idle_rule: 'unallocated',
  cloud_category: 1,
  software_use_in_category_11: false,
  uncertainty: {},
}

export const settingsAnswerSchema = z.object({
  settings: settingsSchema,
  /** Null until somebody has changed them. */
  updated_at: z.string().nullable(),
})
export type SettingsAnswer = z.infer<typeof settingsAnswerSchema>

export const settingsEditAnswerSchema = settingsAnswerSchema.extend({
  /** Days that will be posted anew. */
  reopened_days: z.number().int(),
  /** Activity lines that got a revision, because the set of warming potentials is another. */
  revised_activities: z.number().int(),
})
export type SettingsEditAnswer = z.infer<typeof settingsEditAnswerSchema>

export const PRICE_KINDS = ['shadow', 'fee', 'implicit'] as const
const daySchema = z.iso.date({ error: 'must be a day such as 2026-01-31' })

/** An internal carbon price (ESRS E1-8, AR 66). */
export const carbonPriceFieldsSchema = z
  .strictObject({
    name: nameSchema,
    kind: z.enum(PRICE_KINDS),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency such as EUR'),
    price_per_t: z.number().min(0).max(1_000_000),
    valid_from: daySchema,
    /** The first day outside; null: until further notice. */
    valid_to: daySchema.nullable(),
    scopes: z
      .array(z.union([z.literal(1), z.literal(2), z.literal(3)]))
      .min(1, 'choose at least one scope')
      .refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice'),
    /** Which Scope 2 figure it is charged on. */
    method: z.enum(['location', 'market']),
  })
  .refine((one) => one.valid_to === null || one.valid_to > one.valid_from, {
    path: ['valid_to'],
    error: 'must lie after the first day',
  })
export type CarbonPriceFields = z.infer<typeof carbonPriceFieldsSchema>

export const carbonPriceSchema = z.object({
  price_id: z.string(),
  ...carbonPriceFieldsSchema.shape,
  created_at: z.string(),
  removed_at: z.string().nullable(),
})
export type CarbonPrice = z.infer<typeof carbonPriceSchema>

export const carbonPriceListSchema = z.object({ prices: z.array(carbonPriceSchema) })
