/** Every refusal that a caller may see. The code is stable; the sentence may be improved. */
export type ErrorCode =
  | 'bad_request'
  | 'malformed_body'
  | 'invalid_input'
  | 'all_rejected'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'idempotency_mismatch'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'too_many_requests'
  | 'unavailable'
  | 'internal'

const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  malformed_body: 400,
  invalid_input: 422,
  all_rejected: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  idempotency_mismatch: 422,
  body_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
}

export interface ErrorIssue {
  /** Where, as a path into the input: `readings.3.value`. */
  path: string
  message: string
}

/** A refusal: something the caller asked for that we will not do, and why, in a sentence for people. */
export class AppError extends Error {
  readonly status: number
  /** Whether the same request may succeed later: senders drop on 4xx and try again on 429 and 503. */
  readonly retryable: boolean
  constructor(
    readonly code: ErrorCode,
    readonly publicMessage: string,
    readonly options: {
      cause?: unknown
      issues?: ErrorIssue[]
      extra?: Record<string, unknown>
      retryAfterSeconds?: number
    } = {},
  ) {
    super(publicMessage, { cause: options.cause })
    this.name = 'AppError'
    this.status = STATUS[code]
    this.retryable = code === 'unavailable' || code === 'too_many_requests'
  }
}

/** A broken promise of our own: answers 500 and is to be mended, never handled. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`)
}
