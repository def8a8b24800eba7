import { z } from 'zod'
import { nameSchema } from './common'

export const KEY_SCOPES = ['ingest', 'read', 'admin'] as const
export const scopeSchema = z.enum(KEY_SCOPES)
export type KeyScope = z.infer<typeof scopeSchema>

export const createKeyRequestSchema = z.strictObject({
  name: nameSchema,
  scopes: z
    .array(scopeSchema)
    .min(1)
    .transform((scopes) => [...new Set(scopes)]),
  expires_in_days: z.number().int().min(1).max(3650).nullable().optional(),
})

export const keySchema = z.object({
  key_id: z.string(),
  name: z.string(),
  scopes: z.array(scopeSchema),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
  expires_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
})
export type Key = z.infer<typeof keySchema>
export const keyListSchema = z.object({ keys: z.array(keySchema) })
/** The secret is in this answer and nowhere else: the database holds its digest. */
export const createdKeySchema = z.object({ key: keySchema, secret: z.string() })
