// A small exporter with the metrics of DCGM exporter and Kepler, whose energies are known: it remembers what each scrape was told.
import { createServer } from 'node:http'

const STARTED = Date.now()
/** A GPU that two sources tell of within one time counts once, so each run has its own. */
const RUN = (STARTED % 65_536).toString(16).padStart(4, '0')
/** Joules so far: a base and a wave, which never fall. */
const joules = (base, swing, period) => {
  const seconds = (Date.now() - STARTED) / 1000
  const wave = (period / (2 * Math.PI)) * (1 - Math.cos((2 * Math.PI * seconds) / period))
  return 1000 + base * seconds + swing * wave
}

const GPUS = ['a', 'b'].flatMap((letter) =>
  [0, 1].map((gpu) => ({ group: letter, gpu, uuid: `GPU-${letter.repeat(8)}-${RUN}-4000-8000-00000000000${gpu}` })),
)
/** `group` a is scraped with honor_labels, b without. The second GPU of each is idle. */
const gpuLines = (group) =>
  GPUS.filter((one) => one.group === group).flatMap(({ gpu, uuid }) => {
    const held =
      gpu === 0
        ? `pod="train-${group}-0",namespace="team-${group}",container="main"`
        : 'pod="",namespace="",container=""'
    const labels = `gpu="${gpu}",UUID="${uuid}",device="nvidia${gpu}",modelName="NVIDIA H100 80GB HBM3",Hostname="node-${group}",${held}`
    const watts = gpu === 0 ? 400 : 60
    return [
      `DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{${labels}} ${Math.round(joules(watts, watts / 4, 37) * 1000)}`,
      `DCGM_FI_DEV_POWER_USAGE{${labels}} ${watts}`,
      `DCGM_FI_DEV_GPU_UTIL{${labels}} ${gpu === 0 ? 97 : 0}`,
    ]
  })
const keplerLines = () => {
  const node = (zone, watts) =>
    `kepler_node_cpu_joules_total{node_name="node-k",zone="${zone}",path="/rapl/${zone}"} ${joules(watts, watts / 5, 23).toFixed(3)}`
  const pod = (name, zone, watts) =>
    `kepler_pod_cpu_joules_total{node_name="node-k",pod_id="id-${name}",pod_name="${name}-0",pod_namespace="team-k",state="running",zone="${zone}"} ${joules(watts, watts / 5, 23).toFixed(3)}`
  return [
    node('package-0', 120),
    node('dram', 20),
    // Part of the package: left out.
    node('core', 90),
    'kepler_node_cpu_watts{node_name="node-k",zone="package-0"} 120',
    pod('etl', 'package-0', 50),
    pod('etl', 'dram', 8),
    pod('etl', 'core', 40),
  ]
}
let tokens = 5000
const deliveryLines = () => {
  tokens += 137
  return [`vllm:generation_tokens_total{pod="train-a-0",namespace="team-a",model_name="llama"} ${tokens}`]
}

/** First and last value that was scraped, by series. */
const told = new Map()
const remember = (lines) => {
  for (const line of lines) {
    const at = line.lastIndexOf(' ')
    const [series, value] = [line.slice(0, at), Number(line.slice(at + 1))]
    const known = told.get(series) ?? { first: value, last: value, scrapes: 0 }
    told.set(series, { ...known, last: value, scrapes: known.scrapes + 1 })
  }
}

/** @returns {Promise<{ port: number, differences: () => Map<string, number>, scrapes: () => number, close: () => void }>} */
export const startExporter = () =>
  new Promise((resolve) => {
    const server = createServer((request, response) => {
      const lines =
        request.url === '/a'
          ? [...gpuLines('a'), ...deliveryLines()]
          : request.url === '/b'
            ? gpuLines('b')
            : keplerLines()
      remember(lines)
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
      response.end(`${lines.join('\n')}\n`)
    })
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: server.address().port,
        differences: () => new Map([...told].map(([series, { first, last }]) => [series, last - first])),
        scrapes: () => Math.max(0, ...[...told.values()].map(({ scrapes }) => scrapes)),
        close: () => {
          server.close()
          server.closeAllConnections()
        },
      }),
    )
  })
