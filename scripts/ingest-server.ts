// The receivers of readings on a bare Node server: the same functions as the routes of the web, without a framework around each request.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { GET as health } from '@/app/api/health/route'
import { POST as otlp } from '@/app/api/otlp/v1/metrics/route'
import { POST as prometheus } from '@/app/api/prometheus/write/route'
import { DELETE as endPush, POST as push, PUT as putPush } from '@/app/api/pushgateway/metrics/[...group]/route'
import { GET as ready } from '@/app/api/ready/route'
import { POST as readings } from '@/app/api/v1/readings/route'
import { closePools } from '@/lib/db/pool'
import { AppError } from '@/lib/errors'
import { problemResponse } from '@/lib/http/problem'
import { writeLeftOut } from '@/lib/ingest/left-out'
import { log } from '@/lib/log'

type Handler = (request: Request) => Response | Promise<Response>

const ROUTES: Record<string, Handler | undefined> = {
  'GET /api/health': () => health(),
  'GET /api/ready': () => ready(),
  'POST /api/v1/readings': readings,
  'POST /api/prometheus/write': prometheus,
  'POST /api/otlp/v1/metrics': otlp,
}
const PUSH: Record<string, Handler | undefined> = { POST: push, PUT: putPush, DELETE: endPush }
const PUSH_PATH = '/api/pushgateway/metrics/'
/** A sender that keeps its connection open through a proxy must never meet one that we just closed. */
const KEEP_ALIVE_MS = 75_000
const STOP_WITHIN_MS = 25_000

const handlerOf = (method: string, pathname: string): Handler | undefined =>
  pathname.startsWith(PUSH_PATH) ? PUSH[method] : ROUTES[`${method} ${pathname}`]

/** What routes ask of a request: method, address, single headers and a reader of the body. Nothing is copied for them. */
const requestOf = (incoming: IncomingMessage): Request => {
  const chunks = incoming[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>
  const reader = {
    read: async () => {
      const { done, value } = await chunks.next()
      return done ? { done: true, value: undefined } : { done: false, value }
    },
    cancel: async () => {
      incoming.resume()
    },
    releaseLock: () => undefined,
  }
  const hasBody =
    incoming.headers['content-length'] !== undefined || incoming.headers['transfer-encoding'] !== undefined
  const plain = {
    method: incoming.method ?? 'GET',
    url: `http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`,
    headers: {
      get: (name: string) => {
        const value = incoming.headers[name.toLowerCase()]
        return Array.isArray(value) ? value.join(', ') : (value ?? null)
      },
    },
    body: hasBody ? { getReader: () => reader } : null,
  }
  // Routes of machines use these members and no others; one that asked for another would fail in its first test here.
  return plain as unknown as Request
}

const problem = (code: 'not_found' | 'unauthenticated', message: string): Response =>
  problemResponse(new AppError(code, message), crypto.randomUUID())

const answerOf = (incoming: IncomingMessage): Promise<Response> | Response => {
  const { pathname } = new URL(incoming.url ?? '/', 'http://localhost')
  const handler = handlerOf(incoming.method ?? 'GET', pathname)
  if (!handler) return problem('not_found', 'This server receives readings only.')
  // People sign in on the web; here only keys are known.
  if (pathname.startsWith('/api/v1/') && !incoming.headers.authorization)
    return problem('unauthenticated', 'Send an API key as a bearer token.')
  return handler(requestOf(incoming))
}

const write = async (response: Response, outgoing: ServerResponse): Promise<void> => {
  const headers: Record<string, string> = {}
  response.headers.forEach((value, name) => {
    headers[name] = value
  })
  const body = response.body === null ? null : Buffer.from(await response.arrayBuffer())
  if (body) headers['content-length'] = String(body.length)
  outgoing.writeHead(response.status, headers)
  outgoing.end(body)
}

const server = createServer(async (incoming, outgoing) => {
  try {
    await write(await answerOf(incoming), outgoing)
  } catch (error) {
    log.error({ err: error }, 'a request of the ingest server failed')
    if (!outgoing.headersSent) outgoing.writeHead(500)
    outgoing.end()
  }
})
server.keepAliveTimeout = KEEP_ALIVE_MS
server.requestTimeout = 60_000
server.headersTimeout = 20_000

const stop = () => {
  const deadline = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS)
  // What is in hand is answered; a connection that waits for nothing is closed at once.
  server.close(async () => {
    clearTimeout(deadline)
    await writeLeftOut()
    await closePools()
    log.info('ingest server stopped')
  })
  server.closeIdleConnections()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)

const [host = '127.0.0.1', port = '3001'] = process.argv.slice(2)
server.listen(Number(port), host, () => log.info({ host, port: Number(port) }, 'ingest server listens'))
