import { z } from 'zod'
import { zoneSchema } from './common'

/** Takes a zone's life-cycle average into Scope 2 for one UTC year. The note is printed in the statement. */
export const screeningAcceptanceRequestSchema = z.strictObject({
  zone: zoneSchema,
  year: z.number().int().min(1990).max(2100),
  note: z.string().trim().min(1, 'say why the average may stand in Scope 2').max(1000),
})

export const screeningAcceptanceSchema = z.object({
  zone: z.string(),
  year: z.number().int(),
  note: z.string(),
  accepted_by: z.string(),
  accepted_at: z.string(),
})
export type ScreeningAcceptance = z.infer<typeof screeningAcceptanceSchema>
export const screeningAcceptanceListSchema = z.object({ acceptances: z.array(screeningAcceptanceSchema) })

export const screeningWithdrawalQuerySchema = z.strictObject({
  zone: zoneSchema,
  year: z.coerce.number().int().min(1990).max(2100),
  org: z.string().optional(),
})
