import { z } from 'zod'
import { runIdSchema } from './ledger'

/** What a comparison sets side by side: a run or service over its whole time, or whole UTC days [from, to). */
export type ComparedSide = { kind: 'run'; id: string } | { kind: 'window'; from: string; to: string }

const WINDOW = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/
const MONTH = /^(\d{4})-(\d{2})$/
const YEAR = /^\d{4}$/
const isDay = (text: string): boolean => z.iso.date().safeParse(text).success

const pad = (number: number, digits: number): string => String(number).padStart(digits, '0')

/** The window that a text names, or null: `2026-01-01/2026-02-01`, `2026-01`, `2026`. `to` is the first day outside. */
const windowOf = (text: string): { from: string; to: string } | null => {
  const [, from, to] = WINDOW.exec(text) ?? []
  if (from && to) return isDay(from) && isDay(to) && from < to ? { from, to } : null
  const [, year, month] = MONTH.exec(text) ?? []
  if (year && month && isDay(`${text}-01`)) {
    const next = Number(month) === 12 ? `${pad(Number(year) + 1, 4)}-01-01` : `${year}-${pad(Number(month) + 1, 2)}-01`
    return { from: `${text}-01`, to: next }
  }
  return YEAR.test(text) && isDay(`${text}-01-01`)
    ? { from: `${text}-01-01`, to: `${pad(Number(text) + 1, 4)}-01-01` }
    : null
}

const sideSchema = z.string().transform((text, context): ComparedSide => {
  const window = windowOf(text)
  if (window) return { kind: 'window', ...window }
  const run = runIdSchema.safeParse(text)
  if (run.success) return { kind: 'run', id: run.data }
  context.addIssue({
    code: 'custom',
    message:
      'must be the id of a run, a window such as 2026-01-01/2026-02-01 (its end is the first day outside), a month or a year',
  })
  return z.NEVER
})

export const compareQuerySchema = z.strictObject({ before: sideSchema, after: sideSchema, org: z.string().optional() })
export type CompareQuery = z.output<typeof compareQuerySchema>

const figure = z.number().nullable()
const sideAnswer = z.object({
  kind: z.enum(['run', 'service', 'window']),
  run: z.string().nullable(),
  name: z.string(),
  from: z.string().nullable(),
  /** First day outside. */
  to: z.string().nullable(),
  provisional: z.boolean(),
  gap_hours: z.number().int(),
})

export const COMPARED = [
  'energy_kwh',
  'facility_kwh',
  'pue',
  'g_per_kwh',
  'location_kg',
  'market_kg',
  'loss_kg',
  'upstream_kg',
  'embodied_kg',
  'total_location_kg',
  'total_market_kg',
  'water_l',
  'source_water_l',
] as const

export const compareAnswerSchema = z.object({
  before: sideAnswer,
  after: sideAnswer,
  measures: z.array(
    z.object({
      measure: z.enum(COMPARED),
      before: figure,
      after: figure,
      /** after − before. */
      delta: figure,
      /** (after − before) ÷ before, %. */
      change_percent: figure,
      /** after ÷ before × 100: % N / N−1 of ESRS E1-6. */
      percent_of_before: figure,
    }),
  ),
  /** 95 % intervals of location_kg, and whether they leave it open which of the two is the larger. */
  location_interval: z.object({
    before: z.object({ low_kg: z.number(), high_kg: z.number() }).nullable(),
    after: z.object({ low_kg: z.number(), high_kg: z.number() }).nullable(),
    overlap: z.boolean().nullable(),
  }),
  /** Of the two sides, not of what caused their difference. */
  note: z.string(),
  method_version: z.string(),
})
export type CompareAnswer = z.output<typeof compareAnswerSchema>
