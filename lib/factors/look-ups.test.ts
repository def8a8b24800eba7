import { describe, expect, it } from 'vitest'
import { embodiedOf } from './embodied-of'
import { shippedTables } from './fixtures'
import { fuelOf, fuelUpstreamOf } from './fuel-of'
import { gwpOf } from './gwp-of'
import { hardwareCandidates, hardwareOf } from './hardware-of'
import { instanceOf } from './instance-of'
import { lossOf } from './loss-of'
import { residualOf, residualRowOf } from './residual-of'
import { upstreamOf } from './upstream-of'
import { sourceWaterOf, wueOf } from './wue-of'

const tables = shippedTables()

describe('residualOf', () => {
  it('takes the mix of the year, else the closest', () => {
    expect(residualOf(tables, 'DE', 2025)).toMatchObject({ value: 701.47, tier: 3, outdated: false, unit: 'g/kWh' })
    expect(residualOf(tables, 'DE', 2024)?.value).toBe(724.56)
    expect(residualOf(tables, 'DE', 2026)?.factor.id).toBe('residual:DE:2025')
    expect(residualOf(tables, 'SE-SE3', 2025)?.value).toBe(208.56)
    expect(residualOf(tables, 'DE', 2021)).toMatchObject({ value: 724.56, outdated: true, tier: 5 })
  })

  it('a country of full disclosure has none: null, never 0', () => {
    for (const zone of ['AT', 'NL']) {
      expect(residualOf(tables, zone, 2025)).toBeNull()
      expect(residualRowOf(tables, zone, 2025)).toMatchObject({ value: null, status: 'not-published' })
    }
  })

  it('an outdated number is not taken past a newer row that has none', () => {
    expect(residualOf(tables, 'GB', 2025)).toBeNull()
    expect(residualOf(tables, 'GB', 2018)).toMatchObject({ value: 380.96, outdated: true })
    // 2020 is a life-cycle figure: kept in the register, never chosen.
    expect(residualOf(tables, 'NO-NO1', 2020)?.value).toBe(280.49)
  })

  it('a US zone takes its subregion, else the national average, both flagged as outdated', () => {
    expect(residualOf(tables, 'US-CAL-CISO', 2025)).toMatchObject({ value: 240.141, outdated: true, tier: 5 })
    expect(residualOf(tables, 'eGRID:RFCW', 2025)?.value).toBe(564.251)
    expect(residualOf(tables, 'US-NY-NYIS', 2025)?.value).toBe(460.365)
    expect(residualOf(tables, 'QQ', 2025)).toBeNull()
  })

  it('a zone that takes its year from a subregion takes its residual mix from there too', () => {
    for (const zone of ['US-MIDA-PJM', 'US-CAR-DUK', 'US-CAR-SC', 'US-CAR-SCEG'])
      expect(residualOf(tables, zone, 2025)).toMatchObject({
        value: 366.199,
        factor: { id: 'residual:egrid:SRVC:2018' },
      })
    expect(lossOf(tables, 'US-MIDA-PJM')).toMatchObject({ fraction: 0.042, tier: 3, factor: { id: 'loss:egrid:SRVC' } })
    expect(residualOf(tables, 'US-NW-NEVP', 2025)?.value).toBe(474.108)
    // An own direct factor in place of the shipped one moves no residual mix.
    const own = { ...tables, factorsByZone: new Map(tables.factorsByZone) }
    own.factorsByZone.delete('US-MIDA-PJM')
    expect(residualOf(own, 'US-MIDA-PJM', 2025)?.value).toBe(366.199)
  })
})

describe('lossOf', () => {
  it('is a share of generation, or a published figure per kWh', () => {
    expect(lossOf(tables, 'DE')).toMatchObject({ fraction: 0.0388, gPerKwh: null, tier: 4 })
    expect(lossOf(tables, 'US-CAL-CISO')).toMatchObject({ fraction: 0.041, tier: 3 })
    expect(lossOf(tables, 'US-NY-NYIS')).toMatchObject({ fraction: 0.042, tier: 4 })
    expect(lossOf(tables, 'GB')).toMatchObject({ fraction: null, gPerKwh: 18.53 })
  })

  it('a recalled row stands in only where no confirmed one is known, flagged', () => {
    expect(lossOf(tables, 'BR-CS')).toMatchObject({ fraction: 0.16, isRecalled: true, tier: 5 })
    // Its own ratio says nothing of its grid; the world's is recalled.
    expect(lossOf(tables, 'LT')).toMatchObject({ fraction: 0.08, isRecalled: true, tier: 5 })
  })

  it('an average that holds its losses says so, so that they are not added again', () => {
    expect(lossOf(tables, 'JP-TK')).toMatchObject({ fraction: 0.043 })
    expect(tables.factors.get('grid-direct:JP-TK:2024:moe')?.attributes).toEqual({ losses_included: true })
    expect(tables.factors.get('grid-direct:DE:2023:eea')?.attributes).toBeNull()
  })
})

it('upstreamOf takes a published figure; where there is none it is unknown', () => {
  expect(upstreamOf(tables, 'GB', 2025)).toMatchObject({ value: 45.9, tier: 5, factor: { id: 'wtt:GB:2025' } })
  expect(upstreamOf(tables, 'DE', 2025)).toBeNull()
})

describe('wueOf', () => {
  it('region, then fleet, then an assumption; the fleet value printed beside a region is the fleet’s', () => {
    expect(wueOf(tables, { cloudRegion: 'aws:ap-northeast-1', deployment: 'cloud' })).toMatchObject({
      value: 0.91,
      tier: 3,
    })
    expect(wueOf(tables, { cloudRegion: 'aws:ap-east-1', deployment: 'cloud' })).toMatchObject({ value: 0.15, tier: 4 })
    expect(wueOf(tables, { provider: 'Google Cloud', deployment: 'api' })).toMatchObject({ value: 0.99, tier: 5 })
    expect(wueOf(tables, { cloudRegion: 'aws:ap-northeast-1', deployment: 'owned' })).toBeNull()
    expect(wueOf(tables, { deployment: 'cloud' })).toBeNull()
  })

  it('water of generation is known for the US alone, and recalled', () => {
    // 3.142 L/kWh; no π.
    const found = sourceWaterOf(tables, 'US-CAL-CISO')
    expect(found?.value.toFixed(3)).toBe('3.142')
    expect(found).toMatchObject({ isRecalled: true, tier: 5 })
    expect(sourceWaterOf(tables, 'DE')).toBeNull()
  })
})

describe('hardwareOf', () => {
  it.each([
    ['NVIDIA H100 80GB HBM3', 'accelerator:h100-sxm5-80gb'],
    ['NVIDIA H100 PCIe', 'accelerator:h100-pcie-80gb'],
    ['H100 SXM', 'accelerator:h100-sxm5-80gb'],
    ['A100-SXM4-40GB', 'accelerator:a100-sxm4-40gb'],
    ['NVIDIA A100-SXM4-80GB', 'accelerator:a100-sxm4-80gb'],
    ['NVIDIA A100 80GB PCIe', 'accelerator:a100-pcie-80gb'],
    ['Tesla V100-SXM2-16GB', 'accelerator:v100-sxm2-16-32gb'],
    ['Tesla T4', 'accelerator:t4'],
    ['NVIDIA L40S', 'accelerator:l40s'],
    ['NVIDIA GeForce RTX 4090', 'accelerator:rtx-4090'],
    ['NVIDIA B200', 'accelerator:b200-sxm-180gb'],
    ['NVIDIA H200', 'accelerator:h200-sxm-141gb'],
    ['AMD Instinct MI300X', 'accelerator:mi300x'],
    ['TPU v4', 'accelerator:tpu-v4'],
    ['accelerator:t4', 'accelerator:t4'],
    ['Intel(R) Xeon(R) Platinum 8480+', 'cpu:xeon-platinum-8480'],
    ['AMD EPYC 9654', 'cpu:epyc-9654'],
  ])('%s is %s', (name, id) => {
    expect(hardwareOf(tables, name)?.id).toBe(id)
  })

  it.each(['Tesla V100', 'A100', 'H100', 'A100 80GB', 'nothing', '', 'NVIDIA'])('never guesses: %s', (name) => {
    expect(hardwareOf(tables, name)).toBeNull()
  })

  it('names what an ambiguous name may mean', () => {
    expect(hardwareCandidates(tables, 'Tesla V100').map((row) => row.name)).toEqual([
      'V100 PCIe 16GB',
      'V100 SXM2 16/32GB',
    ])
  })

  it('a power that nobody publishes is null', () => {
    expect(hardwareOf(tables, 'TPU v5e')).toMatchObject({ tdpW: null, peakBf16Tflops: 197, status: 'not-published' })
  })
})

it('instanceOf knows what is in it and what its price is of', () => {
  expect(instanceOf(tables, 'AWS', 'p5.48xlarge')).toMatchObject({
    accelerators: 8,
    usdPerHour: 55.04,
    hardware: { id: 'accelerator:h100-sxm5-80gb', tdpW: 700 },
  })
  expect(instanceOf(tables, null, 'ND96isr_H100_v5')?.accelerators).toBe(8)
  expect(instanceOf(tables, 'GCP', 'a3-highgpu-8g')?.priceBoundary).toMatch(/VM part only/)
  expect(instanceOf(tables, 'AWS', 'p9.huge')).toBeNull()
})

it('fuelOf asks for a unit where a fuel has several, and splits by gas where the source does', () => {
  expect(fuelOf(tables, 'diesel-mineral')).toMatchObject({
    value: 2.66155,
    unit: 'kg/l',
    gwpSet: 'AR5',
    gasesKg: { co2: 2.62818, ch4: 0.00029, n2o: 0.03308 },
  })
  expect(fuelUpstreamOf(tables, 'fuel:diesel-mineral')?.value).toBe(0.62409)
  expect(fuelOf(tables, 'natural gas')).toBeNull()
  expect(fuelOf(tables, 'natural gas', 'kWh gross')?.value).toBe(0.1829)
  expect(fuelOf(tables, 'fuel:natural-gas:m3')?.value).toBe(2.04542)
})

it('gwpOf knows both sets and other names of a gas', () => {
  expect(gwpOf(tables, 'R-410A', 'AR6')?.value).toBe(2255.5)
  expect(gwpOf(tables, 'R410A', 'AR5')?.value).toBe(1923.5)
  expect(gwpOf(tables, 'R-134a', 'AR6')?.value).toBe(1530)
  expect(gwpOf(tables, 'CH4', 'AR6')?.value).toBe(27.9)
  expect(gwpOf(tables, 'R-9', 'AR6')).toBeNull()
})

it('embodiedOf says what the value rests on; a suspect row is no value', () => {
  expect(embodiedOf(tables, 'NVIDIA H100 80GB HBM3')).toMatchObject({ value: 164, basis: 'pcf', tier: 3 })
  expect(embodiedOf(tables, 'A100-SXM4-40GB')).toMatchObject({ value: 150, basis: 'proxy', u95: 1.12 })
  expect(embodiedOf(tables, 'Dell PowerEdge R740')).toMatchObject({ value: 1313.3, basis: 'pcf' })
  expect(embodiedOf(tables, 'EPYC 7763')).toMatchObject({ value: 30.1, basis: 'bottom-up' })
  expect(embodiedOf(tables, 'HPE DL360 Gen10')).toBeNull()
  expect(embodiedOf(tables, 'NVIDIA HGX H200 baseboard')).toBeNull()
  expect(embodiedOf(tables, 'MI300X')).toBeNull()
})
