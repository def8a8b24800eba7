import type { LookupFunction } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { allowedHosts, urlFault } from './allowed-hosts'
import { type Outbound, type OutboundOptions, outbound } from './outbound'
import type { OutboundError } from './outbound-error'
import { isPublicAddress } from './public-address'
import { type Double, sendJson, startDouble } from './testing/double'

const TOKEN = 'canary-token-91c2'
let double: Double
let victim: Double

beforeAll(async () => {
  victim = await startDouble((_, response) => sendJson(response, { taken: true }))
  let calls = 0
  double = await startDouble(({ path, query }, response) => {
    calls++
    if (path === '/ok') return sendJson(response, { ok: true })
    if (path === '/to') {
      response.writeHead(Number(query.get('status') ?? 302), { location: query.get('url') ?? '' })
      return response.end()
    }
    if (path === '/huge') {
      const part = Buffer.alloc(64 * 1024, 'x')
      const more = () => {
        while (!response.destroyed && response.write(part)) {}
        if (!response.destroyed) response.once('drain', more)
      }
      return more()
    }
    if (path === '/bomb') {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      return response.end(gzipSync(Buffer.alloc(64 * 1024 * 1024)))
    }
    if (path === '/drip') {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 50)
      return response.on('close', () => clearInterval(timer))
    }
    if (path === '/silent') return
    if (path === '/echo') return sendJson(response, { message: `Token ${TOKEN} unauthorized for zoneKey DE` }, 401)
    if (path === '/twice-busy') {
      if (calls % 3 === 0) return sendJson(response, { ok: 'at last' })
      response.writeHead(calls % 3 === 1 ? 429 : 503, { 'retry-after': '2' })
      return response.end()
    }
    if (path === '/come-back') {
      response.writeHead(429, { 'retry-after': '3600' })
      return response.end('{}')
    }
    if (path === '/html') return response.end('<html>')
    if (path === '/cut') {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{')
      return setTimeout(() => response.destroy(), 20)
    }
    return sendJson(response, { error: { message: 'no such thing' } }, 404)
  })
})
afterAll(() => Promise.all([double.close(), victim.close()]))

let slept: number[] = []
beforeEach(() => {
  slept = []
  double.requests.length = 0
  victim.requests.length = 0
})

const client = (options: Partial<OutboundOptions> = {}): Outbound =>
  outbound({
    minIntervalMs: 0,
    secrets: [TOKEN],
    allowed: allowedHosts(double.host),
    sleep: async (ms) => {
      slept.push(ms)
    },
    ...options,
  })
const trouble = async (work: Promise<unknown>): Promise<OutboundError> =>
  work.then(
    (answer) => {
      throw new Error(`answered ${JSON.stringify(answer)}`)
    },
    (error) => error,
  )

describe('an address', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.1.1.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '::127.0.0.1',
    '',
    'localhost',
    '0x7f000001',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false))
  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '::ffff:8.8.8.8',
    '2606:4700::1111',
    '2a00:1450:4001::1',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))
})

test('no spelling of a private IPv4 address passes for a public one', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  const inside = fc.oneof(
    fc.tuple(fc.constantFrom(0, 10, 127), octet, octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
  )
  const one = (radix: number) => (part: number) =>
    radix === 8 ? `0${part.toString(8)}` : radix === 16 ? `0x${part.toString(16)}` : String(part)
  const spelled = fc
    .tuple(inside, fc.integer({ min: 0, max: 6 }), fc.constantFrom(8, 10, 16))
    .map(([parts, form, radix]) => {
      const [a, b, c, d] = parts
      const say = one(radix)
      const whole = ((a * 256 + b) * 256 + c) * 256 + d
      const hex = (high: number, low: number) => `${(high * 256 + low).toString(16)}`
      return [
        parts.map(say).join('.'),
        say(whole),
        `${say(a)}.${say((b * 256 + c) * 256 + d)}`,
        `${say(a)}.${say(b)}.${say(c * 256 + d)}`,
        `${parts.map(say).join('.')}.`,
        `[::ffff:${parts.join('.')}]`,
        `[64:ff9b::${hex(a, b)}:${hex(c, d)}]`,
      ][form] as string
    })
  fc.assert(
    fc.property(spelled, fc.constantFrom('http', 'https'), (host, protocol) => {
      expect([host, urlFault(new URL(`${protocol}://${host}/`), allowedHosts(''))]).toEqual([host, expect.any(String)])
    }),
    { numRuns: 20_000 },
  )
})

describe('what is refused before any socket opens', () => {
  const spellings = (port: string) => [
    `http://127.0.0.1:${port}/`,
    `http://127.1:${port}/`,
    `http://2130706433:${port}/`,
    `http://0x7f000001:${port}/`,
    `http://0177.0.0.1:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://[::1]:${port}/`,
    `http://0.0.0.0:${port}/`,
    `http://localhost:${port}/`,
    `http://localhost.:${port}/`,
    `http://LOCALHOST:${port}/`,
    `http://①②⑦.⓪.⓪.①:${port}/`,
    `http://user:pass@127.0.0.1:${port}/`,
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'not an address',
  ]

  test('every spelling of the inside of the house', async () => {
    const port = victim.host.split(':')[1] as string
    const before = victim.connections
    for (const url of spellings(port)) {
      const { trouble: kind, message } = await trouble(client().json({ url }))
      // Not every machine knows the name with a dot at its end.
      const lawful = url.includes('localhost.') && kind === 'failed' ? 'failed' : 'refused'
      expect([url, kind, message]).toEqual([url, lawful, expect.any(String)])
    }
    expect(victim.connections).toBe(before)
  })

  test('a key over plain http to a host that the operator did not name', async () => {
    const { message } = await trouble(client().json({ url: 'http://1.1.1.1/', credentials: { 'auth-token': TOKEN } }))
    expect(message).toBe('1.1.1.1 is asked with a key, which needs https')
  })

  test('a metadata address behind a name that the operator did allow', async () => {
    const lookup: LookupFunction = (_, options, done) =>
      options.all ? done(null, [{ address: '169.254.169.254', family: 4 }]) : done(null, '169.254.169.254', 4)
    const error = await trouble(
      client({ allowed: allowedHosts('mlflow.internal'), lookup }).json({ url: 'http://mlflow.internal/' }),
    )
    expect(error.message).toMatch(/link-local/)
  })
})

describe('a name', () => {
  test('that answers publicly first and privately then is never dialled privately', async () => {
    const port = victim.host.split(':')[1]
    let looks = 0
    const lookup: LookupFunction = (_, options, done) => {
      looks++
      const address = looks === 1 ? '203.0.113.9' : '127.0.0.1'
      return options.all ? done(null, [{ address, family: 4 }]) : done(null, address, 4)
    }
    const before = victim.connections
    for (let i = 0; i < 5; i++) {
      const error = await trouble(client({ lookup, attempts: 1 }).json({ url: `http://rebind.example:${port}/` }))
      expect(error.trouble).toBe('refused')
    }
    expect(looks).toBe(5)
    expect(victim.connections).toBe(before)
  })

  test('with one private address among public ones is refused', async () => {
    const lookup: LookupFunction = (_, __, done) =>
      done(null, [
        { address: '1.1.1.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ])
    expect((await trouble(client({ lookup }).json({ url: 'https://mixed.example/' }))).message).toMatch(
      /private address/,
    )
  })

  test('is dialled at the very address that was judged', async () => {
    let looks = 0
    const lookup: LookupFunction = (_, options, done) => {
      looks++
      return options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)
    }
    const port = double.host.split(':')[1]
    const allowed = allowedHosts(`mlflow.internal:${port}`)
    const answer = await client({ lookup, allowed }).json({ url: `http://mlflow.internal:${port}/ok` })
    expect([answer, looks]).toEqual([{ ok: true }, 1])
  })
})

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('%i to the inside is refused, however it is spelled', async (status) => {
    const before = victim.connections
    for (const target of [
      victim.url,
      'http://169.254.169.254/latest/',
      victim.url.replace('127.0.0.1', '[::ffff:7f00:1]'),
    ]) {
      const url = `${double.url}/to?status=${status}&url=${encodeURIComponent(target)}`
      expect((await trouble(client().json({ url }))).trouble).toBe('refused')
    }
    expect(victim.connections).toBe(before)
  })

  test('inside the same origin keeps the key; to another origin drops it', async () => {
    const credentials = { 'auth-token': TOKEN }
    await client().json({ url: `${double.url}/to?url=/ok`, credentials })
    expect(double.requests.at(-1)?.headers['auth-token']).toBe(TOKEN)
    const both = allowedHosts(`${double.host} ${victim.host}`)
    await client({ allowed: both }).json({ url: `${double.url}/to?url=${encodeURIComponent(victim.url)}`, credentials })
    expect(victim.requests).toHaveLength(1)
    expect(JSON.stringify(victim.requests)).not.toContain(TOKEN)
  })

  test('of something written is not followed elsewhere', async () => {
    const both = allowedHosts(`${double.host} ${victim.host}`)
    const url = `${double.url}/to?status=307&url=${encodeURIComponent(victim.url)}`
    expect((await trouble(client({ allowed: both }).json({ url, method: 'POST', json: { a: 1 } }))).trouble).toBe(
      'refused',
    )
    expect(victim.requests).toHaveLength(0)
  })

  test('without end is given up', async () => {
    const error = await trouble(client().json({ url: `${double.url}/to?url=${encodeURIComponent('/to?url=/to')}` }))
    expect(error.trouble).not.toBe('denied')
    expect(double.requests.length).toBeLessThanOrEqual(4)
  })
})

describe('limits', () => {
  test('an answer without end, and one that swells when unpacked, are cut at the cap', async () => {
    const small = { maxBytes: 1024 * 1024, attempts: 1 }
    for (const path of ['/huge', '/bomb'])
      expect((await trouble(client(small).json({ url: double.url + path }))).message).toMatch(/more than 1 MiB/)
  })

  test.each(['/drip', '/silent'])('%s: the time is for the whole answer', async (path) => {
    const startedAt = Date.now()
    const error = await trouble(client({ timeoutMs: 300, attempts: 1 }).json({ url: double.url + path }))
    expect(error.message).toMatch(/did not answer within 0.3 s/)
    expect(Date.now() - startedAt).toBeLessThan(2000)
  })

  test('what is broken off or no JSON is said so', async () => {
    expect((await trouble(client({ attempts: 1 }).json({ url: `${double.url}/cut` }))).message).toMatch(/broke/)
    expect((await trouble(client().json({ url: `${double.url}/html` }))).message).toMatch(/did not answer with JSON/)
  })

  test('two requests keep their distance', async () => {
    let clock = 0
    const outgoing = client({ minIntervalMs: 1000, now: () => clock })
    await outgoing.json({ url: `${double.url}/ok` })
    clock += 400
    await outgoing.json({ url: `${double.url}/ok` })
    expect(slept).toEqual([600])
    expect(outgoing.sent).toBe(2)
  })
})

describe('retries', () => {
  test('wait as long as they are asked to, and the answer comes', async () => {
    while (true) {
      const next = await client({ attempts: 1 })
        .json({ url: `${double.url}/twice-busy` })
        .catch(() => null)
      if (next) break
    }
    slept = []
    expect(await client({ now: () => 0 }).json({ url: `${double.url}/twice-busy` })).toEqual({ ok: 'at last' })
    expect(slept).toEqual([2000, expect.any(Number)])
    expect(slept[1]).toBeGreaterThanOrEqual(2000)
  })

  test('do not sit out an hour: the caller is told when', async () => {
    const error = await trouble(client({ now: () => 1_000_000 }).json({ url: `${double.url}/come-back` }))
    expect([error.trouble, error.details.retryAt]).toEqual(['later', 1_000_000 + 3_600_000])
    expect(double.requests).toHaveLength(1)
  })

  test('are not made of a refused key, nor of what may be written once only', async () => {
    await trouble(client().json({ url: `${double.url}/echo` }))
    await trouble(client().json({ url: `${double.url}/come-back`, method: 'POST', json: {} }))
    expect(double.requests).toHaveLength(2)
  })
})

test('no error repeats a secret, even when the other side does', async () => {
  const error = await trouble(client().json({ url: `${double.url}/echo`, credentials: { 'auth-token': TOKEN } }))
  expect(error.trouble).toBe('denied')
  expect(error.message).toBe(`${double.host} answered 401: Token … unauthorized for zoneKey DE`)
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(TOKEN)
})
