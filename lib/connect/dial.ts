import { lookup as systemLookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { type AllowedHosts, addressFault, urlFault } from './allowed-hosts'
import { OutboundError } from './outbound-error'

export interface Dialled {
  status: number
  headers: http.IncomingHttpHeaders
  body: Buffer
}

export interface Dialling {
  url: URL
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body: string | null
  maxBytes: number
  /** For all of it, from the look-up to the last byte. */
  timeoutMs: number
  allowed: AllowedHosts
  lookup?: LookupFunction
  signal?: AbortSignal
}

/**
 * One exchange over a connection of its own. Every address that the name resolves to is judged inside the look-up that the connection
 * itself makes, so that a second answer of the name server cannot lead elsewhere. No redirect is followed.
 * @throws OutboundError refused, failed
 */
export const dial = (asked: Dialling): Promise<Dialled> => {
  const fault = urlFault(asked.url, asked.allowed)
  if (fault) return Promise.reject(new OutboundError('refused', fault))
  return new Promise<Dialled>((resolve, reject) => {
    const { url, maxBytes } = asked
    const client = url.protocol === 'https:' ? https : http
    const request = client.request(url, {
      method: asked.method,
      headers: { ...asked.headers, 'accept-encoding': 'gzip', 'user-agent': 'Wattledger', connection: 'close' },
      agent: false,
      signal: asked.signal,
      lookup: judgedLookup(asked),
    })
    const giveUp = (error: OutboundError) => {
      request.destroy()
      reject(error)
    }
    const timer = setTimeout(
      () => giveUp(failed(url, `did not answer within ${asked.timeoutMs / 1000} s`, true)),
      asked.timeoutMs,
    )
    request.on('close', () => clearTimeout(timer))
    request.on('socket', (socket) =>
      socket.once('connect', () => {
        const reached = socket.remoteAddress
        const wrong = reached === undefined ? null : addressFault(reached, url, asked.allowed)
        if (wrong) giveUp(new OutboundError('refused', wrong))
      }),
    )
    request.on('error', (error) =>
      reject(error instanceof OutboundError ? error : failed(url, networkWords(error), true)),
    )
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part: Buffer) => {
        size += part.length
        if (size > maxBytes) giveUp(tooLarge(url, maxBytes))
        else parts.push(part)
      })
      response.on('error', (error) => reject(failed(url, networkWords(error), true)))
      response.on('end', () => {
        if (!response.complete) return reject(failed(url, 'broke off in the middle of its answer', true))
        try {
          const body = decoded(url, Buffer.concat(parts), response.headers['content-encoding'], maxBytes)
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
        } catch (error) {
          reject(error)
        }
      })
    })
    request.end(asked.body ?? undefined)
  })
}

const judgedLookup = ({ url, allowed, lookup = systemLookup as LookupFunction }: Dialling): LookupFunction => {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const addresses = Array.isArray(found) ? found : []
      const fault = addresses.map(({ address }) => addressFault(address, url, allowed)).find((one) => one !== null)
      const [first] = addresses
      if (fault || !first) {
        const refusal = fault ? new OutboundError('refused', fault) : failed(url, 'has no address', true)
        return done(refusal, '', 0)
      }
      if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

const decoded = (url: URL, body: Buffer, encoding: string | undefined, maxBytes: number): Buffer => {
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip') throw failed(url, `answered in the encoding ${encoding.slice(0, 20)}`)
  try {
    return gunzipSync(body, { maxOutputLength: maxBytes })
  } catch (error) {
    throw error instanceof RangeError ? tooLarge(url, maxBytes) : failed(url, 'answered with broken gzip')
  }
}

const failed = (url: URL, words: string, retryable = false) =>
  new OutboundError('failed', `${url.host} ${words}`, { retryable })

const tooLarge = (url: URL, maxBytes: number) =>
  failed(url, `answered with more than ${Math.round(maxBytes / 1024 / 1024)} MiB`)

const NETWORK: Record<string, string> = {
  ECONNREFUSED: 'refuses the connection',
  ECONNRESET: 'broke the connection off',
  ENOTFOUND: 'is not a known host name',
  EAI_AGAIN: 'could not be looked up just now',
  ETIMEDOUT: 'cannot be reached',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
}

/** Only codes: a message of the network may repeat what was sent. */
const networkWords = (error: Error): string => {
  const { code = '' } = error as NodeJS.ErrnoException
  return (
    NETWORK[code] ??
    (/CERT|SSL|TLS|SIGNED/.test(code)
      ? `has a certificate that does not hold (${code})`
      : `could not be asked (${code || error.name})`)
  )
}
