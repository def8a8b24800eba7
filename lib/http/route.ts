import { z } from 'zod'
import type { Actor, Permission } from '@/lib/auth/actor'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { authorise } from './authorise'
import { readJson } from './body'
import { asAppError, issuesOf, problemResponse } from './problem'
import { requestIdOf } from './request-id'

const none = z.unknown()

export interface RouteInput<Params, Query, Body> {
  actor: Actor
  params: Params
  query: Query
  body: Body
  request: Request
  requestId: string
}

interface RouteSpec<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  permission: Permission
  params?: Params
  query?: Query
  body?: Body
  /** The answer's contract; left out where the handler streams its own Response. */
  answer?: Answer
  status?: number
  handle(input: RouteInput<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<Response | z.input<Answer>>
}

const parse = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
  code: 'bad_request' | 'invalid_input',
) => {
  const result = schema.safeParse(value)
  if (!result.success) {
    throw new AppError(code, `The ${what} does not match its schema.`, { issues: issuesOf(result.error) })
  }
  return result.data
}

/**
 * The one way to make an API route: authorise → parse → handle → answer; every refusal is problem+json, every answer carries its
 * request id and is not cached. One line of log a request.
 */
export const route = <
  Params extends z.ZodType = typeof none,
  Query extends z.ZodType = typeof none,
  Body extends z.ZodType = typeof none,
  Answer extends z.ZodType = typeof none,
>(
  spec: RouteSpec<Params, Query, Body, Answer>,
) => {
  return async (request: Request, context?: { params: Promise<unknown> }): Promise<Response> => {
    const requestId = requestIdOf(request)
    const startedAt = performance.now()
    let status = 500
    try {
      const actor = await authorise(request, spec.permission)
      const params = parse(spec.params ?? none, await context?.params, 'path', 'bad_request')
      const search = Object.fromEntries(new URL(request.url).searchParams)
      const query = parse(spec.query ?? none, search, 'query', 'bad_request')
      const body = spec.body ? parse(spec.body, await readJson(request), 'body', 'invalid_input') : undefined
      const answer = await spec.handle({ actor, params, query, body, request, requestId } as RouteInput<
        z.output<Params>,
        z.output<Query>,
        z.output<Body>
      >)
      const response = answer instanceof Response ? answer : Response.json(answer, { status: spec.status ?? 200 })
      status = response.status
      response.headers.set('x-request-id', requestId)
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store')
      return response
    } catch (thrown) {
      const error = asAppError(thrown, requestId)
      status = error.status
      return problemResponse(error, requestId)
    } finally {
      const { pathname } = new URL(request.url)
      log.info(
        { requestId, method: request.method, path: pathname, status, ms: Math.round(performance.now() - startedAt) },
        'request',
      )
    }
  }
}
