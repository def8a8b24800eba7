// node bench/bytes.mjs [--series=200] [--hours=2] [--only=…]: bytes a sample on disk after compaction, of the same samples, at
// several resolutions of the value. Ours: the blocks, and beside them the evidence that stays.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { sleep } from '../scripts/lib/processes.mjs'
import { sendStreams } from './lib/client.mjs'
import { remoteWriteBodies } from './lib/generator.mjs'
import { describeMachine } from './lib/machine.mjs'
import { prometheusVersion, readBack, startPrometheus, startVictoria, victoriaVersion } from './lib/peers.mjs'
import { ingestServer, startSystem } from './lib/system.mjs'
import { figure, judge, printTable } from './lib/table.mjs'

const { values: given } = parseArgs({
  options: { series: { type: 'string', default: '200' }, hours: { type: 'string', default: '2' } },
})
const STREAMS = 2
const STEP_MS = 10_000
const RESOLUTIONS = [
  ['1 W', 1],
  ['0.1 W', 0.1],
  ['full doubles', 0],
]
const WITHIN_MS = 240_000
const REMOTE_WRITE = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' }
const bytesIn = (folder, ...parts) =>
  Number(
    spawnSync('du', ['-sb', ...parts.map((part) => `${folder}/${part}`)], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter(Boolean)
      .reduce((sum, line) => sum + Number(line.split('\t')[0]), 0),
  )

const send = async (base, path, headers, work) => {
  const sent = await sendStreams({
    url: `${base}${path}`,
    headers: { ...REMOTE_WRITE, ...headers },
    streams: work.streams,
    untilMs: WITHIN_MS,
  })
  if (sent.failed > 0 || sent.samples !== work.samples)
    throw new Error(`${sent.samples} of ${work.samples} samples were taken; ${sent.firstFailure}`)
}

const ours = async (system, name, work) => {
  const { orgId, key } = await system.organisation(`bytes-${name}`)
  const server = await ingestServer(system)
  try {
    await send(server.base, '/api/prometheus/write', { authorization: `Bearer ${key}` }, work)
  } finally {
    await server.stop()
  }
  await system.script('bench/post-organisation.ts', [orgId])
  const [row] = await system.query(
    `select (select sum(readings)::int from reading_block where org_id = $1) as readings,
       (select sum(pg_column_size(b.*) + 24) from reading_block b where org_id = $1)::float8 as blocks,
       (select sum(pg_column_size(b.*) + 24) from reading_batch b where org_id = $1)::float8 as evidence`,
    [orgId],
  )
  if (row.readings !== work.samples) throw new Error(`${row.readings} of ${work.samples} samples are in blocks`)
  return { blocks: row.blocks / work.samples, evidence: row.evidence / work.samples }
}

const prometheus = async (work, span) => {
  const server = await startPrometheus()
  try {
    await send(server.base, '/api/v1/write', {}, work)
    const { count } = await readBack({ url: server.base }, span)
    if (count !== work.samples) console.log(`Prometheus: ${count} of ${work.samples} samples read back`)
    // A snapshot writes the head as a block.
    const answer = await (await fetch(`${server.base}/api/v1/admin/tsdb/snapshot`, { method: 'POST' })).json()
    return bytesIn(server.data, `snapshots/${answer.data.name}`) / count
  } finally {
    await server.stop()
    server.remove()
  }
}

const victoria = async (work, span) => {
  const server = await startVictoria()
  try {
    await send(server.base, '/api/v1/write', {}, work)
    const { count } = await readBack({ url: server.base, victoria: true }, span)
    if (count !== work.samples) console.log(`VictoriaMetrics: ${count} of ${work.samples} samples read back`)
    await fetch(`${server.base}/internal/force_merge`)
    await sleep(3000)
    return bytesIn(server.data, 'data') / count
  } finally {
    await server.stop()
    server.remove()
  }
}

const main = async () => {
  describeMachine({ prometheus: prometheusVersion(), victoriaMetrics: victoriaVersion() })
  const steps = (Number(given.hours) * 3_600_000) / STEP_MS
  const startAt = Math.floor((Date.now() - (steps + 5) * STEP_MS) / STEP_MS) * STEP_MS
  const span = { metric: 'DCGM_FI_DEV_POWER_USAGE', from: startAt - 1000, to: startAt + steps * STEP_MS }
  const system = await startSystem()
  try {
    const rows = []
    for (const [name, resolution] of RESOLUTIONS) {
      const work = remoteWriteBodies({
        streams: STREAMS,
        series: Number(given.series),
        steps,
        stepMs: STEP_MS,
        startAt,
        resolution,
      })
      const own = await ours(system, name, work)
      rows.push({
        name,
        ...own,
        prometheus: prometheusVersion() ? await prometheus(work, span) : null,
        victoria: victoriaVersion() ? await victoria(work, span) : null,
      })
    }
    printTable(
      rows.map((row) => ({
        resolution: row.name,
        'our blocks': figure(row.blocks),
        'our evidence beside them': figure(row.evidence),
        'Prometheus block': row.prometheus === null ? '' : figure(row.prometheus),
        'VictoriaMetrics data': row.victoria === null ? '' : figure(row.victoria),
        'Prometheus : ours': row.prometheus === null ? '' : figure(row.prometheus / row.blocks),
        'ours : VictoriaMetrics': row.victoria === null ? '' : figure(row.blocks / row.victoria),
      })),
    )
    const tenth = rows[1]
    return judge([
      { goal: 'at most 1.3 B a sample at 0.1 W', is: figure(tenth.blocks), met: tenth.blocks <= 1.3 },
      ...(tenth.victoria === null
        ? []
        : [
            {
              goal: 'within 1.3 × VictoriaMetrics',
              is: figure(tenth.blocks / tenth.victoria),
              met: tenth.blocks <= 1.3 * tenth.victoria,
            },
          ]),
      ...(tenth.prometheus === null
        ? []
        : [
            {
              goal: 'a quarter of Prometheus or less',
              is: figure(tenth.prometheus / tenth.blocks),
              met: tenth.blocks <= tenth.prometheus / 4,
            },
          ]),
    ])
  } finally {
    await system.stop()
  }
}

process.exitCode = await main()
