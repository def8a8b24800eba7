import { z } from 'zod'
import { nameSchema } from './common'

export const METER_QUANTITIES = ['it_energy', 'facility_energy', 'water', 'renewable_energy', 'reused_energy'] as const
export type MeterQuantity = (typeof METER_QUANTITIES)[number]

const daySchema = z.iso.date({ error: 'must be a day such as 2026-03-01' })

/** A meter that a site is known to have. An energy meter that is expected and silent makes its hour incomplete. */
export const meterFieldsSchema = z
  .strictObject({
    /** As senders name it in their readings. */
    meter: nameSchema,
    quantity: z.enum(METER_QUANTITIES),
    serial: nameSchema.nullable(),
    /** `0.5S`, `MID class B`: as its certificate has it. */
    accuracy_class: nameSchema.nullable(),
    calibrated_on: daySchema.nullable(),
    installed_on: daySchema.nullable(),
    /** The first day on which it no longer measures. */
    removed_on: daySchema.nullable(),
    note: nameSchema.nullable(),
  })
  .refine(({ installed_on: from, removed_on: to }) => from === null || to === null || to > from, {
    path: ['removed_on'],
    message: 'must be after the day on which it was installed',
  })
export type MeterFields = z.infer<typeof meterFieldsSchema>

export const meterSchema = z.object({ meter_id: z.uuid(), ...meterFieldsSchema.shape })
export type Meter = z.infer<typeof meterSchema>

export const meterListSchema = z.object({ meters: z.array(meterSchema) })
export const meterEditAnswerSchema = z.object({ meter_id: z.uuid(), reopened_days: z.number().int() })
