// Ten thousand generated bad payloads to each receiver: no 5xx, no hang, memory back to where it was, and the next good request is stored.
//   WL_KEY_FILE=… [WL_BASE=…] [COUNT=10000] [SEED=1] [SERVER_PID=…] [ONLY='OTLP JSON'] node e2e/clients/bad-payloads.mjs
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { settings } from './ledger.mjs'

const { base, key } = settings()
const count = Number(process.env.COUNT ?? 10_000)
const seed = Number(process.env.SEED ?? 1)
const CONNECTIONS = 8
const MOST_SHOWN = 5
/** Longer than any refusal takes, shorter than a hang. */
const HANG_MS = 20_000

/** mulberry32: the same seed gives the same payloads. */
const random = (() => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
})()
const below = (n) => Math.floor(random() * n)
const one = (list) => list[below(list.length)]
const bytesOf = (n) => Buffer.from(Array.from({ length: n }, () => below(256)))

// ── Good bodies, from the formats ──
const varint = (value) => {
  const bytes = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const byte = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest > 0n ? byte | 0x80 : byte)
  } while (rest > 0n)
  return Buffer.from(bytes)
}
const field = (number, content) => {
  const body = Buffer.from(content)
  return Buffer.concat([varint(number * 8 + 2), varint(body.length), body])
}
const int = (number, value) => Buffer.concat([varint(number * 8), varint(value)])
const double = (number, value) => {
  const body = Buffer.alloc(8)
  body.writeDoubleLE(value)
  return Buffer.concat([varint(number * 8 + 1), body])
}
const nano = (number, ms) => {
  const body = Buffer.alloc(8)
  body.writeBigUInt64LE(BigInt(ms) * 1_000_000n)
  return Buffer.concat([varint(number * 8 + 1), body])
}
const all = (...parts) => Buffer.concat(parts)
const snappy = (content) => {
  const parts = [varint(content.length)]
  for (let at = 0; at < content.length; at += 60) {
    const piece = content.subarray(at, at + 60)
    parts.push(Buffer.from([(piece.length - 1) << 2]), piece)
  }
  return Buffer.concat(parts)
}
const NUMBERS = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -1,
  -0,
  1e308,
  5e-324,
  2 ** 53 + 2,
  -1e-9,
]
const TIMES = [
  0,
  -1,
  1_700_000_000,
  1_700_000_000_000_000,
  253_402_300_800_000,
  8.64e15 + 1,
  -62_135_596_800_000,
  Date.now() + 9e7,
]
const STRINGS = [
  '',
  '\u0000',
  'a\u0000b',
  '__proto__',
  'constructor',
  '\u202eabc',
  'x'.repeat(70_000),
  '%00',
  '../..',
  "';--",
  '🦊'.repeat(99),
]
const METRICS = [
  'DCGM_FI_DEV_POWER_USAGE',
  'hw_energy_joules_total',
  'kepler_pod_cpu_joules_total',
  'vllm:generation_tokens_total',
]

const badSeries = () => ({
  metric: one([...METRICS, one(STRINGS)]),
  labels: Object.entries({
    UUID: one(['GPU-fuzz', one(STRINGS)]),
    hw_id: 'g',
    pod: one(['fuzz-0', one(STRINGS)]),
    zone: 'dram',
    [one(['team', one(STRINGS)])]: one(STRINGS),
  }),
  // At least one of the two is wrong.
  ...(random() < 0.5
    ? { value: one(NUMBERS), at: one([Date.now() - 60_000, one(TIMES)]) }
    : { value: 5, at: one(TIMES) }),
})

const writeBody = ({ metric, labels, value, at }) =>
  field(
    1,
    all(
      ...[['__name__', metric], ...labels].map(([name, text]) => field(1, all(field(1, name), field(2, text)))),
      field(2, all(double(1, value), int(2, Math.trunc(at)))),
    ),
  )
const writeBody2 = ({ metric, labels, value, at }) => {
  const symbols = ['', '__name__', metric, ...labels.flat()]
  const refs = Buffer.concat(symbols.slice(1).map((_, index) => varint(index + 1)))
  return all(
    ...symbols.map((text) => field(4, text)),
    field(5, all(field(1, refs), field(2, all(double(1, value), int(2, Math.trunc(at)))))),
  )
}
const otlpBody = ({ metric, labels, value, at }) => {
  const attributes = labels.map(([name, text]) => field(7, all(field(1, name), field(2, field(1, text)))))
  const point = all(nano(3, Math.max(0, Math.min(1.8e13, Math.trunc(at)))), double(4, value), ...attributes)
  return field(
    1,
    field(2, field(2, all(field(1, metric), field(3, 'J'), field(7, all(field(1, point), int(2, 2), int(3, 1)))))),
  )
}
const jsonBody = ({ metric, labels, value, at }) => ({
  resourceMetrics: [
    {
      scopeMetrics: [
        {
          metrics: [
            {
              name: metric,
              unit: 'J',
              sum: {
                aggregationTemporality: 2,
                isMonotonic: true,
                dataPoints: [
                  {
                    attributes: labels.map(([name, text]) => ({ key: name, value: { stringValue: text } })),
                    timeUnixNano: `${Math.trunc(at)}000000`,
                    asDouble: Number.isFinite(value) ? value : String(value),
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  ],
})

/** A good body with bytes changed, cut, repeated, or nothing but noise. */
const broken = (good) => {
  const copy = Buffer.from(good)
  for (let i = 0; i <= below(8); i += 1) if (copy.length > 0) copy[below(copy.length)] = below(256)
  switch (below(5)) {
    case 0:
      return copy.subarray(0, below(copy.length + 1))
    case 1:
      return Buffer.concat([copy, bytesOf(below(40))])
    case 2:
      return bytesOf(below(400))
    case 3:
      return Buffer.concat([copy, copy])
    default:
      return copy
  }
}
const bombs = {
  gzip: gzipSync(Buffer.alloc(40 * 1024 * 1024)),
  nested: gzipSync(gzipSync(Buffer.alloc(1024 * 1024))),
  gib: Buffer.from([0x80, 0x80, 0x80, 0x80, 0x04, 0, 0]),
  four: Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0]),
  framed: Buffer.from('ff060000734e61507059', 'hex'),
  deepJson: Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  manyKeys: Buffer.from(`{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":1`).join(',')}}`),
}
const manyLabels = {
  metric: METRICS[0],
  labels: Array.from({ length: 50_000 }, (_, i) => [`l${i}`, 'v']),
  value: 1,
  at: Date.now(),
}

const PROTOBUF = 'application/x-protobuf'
const remoteWrite = (type, body) => ({
  path: '/api/prometheus/write',
  headers: { 'content-type': type, 'content-encoding': 'snappy' },
  bad: () => {
    if (random() < 0.004) return { body: one([bombs.gib, bombs.four, bombs.framed, snappy(body(manyLabels))]) }
    if (random() < 0.03)
      return {
        headers: one([
          {
            'content-type':
              one(STRINGS)
                .slice(0, 20)
                .replace(/[^a-z/;=]/gi, 'x') || 'x/y',
          },
          { 'content-encoding': one(['gzip', 'zstd', 'br', 'snappy, snappy']) },
        ]),
        body: snappy(body(badSeries())),
      }
    if (random() < 0.3) return { body: broken(snappy(body(badSeries()))) }
    if (random() < 0.5) return { body: snappy(broken(body(badSeries()))) }
    return { body: snappy(body(badSeries())) }
  },
  good: (at, value) =>
    snappy(
      body({
        metric: METRICS[1],
        labels: [
          ['hw_id', 'good'],
          ['hw_type', 'gpu'],
          ['pod', 'good-0'],
        ],
        value,
        at,
      }),
    ),
})
const RECEIVERS = {
  'remote write 1.0': remoteWrite(PROTOBUF, writeBody),
  'remote write 2.0': remoteWrite(`${PROTOBUF};proto=io.prometheus.write.v2.Request`, writeBody2),
  'OTLP protobuf': {
    path: '/api/otlp/v1/metrics',
    headers: { 'content-type': PROTOBUF },
    bad: () => {
      if (random() < 0.004)
        return one([
          { body: bombs.gzip, headers: { 'content-encoding': 'gzip' } },
          { body: bombs.nested, headers: { 'content-encoding': 'gzip' } },
          { body: otlpBody(manyLabels) },
        ])
      if (random() < 0.1)
        return {
          body: gzipSync(otlpBody(badSeries())).subarray(0, below(200)),
          headers: { 'content-encoding': 'gzip' },
        }
      return { body: random() < 0.6 ? broken(otlpBody(badSeries())) : otlpBody(badSeries()) }
    },
    good: (at, value) =>
      otlpBody({
        metric: 'hw.energy',
        labels: [
          ['hw.id', 'good'],
          ['hw.type', 'gpu'],
          ['k8s.pod.name', 'good-0'],
        ],
        value,
        at,
      }),
  },
  'OTLP JSON': {
    path: '/api/otlp/v1/metrics',
    headers: { 'content-type': 'application/json' },
    bad: () => {
      if (random() < 0.004)
        return { body: one([bombs.deepJson, bombs.manyKeys, Buffer.from(JSON.stringify(jsonBody(manyLabels)))]) }
      const text = JSON.stringify(jsonBody(badSeries()))
      if (random() < 0.2)
        return { body: Buffer.from(text.replace(/"(\w+)":/, `"${one(['__proto__', 'constructor', 'x'])}":`)) }
      if (random() < 0.2)
        return { body: Buffer.from(text.replace('"J"', one(['null', '3', '[]', '{}', '"\\ud800"', '1e999']))) }
      return { body: random() < 0.5 ? broken(Buffer.from(text)) : Buffer.from(text) }
    },
    good: (at, value) =>
      Buffer.from(
        JSON.stringify(
          jsonBody({
            metric: 'hw.energy',
            labels: [
              ['hw.id', 'good'],
              ['hw.type', 'gpu'],
              ['k8s.pod.name', 'good-0'],
            ],
            value,
            at,
          }),
        ),
      ),
  },
  Pushgateway: {
    path: '/api/pushgateway/metrics/job/good-0',
    method: 'PUT',
    headers: { 'content-type': 'text/plain; version=0.0.4' },
    bad: () => {
      const line = `${one(METRICS)}{UUID="${one(['g', 'x\\"', 'x\\', 'é', '"'])}",pod="p-0"} ${one(['NaN', '-1', '+Inf', '1e309', '0x10', '1,5', '', '1 2', '٣', 'true'])}\n`
      if (random() < 0.2)
        return {
          body: Buffer.from(line),
          path: `/api/pushgateway/metrics/${one(['job', 'job/', 'job/a/b', 'job@base64/***', 'job/%ff', 'x/y', 'job/a/__proto__/%00', `job/${'a/'.repeat(500)}`])}`,
        }
      if (random() < 0.004) return { body: Buffer.from('a 1\n'.repeat(300_000)) }
      return { body: random() < 0.6 ? broken(Buffer.from(line)) : Buffer.from(line) }
    },
    good: (_, value) => Buffer.from(`codecarbon_energy_total{project_name="p"} ${value}\n`),
  },
}

const send = async (receiver, { body, headers = {}, path = receiver.path }) => {
  const response = await fetch(`${base}${path}${path.includes('?') ? '' : '?source=bad-payloads'}`, {
    method: receiver.method ?? 'POST',
    headers: { ...receiver.headers, ...headers, authorization: `Bearer ${key}` },
    body,
    signal: AbortSignal.timeout(HANG_MS),
  })
  await response.arrayBuffer()
  return response.status
}

const rss = () => {
  if (!process.env.SERVER_PID) return null
  const status = readFileSync(`/proc/${process.env.SERVER_PID}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024)
}

let failed = 0
for (const [name, receiver] of Object.entries(RECEIVERS)) {
  if (process.env.ONLY && process.env.ONLY !== name) continue
  // Warm, so that what a first request costs is not taken for a leak.
  for (let i = 0; i < 300; i += 1) await send(receiver, receiver.bad())
  const before = rss()
  const statuses = new Map()
  let peak = before
  let sent = 0
  let slowest = 0
  const started = performance.now()
  const worker = async () => {
    while (sent < count) {
      sent += 1
      const payload = receiver.bad()
      const at = performance.now()
      const status = await send(receiver, payload).catch((error) => {
        failed += 1
        return `${error.name} on ${payload.body.length} B`
      })
      slowest = Math.max(slowest, performance.now() - at)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (typeof status === 'number' && status >= 500) {
        failed += 1
        if (failed <= MOST_SHOWN) console.log(`${name}: ${status} for ${payload.body.toString('base64').slice(0, 200)}`)
      }
      if (sent % 200 === 0 && before !== null) peak = Math.max(peak, rss())
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  const seconds = (performance.now() - started) / 1000
  const now = Date.now()
  const good = [
    await send(receiver, { body: receiver.good(now - 60_000, 1000) }),
    await send(receiver, { body: receiver.good(now - 30_000, 4600) }),
  ]
  if (good.some((status) => status >= 300)) failed += 1
  await sleep(8000)
  const memory = before === null ? '' : `, RSS ${before} → peak ${peak} → ${rss()} MB`
  const told = [...statuses]
    .sort()
    .map(([status, times]) => `${status} × ${times}`)
    .join(', ')
  console.log(
    `${name}: ${sent} in ${seconds.toFixed(0)} s, slowest ${slowest.toFixed(0)} ms, ${told}; then good: ${good.join(', ')}${memory}`,
  )
}
console.log(failed === 0 ? 'no 5xx, no hang' : `${failed} FAILED`)
process.exit(failed === 0 ? 0 : 1)
