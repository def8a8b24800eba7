import { z } from 'zod'

const schema = z.object({
  DATABASE_URL: z.string().min(1, 'DATABASE_URL is not set: start with `npm start`, or set it'),
  WORKER_DATABASE_URL: z.string().optional(),
  NEXTAUTH_SECRET: z.string().min(16).optional(),
  SEALING_KEY: z.string().optional(),
  OUTBOUND_ALLOWED_HOSTS: z.string().optional(),
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OIDC_ISSUER: z.string().optional(),
  OIDC_NAME: z.string().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
})

let parsed: z.infer<typeof schema> | undefined

/** The environment, parsed once at first use; a missing variable is one clear sentence. */
export const env = () => {
  if (parsed) return parsed
  const result = schema.safeParse(process.env)
  if (!result.success) {
    throw new Error(`Environment: ${result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`)
  }
  parsed = result.data
  return parsed
}
