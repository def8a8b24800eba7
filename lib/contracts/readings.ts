import { z } from 'zod'
import { READING_UNITS } from '@/lib/units/convert'
import { contextFields, pueSchema } from './common'

export const READING_KINDS = ['power', 'counter', 'delta'] as const

/** Why a reading was refused. Closed set: senders and the Sources page rely on it. */
export const REJECTION_REASONS = [
  'not_an_object',
  'field_unknown',
  'meter_missing',
  'kind_unknown',
  'unit_unknown',
  'unit_not_for_kind',
  'boundary_unknown',
  'value_not_a_number',
  'value_negative',
  'value_too_large',
  'time_invalid',
  'time_without_offset',
  'time_too_old',
  'time_in_future',
  'start_not_for_kind',
  'interval_empty',
  'interval_too_long',
  'context_invalid',
  'workload_missing',
  'deployment_missing',
] as const
export type RejectionReason = (typeof REJECTION_REASONS)[number]

/** One reading as documented; each is judged on its own, so that one bad value does not refuse the rest. */
export const readingSchema = z.strictObject({
  meter: z.string().min(1).max(200),
  kind: z.enum(READING_KINDS),
  unit: z.enum(READING_UNITS),
  at: z.iso.datetime({ offset: true }),
  value: z.number().nonnegative(),
  start: z.iso.datetime({ offset: true }).optional(),
  boundary: z.enum(['it', 'facility']).optional(),
  ...contextFields,
})

export const MAX_READINGS = 100_000

export const readingsRequestSchema = z.strictObject({
  ...contextFields,
  readings: z.array(z.unknown()).max(MAX_READINGS),
})
export type ReadingsRequest = z.infer<typeof readingsRequestSchema>

/** What an NDJSON body's query may say for all of its readings. */
export const readingLinesQuerySchema = z.object({
  ...contextFields,
  pue: z.coerce.number().pipe(pueSchema).optional(),
  count: z.coerce.number().int().positive().max(10_000_000).optional(),
})

/** The same request as it is documented (items typed). */
export const readingsRequestDocument = z.strictObject({ ...contextFields, readings: z.array(readingSchema) })

export const readingsAnswerSchema = z.object({
  accepted: z.number().int(),
  duplicate: z.number().int(),
  rejected: z.array(
    z.object({
      /** Among the readings, from 0. */
      index: z.number().int(),
      /** Of an NDJSON body, from 1. */
      line: z.number().int().optional(),
      reason: z.enum(REJECTION_REASONS),
    }),
  ),
})
export type ReadingsAnswer = z.infer<typeof readingsAnswerSchema>
