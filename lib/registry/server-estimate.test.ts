import { expect, test } from 'vitest'
import { shippedTables } from '@/lib/factors/fixtures'
import { embodiedOptions } from './embodied-options'
import { serverEstimate } from './server-estimate'

const R740 = {
  cpus: 2,
  cpu_cores: 28,
  cpu_mm2_per_core: 24.5,
  ram_modules: 12,
  ram_gb_per_module: 32,
  ram_gb_per_cm2: 1.79,
  ssds: 1,
  ssd_gb_each: 400,
  ssd_gb_per_cm2: 50.6,
  hdds: 0,
  psus: 2,
  psu_kg_each: 2.99,
  gpus: 0,
  gpu_kg_each: 0,
  case: 'rack' as const,
}

test('a server is the sum of its parts, each with the coefficients that it was made of', () => {
  const { embodied_kg, parts } = serverEstimate(shippedTables(), R740)
  // METHOD §4 by hand: 2 × (28 × 24.5 × 0.0197 + 9.14) + 12 × (32 ÷ 1.79 × 2.2 + 5.22) + (400 ÷ 50.6 × 2.2 + 6.34) + 66.1 + 2 × 2.99 × 24.3 + 150 + 6.68
  expect(embodied_kg).toBeCloseTo(45.3084 + 534.5953 + 23.7313 + 66.1 + 145.314 + 150 + 6.68, 3)
  expect(parts.reduce((sum, { kg }) => sum + (kg as number), 0)).toBeCloseTo(embodied_kg as number, 9)
  expect(parts.find(({ part }) => part === 'CPU')?.factors.map(({ id, value }) => [id, value])).toEqual([
    ['embodied-part:cpu-die', 0.0197],
    ['embodied-part:cpu-base', 9.14],
  ])
})

test('a blade has a blade’s case, and accelerators count as entered', () => {
  const tables = shippedTables()
  const rack = serverEstimate(tables, R740).embodied_kg as number
  const blade = serverEstimate(tables, { ...R740, case: 'blade', gpus: 8, gpu_kg_each: 164 }).embodied_kg as number
  expect(blade - rack).toBeCloseTo(30.9 - 150 + 8 * 164, 9)
})

test('the library’s products are offered best basis first, recalled last, with what their device is known to draw', () => {
  const options = embodiedOptions(shippedTables())
  expect(options.length).toBeGreaterThan(60)
  const bases = options.filter(({ is_recalled }) => !is_recalled).map(({ basis }) => basis)
  expect(bases.indexOf('proxy')).toBeGreaterThan(bases.lastIndexOf('pcf'))
  expect(options.find(({ id }) => id === 'embodied:accelerator:h100-sxm5-80gb')).toMatchObject({
    embodied_kg: 164,
    basis: 'pcf',
    tdp_w: 700,
    peak_tflops: 989,
  })
  expect(options.every(({ embodied_kg }) => embodied_kg > 0)).toBe(true)
})
