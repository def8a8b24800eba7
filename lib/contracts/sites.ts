import { z } from 'zod'
import { deploymentSchema, nameSchema, pueSchema, zoneSchema } from './common'

export const siteFieldsSchema = z.strictObject({
  name: nameSchema,
  zone: zoneSchema.nullable(),
  deployment: deploymentSchema.nullable(),
  declared_pue: pueSchema.nullable(),
  declared_pue_source: nameSchema.nullable(),
})
export type SiteFields = z.infer<typeof siteFieldsSchema>

export const siteEditAnswerSchema = z.object({
  /** Days that will be posted anew. */
  reopened_days: z.number().int(),
})
