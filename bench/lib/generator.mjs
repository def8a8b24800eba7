// The same readings for every contender: streams of GPUs' power, a walk of ±4 W at 0.1 W, scraped together each step.
import { snappyCompress } from './snappy.mjs'

/** A generator of doubles in [0, 1) that is the same in every run (mulberry32). */
export function dice(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const varint = (value) => {
  const bytes = []
  for (let rest = value; ; rest = Math.floor(rest / 0x80)) {
    bytes.push(rest >= 0x80 ? (rest % 0x80) | 0x80 : rest)
    if (rest < 0x80) return Buffer.from(bytes)
  }
}
const field = (number, bytes) => Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
const label = (name, value) => field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))]))

/** Labels as NVIDIA's DCGM exporter in Kubernetes has them: eight GPUs a node, a pod a node. */
export const labelsOf = (stream, index) => {
  const node = Math.floor(index / 8)
  const uuid = `GPU-${String(stream).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`
  return {
    __name__: 'DCGM_FI_DEV_POWER_USAGE',
    Hostname: `node-${stream}-${node}`,
    UUID: uuid,
    container: 'trainer',
    device: `nvidia${index % 8}`,
    gpu: String(index % 8),
    instance: `10.${stream}.${node >> 8}.${node & 255}:9400`,
    job: 'dcgm-exporter',
    modelName: 'NVIDIA H100 80GB HBM3',
    namespace: `team-${node % 16}`,
    pod: `train-${stream}-${node}`,
  }
}

/**
 * @param {{ streams: number, series: number, steps: number, stepMs: number, startAt: number, resolution?: number }} shape
 *   resolution: watts of the last digit; 0 gives full doubles
 * @returns {{ streams: { body: Buffer, samples: number, sum: number }[][], samples: number }}
 */
export function remoteWriteBodies({ streams, series, steps, stepMs, startAt, resolution = 0.1 }) {
  const built = []
  const digits = resolution === 0 ? 0 : Math.round(1 / resolution)
  for (let stream = 0; stream < streams; stream += 1) {
    const roll = dice(stream + 1)
    const labels = Array.from({ length: series }, (_, index) =>
      Buffer.concat(Object.entries(labelsOf(stream, index)).map(([name, value]) => label(name, value))),
    )
    const walk = Float64Array.from({ length: series }, () => 200 + roll() * 400)
    const bodies = []
    for (let step = 0; step < steps; step += 1) {
      const at = varint(startAt + step * stepMs)
      const parts = []
      let sum = 0
      for (let index = 0; index < series; index += 1) {
        walk[index] = Math.max(60, walk[index] + (roll() - 0.5) * 8)
        const watts = digits === 0 ? walk[index] : Math.round(walk[index] * digits) / digits
        sum += watts
        const value = Buffer.allocUnsafe(9)
        value[0] = 9
        value.writeDoubleLE(watts, 1)
        const sample = field(2, Buffer.concat([value, Buffer.of(16), at]))
        const inner = labels[index].length + sample.length
        parts.push(Buffer.of(10), varint(inner), labels[index], sample)
      }
      bodies.push({ body: snappyCompress(Buffer.concat(parts)), samples: series, sum })
    }
    built.push(bodies)
  }
  return { streams: built, samples: streams * series * steps }
}
