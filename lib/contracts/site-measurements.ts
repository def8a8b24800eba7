import { z } from 'zod'
import { nameSchema } from './common'

export const MEASURED_QUANTITIES = ['water_l', 'facility_kwh', 'it_kwh', 'renewable_kwh', 'reused_kwh'] as const
export type MeasuredQuantity = (typeof MEASURED_QUANTITIES)[number]

export const monthSchema = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-03')

/** A month of what has no hourly meter: a water bill, a certificate of reused heat. Given again, it is the next revision. */
export const measurementFieldsSchema = z.strictObject({
  month: monthSchema,
  quantity: z.enum(MEASURED_QUANTITIES),
  /** In the unit that the quantity names. */
  value: z.number().nonnegative().max(1e15),
  source: nameSchema,
})
export type MeasurementFields = z.infer<typeof measurementFieldsSchema>

export const measurementSchema = z.object({
  ...measurementFieldsSchema.shape,
  revision: z.number().int(),
  is_current: z.boolean(),
  recorded_by: z.string(),
  recorded_at: z.string(),
})
export type Measurement = z.infer<typeof measurementSchema>

export const measurementListSchema = z.object({ measurements: z.array(measurementSchema) })
export const measurementAnswerSchema = z.object({
  revision: z.number().int(),
  /** False where the same value and source stood already. */
  stored: z.boolean(),
  reopened_days: z.number().int(),
})
