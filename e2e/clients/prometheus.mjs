// Debian's Prometheus, unmodified, scrapes a small exporter and writes to a running Wattledger; see README.md here.
//   WL_KEY_FILE=… [WL_BASE=…] [MINUTES=2] [POSTGRES_PID=… of a database of one's own] node e2e/clients/prometheus.mjs
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startExporter } from './exporter.mjs'
import { compare, microwattHours, settings, stopDatabase } from './ledger.mjs'

const at = settings()
const minutes = Number(process.env.MINUTES ?? 2)
const binary = process.env.PROMETHEUS ?? 'prometheus'
const name = `prometheus-${Date.now().toString(36)}`
const folder = mkdtempSync(path.join(tmpdir(), 'wl-prometheus-'))
const exporter = await startExporter()
const target = `127.0.0.1:${exporter.port}`

writeFileSync(
  path.join(folder, 'prometheus.yml'),
  `global: { scrape_interval: 2s, external_labels: { cluster: ${name} } }
scrape_configs:
  - job_name: dcgm-honoured
    honor_labels: true
    metrics_path: /a
    static_configs: [{ targets: ['${target}'], labels: { pod: nvidia-dcgm-exporter-x2x9q, namespace: gpu-operator, container: dcgm } }]
  - job_name: dcgm
    honor_labels: false
    metrics_path: /b
    static_configs: [{ targets: ['${target}'], labels: { pod: nvidia-dcgm-exporter-x2x9q, namespace: gpu-operator, container: dcgm } }]
  - job_name: kepler
    metrics_path: /kepler
    static_configs: [{ targets: ['${target}'] }]
remote_write:
  - url: ${at.base}/api/prometheus/write?source=${name}
    basic_auth: { username: wattledger, password: ${at.key} }
    metadata_config: { send_interval: 5s }
`,
)
console.log(execFileSync(binary, ['--version'], { encoding: 'utf8' }).split('\n')[0])
const prometheus = spawn(
  binary,
  [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/data`,
    '--web.listen-address=127.0.0.1:0',
    '--storage.remote.flush-deadline=60s',
  ],
  { stdio: ['ignore', 'ignore', 'pipe'] },
)
let log = ''
prometheus.stderr.on('data', (data) => {
  log += data
})

if (process.env.POSTGRES_PID) {
  await sleep(30_000)
  await stopDatabase(Number(process.env.POSTGRES_PID), 30)
}
await sleep(minutes * 60_000)
// Scrapes end first, so that what was scraped is what must arrive: at its own end Prometheus sends what is queued, not what it is writing.
exporter.close()
await sleep(15_000)
prometheus.kill('SIGTERM')
await new Promise((resolve) => prometheus.once('exit', resolve))
const dropped = log.split('\n').filter((line) => /non-recoverable|Failed to flush|dropped/i.test(line))
console.log(`${exporter.scrapes()} scrapes of each target; lines of its log that speak of loss: ${dropped.length}`)
for (const line of [
  ...new Set(
    log
      .split('\n')
      .filter((one) => /level=(warn|error)/.test(one))
      .map((one) => one.replace(/^ts=\S+ /, '').slice(0, 240)),
  ),
].slice(0, 6))
  console.log(`  ${line}`)

const sum = (pattern, perJoule = 1) =>
  microwattHours(
    [...exporter.differences()]
      .filter(([series]) => pattern.test(series))
      .reduce((total, [, value]) => total + value / perJoule, 0),
  )
const mJ = 1000
const here = (rows) => rows.filter(({ site }) => site === name)
const of = (run) => (rows) =>
  here(rows)
    .filter((row) => row.run === run)
    .reduce((total, { uwh }) => total + uwh, 0)
const pods = sum(/kepler_pod_cpu.*"(package-0|dram)"/)
const wrong = await compare(
  at,
  [
    { name: 'honor_labels: the pod’s GPU', uwh: sum(/ENERGY.*aaaaaaaa.*train-a/, mJ), of: of('train-a') },
    {
      name: 'no honor_labels: the pod’s GPU (exported_pod)',
      uwh: sum(/ENERGY.*bbbbbbbb.*train-b/, mJ),
      of: of('train-b'),
    },
    { name: 'Kepler’s pod, package and dram', uwh: pods, of: of('etl') },
    {
      name: 'nobody’s: idle GPUs, and what pods leave of the node',
      uwh: sum(/ENERGY.*pod=""/, mJ) + sum(/kepler_node_cpu_joules.*"(package-0|dram)"/) - pods,
      of: of(null),
    },
  ],
  8,
)
rmSync(folder, { recursive: true, force: true })
process.exit(wrong === 0 && dropped.length === 0 ? 0 : 1)
