import { type Actor, isAllowed, neededFor, type Permission } from '@/lib/auth/actor'
import { actorOfKey } from '@/lib/auth/api-key'
import { AppError } from '@/lib/errors'

export type KeyActor = Extract<Actor, { kind: 'key' }>

/** A bearer token, or the password of basic authentication with any user name: what exporters and Prometheus can be configured with. */
const secretOf = (request: Request): string | null => {
  const header = request.headers.get('authorization') ?? ''
  const bearer = /^bearer +(.+)$/i.exec(header)?.[1]
  if (bearer) return bearer.trim()
  const basic = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(header)?.[1]
  if (!basic) return null
  const text = Buffer.from(basic, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : text.slice(colon + 1).trim()
}

/** The key behind a machine's request. No cookie counts here. @throws AppError unauthenticated, forbidden */
export const authoriseMachine = async (request: Request, permission: Permission): Promise<KeyActor> => {
  const secret = secretOf(request)
  if (!secret)
    throw new AppError(
      'unauthenticated',
      'Send an API key as a bearer token, or as the password of basic authentication.',
    )
  const actor = await actorOfKey(secret)
  if (actor?.kind !== 'key') throw new AppError('unauthenticated', 'The API key is not known, or is no longer valid.')
  if (!isAllowed(actor, permission)) throw new AppError('forbidden', neededFor(permission))
  return actor
}
