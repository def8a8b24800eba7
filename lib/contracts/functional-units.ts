import { z } from 'zod'
import { nameSchema } from './common'

/** Units that pages offer; a sender may name others. A count is of the unit itself: 12,500 output tokens are 12500 `output-token`. */
export const FUNCTIONAL_UNITS = [
  'request',
  'output-token',
  'input-token',
  'token',
  'image',
  'minute',
  'user',
  'run',
  'gpu-hour',
  'training-token',
] as const

export const functionalUnitSchema = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9 ._-]{0,39}$/, 'must be a word such as request or output-token, in small letters')

export const MAX_STATEMENTS = 10_000

const EARLIEST = '2000-01-01'
const isDay = (text: string) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

const daySchema = z.iso
  .date({ error: 'must be a UTC day such as 2026-11-14' })
  .refine(isDay, 'is no day of the calendar')
  .refine((day) => day >= EARLIEST, `must not be before ${EARLIEST}`)

const startSchema = z.iso
  .datetime({ offset: true, error: 'must be ISO 8601 with an offset, such as 2026-11-14T00:00:00Z' })
  .transform((text) => new Date(text).toISOString().slice(0, 10))
  .refine((day) => day >= EARLIEST, `must not be before ${EARLIEST}`)

/** What one service or run delivered on one UTC day: the R of an SCI score (ISO/IEC 21031). `start` names the day it lies in. */
export const unitStatementSchema = z
  .strictObject({
    service: nameSchema.optional(),
    run: nameSchema.optional(),
    day: daySchema.optional(),
    start: startSchema.optional(),
    unit: functionalUnitSchema,
    count: z.number().nonnegative().max(1e18),
  })
  .refine((one) => (one.service === undefined) !== (one.run === undefined), {
    path: ['service'],
    message: 'name either a service or a run',
  })
  .refine((one) => (one.day === undefined) !== (one.start === undefined), {
    path: ['day'],
    message: 'give either day or start',
  })
  .transform(({ day, start, ...said }) => ({ ...said, day: (day ?? start) as string }))
export type UnitStatement = z.output<typeof unitStatementSchema>

export const functionalUnitsRequestSchema = z.strictObject({
  units: z.array(unitStatementSchema).min(1).max(MAX_STATEMENTS, `at most ${MAX_STATEMENTS} at once`),
})

export const functionalUnitsAnswerSchema = z.object({
  accepted: z.number().int(),
  /** New, or another count than was known: the last statement of a service, day and unit stands. */
  changed: z.number().int(),
})
export type FunctionalUnitsAnswer = z.infer<typeof functionalUnitsAnswerSchema>

export const functionalUnitsCsvQuerySchema = z.strictObject({
  /** Reads and judges the file, and stores nothing. */
  dry_run: z.enum(['0', '1']).optional(),
  org: z.string().optional(),
})

export const functionalUnitsCsvAnswerSchema = functionalUnitsAnswerSchema.extend({
  dry_run: z.boolean(),
  first_day: z.string().nullable(),
  last_day: z.string().nullable(),
  /** What the file speaks of, by name. */
  names: z.array(z.string()),
  units: z.array(z.string()),
})
export type FunctionalUnitsCsvAnswer = z.infer<typeof functionalUnitsCsvAnswerSchema>
