import { z } from 'zod'
import { deploymentSchema, nameSchema, pueSchema, zoneSchema } from './common'

/** Where the PUE is measured (ISO/IEC 30134-2): 1 UPS output, 2 PDU output, 3 IT input. */
export const PUE_CATEGORIES = [1, 2, 3] as const

export const siteFieldsSchema = z.strictObject({
  name: nameSchema,
  zone: zoneSchema.nullable(),
  deployment: deploymentSchema.nullable(),
  declared_pue: pueSchema.nullable(),
  declared_pue_source: nameSchema.nullable(),
  // Left out, these stay as they are.
  operator: nameSchema.nullable().optional(),
  pue_category: z
    .union([z.literal(1), z.literal(2), z.literal(3)])
    .nullable()
    .optional(),
  /** Litres withdrawn on site per kWh of IT (ISO/IEC 30134-9). */
  declared_wue: z.number().nonnegative().max(100).nullable().optional(),
  declared_wue_source: nameSchema.nullable().optional(),
})
export type SiteFields = z.infer<typeof siteFieldsSchema>

export const siteEditAnswerSchema = z.object({
  /** Days that will be posted anew. */
  reopened_days: z.number().int(),
})
