import { attributesOf, type FactorRow, slug } from './factor-row'
import type { HardwareRow } from './library-files'

/** Comes in: accelerators_cpus.csv. Goes out: one factor of the device (value: its power) and one of its embodied carbon. PURE. */

export const hardwareId = (row: Pick<HardwareRow, 'kind' | 'name'>): string =>
  `${row.kind === 'cpu' ? 'cpu' : 'accelerator'}:${slug(row.name)}`

const ITEM = {
  zone: null,
  countryIso3: null,
  level: 'item',
  profile: null,
  basis: null,
  sourceUrl: null,
} as const

const deviceFactor = (row: HardwareRow): FactorRow => ({
  ...ITEM,
  id: hardwareId(row),
  kind: row.kind === 'cpu' ? 'cpu' : 'accelerator',
  name: row.name,
  subject: row.name,
  // The year of its launch is an attribute: a device's power is bound to no year.
  year: null,
  value: row.tdp_w,
  unit: 'W',
  gases: null,
  source: row.tdp_source ?? 'no publication found',
  licence: 'facts',
  status: row.tdp_w === null && row.tdp_status !== 'not-found' ? 'not-published' : row.tdp_status,
  note: row.note,
  attributes: attributesOf({
    vendor: row.vendor,
    device: row.kind,
    tdp_w: row.tdp_w,
    memory_gb: row.memory_gb,
    memory_bandwidth_tb_s: row.mem_bw_tb_s,
    memory_status: row.memory_status,
    peak_fp32_tflops: row.peak_dense_tflops_fp32,
    peak_tf32_tflops: row.peak_dense_tflops_tf32,
    peak_bf16_tflops: row.peak_dense_tflops_bf16_fp16,
    peak_fp8_tflops: row.peak_dense_tflops_fp8,
    peak_fp4_tflops: row.peak_dense_tflops_fp4,
    measured_bf16_tflops: row.measured_matmul_tflops_bf16,
    tflops_status: row.tflops_status,
    spec_status: row.spec_status,
    spec_source: row.spec_source,
    launch_year: row.launch_year,
    launch_status: row.launch_status,
    embodied_kg: row.embodied_kgco2e,
    embodied_status: row.embodied_status,
    embodied_source: row.embodied_source,
    usd_per_hour: row.usd_per_hour,
    price_status: row.price_status,
    price_date: row.price_date,
    price_source: row.price_source,
  }),
})

/** `assumption (range 127.6–318)` about 150 → the wider side as a share: (318 − 150) ÷ 150. */
const u95OfRange = (status: string, value: number): number | null => {
  const range = /([\d.]+)–([\d.]+)/.exec(status)
  if (!range) return null
  return Number((Math.max(Number(range[2]) - value, value - Number(range[1])) / value).toPrecision(3))
}

const embodiedFactor = (row: HardwareRow): FactorRow[] =>
  row.embodied_kgco2e === null
    ? []
    : [
        {
          ...ITEM,
          id: `embodied:${hardwareId(row)}`,
          kind: 'embodied',
          name: `${row.name}, embodied, cradle to gate`,
          subject: row.name,
          year: null,
          value: row.embodied_kgco2e,
          unit: 'kg/device',
          gases: 'CO2e',
          source: row.embodied_source ?? 'no publication found',
          licence: row.kind === 'cpu' ? 'ODbL 1.0 (Boavizta)' : 'single published figures',
          status: row.embodied_status,
          note: row.kind === 'cpu' ? 'package only' : 'without host, chassis and network',
          u95: u95OfRange(row.embodied_status, row.embodied_kgco2e),
          attributes: attributesOf({ device: row.kind, hardware: hardwareId(row), vendor: row.vendor }),
        },
      ]

export const hardwareFactors = (rows: HardwareRow[]): FactorRow[] =>
  rows.flatMap((row) => [deviceFactor(row), ...embodiedFactor(row)])
