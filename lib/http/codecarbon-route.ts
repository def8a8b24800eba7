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
const tokenOf = (request: Request): string | undefined =>
  request.headers.get('x-api-token') ?? /^bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]

const actorOf = async (token: string | undefined, permission: Permission | 'any'): Promise<KeyActor> => {
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
  where: 'body' | 'path' | 'query',
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
  if (error.code === 'unauthenticated') return new Refusal(403, NOT_ALLOWED)
  if (error.code === 'forbidden') return new Refusal(403, `${NOT_ALLOWED}. ${error.publicMessage}`)
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

interface CodecarbonSpec<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  /** `any`: a valid key is enough. */
  permission: Permission | 'any'
  /**
   * The key stands in the address as `[key]`, because the client sends no header. Addresses are written down by every machine on the way, so
   * only a key that can do nothing but add readings is taken, and our own log leaves it out.
   */
  keyInPath?: boolean
  params?: Params
  query?: Query
  body?: Body
  /** With 204 nothing is answered but that. */
  status?: 200 | 201 | 204
  handle(input: {
    actor: KeyActor
    params: z.output<Params>
    query: z.output<Query>
    body: z.output<Body>
  }): Promise<unknown>
}

const keyOfPath = (params: unknown): string | undefined => (params as { key?: string } | undefined)?.key

const refuseMoreThanIngest = ({ scopes }: KeyActor): void => {
  if (scopes.length !== 1 || scopes[0] !== 'ingest')
    throw new Refusal(
      403,
      `${NOT_ALLOWED}. In an address only a key with the scope ingest and no other is taken: make one for this`,
    )
}

/**
 * A route that speaks as CodeCarbon's own server does: key in `x-api-token`, `{"detail": …}` for every refusal (403 for a missing or
 * wrong key, 422 with a list for a bad body), exactly 201 or 200, within the client's two seconds.
 */
export const codecarbonRoute = <
  Params extends z.ZodType = z.ZodUnknown,
  Query extends z.ZodType = z.ZodUnknown,
  Body extends z.ZodType = z.ZodUnknown,
>(
  spec: CodecarbonSpec<Params, Query, Body>,
) => {
  const answer = async (request: Request, context?: { params: Promise<unknown> }): Promise<Response> => {
    const given = await context?.params
    const actor = await actorOf(spec.keyInPath ? keyOfPath(given) : tokenOf(request), spec.permission)
    if (spec.keyInPath) refuseMoreThanIngest(actor)
    const params = validated(spec.params ?? z.unknown(), given, 'path') as z.output<Params>
    const search = Object.fromEntries(new URL(request.url).searchParams)
    const query = validated(spec.query ?? z.unknown(), search, 'query') as z.output<Query>
    const body = (spec.body ? validated(spec.body, await jsonOf(request), 'body') : undefined) as z.output<Body>
    const told = await spec.handle({ actor, params, query, body })
    if (spec.status === 204) return new Response(null, { status: 204 })
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
    const { pathname: asked } = new URL(request.url)
    const pathname = spec.keyInPath ? `${asked.slice(0, asked.lastIndexOf('/'))}/…` : asked
    const ms = Math.round(performance.now() - startedAt)
    log.info({ requestId, method: request.method, path: pathname, status: response.status, ms }, 'request')
    return response
  }
}
