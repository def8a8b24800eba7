import { z } from 'zod'

/** numeric(38,0) and bigint columns as exact bigint; Prisma hands numeric over as a Decimal. */
export const exactInteger = z
  .union([z.bigint(), z.number().int(), z.string(), z.object({ toFixed: z.function() }).loose()])
  .transform((value): bigint => {
    if (typeof value === 'bigint') return value
    if (typeof value === 'object') return BigInt((value as unknown as { toFixed(digits: number): string }).toFixed(0))
    return BigInt(value)
  })
export const exactIntegerOrNull = exactInteger.nullable()

/** A count that fits a number. */
export const count = exactInteger.transform((value) => Number(value))

/** `date` columns: Prisma gives midnight UTC of the day. */
export const dayText = z.union([z.date().transform((date) => date.toISOString().slice(0, 10)), z.string()])
/** `timestamptz` columns as ISO 8601. */
export const instantText = z.date().transform((date) => date.toISOString())
