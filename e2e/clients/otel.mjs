// The OpenTelemetry JavaScript exporters, unmodified, both encodings and both temporalities, send to a running Wattledger; see README.md here.
//   OTEL_DIR=… (a folder with the packages) WL_KEY_FILE=… [WL_BASE=…] [SECONDS=60] [POSTGRES_PID=…] node e2e/clients/otel.mjs
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { compare, microwattHours, settings, stopDatabase } from './ledger.mjs'

const require = createRequire(path.join(path.resolve(process.env.OTEL_DIR ?? '.'), 'here.js'))
const { MeterProvider, PeriodicExportingMetricReader, AggregationTemporality } = require('@opentelemetry/sdk-metrics')
const { resourceFromAttributes } = require('@opentelemetry/resources')
const encodings = {
  proto: require('@opentelemetry/exporter-metrics-otlp-proto').OTLPMetricExporter,
  http: require('@opentelemetry/exporter-metrics-otlp-http').OTLPMetricExporter,
}
for (const name of ['sdk-metrics', 'exporter-metrics-otlp-proto', 'exporter-metrics-otlp-http'])
  console.log(`@opentelemetry/${name} ${require(`@opentelemetry/${name}/package.json`).version}`)

const at = settings()
const seconds = Number(process.env.SECONDS ?? 60)
const name = `otel-${Date.now().toString(36)}`
// Through an outage an exporter needs the time to try again.
const interval = process.env.OUTAGE || process.env.POSTGRES_PID ? 20_000 : 5000
const totals = new Map()

const start = (encoding, temporality) => {
  const run = `${name}-${encoding}-${temporality}`
  const exporter = new encodings[encoding]({
    url: `${at.base}/api/otlp/v1/metrics?source=${name}`,
    headers: { authorization: `Bearer ${at.key}` },
    compression: encoding === 'proto' ? 'gzip' : 'none',
    timeoutMillis: 60_000,
    temporalityPreference: AggregationTemporality[temporality],
  })
  const exported = { answers: 0, failures: [] }
  const send = exporter.export.bind(exporter)
  exporter.export = (metrics, done) =>
    send(metrics, (result) => {
      exported.answers += 1
      if (result.code !== 0) exported.failures.push(String(result.error))
      done(result)
    })
  const provider = new MeterProvider({
    resource: resourceFromAttributes({
      'service.name': 'trainer',
      'k8s.pod.name': `${run}-0`,
      'k8s.namespace.name': 'team-o',
      'host.name': `host-${encoding}-${temporality}`,
    }),
    readers: [
      new PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: interval,
        exportTimeoutMillis: interval - 100,
      }),
    ],
  })
  const meter = provider.getMeter('gpu')
  const energy = meter.createCounter('hw.energy', { unit: 'J' })
  const latency = meter.createHistogram('request.duration', { unit: 's' })
  const attributes = { 'hw.id': `GPU-${run}`, 'hw.type': 'gpu' }
  const timer = setInterval(() => {
    const joules = 30 + Math.floor(Math.random() * 50)
    energy.add(joules, attributes)
    latency.record(0.1)
    totals.set(run, (totals.get(run) ?? 0) + joules)
  }, 200)
  return {
    run,
    exported,
    stop: async () => {
      clearInterval(timer)
      await provider.forceFlush()
      // The same cumulative value once more.
      await provider.shutdown()
    },
  }
}

const senders = ['CUMULATIVE', 'DELTA'].flatMap((temporality) =>
  ['proto', 'http'].map((encoding) => start(encoding, temporality)),
)
if (process.env.POSTGRES_PID) {
  await sleep(15_000)
  await stopDatabase(Number(process.env.POSTGRES_PID), 30)
}
await sleep(seconds * 1000)
for (const sender of senders) await sender.stop().catch((error) => console.log(`${sender.run}: ${error}`))
let failures = 0
for (const { run, exported } of senders) {
  failures += exported.failures.length
  console.log(
    `${run}: ${exported.answers} exports, ${exported.failures.length} failed ${[...new Set(exported.failures)].slice(0, 2)}`,
  )
}
// A delta that the exporter gave up on is lost with it; a cumulative one is in the next.
const wrong = await compare(
  at,
  senders
    .filter(({ run }) => failures === 0 || run.endsWith('CUMULATIVE'))
    .map(({ run }) => ({
      name: run,
      uwh: microwattHours(totals.get(run)),
      of: (rows) => rows.filter((row) => row.run === run).reduce((total, { uwh }) => total + uwh, 0),
    })),
)
process.exit(wrong === 0 ? 0 : 1)
