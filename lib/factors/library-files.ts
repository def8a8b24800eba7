import { z } from 'zod'
import { positiveOrNull, rowsOf, text, textOrNull, yearOrNull } from './csv-file'

/** Comes in: the shipped files of everything but the grid averages. Goes out: their rows, typed. */

const residualRow = z.object({
  country: text,
  iso3: text,
  year: yearOrNull,
  residual_gco2_per_kwh: positiveOrNull,
  gases: textOrNull,
  note: textOrNull,
  source: textOrNull,
  source_read_in: textOrNull,
  licence: textOrNull,
  status: text,
  region: textOrNull,
})

const lossRow = z.object({
  zone: text,
  metric: text,
  value: positiveOrNull,
  unit: text,
  year: textOrNull,
  source: text,
  status: text,
  note: textOrNull,
})

const hardwareRow = z.object({
  name: text,
  vendor: text,
  kind: z.enum(['gpu', 'superchip', 'asic', 'tpu', 'cpu']),
  tdp_w: positiveOrNull,
  memory_gb: positiveOrNull,
  peak_dense_tflops_fp32: positiveOrNull,
  peak_dense_tflops_tf32: positiveOrNull,
  peak_dense_tflops_bf16_fp16: positiveOrNull,
  peak_dense_tflops_fp8: positiveOrNull,
  peak_dense_tflops_fp4: positiveOrNull,
  measured_matmul_tflops_bf16: positiveOrNull,
  mem_bw_tb_s: positiveOrNull,
  launch_year: yearOrNull,
  embodied_kgco2e: positiveOrNull,
  embodied_source: textOrNull,
  embodied_status: text,
  usd_per_hour: positiveOrNull,
  price_source: textOrNull,
  price_status: textOrNull,
  price_date: textOrNull,
  tdp_source: textOrNull,
  tdp_status: text,
  spec_status: text,
  spec_source: textOrNull,
  memory_status: text,
  tflops_status: text,
  launch_status: text,
  note: textOrNull,
})

const instanceRow = z.object({
  provider: text,
  instance: text,
  accelerator: text,
  accelerator_row: textOrNull,
  count: positiveOrNull,
  accel_mem_gb_each: positiveOrNull,
  vcpu: positiveOrNull,
  memory_gib: positiveOrNull,
  usd_per_hour_on_demand: positiveOrNull,
  price_boundary: textOrNull,
  price_region: textOrNull,
  price_date: textOrNull,
  price_status: textOrNull,
  price_source: textOrNull,
  spec_status: textOrNull,
  spec_source: textOrNull,
  status: text,
  note: textOrNull,
})

const coefficientRow = z.object({
  category: text,
  item: text,
  value: positiveOrNull,
  unit: text,
  source: textOrNull,
  status: text,
  note: textOrNull,
})

const technologyRow = z.object({
  technology: text,
  basis: text,
  gco2e_per_kwh: positiveOrNull,
  source: text,
  status: text,
  note: textOrNull,
})

const fuelRow = z.object({
  type: z.enum(['fuel_scope1', 'fuel_wtt_scope3_cat3', 'water', 'gwp100_AR5', 'gwp100_AR6', 'leak_rate']),
  item: text,
  value: positiveOrNull,
  unit: text,
  source: text,
  status: text,
  note: textOrNull,
})

const hourlySourceRow = z.object({
  source: text,
  repo_or_url: text,
  path: textOrNull,
  zones: textOrNull,
  years: textOrNull,
  rows_per_zone_year: textOrNull.transform((cell) => (cell && Number.isFinite(Number(cell)) ? Number(cell) : null)),
  columns: textOrNull,
  licence: textOrNull,
  brought: textOrNull,
  note: textOrNull,
})

export type ResidualRow = z.infer<typeof residualRow>
export type LossRow = z.infer<typeof lossRow>
export type HardwareRow = z.infer<typeof hardwareRow>
export type InstanceRow = z.infer<typeof instanceRow>
export type CoefficientRow = z.infer<typeof coefficientRow>
export type TechnologyRow = z.infer<typeof technologyRow>
export type FuelRow = z.infer<typeof fuelRow>
export type HourlySourceRow = z.infer<typeof hourlySourceRow>

export interface LibraryFiles {
  residuals: ResidualRow[]
  losses: LossRow[]
  hardware: HardwareRow[]
  instances: InstanceRow[]
  coefficients: CoefficientRow[]
  technologies: TechnologyRow[]
  fuels: FuelRow[]
  hourlySources: HourlySourceRow[]
}

export const readLibraryFiles = (): LibraryFiles => ({
  residuals: rowsOf('residual_mix.csv', residualRow),
  losses: rowsOf('td_wtt.csv', lossRow),
  hardware: rowsOf('accelerators_cpus.csv', hardwareRow),
  instances: rowsOf('instances.csv', instanceRow),
  coefficients: rowsOf('server_storage_network_coeffs.csv', coefficientRow),
  technologies: rowsOf('technology_factors.csv', technologyRow),
  fuels: rowsOf('fuels_refrigerants.csv', fuelRow),
  hourlySources: rowsOf('hourly_sources.csv', hourlySourceRow),
})
