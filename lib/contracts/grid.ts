import { z } from 'zod'
import { zoneSchema } from './common'

export const BASES = ['direct', 'lifecycle'] as const
/** Marginal intensities are kept beside the averages and never posted. */
export const GRID_BASES = [...BASES, 'marginal'] as const
export type GridBasis = (typeof GRID_BASES)[number]

export const intensityImportQuerySchema = z.strictObject({
  zone: zoneSchema,
  basis: z.enum(GRID_BASES),
  org: z.string().optional(),
})

export const intensityImportAnswerSchema = z.object({
  zone: z.string(),
  basis: z.enum(GRID_BASES),
  /** Hours of the file that carry a value. */
  hours: z.number().int(),
  revision: z.number().int(),
  estimated: z.number().int(),
  /** Hours inside the file's span without a value. */
  gaps: z.number().int(),
})
export type IntensityImportAnswer = z.infer<typeof intensityImportAnswerSchema>
