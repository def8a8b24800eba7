import { randomInt } from 'node:crypto'
import { setTimeout as rest } from 'node:timers/promises'
import { type AllowedHosts, allowedHosts, isAllowedHost } from './allowed-hosts'
import { type Dialled, type Dialling, dial } from './dial'
import { OutboundError } from './outbound-error'

/** The one way out: what a connector asks of another server passes here, and nothing else in this code base opens a connection to one. */

export interface OutboundRequest {
  url: string
  method?: 'GET' | 'POST'
  /** Headers that carry a secret; another origin never gets them. */
  credentials?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Whether the same request twice does what it does once; a GET always does. */
  repeatable?: boolean
}

export interface Outbound {
  /** The answer's JSON. @throws OutboundError */
  json(request: OutboundRequest): Promise<unknown>
  /** How many requests went out, retries and redirects included. */
  readonly sent: number
}

export interface OutboundOptions {
  /** At least this long between two requests of this connector. */
  minIntervalMs: number
  /** No words of ours repeat these, whatever the other side writes. A session's token is added when it comes. */
  secrets: string[]
  maxBytes?: number
  timeoutMs?: number
  attempts?: number
  allowed?: AllowedHosts
  lookup?: Dialling['lookup']
  /** Breaks off what runs. */
  signal?: AbortSignal
  now?: () => number
  sleep?: (ms: number) => Promise<void>
}

const MOST_REDIRECTS = 3
/** Longer than this we do not sit and wait; the connector's next turn is set instead. */
const LONGEST_WAIT_MS = 20_000
const RETRIED = new Set([408, 429, 500, 502, 503, 504])

export const outbound = (options: OutboundOptions): Outbound => {
  const { now = Date.now, sleep = (ms) => rest(ms, undefined, { signal: options.signal }), attempts = 3 } = options
  const allowed = options.allowed ?? allowedHosts()
  const scrub = scrubber(options.secrets)
  let nextAt = 0
  let sent = 0

  const once = async (url: URL, request: OutboundRequest, withCredentials: boolean): Promise<Dialled> => {
    const wait = nextAt - now()
    if (wait > 0) await sleep(wait)
    nextAt = now() + options.minIntervalMs
    sent++
    const credentials = withCredentials ? (request.credentials ?? {}) : {}
    // On the open network a secret travels encrypted or not at all.
    if (Object.keys(credentials).length > 0 && url.protocol === 'http:' && !isAllowedHost(url, allowed))
      throw new OutboundError('refused', `${url.host} is asked with a key, which needs https`)
    return dial({
      url,
      method: request.method ?? 'GET',
      headers: {
        accept: 'application/json',
        ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...credentials,
      },
      body: request.json === undefined ? null : JSON.stringify(request.json),
      maxBytes: options.maxBytes ?? 16 * 1024 * 1024,
      timeoutMs: options.timeoutMs ?? 20_000,
      allowed,
      lookup: options.lookup,
      signal: options.signal,
    })
  }

  const followed = async (request: OutboundRequest): Promise<Dialled & { url: URL }> => {
    const first = urlOf(request.url)
    let url = first
    for (let redirects = 0; ; redirects++) {
      const answer = await once(url, request, url.origin === first.origin)
      if (![301, 302, 303, 307, 308].includes(answer.status)) return { ...answer, url }
      if (redirects === MOST_REDIRECTS) throw new OutboundError('failed', `${first.host} redirects again and again`)
      const target = urlOf(answer.headers.location ?? '', url)
      if (request.method === 'POST' && (target.origin !== first.origin || answer.status < 307))
        throw new OutboundError('refused', `${first.host} redirects what is written to it; name its final address`)
      if (url.protocol === 'https:' && target.protocol === 'http:')
        throw new OutboundError('refused', `${first.host} redirects from https to http`)
      url = target
    }
  }

  const answered = async (request: OutboundRequest): Promise<Dialled & { url: URL }> => {
    const repeatable = request.repeatable ?? (request.method ?? 'GET') === 'GET'
    for (let attempt = 1; ; attempt++) {
      const outcome = await followed(request).catch((error: unknown) => asOutboundError(error))
      const trouble = outcome instanceof OutboundError ? outcome : statusTrouble(outcome, now(), scrub)
      if (trouble === null) return outcome as Dialled & { url: URL }
      if (!repeatable || !trouble.details.retryable || attempt >= attempts) throw trouble
      const asked = trouble.details.retryAt === undefined ? 0 : trouble.details.retryAt - now()
      if (asked > LONGEST_WAIT_MS) throw trouble
      await sleep(Math.max(asked, 500 * 2 ** attempt + randomInt(250)))
    }
  }

  return {
    get sent() {
      return sent
    },
    async json(request) {
      const { body, url } = await answered(request)
      try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
      } catch {
        throw new OutboundError('failed', `${url.host} did not answer with JSON`)
      }
    },
  }
}

const urlOf = (text: string, base?: URL): URL => {
  try {
    return new URL(text, base)
  } catch {
    throw new OutboundError('refused', 'That is not an address that can be called')
  }
}

const asOutboundError = (error: unknown): OutboundError => {
  if (error instanceof OutboundError) return error
  throw error
}

const statusTrouble = (answer: Dialled & { url: URL }, now: number, scrub: (text: string) => string) => {
  const { status, url } = answer
  if (status >= 200 && status < 300) return null
  const said = saidIn(answer.body, scrub)
  const words = `${url.host} answered ${status}${said ? `: ${said}` : ''}`
  if (status === 401 || status === 403) return new OutboundError('denied', words, { status })
  const retryAt = retryAfter(answer.headers['retry-after'], now)
  const waits = status === 429 || (status === 503 && retryAt !== undefined)
  return new OutboundError(waits ? 'later' : 'failed', words, { status, retryAt, retryable: RETRIED.has(status) })
}

/** The sentence that the usual error bodies carry, one short line of it. */
const saidIn = (body: Buffer, scrub: (text: string) => string): string => {
  try {
    const { error, message, detail, error_code } = JSON.parse(body.toString('utf8')) as Record<string, unknown>
    const said = [
      message,
      typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error,
    ]
      .concat(detail, error_code)
      .find((one) => typeof one === 'string' && one !== '')
    return typeof said === 'string' ? scrub(said).replace(/\s+/g, ' ').slice(0, 160) : ''
  } catch {
    return ''
  }
}

/** Seconds or an HTTP date → ms since 1970, at most a day ahead. */
const retryAfter = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined
  const at = /^\d+$/.test(header) ? now + Number(header) * 1000 : Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.min(at, now + 86_400_000)
}

const scrubber =
  (secrets: readonly string[]) =>
  (text: string): string =>
    secrets
      .filter((one) => one.length >= 4)
      .flatMap((one) => [one, encodeURIComponent(one)])
      .reduce((left, secret) => left.replaceAll(secret, '…'), text)
