// Debian's Prometheus and VictoriaMetrics, each with a fresh folder, as receivers of remote write.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '../../scripts/lib/ports.mjs'
import { sleep } from '../../scripts/lib/processes.mjs'
import { answering, end } from './system.mjs'

const VICTORIA = ['victoria-metrics', 'victoria-metrics-prod']
const versionOf = (program, flag) => {
  const { stdout, stderr, error } = spawnSync(program, [flag], { encoding: 'utf8' })
  return error ? null : /\d+\.\d+\.\d+/.exec(`${stdout}${stderr}`)?.[0]
}
export const prometheusVersion = () => versionOf('prometheus', '--version')
export const victoriaProgram = () => VICTORIA.find((program) => !spawnSync(program, ['-version']).error) ?? null
export const victoriaVersion = () => {
  const program = victoriaProgram()
  if (!program) return null
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '$' + '{Version}', 'victoria-metrics'], { encoding: 'utf8' })
  return stdout || versionOf(program, '-version')
}

async function start(program, args, ready) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'wattledger-bench-'))
  const port = await freePort()
  const log = path.join(folder, 'log')
  const out = openSync(log, 'a')
  mkdirSync(path.join(folder, 'data'))
  const child = spawn(program, args(folder, port), { stdio: ['ignore', out, out] })
  const base = `http://127.0.0.1:${port}`
  await answering(`${base}${ready}`, child, log)
  return {
    base,
    pid: child.pid,
    data: path.join(folder, 'data'),
    log,
    async stop() {
      await end(child)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export const startPrometheus = () =>
  start(
    'prometheus',
    (folder, port) => {
      writeFileSync(path.join(folder, 'prometheus.yml'), 'scrape_configs: []\n')
      return [
        `--config.file=${path.join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${path.join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.enable-remote-write-receiver',
        '--web.enable-admin-api',
        '--storage.tsdb.retention.time=10y',
      ]
    },
    '/-/ready',
  )

export const startVictoria = () =>
  start(
    victoriaProgram(),
    (folder, port) => [
      `-storageDataPath=${path.join(folder, 'data')}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      '-retentionPeriod=100y',
    ],
    '/health',
  )

/** Samples and their sum as the peer's own query language counts them. */
export async function readBack(base, { metric, from, to }) {
  if (base.victoria) await fetch(`${base.url}/internal/force_flush`)
  const ask = async (query) => {
    const url = `${base.url}/api/v1/query?query=${encodeURIComponent(query)}&time=${Math.ceil(to / 1000)}`
    const answer = await (await fetch(url)).json()
    return Number(answer.data?.result?.[0]?.value?.[1])
  }
  const range = `${metric}[${Math.ceil((to - from) / 1000) + 5}s]`
  // What was taken becomes visible a moment later: two looks in a row must agree.
  let before = Number.NaN
  for (let look = 0; look < 40; look += 1) {
    const count = await ask(`sum(count_over_time(${range}))`)
    if (Number.isFinite(count) && count === before) return { count, sum: await ask(`sum(sum_over_time(${range}))`) }
    before = count
    await sleep(1000)
  }
  return { count: Number.NaN, sum: Number.NaN }
}
