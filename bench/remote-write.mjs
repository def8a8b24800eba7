// node bench/remote-write.mjs [--rounds=5] [--steps=300] [--series=1000] [--only=ingest,prometheus] [--next]: samples from HTTP to
// the answer that says they are safe, contenders in turn with the same bodies, each count and sum read back before it counts.
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../scripts/lib/folders.mjs'
import { ensureBuild, NEXT } from '../scripts/lib/next-build.mjs'
import { runQuietly } from '../scripts/lib/processes.mjs'
import { typescriptArguments } from '../scripts/lib/run-typescript.mjs'
import { sendStreams } from './lib/client.mjs'
import { cpuMs } from './lib/cpu.mjs'
import { remoteWriteBodies } from './lib/generator.mjs'
import { describeMachine } from './lib/machine.mjs'
import { prometheusVersion, readBack, startPrometheus, startVictoria, victoriaVersion } from './lib/peers.mjs'
import { ingestServer, startSystem } from './lib/system.mjs'
import { figure, judge, median, printTable, quantile, spread } from './lib/table.mjs'

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    steps: { type: 'string', default: '300' },
    series: { type: 'string', default: '1000' },
    only: { type: 'string', default: '' },
    next: { type: 'boolean', default: false },
    prof: { type: 'string', default: '' },
  },
})
const STREAMS = 4
const STEP_MS = 10_000
/** No contender may hold a round up for longer; what it has stored by then counts. */
const ROUND_MS = 60_000
/** The slow forms are shown as many steps as they manage in a few seconds. */
const STEPS_OF_ROWS = 75
const STEPS_OF_PRISMA = 30
/** Requests of a stream before anything is measured: a server that compiles as it runs is measured once it runs. */
const WARM_UP = 25

const main = async () => {
  const steps = Number(given.steps)
  const series = Number(given.series)
  describeMachine({ prometheus: prometheusVersion(), victoriaMetrics: victoriaVersion() })
  // Bodies of one UTC day, recent enough for every contender.
  const startAt = Math.floor((Date.now() - (steps + 5) * STEP_MS) / STEP_MS) * STEP_MS
  const work = remoteWriteBodies({ streams: STREAMS, series, steps, stepMs: STEP_MS, startAt })
  const system = await startSystem()
  try {
    await system.query('create schema bench')
    await system.query(
      'create table bench.reading (org int not null, series int not null, at timestamptz(6) not null, value float8 not null, primary key (org, series, at))',
    )
    const contenders = (await contendersOf(system, { startAt, endAt: startAt + steps * STEP_MS })).filter(
      ({ name }) => given.only === '' || given.only.split(',').some((part) => name.includes(part)),
    )
    const results = new Map(contenders.map(({ name }) => [name, []]))
    for (let round = 0; round < Number(given.rounds); round += 1) {
      // Who goes first changes from round to round.
      const order = round % 2 === 0 ? contenders : [...contenders].reverse()
      for (const contender of order) results.get(contender.name).push(await measure(contender, work, round))
    }
    return report(contenders, results)
  } finally {
    await system.stop()
  }
}

const measure = async (contender, work, round) => {
  const running = await contender.start(round)
  try {
    const streams = work.streams.map((bodies) => bodies.slice(0, contender.steps ?? bodies.length))
    const sendTo = (list) =>
      sendStreams({ url: running.url, headers: running.headers, streams: list, untilMs: ROUND_MS })
    const warm = await sendTo(streams.map((bodies) => bodies.slice(0, WARM_UP)))
    const before = cpuMs(...running.pids)
    const sent = await sendTo(streams.map((bodies) => bodies.slice(WARM_UP)))
    const cpu = cpuMs(...running.pids) - before
    const failed = warm.failed + sent.failed
    if (failed > 0)
      console.log(`${contender.name}: ${failed} requests failed, first ${warm.firstFailure || sent.firstFailure}`)
    const stored = await running.readBack()
    const expected = warm.samples + sent.samples
    // A sum of doubles in another order differs in its last digits.
    const sum = sumOf(streams)
    const isWhole = stored.count === expected && (failed > 0 || Math.abs(stored.sum - sum) < 1e-9 * sum)
    if (!isWhole)
      console.log(
        `${contender.name}: ${expected} samples acknowledged, ${stored.count} read back, sum ${stored.sum} of ${sum}`,
      )
    const after = running.afterwards ? await running.afterwards() : null
    return {
      isWhole,
      perSecond: (sent.samples / sent.ms) * 1000,
      cpuUs: (cpu * 1000) / sent.samples,
      afterUs: after === null ? null : (after * 1000) / expected,
      latencies: sent.latencies,
      bytes: sent.bytes / sent.samples,
    }
  } finally {
    await running.stop()
  }
}

const sumOf = (streams) => streams.flat().reduce((sum, body) => sum + body.sum, 0)

const REMOTE_WRITE = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' }

const contendersOf = async (system, { startAt, endAt }) => {
  const generated = path.join(ROOT, '.data', 'bench-prisma')
  await runQuietly(
    process.execPath,
    [path.join(ROOT, 'node_modules', 'prisma', 'build', 'index.js'), 'generate', '--schema', 'bench/rows.prisma'],
    {
      cwd: ROOT,
      refusal: 'prisma generate failed',
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    },
  )

  const ours = (name, serve) => ({
    name,
    durable: 'fsync before the answer',
    start: async (round) => {
      const { orgId, key } = await system.organisation(`${name}-${round}`)
      const server = await serve()
      const worker = { orgId }
      return {
        url: `${server.base}/api/prometheus/write`,
        headers: { ...REMOTE_WRITE, authorization: `Bearer ${key}` },
        pids: [server.pid, system.pid],
        readBack: async () => JSON.parse(await system.script('bench/read-back.ts', [orgId])),
        afterwards: async () => JSON.parse(await system.script('bench/post-organisation.ts', [worker.orgId])).cpuMs,
        stop: server.stop,
      }
    },
  })
  const rows = (form, steps) => ({
    name: `rows, ${form}`,
    durable: 'fsync before the answer',
    steps,
    start: async () => {
      await system.query('truncate bench.reading')
      system.env.BENCH_DATABASE_URL = system.adminUrl
      const server = await system.serve(
        `rows-${form}`,
        (port) => typescriptArguments('bench/rows-server.ts', [form, String(port), path.join(generated, 'client.ts')]),
        '/',
      )
      return {
        url: `${server.base}/`,
        headers: REMOTE_WRITE,
        pids: [server.pid, system.pid],
        readBack: async () => {
          const [row] = await system.query('select count(*)::int as count, sum(value) as sum from bench.reading')
          return row
        },
        stop: server.stop,
      }
    },
  })
  const peer = (name, durable, start, path_, victoria) => ({
    name,
    durable,
    start: async () => {
      const server = await start()
      return {
        url: `${server.base}${path_}`,
        headers: { ...REMOTE_WRITE, 'x-prometheus-remote-write-version': '0.1.0' },
        pids: [server.pid],
        readBack: () =>
          readBack(
            { url: server.base, victoria },
            { metric: 'DCGM_FI_DEV_POWER_USAGE', from: startAt - 1000, to: endAt },
          ),
        stop: async () => {
          await server.stop()
          server.remove()
        },
      }
    },
  })

  const prof = given.prof ? ['--cpu-prof', `--cpu-prof-dir=${given.prof}`] : []
  const list = [ours('ours, bare server', () => ingestServer(system, prof))]
  if (given.next) {
    await ensureBuild({ env: system.env })
    const next = (port) => [NEXT, 'start', '-H', '127.0.0.1', '-p', String(port)]
    list.push(ours('ours, Next route', () => system.serve('next', next, '/api/health')))
  }
  if (prometheusVersion())
    list.push(peer('Prometheus', 'log written, not fsynced', startPrometheus, '/api/v1/write', false))
  if (victoriaVersion())
    list.push(peer('VictoriaMetrics', 'memory for some seconds', startVictoria, '/api/v1/write', true))
  list.push(rows('unnest', STEPS_OF_ROWS), rows('prisma', STEPS_OF_PRISMA))
  return list
}

const report = (contenders, results) => {
  const of = (name, key) => results.get(name)?.map((result) => result[key]) ?? []
  const base = of('Prometheus', 'cpuUs').length > 0 ? 'Prometheus' : contenders[0].name
  printTable(
    contenders.map(({ name, durable }) => {
      const latencies = results.get(name).flatMap((result) => result.latencies)
      const after = of(name, 'afterUs').filter((value) => value !== null)
      return {
        contender: name,
        'samples/s': spread(of(name, 'perSecond')),
        'CPU µs/sample': spread(of(name, 'cpuUs')),
        '+ posting, compaction': after.length === 0 ? '' : spread(after),
        [`CPU : ${base}`]: figure(median(of(name, 'cpuUs')) / median(of(base, 'cpuUs'))),
        'p50 / p99 ms': `${figure(quantile(latencies, 0.5))} / ${figure(quantile(latencies, 0.99))}`,
        'read back': results.get(name).every(({ isWhole }) => isWhole) ? 'whole' : 'NOT WHOLE',
        durable,
      }
    }),
  )
  const goals = []
  const ours = 'ours, bare server'
  const cost = (name) => median(of(name, 'cpuUs'))
  const rate = (name) => median(of(name, 'perSecond'))
  if (results.has('Prometheus') && results.has(ours)) {
    const speed = rate(ours) / rate('Prometheus')
    goals.push({ goal: 'at least 2 × the samples/s of Prometheus', is: figure(speed), met: speed >= 2 })
    const whole = (cost(ours) + median(of(ours, 'afterUs'))) / cost('Prometheus')
    goals.push({
      goal: 'at most 0.5 × the CPU/sample of Prometheus, posting and compaction included',
      is: figure(whole),
      met: whole <= 0.5,
    })
  }
  if (results.has('VictoriaMetrics') && results.has(ours)) {
    const share = cost('VictoriaMetrics') / cost(ours)
    goals.push({ goal: 'at least 0.7 × the samples per CPU of VictoriaMetrics', is: figure(share), met: share >= 0.7 })
  }
  for (const [form, times] of [
    ['unnest', 5],
    ['prisma', 50],
  ]) {
    if (!results.has(`rows, ${form}`) || !results.has(ours)) continue
    const share = rate(ours) / rate(`rows, ${form}`)
    goals.push({ goal: `at least ${times} × the samples/s of rows by ${form}`, is: figure(share), met: share >= times })
  }
  return judge(goals)
}

process.exitCode = await main()
