import { z } from 'zod'
import { DEPLOYMENTS, deploymentSchema, nameSchema, STAGES, stageSchema } from './common'

const HOUR = 3_600_000
const LONGEST = 3 * 366 * 24 * HOUR
const DAY_NAME = /^\d{4}-\d{2}-\d{2}$/

const plainDay = z.iso
  .date({ error: 'must be a day such as 2026-03-01' })
  .transform((day) => Date.parse(`${day}T00:00:00Z`))
const wholeHour = z.iso
  .datetime({ offset: true, error: 'must be a UTC day, or ISO 8601 with an offset' })
  .transform((text) => Date.parse(text))
  .refine((at) => at % HOUR === 0, 'must be a whole UTC hour')

/** The start of a UTC hour, given as an instant or as a plain day. */
export const windowEdgeSchema = z.string().transform((text, context): number => {
  const result = (DAY_NAME.test(text) ? plainDay : wholeHour).safeParse(text)
  if (result.success) return result.data
  for (const issue of result.error.issues) context.addIssue({ code: 'custom', message: issue.message })
  return z.NEVER
})

/** `run_<32 hex>` or a UUID → the UUID. */
export const runIdSchema = z
  .string()
  .regex(/^(run_)?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i, 'must be the id of a run')
  .transform((text) =>
    text
      .replace(/^run_/i, '')
      .replaceAll('-', '')
      .toLowerCase()
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )

/** By which method Scope 2 lines are told; every other line is the same by both. */
export const LEDGER_METHODS = ['location', 'market'] as const
/**
 * Kinds of line. `operational`: the electricity used. `loss`, `upstream`: grid losses and what comes before electricity and fuels.
 * `embodied`: amortised hardware, a memo. `activity`: fuels, refrigerants, purchases, waste. `capital`: hardware bought.
 */
export const LEDGER_MEASURES = ['operational', 'loss', 'upstream', 'embodied', 'activity', 'capital', 'all'] as const
export type LedgerMethod = (typeof LEDGER_METHODS)[number]
export type LedgerMeasure = (typeof LEDGER_MEASURES)[number]
export type LineMeasure = Exclude<LedgerMeasure, 'all'>

const switchedOn = z.enum(['1', 'true']).transform(() => true as const)

const ledgerFields = {
  from: windowEdgeSchema,
  to: windowEdgeSchema,
  org: z.string().optional(),
  // May be repeated in the query string: ledgerFiltersOf reads them all.
  team: z.string().optional(),
  model: z.string().optional(),
  site: z.string().optional(),
  stage: z.string().optional(),
  deployment: z.string().optional(),
  zone: z.string().optional(),
  run: runIdSchema.optional(),
  gap: switchedOn.optional(),
  /** Of the Scope 2 lines; location-based and market-based stand for the same electricity and are never added. */
  method: z.enum(LEDGER_METHODS).default('location'),
  measure: z.enum(LEDGER_MEASURES).default('operational'),
} as const

interface Window {
  from: number
  to: number
}
const isForward = ({ from, to }: Window): boolean => to > from
const isBounded = ({ from, to }: Window): boolean => to - from <= LONGEST
const forward = { path: ['to'], message: 'must be after from' }
const bounded = { path: ['to'], message: 'at most three years after from' }

export const ledgerQuerySchema = z
  .strictObject({
    ...ledgerFields,
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  })
  .refine(isForward, forward)
  .refine(isBounded, bounded)

export const ledgerExportQuerySchema = z
  .strictObject({
    ...ledgerFields,
    grain: z.enum(['day', 'hour']).default('day'),
    history: switchedOn.optional(),
    bom: switchedOn.optional(),
  })
  .refine(isForward, forward)
  .refine(isBounded, bounded)
export type LedgerExportQuery = z.infer<typeof ledgerExportQuerySchema>

const names = z.array(nameSchema).max(50)
/** What has no stage or deployment; for names, `unassigned` is an ordinary text of the query. */
const unassigned = z.literal('unassigned')
const filtersSchema = z.object({
  team: names,
  model: names,
  site: names,
  zone: names,
  stage: z.array(z.union([stageSchema, unassigned])).max(STAGES.length + 1),
  deployment: z.array(z.union([deploymentSchema, unassigned])).max(DEPLOYMENTS.length + 1),
})
export type LedgerFilters = z.infer<typeof filtersSchema>
export const LEDGER_FILTER_KEYS = ['team', 'model', 'site', 'stage', 'deployment', 'zone'] as const

/** Which lines are asked for, from a query string with repeated keys. @throws ZodError */
export const ledgerFiltersOf = (search: URLSearchParams): LedgerFilters =>
  filtersSchema.parse(Object.fromEntries(LEDGER_FILTER_KEYS.map((key) => [key, search.getAll(key)])))

const tier = z.number().int().min(1).max(5).nullable()
const exact = z.string().regex(/^-?\d+$/)

export const scopeOfLineSchema = z.object({
  /** null: in no scope. A screening figure kept out of Scope 2, the embodied memo, use that the organisation does not count. */
  scope: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  method: z.enum(['location_based', 'market_based']).nullable(),
  category: z.number().int().nullable(),
  subline: z.string().nullable(),
  row_code: z.string(),
})
export type ScopeOfLine = z.infer<typeof scopeOfLineSchema>

/**
 * One workload × UTC day × scope line and kind, or one activity or purchase. null where nothing is known; `*_mg` and `*_uwh` are the exact
 * integers. `co2e_*` is the line's own mass by its method and kind; `location_*` is told on operational lines by location only.
 */
export const ledgerLineSchema = z.object({
  ledger_id: z.string(),
  line_version: z.number().int(),
  day: z.string(),
  workload: z.object({
    kind: z.enum(['run', 'service', 'site', 'unallocated', 'activity', 'asset']),
    id: z.string().nullable(),
    name: z.string().nullable(),
  }),
  team: z.string().nullable(),
  model: z.string().nullable(),
  stage: z.string().nullable(),
  site: z.string().nullable(),
  zone: z.string().nullable(),
  /** null: no electricity. */
  deployment: deploymentSchema.nullable(),
  scope: scopeOfLineSchema,
  measure: z.enum(LEDGER_MEASURES).exclude(['all']),
  co2e_mg: exact.nullable(),
  co2e_kg: z.number().nullable(),
  /** Of an activity or a purchase: how much of what. */
  quantity: z.object({ value: z.number(), unit: z.string() }).nullable(),
  /** Address of the explanation, as after /api/v1/explain/. */
  explain: z.string(),
  energy_uwh: exact.nullable(),
  facility_uwh: exact.nullable(),
  location_mg: exact.nullable(),
  energy_kwh: z.number().nullable(),
  facility_kwh: z.number().nullable(),
  location_kg: z.number().nullable(),
  pue: z.number().nullable(),
  g_per_kwh: z.number().nullable(),
  tiers: z.object({ energy: tier, overhead: tier, intensity: tier }),
  known_hours: z.number().int(),
  gaps: z.array(z.object({ reason: z.string(), hours: z.number().int() })),
  status: z.enum(['provisional', 'settled']),
})
export type LedgerLine = z.infer<typeof ledgerLineSchema>

export const ledgerTotalSchema = z.object({
  entries: z.number().int(),
  /** Activities and purchases among the lines. */
  records: z.number().int(),
  /** Of all lines by the method asked for, without the embodied memo. */
  co2e_mg: exact.nullable(),
  co2e_kg: z.number().nullable(),
  by_measure: z.partialRecord(z.enum(LEDGER_MEASURES).exclude(['all']), exact.nullable()),
  energy_uwh: exact.nullable(),
  facility_uwh: exact.nullable(),
  location_mg: exact.nullable(),
  energy_kwh: z.number().nullable(),
  facility_kwh: z.number().nullable(),
  location_kg: z.number().nullable(),
})
export type LedgerTotal = z.infer<typeof ledgerTotalSchema>

export const ledgerAnswerSchema = z.object({
  lines: z.array(ledgerLineSchema),
  /** Of the whole filter, not of this page. */
  total: ledgerTotalSchema,
  next_cursor: z.string().nullable(),
})
export type LedgerAnswer = z.infer<typeof ledgerAnswerSchema>
