import { z } from 'zod'
import { nameSchema } from './common'

export const INSTRUMENT_KINDS = ['go', 'rec', 'i_rec', 'ppa', 'green_tariff', 'supplier_rate'] as const
export const instrumentKindSchema = z.enum(INSTRUMENT_KINDS)
export type InstrumentKind = z.infer<typeof instrumentKindSchema>

const daySchema = z.iso.date({ error: 'must be a day such as 2026-01-31' })
export const marketSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9_:-]{1,39}$/, 'must be a country such as DE, a grid zone such as US-CAL-CISO, or EU')

const MAX_VINTAGE_HOURS = 8784 * 5
/** The longest that a certificate or contract line may run in one row. */
export const MAX_VINTAGE_YEARS = 5

const isText = (value: string | null): value is string => value !== null && value !== ''

/** A contract or certificate of the market-based method (Scope 2 Guidance, chapter 7). */
export const instrumentFieldsSchema = z
  .strictObject({
    kind: instrumentKindSchema,
    name: nameSchema,
    /** Where it can be claimed: a country, a grid zone, or EU for the members of the AIB. */
    market: marketSchema,
    /** Address of the site it was bought for; null: any site of its market. */
    site: nameSchema.nullable(),
    /** Null for a supplier rate, which covers all that the supplier delivers. */
    mwh: z.number().positive().max(1e9).nullable(),
    g_per_kwh: z.number().min(0).max(5000),
    technology: nameSchema.nullable(),
    tracking_system: nameSchema.nullable(),
    serial: nameSchema.nullable(),
    vintage_from: daySchema,
    /** The first day outside. */
    vintage_to: daySchema,
    cancelled_on: daySchema.nullable(),
    /** On whose behalf it was cancelled, redeemed or retired. */
    cancelled_for: nameSchema.nullable(),
    conveys_attribute: z.boolean(),
    sole_claim: z.boolean(),
    /** Share of its MWh delivered by UTC hour: 24, 288 (month × hour) or each hour of the vintage. Null: unknown, never assumed flat. */
    hourly_profile: z.array(z.number().min(0)).max(MAX_VINTAGE_HOURS).nullable(),
    evidence: nameSchema.nullable(),
  })
  .superRefine((one, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (one.vintage_to <= one.vintage_from) issue('vintage_to', 'must lie after the first day')
    const years = (Date.parse(one.vintage_to) - Date.parse(one.vintage_from)) / 31_557_600_000
    if (years > MAX_VINTAGE_YEARS) issue('vintage_to', `a row covers at most ${MAX_VINTAGE_YEARS} years`)
    if (one.kind === 'supplier_rate' && one.mwh !== null)
      issue('mwh', 'a supplier rate has none: it covers all that the supplier delivers')
    if (one.kind !== 'supplier_rate' && one.mwh === null) issue('mwh', 'must say how many MWh it covers')
    if (one.cancelled_on !== null && !isText(one.cancelled_for))
      issue('cancelled_for', 'must say on whose behalf it was cancelled')
    if (one.hourly_profile !== null) {
      const { length } = one.hourly_profile
      const hours = Math.round((Date.parse(one.vintage_to) - Date.parse(one.vintage_from)) / 3_600_000)
      if (length !== 24 && length !== 288 && length !== hours)
        issue('hourly_profile', `must have 24, 288 or ${hours} (each hour of the vintage) values, not ${length}`)
      if (!one.hourly_profile.some((share) => share > 0)) issue('hourly_profile', 'delivers nothing at all')
      if (one.mwh === null) issue('hourly_profile', 'a supplier rate has no profile')
    }
  })
export type InstrumentFields = z.infer<typeof instrumentFieldsSchema>

/** A criterion that an instrument does not meet, and why, in a sentence. */
export const failedCriterionSchema = z.object({ criterion: z.string(), reason: z.string() })
export type FailedCriterion = z.infer<typeof failedCriterionSchema>

export const instrumentSchema = z.object({
  instrument_id: z.string(),
  ...instrumentFieldsSchema.shape,
  site_name: z.string().nullable(),
  /** It counts when it meets every criterion; else it is ignored, and these say why. */
  counts: z.boolean(),
  failed: z.array(failedCriterionSchema),
  /** What must be said beside a figure that rests on it. */
  disclosures: z.array(z.string()),
  /** Of its MWh, allocated to workloads so far. Null for a supplier rate: it stands in the entries themselves. */
  covered_mwh: z.number().nullable(),
  /** Not used: more than was consumed. Null for a supplier rate. */
  surplus_mwh: z.number().nullable(),
  /** What it takes off (negative) or adds to the market-based figure. Null where nothing is covered. */
  effect_kg: z.number().nullable(),
  created_at: z.string(),
  removed_at: z.string().nullable(),
})
export type Instrument = z.infer<typeof instrumentSchema>

export const instrumentListSchema = z.object({ instruments: z.array(instrumentSchema) })

export const instrumentEditAnswerSchema = z.object({
  instrument: instrumentSchema,
  /** Months whose market-based figure is computed again, and days that are posted again (a supplier rate acts on entries). */
  reopened_months: z.number().int(),
  reopened_days: z.number().int(),
})
export type InstrumentEditAnswer = z.infer<typeof instrumentEditAnswerSchema>

const hourSchema = z.object({
  at: z.string(),
  load_kwh: z.number(),
  matched_kwh: z.number().nullable(),
  unmatched_kwh: z.number().nullable(),
  surplus_kwh: z.number().nullable(),
})

export const matchingQuerySchema = z.strictObject({
  from: daySchema,
  to: daySchema,
  market: marketSchema.optional(),
  org: z.string().optional(),
})

/** Annual and hourly matching side by side; the hourly figure is informational and feeds no statement. */
export const matchingAnswerSchema = z.object({
  from: z.string(),
  to: z.string(),
  market: z.string().nullable(),
  load_kwh: z.number().nullable(),
  /** Market-based emissions before instruments. */
  before_kg: z.number().nullable(),
  /** Grid zones with Scope 2 consumption in the window, whatever market is asked for. */
  zones: z.array(z.string()),
  annual: z.object({
    matched_kwh: z.number().nullable(),
    surplus_kwh: z.number().nullable(),
    score: z.number().nullable(),
    market_kg: z.number().nullable(),
    /** Instruments that bear on the window, with what is left of each. */
    by_instrument: z.array(
      z.object({ instrument_id: z.string(), name: z.string(), surplus_mwh: z.number().nullable() }),
    ),
  }),
  hourly: z.object({
    matched_kwh: z.number().nullable(),
    unmatched_kwh: z.number().nullable(),
    surplus_kwh: z.number().nullable(),
    score: z.number().nullable(),
    market_kg: z.number().nullable(),
    /** Some instruments say nothing of their hours: with them the score would be higher. */
    is_lower_bound: z.boolean(),
    /** Why there is no hourly score, or what it leaves out. */
    notes: z.array(z.string()),
  }),
  months: z.array(hourSchema.omit({ at: true }).extend({ month: z.string() })),
  /** By UTC hour of the day, summed over the window. */
  hours_of_day: z.array(hourSchema.omit({ at: true }).extend({ hour: z.number().int() })),
  /** Only for windows of at most 31 days. */
  hours: z.array(hourSchema).nullable(),
})
export type MatchingAnswer = z.infer<typeof matchingAnswerSchema>
