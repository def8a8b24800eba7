import type { z } from 'zod'
import type { ErrorIssue } from '@/lib/errors'

/** What is wrong and where, as a refusal tells it. */
export const issuesOfZod = (error: z.ZodError): ErrorIssue[] =>
  error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
