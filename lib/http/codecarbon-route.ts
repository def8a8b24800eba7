import { z } from 'zod'
import { type Actor, isAllowed, type Permission } from '@/lib/auth/actor'
import { actorOfKey } from '@/lib/auth/api-key'
import { log } from '@/lib/log'
import { readBody } from './body'
import { asAppError } from './problem'
import { requestIdOf } from './request-id'

/** The client waits 2 s and then goes on without our answer. */
const DEADLINE_MS = 1800
const MAX_BODY_BYTES = 256 * 1024
const NOT_ALLOWED = 'Not allowed to perform this action'

type KeyActor = Extract<Actor, { kind: 'key' }>
type Detail = string | { type: string; loc: (string | number)[]; msg: string }[]

/** A refusal in FastAPI's manner. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly detail: Detail,
  ) {
    super(typeof detail === 'string' ? detail : 'validation')
  }
}

export const detailResponse = (status: number, detail: Detail): Response =>
  Response.json({ detail }, { status, headers: { 'cache-control': 'private, no-store' } })

/** `x-api-token`, as trackers send it, else a bearer token, as the command line does. No cookie: no page calls these paths. */
const actorOf = async (request: Request, permission: Permission | 'any'): Promise<KeyActor> => {
  const bearer = /^bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const token = request.headers.get('x-api-token') ?? bearer
  if (!token) throw new Refusal(403, `${NOT_ALLOWED}. Missing project token`)
  const actor = await actorOfKey(token.trim())
  if (actor?.kind !== 'key' || (permission !== 'any' && !isAllowed(actor, permission)))
    throw new Refusal(403, NOT_ALLOWED)
  return actor
}

const valueAt = (value: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value)

const validated = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: 'body' | 'path',
): z.output<Schema> => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Refusal(
    422,
    result.error.issues.slice(0, 20).map(({ code, path, message }) => {
      const missing = code === 'invalid_type' && valueAt(value, path) === undefined
      return {
        type: missing ? 'missing' : code,
        loc: [where, ...path.map((key) => (typeof key === 'number' ? key : String(key)))],
        msg: missing ? 'Field required' : message,
      }
    }),
  )
}

const jsonOf = async (request: Request): Promise<unknown> => {
  const bytes = await readBody(request, MAX_BODY_BYTES)
  try {
    // NaN and Infinity are not JSON and end here, as they do in FastAPI.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal(422, [{ type: 'json_invalid', loc: ['body'], msg: 'JSON decode error' }])
  }
}

const asRefusal = (thrown: unknown, requestId: string): Refusal => {
  if (thrown instanceof Refusal) return thrown
  const error = asAppError(thrown, requestId)
  if (error.code === 'forbidden' || error.code === 'unauthenticated') return new Refusal(403, NOT_ALLOWED)
  if (error.code === 'body_too_large') return new Refusal(413, `The body is larger than ${MAX_BODY_BYTES / 1024} KiB`)
  const { issues } = error.options
  if (!issues) return new Refusal(error.status, error.publicMessage)
  const told = issues.map(({ path, message }) => ({
    type: 'value_error',
    loc: ['body', ...path.split('.')],
    msg: message,
  }))
  return new Refusal(422, told)
}

/** A late answer helps nobody. What was begun may still be stored; sent again, it changes nothing. */
const inTime = async (answer: Promise<Response>, requestId: string): Promise<Response> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Response>((resolve) => {
    timer = setTimeout(() => {
      answer.catch((error) => log.warn({ requestId, error: String(error) }, 'failed after its deadline'))
      resolve(detailResponse(503, 'The server is busy. Send the same request again.'))
    }, DEADLINE_MS)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

interface CodecarbonSpec<Params extends z.ZodType, Body extends z.ZodType> {
  /** `any`: a valid key is enough. */
  permission: Permission | 'any'
  params?: Params
  body?: Body
  status?: 200 | 201
  handle(input: { actor: KeyActor; params: z.output<Params>; body: z.output<Body> }): Promise<unknown>
}

/**
 * A route that speaks as CodeCarbon's own server does: key in `x-api-token`, `{"detail": …}` for every refusal (403 for a missing or
 * wrong key, 422 with a list for a bad body), exactly 201 or 200, within the client's two seconds.
 */
export const codecarbonRoute = <Params extends z.ZodType = z.ZodUnknown, Body extends z.ZodType = z.ZodUnknown>(
  spec: CodecarbonSpec<Params, Body>,
) => {
  const answer = async (request: Request, context?: { params: Promise<unknown> }): Promise<Response> => {
    const actor = await actorOf(request, spec.permission)
    const params = validated(spec.params ?? z.unknown(), await context?.params, 'path') as z.output<Params>
    const body = (spec.body ? validated(spec.body, await jsonOf(request), 'body') : undefined) as z.output<Body>
    const told = await spec.handle({ actor, params, body })
    return Response.json(told, { status: spec.status ?? 200, headers: { 'cache-control': 'private, no-store' } })
  }
  return async (request: Request, context?: { params: Promise<unknown> }): Promise<Response> => {
    const requestId = requestIdOf(request)
    const startedAt = performance.now()
    const response = await inTime(answer(request, context), requestId).catch((thrown) => {
      const refusal = asRefusal(thrown, requestId)
      return detailResponse(refusal.status, refusal.detail)
    })
    response.headers.set('x-request-id', requestId)
    const { pathname } = new URL(request.url)
    const ms = Math.round(performance.now() - startedAt)
    log.info({ requestId, method: request.method, path: pathname, status: response.status, ms }, 'request')
    return response
  }
}
