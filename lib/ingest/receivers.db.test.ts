import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appPool, closePools, ingestPool, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { LIMIT } from '@/lib/http/rate-limit'
import { log } from '@/lib/log'
import { createApiKey } from '@/lib/registry/api-keys'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { writeLeftOut } from './left-out'
import { all, bytes, double, int, nano, snappyLiteral, staleMarker } from './wire/fixtures'

type Handler = (request: Request) => Promise<Response>
type Protocol = 'remote write 1.0' | 'remote write 2.0' | 'OTLP protobuf' | 'OTLP JSON' | 'Pushgateway'

let database: TestDatabase
// Imported once the database is known.
let handlers: Record<'write' | 'otlp' | 'push', Handler>
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  log.level = 'silent'
  handlers = {
    write: (await import('@/app/api/prometheus/write/route')).POST,
    otlp: (await import('@/app/api/otlp/v1/metrics/route')).POST,
    push: (await import('@/app/api/pushgateway/metrics/[...group]/route')).PUT,
  }
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

let made = 0
const newSender = async (scopes: ('ingest' | 'read')[] = ['ingest']) => {
  const { orgId } = await createTestOrganization(database, `metrics-${++made}`)
  const { secret } = await withOrgSql(appPool(), orgId, (tx) =>
    createApiKey(tx, orgId, { name: 'cluster', scopes, expiresAt: null, by: { kind: 'system', id: 'test' } }),
  )
  return { orgId, secret }
}
type Sender = Awaited<ReturnType<typeof newSender>>

const rowsOf = (orgId: string, sql: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => (await tx.query<Record<string, unknown>>(sql)).rows)

// ── Bodies: a GPU's counter in joules, as each protocol has it ─────────────────────────────────────────────────────────

const GPU = 'GPU-5fd4f087-86f3-7a43-b711-4771313afc50'

interface Sample {
  at: number
  value: number
}
const AT = Math.floor(Date.now() / 60_000) * 60_000 - 3600_000
const GOOD: Sample[] = [
  { at: AT, value: 1000 },
  { at: AT + 60_000, value: 4600 },
]
const label = (name: string, value: string) => bytes(1, all(bytes(1, name), bytes(2, value)))

const writeV1 = (samples: Sample[], labels: Record<string, string> = {}) =>
  snappyLiteral(
    bytes(
      1,
      all(
        ...Object.entries({
          __name__: 'hw_energy_joules_total',
          hw_id: GPU,
          hw_type: 'gpu',
          pod: 'train-0',
          ...labels,
        }).map(([name, value]) => label(name, value)),
        ...samples.map(({ at, value }) => bytes(2, all(double(1, value), int(2, at)))),
      ),
    ),
  )
const writeV2 = (samples: Sample[]) => {
  const symbols = ['', '__name__', 'hw_energy_joules_total', 'hw_id', GPU, 'hw_type', 'gpu', 'pod', 'train-0']
  const series = all(
    bytes(1, Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])),
    ...samples.map(({ at, value }) => bytes(2, all(double(1, value), int(2, at)))),
  )
  return snappyLiteral(all(...symbols.map((text) => bytes(4, text)), bytes(5, series)))
}
const otlpProto = (samples: Sample[]) => {
  const attribute = (key: string, value: string) => bytes(7, all(bytes(1, key), bytes(2, bytes(1, value))))
  const points = samples.map(({ at, value }) =>
    bytes(
      1,
      all(
        nano(3, at),
        double(4, value),
        attribute('hw.id', GPU),
        attribute('hw.type', 'gpu'),
        attribute('k8s.pod.name', 'train-0'),
      ),
    ),
  )
  const metric = all(bytes(1, 'hw.energy'), bytes(3, 'J'), bytes(7, all(...points, int(2, 2), int(3, 1))))
  return bytes(1, bytes(2, bytes(2, metric)))
}
const otlpJson = (samples: Sample[]) =>
  Buffer.from(
    JSON.stringify({
      resourceMetrics: [
        {
          resource: { attributes: [{ key: 'k8s.pod.name', value: { stringValue: 'train-0' } }] },
          scopeMetrics: [
            {
              metrics: [
                {
                  name: 'hw.energy',
                  unit: 'J',
                  sum: {
                    aggregationTemporality: 2,
                    isMonotonic: true,
                    dataPoints: samples.map(({ at, value }) => ({
                      attributes: [
                        { key: 'hw.id', value: { stringValue: GPU } },
                        { key: 'hw.type', value: { stringValue: 'gpu' } },
                      ],
                      timeUnixNano: `${at}000000`,
                      asDouble: Number.isFinite(value) ? value : String(value),
                    })),
                  },
                },
              ],
            },
          ],
        },
      ],
    }),
  )
// A push has one value to a series and no time.
const pushText = (samples: Sample[]) =>
  Buffer.from(
    samples
      .slice(-1)
      .map(({ value }) => `hw_energy_joules_total{hw_id="${GPU}",hw_type="gpu",pod="train-0"} ${value}\n`)
      .join(''),
  )

const PROTOCOLS: Record<
  Protocol,
  {
    handler: 'write' | 'otlp' | 'push'
    path: string
    headers: Record<string, string>
    body: (samples: Sample[]) => Buffer
  }
> = {
  'remote write 1.0': {
    handler: 'write',
    path: 'prometheus/write',
    headers: {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
    },
    body: writeV1,
  },
  'remote write 2.0': {
    handler: 'write',
    path: 'prometheus/write',
    headers: {
      'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '2.0.0',
    },
    body: writeV2,
  },
  'OTLP protobuf': {
    handler: 'otlp',
    path: 'otlp/v1/metrics',
    headers: { 'content-type': 'application/x-protobuf' },
    body: otlpProto,
  },
  'OTLP JSON': {
    handler: 'otlp',
    path: 'otlp/v1/metrics',
    headers: { 'content-type': 'application/json' },
    body: otlpJson,
  },
  Pushgateway: {
    handler: 'push',
    path: 'pushgateway/metrics/job/train',
    headers: { 'content-type': 'text/plain; version=0.0.4' },
    body: pushText,
  },
}
const NAMES = Object.keys(PROTOCOLS) as Protocol[]

const send = async (
  protocol: Protocol,
  secret: string | null,
  body: Buffer | ReadableStream | null,
  headers: Record<string, string> = {},
) => {
  const { handler, path, headers: own } = PROTOCOLS[protocol]
  const response = await handlers[handler](
    new Request(`http://localhost/api/${path}`, {
      method: handler === 'push' ? 'PUT' : 'POST',
      body: body as BodyInit,
      headers: { ...own, ...(secret === null ? {} : { authorization: `Bearer ${secret}` }), ...headers },
      duplex: 'half',
    } as RequestInit),
  )
  return { response, status: response.status, body: Buffer.from(await response.arrayBuffer()) }
}
type Answer = Awaited<ReturnType<typeof send>>

const written = ({ response }: Answer) => response.headers.get('x-prometheus-remote-write-samples-written')
/** google.rpc.Status{1 code}: the first two bytes of a protobuf one. */
const rpcCode = (answer: Answer, protocol: Protocol): number | null =>
  protocol === 'OTLP protobuf'
    ? answer.body[0] === 8
      ? (answer.body[1] as number)
      : null
    : (JSON.parse(answer.body.toString()).code ?? null)

const storedSamples = async ({ orgId }: Sender): Promise<number> => {
  const [row] = await rowsOf(orgId, 'select coalesce(sum(readings), 0)::int as readings from reading_batch')
  return row?.readings as number
}

// ── The golden table: RELIABILITY §1.2 ─────────────────────────────────────────────────────────────────────────────────

/** Statuses in the order of NAMES. */
const EXPECTED: Record<string, [number, number, number, number, number]> = {
  'all stored': [204, 204, 200, 200, 200],
  'some bad items': [400, 400, 200, 200, 400],
  undecodable: [400, 400, 400, 400, 400],
  'too big before decompression': [413, 413, 413, 413, 413],
  'too big after decompression': [413, 413, 413, 413, 413],
  'wrong type': [415, 415, 415, 415, 415],
  'wrong encoding': [415, 415, 415, 415, 415],
  'rate limited by the sender': [429, 429, 429, 429, 429],
  'database down': [503, 503, 503, 503, 503],
  'exact duplicate': [204, 204, 200, 200, 200],
  'empty body': [204, 204, 200, 200, 200],
  'no key': [401, 401, 401, 401, 401],
  'wrong key': [401, 401, 401, 401, 401],
  'key without the scope': [403, 403, 403, 403, 403],
}
const expected = (event: string, protocol: Protocol) => (EXPECTED[event] as number[])[NAMES.indexOf(protocol)]

const bomb = (protocol: Protocol): { body: Buffer; headers: Record<string, string> } => {
  if (PROTOCOLS[protocol].handler !== 'write') {
    return { body: gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')), headers: { 'content-encoding': 'gzip' } }
  }
  // 1 GiB announced in five bytes.
  return { body: Buffer.from([0x80, 0x80, 0x80, 0x80, 0x04, 0, 0]), headers: {} }
}

describe.each(NAMES)('%s', (protocol) => {
  const { handler, body } = PROTOCOLS[protocol]
  let sender: Sender
  beforeEach(async () => {
    sender = await newSender()
  })
  const isOtlp = handler === 'otlp'
  const isWrite = handler === 'write'

  it('all stored', async () => {
    const answer = await send(protocol, sender.secret, body(GOOD))
    expect(answer.status).toBe(expected('all stored', protocol))
    if (isWrite) expect(written(answer)).toBe('2')
    if (isOtlp) {
      expect(answer.response.headers.get('content-type')).toBe(PROTOCOLS[protocol].headers['content-type'])
      expect(answer.body.toString()).toBe(protocol === 'OTLP JSON' ? '{}' : '')
    }
    expect(await storedSamples(sender)).toBe(handler === 'push' ? 1 : 2)
  })

  it('some bad items: the good ones are stored, the others counted and kept', async () => {
    const bad =
      handler === 'push'
        ? [{ at: AT, value: Number.NaN }]
        : [...GOOD, { at: AT + 120_000, value: Number.NaN }, { at: AT * 2, value: 9000 }]
    const answer = await send(protocol, sender.secret, body(bad))
    expect(answer.status).toBe(expected('some bad items', protocol))
    if (isWrite) {
      expect(written(answer)).toBe('2')
      expect(answer.body.toString()).toMatch(/2 of 4 samples were refused \(value_not_a_number 1, time_in_future 1\)/)
    }
    if (protocol === 'OTLP JSON') {
      expect(JSON.parse(answer.body.toString()).partialSuccess).toMatchObject({
        rejectedDataPoints: '2',
        errorMessage: expect.stringContaining('value_not_a_number'),
      })
    }
    // ExportMetricsServiceResponse{1: {1: 2 …}}
    if (protocol === 'OTLP protobuf') expect([answer.body[0], answer.body[answer.body.indexOf(8) + 1]]).toEqual([10, 2])
    expect(await storedSamples(sender)).toBe(handler === 'push' ? 0 : 2)
    const kept = await rowsOf(sender.orgId, 'select reason, payload from rejected_reading order by reason')
    expect(kept.map(({ reason }) => reason)).toEqual(
      handler === 'push' ? ['value_not_a_number'] : ['time_in_future', 'value_not_a_number'],
    )
    expect(kept.at(-1)?.payload).toMatchObject({ value: 'NaN', labels: expect.any(Object) })
    const counted = await rowsOf(sender.orgId, 'select sum(readings)::int as readings from rejection_count')
    expect(counted).toEqual([{ readings: handler === 'push' ? 1 : 2 }])
  })

  it('undecodable', async () => {
    const answer = await send(protocol, sender.secret, Buffer.from('{"resourceMetrics":[{\u0001'))
    expect(answer.status).toBe(expected('undecodable', protocol))
    if (isOtlp) {
      expect(rpcCode(answer, protocol)).toBe(3)
      expect(answer.response.headers.get('content-type')).toBe(PROTOCOLS[protocol].headers['content-type'])
    }
    expect(await storedSamples(sender)).toBe(0)
  })

  it('too big before decompression, told while it streams', async () => {
    let left = 20
    const stream = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(new Uint8Array(1024 * 1024)) : controller.close()),
    })
    const answer = await send(protocol, sender.secret, stream)
    expect(answer.status).toBe(expected('too big before decompression', protocol))
    if (isOtlp) expect(rpcCode(answer, protocol)).toBe(8)
  })

  it('too big after decompression', async () => {
    const { body: sent, headers } = bomb(protocol)
    const answer = await send(protocol, sender.secret, sent, headers)
    expect(answer.status).toBe(expected('too big after decompression', protocol))
  })

  it.each([
    ['wrong type', { 'content-type': 'application/vnd.google.protobuf' }],
    ['wrong encoding', { 'content-encoding': 'zstd' }],
  ])('%s', async (event, headers) => {
    const answer = await send(protocol, sender.secret, body(GOOD), headers)
    expect(answer.status).toBe(expected(event, protocol))
    expect(await storedSamples(sender)).toBe(0)
  })

  it('rate limited by the sender: when to come again, and others are not', async () => {
    const before = { ...LIMIT }
    Object.assign(LIMIT, { burstRequests: 1, requestsPerSecond: 0.5 })
    try {
      await send(protocol, sender.secret, body(GOOD))
      const answer = await send(protocol, sender.secret, body(GOOD))
      expect(answer.status).toBe(expected('rate limited by the sender', protocol))
      expect(Number(answer.response.headers.get('retry-after'))).toBeGreaterThan(0)
      const other = await newSender()
      expect((await send(protocol, other.secret, body(GOOD))).status).toBe(expected('all stored', protocol))
    } finally {
      Object.assign(LIMIT, before)
    }
  })

  it('database down: to be sent again, and then stored once', async () => {
    expect((await send(protocol, sender.secret, body([GOOD[0] as Sample]))).status).toBeLessThan(300)
    const { connect } = Object.getPrototypeOf(appPool())
    const refuse = () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
    for (const pool of [appPool(), ingestPool()]) Object.assign(pool, { connect: refuse })
    let answer: Answer
    try {
      answer = await send(protocol, sender.secret, body(GOOD))
    } finally {
      for (const pool of [appPool(), ingestPool()]) Object.assign(pool, { connect })
    }
    expect(answer.status).toBe(expected('database down', protocol))
    expect(answer.response.headers.get('retry-after')).toBe('2')
    if (isOtlp) expect(rpcCode(answer, protocol)).toBe(14)
    expect((await send(protocol, sender.secret, body(GOOD))).status).toBe(expected('all stored', protocol))
  })

  it('exact duplicate: nothing is counted twice', async () => {
    await send(protocol, sender.secret, body(GOOD))
    const stored = await storedSamples(sender)
    const answer = await send(protocol, sender.secret, body(GOOD))
    expect(answer.status).toBe(expected('exact duplicate', protocol))
    if (isWrite) expect(written(answer)).toBe('2')
    // A push of the same value is a reading of its own time: a counter gains nothing by it.
    expect(await storedSamples(sender)).toBe(handler === 'push' ? 2 : stored)
  })

  it('empty body', async () => {
    const answer = await send(protocol, sender.secret, null)
    expect(answer.status).toBe(expected('empty body', protocol))
    if (isWrite) expect(written(answer)).toBe('0')
  })

  it('no key, a wrong key, a key without the scope', async () => {
    const none = await send(protocol, null, body(GOOD))
    expect(none.status).toBe(expected('no key', protocol))
    expect(none.response.headers.get('www-authenticate')).toMatch(/Bearer/)
    const wrong = await send(protocol, `${sender.secret.slice(0, -1)}x`, body(GOOD))
    expect(wrong.status).toBe(expected('wrong key', protocol))
    if (isOtlp) expect(rpcCode(wrong, protocol)).toBe(16)
    const reader = await newSender(['read'])
    const forbidden = await send(protocol, reader.secret, body(GOOD))
    expect(forbidden.status).toBe(expected('key without the scope', protocol))
    if (isOtlp) expect(rpcCode(forbidden, protocol)).toBe(7)
  })

  it('the key may be the password of basic authentication', async () => {
    const authorization = `Basic ${Buffer.from(`anyone:${sender.secret}`).toString('base64')}`
    const answer = await send(protocol, null, body(GOOD), { authorization })
    expect(answer.status).toBe(expected('all stored', protocol))
  })
})

// ── What becomes of it ─────────────────────────────────────────────────────────────────────────────────────────────────

describe('remote write', () => {
  it('takes metadata without series, and a stale marker as the end of a series', async () => {
    const sender = await newSender()
    const metadata = snappyLiteral(bytes(3, all(int(1, 2), bytes(2, 'up'))))
    expect((await send('remote write 1.0', sender.secret, metadata)).status).toBe(204)
    const stale = snappyLiteral(
      bytes(
        1,
        all(label('__name__', 'hw_power_watts'), label('hw_id', 'g'), bytes(2, all(staleMarker(1), int(2, AT)))),
      ),
    )
    const answer = await send('remote write 1.0', sender.secret, stale)
    expect([answer.status, written(answer)]).toEqual([204, '1'])
    expect(await storedSamples(sender)).toBe(0)
  })

  it('posts a pod’s GPU to its run and counts what is left out', async () => {
    const sender = await newSender()
    await send('remote write 1.0', sender.secret, writeV1(GOOD, { namespace: 'nlp' }))
    const other = snappyLiteral(
      bytes(1, all(label('__name__', 'up'), bytes(2, int(2, AT)), bytes(2, int(2, AT + 1000)))),
    )
    await send('remote write 1.0', sender.secret, other)
    await writeLeftOut()
    await postAll()
    const [sums] = await rowsOf(
      sender.orgId,
      `select r.name as run, t.name as team, s.slug as site, sum(u.it)::float8 as it
       from entry e join attribution a using (org_id, attribution_id)
       left join run r on r.org_id = a.org_id and r.run_id = a.run_id
       left join team t on t.org_id = a.org_id and t.team_id = a.team_id
       left join site s on s.org_id = a.org_id and s.site_id = a.site_id, unnest(e.it_uwh) as u(it)
       where e.is_current group by 1, 2, 3`,
    )
    // 3600 J are 1 Wh.
    expect(sums).toEqual({ run: 'train', team: 'nlp', site: 'cluster', it: 1_000_000 })
    expect(await rowsOf(sender.orgId, 'select metric, reason, samples::int from left_out_count')).toEqual([
      { metric: 'up', reason: 'not_energy', samples: 2 },
    ])
    expect(await rowsOf(sender.orgId, 'select device, component, preference from series')).toEqual([
      { device: GPU, component: 'gpu', preference: 20 },
    ])
  })

  it('counts what a service delivered, once', async () => {
    const sender = await newSender()
    const tokens = (samples: Sample[]) => writeV1(samples, { __name__: 'vllm:generation_tokens_total' })
    for (const body of [tokens(GOOD), tokens(GOOD), tokens([...GOOD, { at: AT + 120_000, value: 5000 }])])
      expect((await send('remote write 1.0', sender.secret, body)).status).toBe(204)
    expect(await rowsOf(sender.orgId, 'select unit, sum(count) as count from functional_unit group by 1')).toEqual([
      { unit: 'output-token', count: 4000 },
    ])
  })
})

describe('a source’s mapping', () => {
  it('is tried on the series last seen, changed with an audit event, and holds for what comes then', async () => {
    const { BUILT_IN_MAPPING } = await import('@/lib/contracts/mapping')
    const { previewMapping, readSourceMapping, writeSourceMapping } = await import('./source-mapping')
    const { metricSourceOf } = await import('./metric-source')
    const sender = await newSender()
    await send('remote write 1.0', sender.secret, writeV1(GOOD, { cost_center: 'ads', namespace: 'nlp' }))
    const keyId = sender.secret.slice(3, 11)
    const { seen } = await metricSourceOf({ orgId: sender.orgId, keyId, protocol: 'prometheus', source: null })
    await seen.write()

    const source = 'prometheus:cluster'
    expect((await readSourceMapping(sender.orgId, source)).mapping).toEqual(BUILT_IN_MAPPING)
    const mapping = { ...BUILT_IN_MAPPING, labels: { team: ['cost_center'] }, defaults: { site: 'fra' } }
    const { series } = await previewMapping(sender.orgId, source, mapping)
    expect(series).toMatchObject([
      { metric: 'hw_energy_joules_total', becomes: 'reading', run: 'train', team: 'ads', site: 'fra', changed: true },
    ])
    await writeSourceMapping(sender.orgId, source, mapping, { kind: 'key', id: keyId })
    expect((await previewMapping(sender.orgId, source, mapping)).series).toMatchObject([
      { team: 'ads', changed: false },
    ])
    expect(
      await rowsOf(
        sender.orgId,
        `select detail->'after'->'labels' as labels from audit_event where action = 'source.map'`,
      ),
    ).toEqual([{ labels: { team: ['cost_center'] } }])
    await expect(readSourceMapping(sender.orgId, 'prometheus:other')).rejects.toMatchObject({ code: 'not_found' })
  })
})
