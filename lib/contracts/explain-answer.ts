import { z } from 'zod'

/** What GET /api/v1/explain/<address> answers. Exact integers (mg, µWh, µL) are strings; null is unknown and never 0. */

const exact = z.string().regex(/^-?\d+$/)
const tier = z.number().int().min(1).max(5).nullable()

export const LEDGER_UNITS = ['mg', 'µWh', 'µL'] as const
export type LedgerUnit = (typeof LEDGER_UNITS)[number]

/**
 * A multiplication as the ledger made it, to be made again by lib/units/physics: its numbers are the very doubles and integers that
 * were multiplied. `given` was not multiplied here: it was read, or rests on the evidence named beside it.
 */
export const productSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('given') }),
  z.object({ by: z.literal('facility'), it_uwh: z.number(), pue: z.number() }),
  z.object({ by: z.literal('emissions'), uwh: z.number(), g_per_kwh: z.number() }),
  z.object({ by: z.literal('losses'), uwh: z.number(), g_per_kwh: z.number(), fraction: z.number() }),
  z.object({ by: z.literal('water'), uwh: z.number(), l_per_kwh: z.number() }),
  z.object({
    by: z.literal('embodied'),
    kg_per_device: z.number(),
    ms: z.number(),
    devices: z.number(),
    life_hours: z.number(),
    planned_use: z.number(),
  }),
  /** quantity × kg per unit → mg. */
  z.object({ by: z.literal('activity'), quantity: z.number(), kg_per_unit: z.number() }),
])
export type Product = z.infer<typeof productSchema>

/** One addend of an exact sum, or one hour's multiplication. */
export const termSchema = z.object({
  label: z.string(),
  product: productSchema,
  exact: exact.nullable(),
  /** The addend's own explanation. */
  address: z.string().nullable(),
  /** Ledger lines in it. */
  count: z.number().int().nullable(),
  /** Why there is no figure, or what is special. */
  note: z.string().nullable(),
})
export type ExplainTerm = z.infer<typeof termSchema>

/** Exact integers, or a count as it was stated. */
const decimal = z.string().regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i)

/** Numerator or denominator of a ratio. */
const quotientSideSchema = z.object({
  label: z.string(),
  amount: decimal.nullable(),
  unit: z.string(),
  address: z.string().nullable(),
})
export type QuotientSide = z.infer<typeof quotientSideSchema>

/** How the figure follows from what is shown, to the last ledger unit: a sum of terms, or a quotient of two sums. */
export const derivationSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sum'),
    /** `hour`, `month`, `day`, `ledger line` …: what one term is. */
    of: z.string(),
    terms: z.array(termSchema),
  }),
  z.object({
    kind: z.literal('quotient'),
    above: quotientSideSchema,
    below: quotientSideSchema,
    /** figure = above ÷ below × scale, in doubles. */
    scale: z.number(),
    /** What the two sides add up from, `day` or `month`; empty where each is one number. */
    of: z.string(),
    pieces: z.array(z.object({ label: z.string(), above: decimal, below: decimal, address: z.string().nullable() })),
  }),
  /** What is not derived: a factor is what its source says. */
  z.object({ kind: z.literal('none') }),
])
export type Derivation = z.infer<typeof derivationSchema>

export const explainInputSchema = z.object({
  operator: z.enum(['', '×', '÷', '+', '−', '=']),
  name: z.string(),
  /** Digits enough that multiplying them by hand gives the line below. */
  value: z.string().nullable(),
  unit: z.string(),
  tier,
  tier_of: z.enum(['energy', 'intensity', 'overhead', 'figure']).nullable(),
  source: z.string().nullable(),
  address: z.string().nullable(),
  result: z.enum(['between', 'total']).nullable(),
})
export type ExplainInput = z.infer<typeof explainInputSchema>

export const explainFactorSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  /** `grid intensity`, `overhead (PUE)`, `market-based rate` … */
  role: z.string(),
  value: z.number().nullable(),
  /** Where it differs by hour: the least and the most that was applied. */
  least: z.number().nullable(),
  most: z.number().nullable(),
  unit: z.string().nullable(),
  basis: z.string().nullable(),
  source: z.string(),
  source_url: z.string().nullable(),
  licence: z.string().nullable(),
  status: z.string().nullable(),
  sha256: z.string().nullable(),
  hours: z.number().int().nullable(),
  /** Its own explanation; null for what is not in the factor library, as an hour of a file or a declaration. */
  address: z.string().nullable(),
})
export type ExplainFactor = z.infer<typeof explainFactorSchema>

export const explainLineSchema = z.object({
  ledger_id: z.string(),
  day: z.string(),
  name: z.string(),
  context: z.string(),
  exact: exact.nullable(),
  /** Of the figure; null where the figure is 0 or unknown. */
  share: z.number().nullable(),
  status: z.enum(['provisional', 'settled']),
  address: z.string(),
})
export type ExplainLine = z.infer<typeof explainLineSchema>

export const explainReadingSchema = z.object({
  at: z.string(),
  /** Start of a delta's interval. */
  start: z.string().nullable(),
  value: z.number(),
  unit: z.string(),
  kind: z.string(),
  meter: z.string(),
  /** Outside the day: the nearest reading of its series, between which and the first of the day energy flowed. */
  outside: z.boolean(),
  batch_id: z.string(),
})
export type ExplainReading = z.infer<typeof explainReadingSchema>

export const explainBatchSchema = z.object({
  batch_id: z.string(),
  sha256: z.string(),
  received_at: z.string(),
  source: z.string(),
  protocol: z.string(),
  readings: z.number().int(),
})
export type ExplainBatch = z.infer<typeof explainBatchSchema>

export const explainAnswerSchema = z.object({
  /** As the explanation writes it; may differ in order from what was asked. */
  address: z.string(),
  title: z.string(),
  /** What it is of: window, filters, workload. */
  context: z.string(),
  sentence: z.string(),
  figure: z.object({
    /** In `unit`, for people; `exact` is what counts. */
    value: z.string().nullable(),
    unit: z.string(),
    number: z.number().nullable(),
    exact: exact.nullable(),
    exact_unit: z.enum(LEDGER_UNITS).nullable(),
    /** Half-width of the 95 % interval, formatted in `unit`. */
    interval: z.string().nullable(),
    low: exact.nullable(),
    high: exact.nullable(),
    u95: z.number().nullable(),
  }),
  formula: z.object({
    text: z.string(),
    clause: z.string(),
    /** Page of docs/method, as the Methodology page names it. */
    page: z.string().nullable(),
    method_versions: z.array(z.string()),
  }),
  inputs: z.array(explainInputSchema),
  derivation: derivationSchema,
  factors: z.array(explainFactorSchema),
  lines: z
    .object({
      count: z.number().int(),
      /** How many of the largest make 90 % of the figure. */
      ninety_percent: z.number().int().nullable(),
      rows: z.array(explainLineSchema),
      next_cursor: z.string().nullable(),
    })
    .nullable(),
  readings: z
    .object({
      count: z.number().int(),
      series: z.number().int(),
      rows: z.array(explainReadingSchema),
      batches: z.array(explainBatchSchema),
      next_cursor: z.string().nullable(),
    })
    .nullable(),
  quality: z.object({
    /** Emissions by the weakest tier of each hour. */
    tiers: z.array(z.object({ tier: z.number().int(), exact, share: z.number().nullable() })),
    /** Where the width of the interval comes from, largest first. */
    contributions: z.array(
      z.object({ source: z.string(), group: z.string(), share: z.number().nullable(), half: z.string() }),
    ),
    coverage: z.number().nullable(),
    known_hours: z.number().int().nullable(),
    gaps: z.array(z.object({ reason: z.string(), hours: z.number().int() })),
  }),
  allocations: z.array(
    z.object({
      month: z.string(),
      instrument: z.string(),
      instrument_address: z.string(),
      workload: z.string(),
      covered_uwh: exact,
      replaced_mg: exact,
      own_mg: exact,
      effect_mg: exact,
    }),
  ),
  revisions: z.array(
    z.object({
      revision: z.number().int(),
      is_current: z.boolean(),
      status: z.string(),
      posted_at: z.string(),
      method_version: z.string().nullable(),
      input_sha256: z.string().nullable(),
      exact: exact.nullable(),
      note: z.string().nullable(),
    }),
  ),
  /** Facts of a register row, in words: who, when, which document. */
  facts: z.array(z.object({ name: z.string(), value: z.string(), href: z.string().nullable() })),
  provisional: z.boolean(),
})
export type ExplainAnswer = z.infer<typeof explainAnswerSchema>
