import { z } from 'zod'
import type { Problem } from '@/lib/contracts/problem'
import { AppError, type ErrorIssue } from '@/lib/errors'
import { log } from '@/lib/log'

export const issuesOf = (error: z.ZodError): ErrorIssue[] =>
  error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), message: issue.message }))

/** Anything thrown → the refusal that the caller is told. What we did not foresee is logged whole and told as 500. */
export const asAppError = (error: unknown, requestId: string): AppError => {
  if (error instanceof AppError) {
    if (error.code === 'unavailable') log.warn({ requestId, cause: String(error.options.cause) }, 'unavailable')
    return error
  }
  if (error instanceof z.ZodError) {
    return new AppError('invalid_input', 'The request does not match its schema.', { issues: issuesOf(error) })
  }
  log.error({ requestId, err: error }, 'unexpected error')
  return new AppError('internal', 'Something broke on our side. It was logged under the request id.', { cause: error })
}

/** problem+json (RFC 9457) with a stable code and the request id. */
export const problemResponse = (error: AppError, requestId: string): Response => {
  const problem: Problem = {
    type: `urn:wattledger:problem:${error.code}`,
    title: error.publicMessage,
    status: error.status,
    code: error.code,
    request_id: requestId,
    ...(error.options.issues ? { issues: error.options.issues } : {}),
    ...error.options.extra,
  }
  return new Response(JSON.stringify(problem), {
    status: error.status,
    headers: {
      'content-type': 'application/problem+json',
      'x-request-id': requestId,
      'cache-control': 'private, no-store',
      ...(error.retryable ? { 'retry-after': String(error.options.retryAfterSeconds ?? 2) } : {}),
      ...(error.code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
    },
  })
}
