import { AppError } from '@/lib/errors'

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])
/** 08 connection, 53 resources (disk full, too many connections), 57P shutdown, 58 system, 40 and 55P03 contention. */
const SQLSTATE = /^(08|53|57P|58|40001|40P01|55P03)/
const WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Can't reach database|Unable to start a transaction/i

/** True when the database could not answer now but may later: the caller is told to try again, and nothing was lost. */
export const isUnavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const { code, cause } = error as Error & { code?: string; cause?: unknown }
  return (
    (code !== undefined && (NETWORK.has(code) || SQLSTATE.test(code) || code === 'P2024' || code === 'P2028')) ||
    WORDS.test(error.message) ||
    (cause !== undefined && cause !== error && isUnavailable(cause))
  )
}

export const asUnavailable = (error: unknown): unknown =>
  isUnavailable(error)
    ? new AppError(
        'unavailable',
        'The database does not answer now. Nothing was stored; send the same request again.',
        {
          cause: error,
          retryAfterSeconds: 2,
        },
      )
    : error
