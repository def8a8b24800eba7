import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { asAppError } from './problem'
import { requestIdOf } from './request-id'

/** Who sent a request of a metrics protocol, and to which of its sources. */
export interface MetricsSender {
  orgId: string
  keyId: string
  source: string | null
}

export const sourceNamed = (request: Request): string | null => new URL(request.url).searchParams.get('source')

/** A sender that waits in vain sends again: what was begun may still be stored, and the same request again changes nothing. */
const withDeadline = async (answer: Promise<Response>, ms: number, requestId: string): Promise<Response> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Response>((_, reject) => {
    timer = setTimeout(() => {
      answer.catch((error) => log.warn({ requestId, error: String(error) }, 'failed after its deadline'))
      reject(new AppError('unavailable', 'The server is busy. Send the same request again.', { retryAfterSeconds: 2 }))
    }, ms)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/**
 * One request of a metrics protocol: what is thrown is told in that protocol's own manner, within the time that its senders wait. One line
 * of log a request.
 */
export const metricsRequest = async (
  request: Request,
  { deadlineMs, refuse }: { deadlineMs: number; refuse: (error: AppError) => Response },
  handle: (requestId: string) => Promise<Response>,
): Promise<Response> => {
  const requestId = requestIdOf(request)
  const startedAt = performance.now()
  let response: Response
  try {
    response = await withDeadline(handle(requestId), deadlineMs, requestId)
  } catch (thrown) {
    const error = asAppError(thrown, requestId)
    response = refuse(error)
    if (error.retryable) response.headers.set('retry-after', String(error.options.retryAfterSeconds ?? 2))
    if (error.code === 'unauthenticated') response.headers.set('www-authenticate', 'Basic realm="wattledger", Bearer')
  }
  response.headers.set('x-request-id', requestId)
  response.headers.set('cache-control', 'private, no-store')
  const { pathname } = new URL(request.url)
  const ms = Math.round(performance.now() - startedAt)
  log.info({ requestId, method: request.method, path: pathname, status: response.status, ms }, 'request')
  return response
}
