import { randomBytes } from 'node:crypto'

/** The caller's id when it is harmless, else a new one: it goes into logs and answers. */
export const requestIdOf = (request: Request): string => {
  const given = request.headers.get('x-request-id')
  return given && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : `req_${randomBytes(9).toString('base64url')}`
}
