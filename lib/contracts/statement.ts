import { z } from 'zod'

export const FIRST_YEAR = 1990
export const LAST_YEAR = 2100

/** A calendar year that a statement can be asked for; null when the text is none. */
export const yearOf = (text: string): number | null => {
  if (!/^\d{4}$/.test(text)) return null
  const year = Number(text)
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : null
}

export const reportFileParamsSchema = z.object({ file: z.string() })
export const reportFileQuerySchema = z.strictObject({ org: z.string().optional() })

/** `2023.pdf` → 2023. */
export const yearOfFile = (file: string): number | null => {
  const match = /^(.{4})\.pdf$/.exec(file)
  return match?.[1] ? yearOf(match[1]) : null
}
