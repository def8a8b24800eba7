import { amortisedEmbodied, embodiedPerDevice, embodiedRate } from '@/lib/accounting/embodied/amortised'
import { cradleToGate } from '@/lib/accounting/embodied/product-footprint'
import { energyOfDevices, meanPowerOf } from '@/lib/accounting/energy-models/device-hours'
import { flopsOf } from '@/lib/accounting/energy-models/flops'
import { deviceHoursOfFlops, elapsedOf, mfuOf } from '@/lib/accounting/energy-models/mfu'
import { developmentOf, developmentShare } from '@/lib/accounting/life-cycle/total'
import { facilityEnergyWith } from '@/lib/accounting/ratios/pue'
import { facilityWater } from '@/lib/accounting/ratios/workload-water'
import { locationBasedOf } from '@/lib/accounting/scope-2/location-based'
import { marketBasedOf } from '@/lib/accounting/scope-2/market-based'
import {
  deviceHoursAs,
  type EnergyUnitSymbol,
  energyAs,
  energyFrom,
  flopsPerSecondAs,
  flopsPerSecondIn,
  hoursFrom,
  intensityIn,
  type MassUnitName,
  massAs,
  massIn,
  powerFrom,
  waterAs,
  waterIn,
} from '@/lib/units/measure'
import { deviceHoursOf, gramsOf, intensityOf, kilogramsOf, ratioOf, sumOf } from '@/lib/units/products'
import {
  deviceHours,
  flops,
  flopsPerSecond,
  type GramsCO2ePerKilowattHour,
  gramsCO2e,
  gramsPerKilowattHour,
  type KilowattHours,
  kilogramsCO2e,
  kilowattHours,
  litresPerKilowattHour,
  pue,
  scale,
  share,
  value,
  watts,
} from '@/lib/units/quantity'
import { type Adapter, estimated, type Given } from './case'

// Adapters rename inputs, pick a public function and name units. They hold no arithmetic: accuracy.test.ts reads this file.

const tonnes = (kg: number | null): number | null => (kg === null ? null : massAs(massIn(kg, 'kg'), 't'))
const energyIn = (kwh: number | null, unit: EnergyUnitSymbol): number | null =>
  kwh === null ? null : energyAs(kilowattHours(kwh), unit)
const emitted = (energy: KilowattHours, intensity: GramsCO2ePerKilowattHour, unit: MassUnitName): number =>
  massAs(locationBasedOf([{ energy, intensity }]), unit)

/** Mean power, hours of one or more devices, PUE and intensity. */
interface Job {
  power: ReturnType<typeof watts>
  count: number
  hours: number
  pue: number
  intensity: GramsCO2ePerKilowattHour
}

const job = ({ power, count, hours, pue: overhead, intensity }: Job) => {
  const it = energyOfDevices(power, deviceHoursOf(count, hours))
  const facility = facilityEnergyWith(it, 'it', pue(overhead))
  const answer = estimated({
    watts: value(power),
    count,
    hours,
    pue: overhead,
    grid_g_per_kwh: value(intensity),
    embodied: null,
  })
  return {
    energy: (unit: EnergyUnitSymbol) => ({
      formula: energyAs(facility, unit),
      estimate: energyIn(answer.facility_kwh, unit),
    }),
    itEnergy: (unit: EnergyUnitSymbol) => ({
      formula: energyAs(it, unit),
      estimate: energyIn(answer.energy_kwh, unit),
    }),
    mass: (unit: MassUnitName) => ({
      formula: emitted(facility, intensity, unit),
      estimate: answer.location_kg === null ? null : massAs(massIn(answer.location_kg, 'kg'), unit),
    }),
  }
}

const seed: Adapter = (given) => {
  const done = job({
    power: powerFrom(given.number('kw'), 'kW'),
    count: given.number('gpus'),
    hours: given.number('hours'),
    pue: 1,
    intensity: intensityIn(given.number('t_per_kwh'), 't', 'kWh'),
  })
  return { energy_kwh: done.energy('kWh'), emissions_t: done.mass('t') }
}

const strubell: Adapter = (given) => {
  const done = job({
    power: watts(given.number('watts')),
    count: 1,
    hours: given.number('hours'),
    pue: given.number('pue'),
    intensity: intensityIn(given.number('lb_per_kwh'), 'lb', 'kWh'),
  })
  return { energy_kwh_pue: done.energy('kWh'), emissions_lb: done.mass('lb'), emissions_kg: done.mass('kg') }
}

const patterson: Adapter = (given) => {
  const chips = given.number('chips')
  const done = job({
    power: watts(given.number('watts')),
    count: chips,
    hours: hoursFrom(given.number('days'), 'd'),
    pue: given.number('pue'),
    intensity: intensityIn(given.number('ci_kg'), 'kg', 'kWh'),
  })
  const hours = deviceHoursOfFlops(
    flops(given.number('flops')),
    flopsPerSecondIn(given.number('tflops'), 'TFLOP'),
    share(1),
  )
  const { device_hours } = estimated({
    flops: given.number('flops'),
    peak_tflops: given.number('tflops'),
    mfu: 1,
    watts: given.number('watts'),
    count: chips,
    pue: given.number('pue'),
  })
  const days = (total: number | null) =>
    total === null ? null : deviceHoursAs(elapsedOf(deviceHours(total), chips), 'd')
  return {
    energy_mwh: done.energy('MWh'),
    emissions_t: done.mass('t'),
    days_from_flops: { formula: days(value(hours)), estimate: days(device_hours) },
  }
}

const ofMegawattHours = (given: Given, name: string) => {
  const energy = energyFrom(given.number('mwh'), 'MWh')
  const intensity = intensityIn(given.number(name), 'kg', 'kWh')
  const answer = estimated({
    energy_kwh: value(energy),
    energy_boundary: 'facility',
    grid_g_per_kwh: value(intensity),
    market_g_per_kwh: value(intensity),
  })
  const rates = { supplier: intensity, residual: null, location: null }
  const { mass } = marketBasedOf(energy, [], rates)
  return {
    location: { formula: emitted(energy, intensity, 't'), estimate: tonnes(answer.location_kg) },
    market: { formula: mass === null ? null : massAs(mass, 't'), estimate: tonnes(answer.market_kg) },
  }
}

const googleNet: Adapter = (given) => ({
  gross_t: ofMegawattHours(given, 'ci_gross').location,
  net_t: ofMegawattHours(given, 'ci_net').market,
})

const glam: Adapter = (given) => ({ net_t: ofMegawattHours(given, 'ci_net').market })

const gpt3Mfu: Adapter = (given) => ({
  mfu: {
    formula: bare(
      mfuOf(
        flops(given.number('flops')),
        deviceHoursOf(given.number('chips'), hoursFrom(given.number('days'), 'd')),
        flopsPerSecond(given.number('peak')),
      ),
    ),
  },
})

const bare = <U extends string>(quantity: Parameters<typeof value<U>>[0] | null): number | null =>
  quantity === null ? null : value(quantity)

const trained = (parameters: number, tokens: number) => flopsOf(parameters, tokens, '6ND')

const deepseek: Adapter = (given) => {
  const work = trained(given.number('n_active'), given.number('d'))
  const answer = estimated({
    flops: { parameters: given.number('n_active'), tokens: given.number('d'), rule: '6ND' },
    hours: given.number('h'),
    watts: 0,
  })
  return {
    flops: { formula: value(work), estimate: answer.flops },
    mfu: { formula: bare(mfuOf(work, deviceHours(given.number('h')), flopsPerSecond(given.number('peak')))) },
  }
}

const llamaMfu: Adapter = (given) => ({
  mfu: {
    formula: bare(
      mfuOf(
        trained(given.number('n'), given.number('d')),
        deviceHours(given.number('gpu_h')),
        flopsPerSecond(given.number('peak')),
      ),
    ),
  },
})

const inferenceFlops: Adapter = (given) => {
  const work = flopsOf(given.number('n'), given.number('tokens'), '2ND')
  const peak = flopsPerSecond(given.number('peak'))
  const hours = deviceHoursOfFlops(work, peak, share(given.number('mfu')))
  const it = energyOfDevices(watts(given.number('watts')), hours)
  const { facility_kwh } = estimated({
    flops: { parameters: given.number('n'), tokens: given.number('tokens'), rule: '2ND', mfu: given.number('mfu') },
    peak_tflops: flopsPerSecondAs(peak, 'TFLOP'),
    watts: given.number('watts'),
    pue: given.number('pue'),
  })
  return {
    energy_wh: {
      formula: energyAs(facilityEnergyWith(it, 'it', pue(given.number('pue'))), 'Wh'),
      estimate: energyIn(facility_kwh, 'Wh'),
    },
  }
}

const bloom: Adapter = (given) => {
  const done = job({
    power: powerFrom(given.number('kw'), 'kW'),
    count: 1,
    hours: given.number('gpu_h'),
    pue: 1,
    intensity: gramsPerKilowattHour(given.number('g')),
  })
  return { energy_kwh: done.energy('kWh'), emissions_t: done.mass('t') }
}

const bloomIdle: Adapter = (given) => {
  const idle = kilowattHours(given.number('idle_kwh'))
  const intensity = gramsPerKilowattHour(given.number('g'))
  const all = sumOf(kilowattHours(0), [idle, kilowattHours(given.number('dyn_kwh'))])
  const answer = estimated({ energy_kwh: value(idle), energy_boundary: 'facility', grid_g_per_kwh: value(intensity) })
  return {
    idle_t: { formula: emitted(idle, intensity, 't'), estimate: tonnes(answer.location_kg) },
    idle_share_of_energy: { formula: ratioOf(idle, all) },
  }
}

const embodiedOver = (kg: ReturnType<typeof kilogramsCO2e>, hours: number, lifeHours: number) => ({
  formula: massAs(gramsOf(amortisedEmbodied(kg, { deviceHours: hours, lifeHours, share: share(1) })), 't'),
  estimate: tonnes(
    estimated({ hours, embodied: { kg_per_device: value(kg), life_hours: lifeHours, share: 1 } }).embodied_kg,
  ),
})

const bloomEmbodied: Adapter = (given) => {
  const hours = given.number('gpu_h')
  const life = given.number('life_h')
  const gpu = kilogramsCO2e(given.number('gpu_kg'))
  const server = embodiedPerDevice(kilogramsCO2e(given.number('server_kg')), given.number('gpus_per_server'))
  const both = sumOf(kilogramsCO2e(0), [gpu, server])
  return {
    gpu_t: embodiedOver(gpu, hours, life),
    server_t: embodiedOver(server, hours, life),
    total_t: embodiedOver(both, hours, life),
  }
}

const llama: Adapter = (given) => {
  const done = job({
    power: watts(given.number('w')),
    count: 1,
    hours: given.number('gpu_h'),
    pue: given.number('pue'),
    intensity: intensityIn(given.number('kg'), 'kg', 'kWh'),
  })
  return { mwh: done.energy('MWh'), t: done.mass('t') }
}

const llama2Total: Adapter = (given) => {
  const stage = (name: string, power: number, hours: number) => ({
    name,
    watts: power,
    hours,
    count: 1,
    pue: given.number('pue'),
    grid_g_per_kwh: value(intensityIn(given.number('kg'), 'kg', 'kWh')),
  })
  const answer = estimated({
    stages: [stage('400 W', 400, given.number('h400')), stage('350 W', 350, given.number('h350'))],
  })
  const energy = sumOf(kilowattHours(0), [
    energyOfDevices(watts(400), deviceHours(given.number('h400'))),
    energyOfDevices(watts(350), deviceHours(given.number('h350'))),
  ])
  const hours = sumOf(deviceHours(0), [deviceHours(given.number('h400')), deviceHours(given.number('h350'))])
  const facility = facilityEnergyWith(energy, 'it', pue(given.number('pue')))
  return {
    gpu_h: { formula: value(hours), estimate: answer.device_hours },
    t: {
      formula: emitted(facility, intensityIn(given.number('kg'), 'kg', 'kWh'), 't'),
      estimate: tonnes(answer.location_kg),
    },
  }
}

const llama3 = (given: Given) =>
  job({
    power: watts(given.number('w')),
    count: 1,
    hours: given.number('gpu_h'),
    pue: 1,
    intensity: intensityIn(given.number('f'), 't', 'MWh'),
  })

const llama3Small: Adapter = (given) => ({ t: llama3(given).mass('t') })

const llama31: Adapter = (given) => {
  const load = energyOfDevices(watts(given.number('w')), deviceHours(given.number('gpu_h')))
  const matched = scale(load, given.number('matched'))
  const intensity = intensityIn(given.number('f'), 't', 'MWh')
  const none = gramsPerKilowattHour(0)
  const { mass } = marketBasedOf(load, [{ energy: matched, rate: none }], {
    supplier: null,
    residual: intensity,
    location: intensity,
  })
  const answer = estimated({
    watts: given.number('w'),
    hours: given.number('gpu_h'),
    count: 1,
    pue: 1,
    grid_g_per_kwh: value(intensity),
    residual_g_per_kwh: value(intensity),
    instruments: [{ mwh: energyAs(matched, 'MWh'), g_per_kwh: 0 }],
  })
  return {
    lb_t: llama3(given).mass('t'),
    mb_t: { formula: mass === null ? null : massAs(mass, 't'), estimate: tonnes(answer.market_kg) },
  }
}

const llama31Family: Adapter = (given) => ({
  t: {
    formula: massAs(sumOf(gramsCO2e(0), [tonnesOf(given, 'a'), tonnesOf(given, 'b'), tonnesOf(given, 'c')]), 't'),
  },
})
const tonnesOf = (given: Given, name: string) => massIn(given.number(name), 't')

const olmo: Adapter = (given) => {
  const it = energyFrom(given.number('mwh'), 'MWh')
  const facility = facilityEnergyWith(it, 'it', pue(given.number('pue')))
  const intensity = intensityIn(given.number('ci'), 'kg', 'kWh')
  const answer = estimated({
    energy_kwh: value(it),
    energy_boundary: 'it',
    pue: given.number('pue'),
    grid_g_per_kwh: value(intensity),
    wue_l_per_kwh: given.number('wue_on'),
    source_wue_l_per_kwh: given.number('wue_off'),
  })
  const water = facilityWater(facility, {
    site: litresPerKilowattHour(given.number('wue_on')),
    source: litresPerKilowattHour(given.number('wue_off')),
  })
  return {
    t: { formula: emitted(facility, intensity, 't'), estimate: tonnes(answer.location_kg) },
    // kL and m³ are one.
    kl: {
      formula: waterAs(water, 'm3'),
      estimate: answer.water_l === null ? null : waterAs(waterIn(answer.water_l, 'L'), 'm3'),
    },
  }
}

const morrisonEmbodied: Adapter = (given) => {
  const gpu = embodiedPerDevice(kilogramsCO2e(given.number('server_kg')), given.number('gpus'))
  return {
    kg_per_gpu: { formula: value(gpu) },
    kg_per_gpu_h: {
      formula: value(embodiedRate(gpu, given.number('life_h'), share(1))),
      estimate: estimated({
        hours: 1,
        embodied: { kg_per_device: value(gpu), life_hours: given.number('life_h'), share: 1 },
      }).embodied_kg,
    },
    t: embodiedOver(gpu, given.number('gpu_h'), given.number('life_h')),
  }
}

const morrisonTotal: Adapter = (given) => {
  const kg = (name: string) => kilogramsOf(tonnesOf(given, name))
  return {
    t: {
      formula: massAs(
        sumOf(gramsCO2e(0), [tonnesOf(given, 'dev'), tonnesOf(given, 'train'), tonnesOf(given, 'emb')]),
        't',
      ),
    },
    dev_share: { formula: developmentShare(kg('dev'), kg('train')) },
  }
}

/** Published beside the total: the energy of all of Olmo 3. */
const OLMO_3_GWH = 12.3
const olmo3: Adapter = (given) => {
  const total = tonnesOf(given, 'total')
  return {
    dev_t: { formula: massAs(gramsOf(developmentOf(kilogramsOf(total), share(given.number('dev_share')))), 't') },
    g_per_kwh: { formula: bare(intensityOf(total, energyFrom(OLMO_3_GWH, 'GWh'))) },
  }
}

const stableDiffusion: Adapter = (given) => ({
  kg: job({
    power: powerFrom(given.number('kw'), 'kW'),
    count: 1,
    hours: given.number('gpu_h'),
    pue: 1,
    intensity: intensityIn(given.number('kg'), 'kg', 'kWh'),
  }).mass('kg'),
})

const starCoder: Adapter = (given) => {
  const done = job({
    power: watts(given.number('w')),
    count: 1,
    hours: given.number('gpu_h'),
    pue: given.number('pue'),
    intensity: intensityIn(given.number('kg'), 'kg', 'kWh'),
  })
  return { kwh: done.itEnergy('kWh'), t: done.mass('t') }
}

const palm: Adapter = (given) => {
  const done = job({
    power: watts(given.number('w')),
    count: 1,
    hours: given.number('chip_h'),
    pue: given.number('pue'),
    intensity: intensityIn(given.number('kg'), 'kg', 'kWh'),
  })
  return { mwh: done.energy('MWh'), t: done.mass('t') }
}

const gopher: Adapter = (given) => {
  const it = energyFrom(given.number('mwh'), 'MWh')
  const intensity = intensityIn(given.number('kg'), 'kg', 'kWh')
  const answer = estimated({
    energy_kwh: value(it),
    energy_boundary: 'it',
    pue: given.number('pue'),
    grid_g_per_kwh: value(intensity),
  })
  const facility = facilityEnergyWith(it, 'it', pue(given.number('pue')))
  return { t: { formula: emitted(facility, intensity, 't'), estimate: tonnes(answer.location_kg) } }
}

const impliedPower: Adapter = (given) => ({
  w: {
    formula: bare(
      meanPowerOf(kilowattHours(given.number('kwh')), deviceHoursOf(given.number('gpus'), given.number('h'))),
    ),
  },
})

const gera: Adapter = (given) => {
  const done = job({
    power: powerFrom(given.number('kw'), 'kW'),
    count: given.number('gpus'),
    hours: given.number('h'),
    pue: given.number('pue'),
    intensity: gramsPerKilowattHour(given.number('g')),
  })
  return { kwh: done.energy('kWh'), t: done.mass('t') }
}

const hgx: Adapter = (given) => {
  const gpu = embodiedPerDevice(kilogramsCO2e(given.number('kg')), given.number('n'))
  const rate = embodiedRate(gpu, given.number('el'), share(1))
  const { embodied_kg } = estimated({
    hours: 1,
    embodied: { kg_per_device: value(gpu), life_hours: given.number('el'), share: 1 },
  })
  return {
    per_gpu: { formula: value(gpu) },
    g_per_gpu_h: {
      formula: massAs(gramsOf(rate), 'g'),
      estimate: embodied_kg === null ? null : massAs(massIn(embodied_kg, 'kg'), 'g'),
    },
  }
}

const GPUS_PER_BASEBOARD = 8
const hgxGenerations: Adapter = (given) => ({
  per_gpu: { formula: value(embodiedPerDevice(kilogramsCO2e(given.number('b')), GPUS_PER_BASEBOARD)) },
  ratio: { formula: ratioOf(kilogramsCO2e(given.number('b')), kilogramsCO2e(given.number('h'))) },
})

const dell: Adapter = (given) => ({
  kg: { formula: value(cradleToGate(kilogramsCO2e(given.number('total')), share(given.number('share')))) },
})

export const TRAINING_CASES: Record<string, Adapter> = {
  'SEED-01': seed,
  'STR-01': strubell,
  'STR-02': strubell,
  'STR-04': strubell,
  'PAT-01': patterson,
  'PAT-02': patterson,
  'PAT-03': patterson,
  'PAT-04': patterson,
  'PAT-05': patterson,
  'PAT-06': patterson,
  'PAT-07': googleNet,
  'P22-01': glam,
  'FLP-02': gpt3Mfu,
  'FLP-03': deepseek,
  'FLP-04': llamaMfu,
  'FLP-05': inferenceFlops,
  'BLM-01': bloom,
  'BLM-02': bloomIdle,
  'BLM-03': bloomEmbodied,
  'BLM-05': llama,
  'LLA-01': llama,
  'LLA-03': llama,
  'LLA-04': llama,
  'LLA-05': llama,
  'LL2-01': llama,
  'LL2-02': llama,
  'LL2-03': llama,
  'LL2-04': llama2Total,
  'LL3-01': llama3Small,
  'LL3-03': llama31,
  'LL3-04': llama31Family,
  'OLM-01': olmo,
  'OLM-02': olmo,
  'MOR-01': morrisonEmbodied,
  'MOR-02': morrisonTotal,
  'OLM-03': olmo3,
  'SD-01': stableDiffusion,
  'SC-01': starCoder,
  'PALM-01': palm,
  'GOPH-01': gopher,
  'CC-01': impliedPower,
  'CC-02': impliedPower,
  'GERA-01': gera,
  'NV-01': hgx,
  'NV-02': hgxGenerations,
  'DEL-01': dell,
}
