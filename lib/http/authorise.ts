import { type Actor, isAllowed, neededFor, type Permission } from '@/lib/auth/actor'
import { actorOfKey } from '@/lib/auth/api-key'
import { actorOfPerson, signedIn } from '@/lib/auth/session'
import { AppError } from '@/lib/errors'

const bearerOf = (request: Request): string | null => {
  const header = request.headers.get('authorization')
  return header && /^bearer /i.test(header) ? header.slice(7).trim() : null
}

/** A page of another site can send our cookie along with a write; a browser says where a request comes from. */
const refuseCrossSite = (request: Request): void => {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const host = request.headers.get('host')
  const sameOrigin = site ? site === 'same-origin' : origin === `http://${host}` || origin === `https://${host}`
  if (!sameOrigin) throw new AppError('forbidden', 'This request did not come from this site.')
}

/**
 * Who asks: a bearer key (which carries its organisation), else the signed-in person in the organisation of `?org=slug`.
 * @throws AppError unauthenticated, not_found (no such organisation, or not a member), forbidden (role or scope)
 */
export const authorise = async (request: Request, permission: Permission): Promise<Actor> => {
  const actor = await identify(request)
  if (!isAllowed(actor, permission)) throw new AppError('forbidden', neededFor(permission))
  return actor
}

const identify = async (request: Request): Promise<Actor> => {
  const bearer = bearerOf(request)
  if (bearer !== null) {
    const actor = await actorOfKey(bearer)
    if (!actor) throw new AppError('unauthenticated', 'The API key is not known, or is no longer valid.')
    return actor
  }
  const person = await signedIn()
  if (!person) throw new AppError('unauthenticated', 'Sign in, or send an API key as a bearer token.')
  refuseCrossSite(request)
  const slug = new URL(request.url).searchParams.get('org')
  if (!slug) throw new AppError('bad_request', 'Name the organisation: ?org=<slug>.')
  const actor = await actorOfPerson(person.userId, slug)
  if (!actor) throw new AppError('not_found', 'No such organisation, or you may not see it.')
  return actor
}
