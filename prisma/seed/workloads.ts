import type { Place } from './places'

export type Stage = 'data-preparation' | 'training' | 'fine-tuning' | 'evaluation' | 'inference'

/** Hardware, and what one piece draws at full load with its share of the server, kW. */
export const HARDWARE = {
  h100: { name: 'H100-SXM5-80GB', kw: 0.9 },
  a100: { name: 'A100-SXM4-80GB', kw: 0.52 },
  l40s: { name: 'L40S', kw: 0.42 },
  tpu: { name: 'TPU v5e', kw: 0.24 },
  cpu: { name: 'EPYC 9654 node', kw: 0.72 },
} as const

export type Hardware = keyof typeof HARDWARE

/** How busy the hardware is at an instant, 0 … 1; asked once for each step of the workload, in order of time. */
export type Load = (at: number) => number

export interface Workload {
  kind: 'run' | 'service'
  name: string
  team: string
  model: string
  stage: Stage
  place: Place
  hardware: Hardware
  count: number
  start: number
  end: number
  load: () => Load
  /** How it is metered: hourly counters of so many racks, or power at a cadence in minutes. A cloud tells hourly energies itself. */
  telemetry: { counters: number } | { powerEveryMinutes: number; silences: [from: number, to: number][] }
  /** A rack's counter starts again at zero. */
  resetAt?: number
}
