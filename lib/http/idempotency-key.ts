import { AppError } from '@/lib/errors'

/** The Idempotency-Key header (at most 255 printable characters), or null. */
export const idempotencyKeyOf = (request: Request): string | null => {
  const key = request.headers.get('idempotency-key')
  if (key === null) return null
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new AppError('bad_request', 'Idempotency-Key must be 1 to 255 printable characters without spaces.')
  }
  return key
}
