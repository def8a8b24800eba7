import { amortisedEmbodied, resourceShare } from '@/lib/accounting/embodied/amortised'
import { assembledEmbodied, bottomUpServer } from '@/lib/accounting/embodied/bottom-up'
import { energyOfVcpus, partOfDevice, vcpuHoursOfFunction } from '@/lib/accounting/energy-models/cloud'
import { attributablePower, energyOfDevices } from '@/lib/accounting/energy-models/device-hours'
import { energyOfNetwork } from '@/lib/accounting/energy-models/network'
import { powerOnCurve, shareOfTdp } from '@/lib/accounting/energy-models/tdp-curve'
import { energyPerToken } from '@/lib/accounting/energy-models/token-regression'
import { powerAtUtilisation } from '@/lib/accounting/energy-models/utilisation'
import { perThousand, perUnits } from '@/lib/accounting/functional-units/per-units'
import { sciOf } from '@/lib/accounting/functional-units/sci'
import { activityEmissions } from '@/lib/accounting/gases/activity'
import { facilityEnergyWith } from '@/lib/accounting/ratios/pue'
import { locationBasedOf } from '@/lib/accounting/scope-2/location-based'
import {
  deviceHoursFrom,
  energyAs,
  energyFrom,
  hoursFrom,
  intensityIn,
  massAs,
  massIn,
  percent,
  waterAs,
  waterIn,
} from '@/lib/units/measure'
import { deviceHoursOf, gramsOf, kilogramsOf, ratioOf, waterUsed } from '@/lib/units/products'
import {
  add,
  deviceHours,
  type GramsCO2e,
  gramsCO2e,
  gramsPerKilowattHour,
  type KilowattHours,
  kilogramsCO2e,
  kilowattHours,
  litresPerKilowattHour,
  pue,
  type Quantity,
  scale,
  share,
  subtract,
  value,
  watts,
} from '@/lib/units/quantity'
import { type Adapter, estimated, type Given } from './case'

// Adapters rename inputs, pick a public function and name units. They hold no arithmetic: accuracy.test.ts reads this file.

const bare = <U extends string>(quantity: Quantity<U> | null): number | null =>
  quantity === null ? null : value(quantity)
const inGrams = (kg: number | null): number | null => (kg === null ? null : massAs(massIn(kg, 'kg'), 'g'))
const operational = (energy: KilowattHours, gPerKwh: number): GramsCO2e =>
  locationBasedOf([{ energy, intensity: gramsPerKilowattHour(gPerKwh) }])
const score = (o: GramsCO2e, m: GramsCO2e, units = 1): number | null =>
  bare(sciOf({ operational: o, embodied: m, intensity: 'location' }, units))
/** A figure that the source states whole, as a request says it: for one hour of a device that lives one hour. */
const wholeIn = (kg: number) => ({ kg_per_device: kg, life_hours: 1, share: 1 })
const ONE = { name: 'unit', count: 1 }

const hourOf = (given: Given, kg: string, part = share(1)): GramsCO2e =>
  gramsOf(
    amortisedEmbodied(kilogramsCO2e(given.number(kg)), { deviceHours: 1, lifeHours: given.number('el'), share: part }),
  )

const applicationServer: Adapter = (given) => {
  const part = resourceShare(given.number('rr'), given.number('tot'))
  const energy = energyOfDevices(scale(watts(given.number('tdp')), given.number('k')), deviceHours(given.number('tr')))
  const m = hourOf(given, 'TE', part)
  const answer = estimated({
    watts: given.number('tdp'),
    idle_watts: 0,
    power_model: 'linear',
    utilisation: given.number('k'),
    hours: given.number('tr'),
    pue: 1,
    grid_g_per_kwh: given.number('I'),
    embodied: { kg_per_device: given.number('TE'), life_hours: given.number('el'), share: value(part) },
    functional_unit: ONE,
  })
  return {
    e_kwh: { formula: value(energy), estimate: answer.energy_kwh },
    m_g: { formula: value(m), estimate: inGrams(answer.embodied_kg) },
    sci_g: { formula: score(operational(energy, given.number('I')), m), estimate: answer.sci },
  }
}

const databaseServer: Adapter = (given) => {
  const part = resourceShare(given.number('rr'), given.number('tot'))
  const m = hourOf(given, 'TE', part)
  const answer = estimated({
    energy_kwh: given.number('e'),
    energy_boundary: 'facility',
    hours: 1,
    grid_g_per_kwh: given.number('I'),
    embodied: { kg_per_device: given.number('TE'), life_hours: given.number('el'), share: value(part) },
    functional_unit: ONE,
  })
  return {
    m_g: { formula: value(m), estimate: inGrams(answer.embodied_kg) },
    sci_g: {
      formula: score(operational(kilowattHours(given.number('e')), given.number('I')), m),
      estimate: answer.sci,
    },
  }
}

const perWorkItem = (given: Given, energy: number, boundary: 'it' | 'facility', overhead?: number) => {
  const facility =
    overhead === undefined ? kilowattHours(energy) : facilityEnergyWith(kilowattHours(energy), boundary, pue(overhead))
  const m = hourOf(given, 'TE')
  const answer = estimated({
    energy_kwh: energy,
    energy_boundary: boundary,
    hours: 1,
    ...(overhead === undefined ? {} : { pue: overhead }),
    grid_g_per_kwh: given.number('I'),
    embodied: { kg_per_device: given.number('TE'), life_hours: given.number('el'), share: 1 },
    functional_unit: { name: 'work item', count: given.number('R') },
  })
  return {
    m_g: { formula: value(m), estimate: inGrams(answer.embodied_kg) },
    sci_g: { formula: score(operational(facility, given.number('I')), m, given.number('R')), estimate: answer.sci },
  }
}

const nttSwitch: Adapter = (given) => perWorkItem(given, given.number('e'), 'it', given.number('pue'))
const nttServer: Adapter = (given) => perWorkItem(given, given.number('e_incl_pue'), 'facility')

const sciForAi: Adapter = (given) => {
  const kg = (name: string) => massIn(given.number(name), 'kg')
  const web = operational(kilowattHours(given.number('web_kwh')), given.number('web_g'))
  const answer = estimated({
    energy_kwh: given.number('web_kwh'),
    energy_boundary: 'facility',
    hours: 1,
    grid_g_per_kwh: given.number('web_g'),
    embodied: wholeIn(given.number('web_m')),
    functional_unit: { name: 'request', count: given.number('web_n') },
  })
  const perGigabyte = kilogramsOf(massIn(given.number('cdn'), 'g'))
  return {
    api_g: { formula: bare(perUnits(kg('api_kg'), given.number('api_n'))) },
    db_g: { formula: score(kg('db_kg1'), kg('db_kg2'), given.number('db_n')) },
    web_g_per: { formula: score(web, kg('web_m'), given.number('web_n')), estimate: answer.sci },
    cdn_g: { formula: value(gramsOf(activityEmissions(given.number('cdn_gb'), value(perGigabyte)))) },
  }
}

/** The energy as the source prints and multiplies it, rounded to whole kWh. */
const AVEVA_PRINTED_KWH = 39
const aveva: Adapter = (given) => {
  const power = attributablePower(watts(given.number('pl')), watts(given.number('pb')))
  const energy = energyOfDevices(power, deviceHours(given.number('h')))
  const printed = estimated({
    energy_kwh: AVEVA_PRINTED_KWH,
    energy_boundary: 'facility',
    grid_g_per_kwh: given.number('I'),
  })
  const { energy_kwh } = estimated({ watts: value(power), hours: given.number('h'), pue: 1 })
  const m = amortisedEmbodied(kilogramsOf(gramsCO2e(given.number('TE'))), {
    deviceHours: given.number('ts'),
    lifeHours: 1,
    share: share(given.number('rs')),
  })
  return {
    e_kwh: { formula: value(energy), estimate: energy_kwh },
    o_g: { formula: value(operational(energy, given.number('I'))), estimate: inGrams(printed.location_kg) },
    m_g: { formula: value(gramsOf(m)) },
  }
}

const soldSoftware: Adapter = (given) => {
  const power = scale(watts(given.number('w')), given.number('net'))
  const it = energyOfDevices(power, deviceHoursOf(given.number('n'), given.number('h')))
  const facility = facilityEnergyWith(it, 'it', pue(given.number('pue')))
  const intensity = intensityIn(given.number('g'), 'kg', 'kWh')
  const { location_kg } = estimated({
    watts: value(power),
    count: given.number('n'),
    hours: given.number('h'),
    pue: given.number('pue'),
    grid_g_per_kwh: value(intensity),
  })
  return {
    t: {
      formula: massAs(locationBasedOf([{ energy: facility, intensity }]), 't'),
      estimate: location_kg === null ? null : massAs(massIn(location_kg, 'kg'), 't'),
    },
  }
}

/** E, I and M as published, per unit of R. */
const published = (energy: KilowattHours, gPerKwh: number, m: GramsCO2e) => ({
  formula: score(operational(energy, gPerKwh), m),
  estimate: estimated({
    energy_kwh: value(energy),
    energy_boundary: 'facility',
    hours: 1,
    grid_g_per_kwh: gPerKwh,
    embodied: wholeIn(value(kilogramsOf(m))),
    functional_unit: ONE,
  }).sci,
})

const tigerGraph: Adapter = (given) => ({
  sci_g: published(kilowattHours(given.number('e')), given.number('I'), gramsCO2e(given.number('m'))),
})

const neo4j: Adapter = (given) => {
  const energy = add(kilowattHours(given.number('cpu')), kilowattHours(given.number('mem')))
  return { sci_g: published(energy, given.number('I'), gramsCO2e(given.number('m'))) }
}

const HOURS_PER_DAY = 24
const endava: Adapter = (given) => {
  const day = published(kilowattHours(given.number('e')), given.number('I'), gramsCO2e(given.number('M')))
  const hourly = (grams: number | null) =>
    grams === null ? null : bare(perUnits(kilogramsOf(gramsCO2e(grams)), HOURS_PER_DAY))
  return { sci_g: day, per_h_kg: { formula: hourly(day.formula), estimate: hourly(day.estimate) } }
}

const endavaEmbodied: Adapter = (given) => {
  const part = resourceShare(given.number('rr'), given.number('tot'))
  const hours = deviceHoursOf(given.number('n'), given.number('tr'))
  const { embodied_kg } = estimated({
    count: given.number('n'),
    hours: given.number('tr'),
    embodied: { kg_per_device: given.number('TE'), life_hours: given.number('el'), share: value(part) },
  })
  const m = amortisedEmbodied(kilogramsCO2e(given.number('TE')), {
    deviceHours: value(hours),
    lifeHours: given.number('el'),
    share: part,
  })
  return { kg: { formula: value(m), estimate: embodied_kg } }
}

const teads: Adapter = (given) => {
  const seconds = deviceHoursFrom(given.number('s'), 's')
  const energy = energyOfDevices(
    powerOnCurve(watts(given.number('tdp')), share(0.5)),
    partOfDevice(seconds, share(given.number('share'))),
  )
  const o = operational(energy, given.number('I'))
  const device = kilogramsOf(gramsCO2e(given.number('TE')))
  const lifeHours = hoursFrom(given.number('el_s'), 's')
  const m = gramsOf(amortisedEmbodied(device, { deviceHours: value(seconds), lifeHours, share: share(1) }))
  const hours = hoursFrom(given.number('s'), 's')
  const answer = estimated({
    stages: [
      {
        name: '1 of 8 vCPUs',
        watts: given.number('tdp'),
        utilisation: 0.5,
        power_model: 'tdp-curve',
        count: given.number('share'),
        hours,
        pue: 1,
        grid_g_per_kwh: given.number('I'),
        embodied: null,
      },
      {
        name: 'the device',
        energy_kwh: 0,
        energy_boundary: 'facility',
        hours,
        grid_g_per_kwh: given.number('I'),
        embodied: { kg_per_device: value(device), life_hours: lifeHours, share: 1 },
      },
    ],
    functional_unit: ONE,
  })
  return {
    e_kwh: { formula: value(energy), estimate: answer.energy_kwh ?? answer.facility_kwh },
    o_g: { formula: value(o), estimate: inGrams(answer.location_kg) },
    m_g: { formula: value(m), estimate: inGrams(answer.embodied_kg) },
    sci: { formula: score(o, m), estimate: answer.sci },
  }
}

const interpolation: Adapter = (given) => {
  const point = (x: string, y: string) => ({ utilisation: value(percent(given.number(x))), ofTdp: given.number(y) })
  const curve = [point('x0', 'y0'), point('x1', 'y1')]
  const used = percent(given.number('u'))
  const energy = energyOfDevices(
    powerOnCurve(watts(given.number('tdp')), used, curve),
    partOfDevice(deviceHoursFrom(given.number('s'), 's'), share(given.number('share'))),
  )
  const { location_kg } = estimated({
    watts: given.number('tdp'),
    utilisation: value(used),
    power_model: 'tdp-curve',
    count: given.number('share'),
    hours: hoursFrom(given.number('s'), 's'),
    pue: 1,
    grid_g_per_kwh: given.number('I'),
  })
  return {
    k: { formula: shareOfTdp(used, curve) },
    o_g: { formula: value(operational(energy, given.number('I'))), estimate: inGrams(location_kg) },
  }
}

const plainScore: Adapter = (given) => ({
  sci: { formula: score(gramsCO2e(given.number('o')), gramsCO2e(given.number('m')), given.number('r')) },
})

const withDrives: Adapter = (given) => {
  const kg = (name: string) => kilogramsOf(gramsCO2e(given.number(name)))
  const device = assembledEmbodied([
    { each: kg('base'), units: 1 },
    { each: kg('hdd_g'), units: given.number('hdd') },
  ])
  const { embodied_kg } = estimated({
    hours: 1,
    embodied: { kg_per_device: value(device), life_hours: given.number('el_h'), share: 1 },
  })
  const m = amortisedEmbodied(device, { deviceHours: 1, lifeHours: given.number('el_h'), share: share(1) })
  return { g: { formula: value(gramsOf(m)), estimate: inGrams(embodied_kg) } }
}

const farm: Adapter = (given) => {
  const intensity = intensityIn(given.number('kg'), 'kg', 'kWh')
  const o = locationBasedOf([{ energy: kilowattHours(given.number('kwh')), intensity }])
  const answer = estimated({
    energy_kwh: given.number('kwh'),
    energy_boundary: 'facility',
    hours: 1,
    grid_g_per_kwh: value(intensity),
    embodied: wholeIn(given.number('m_kg')),
  })
  return {
    kg_total: {
      formula: value(kilogramsOf(add(o, massIn(given.number('m_kg'), 'kg')))),
      estimate: answer.total_location_kg,
    },
  }
}

const boavizta: Adapter = (given) => {
  const times = <T>(count: number, part: T): T[] => Array.from({ length: count }, () => part)
  const kg = bottomUpServer(
    {
      cpus: times(given.number('cpu'), { cores: given.number('cores'), mm2PerCore: given.number('mm2') }),
      memory: times(given.number('ram'), { gigabytes: given.number('gb'), gigabytesPerCm2: given.number('dens') }),
      ssds: [{ gigabytes: given.number('ssd'), gigabytesPerCm2: given.number('sdens') }],
      hdds: 0,
      psus: times(given.number('psu'), { kg: given.number('psukg') }),
      rackCase: true,
    },
    {
      cpuPerMm2: given.number('kcpu'),
      cpuBase: given.number('bcpu'),
      memoryPerCm2: given.number('kram'),
      memoryBase: given.number('bram'),
      ssdPerCm2: given.number('kssd'),
      ssdBase: given.number('bssd'),
      hdd: 0,
      board: given.number('mb'),
      psuPerKg: given.number('kpsu'),
      rackCase: given.number('case'),
      assembly: given.number('asm'),
    },
  )
  return { kg: { formula: value(kg) } }
}

const vcpu = (given: Given) => ({ idle: watts(given.number('mn')), full: watts(given.number('mx')) })

const ccfCompute: Adapter = (given) => {
  const used = share(given.number('u'))
  const it = energyOfVcpus(vcpu(given), used, deviceHours(given.number('h')))
  const facility = facilityEnergyWith(it, 'it', pue(given.number('pue')))
  const intensity = intensityIn(given.number('kg'), 'kg', 'kWh')
  const answer = estimated({
    watts: given.number('mx'),
    idle_watts: given.number('mn'),
    utilisation: given.number('u'),
    power_model: 'linear',
    hours: given.number('h'),
    pue: given.number('pue'),
    grid_g_per_kwh: value(intensity),
  })
  return {
    avg_w: { formula: value(powerAtUtilisation(vcpu(given).idle, vcpu(given).full, used)) },
    kwh: { formula: value(facility), estimate: answer.facility_kwh },
    kg: { formula: massAs(locationBasedOf([{ energy: facility, intensity }]), 'kg'), estimate: answer.location_kg },
  }
}

/** CCF's own default where nothing says how busy a function is. */
const CCF_UTILISATION = 0.5
const ccfLambda: Adapter = (given) => {
  const hours = vcpuHoursOfFunction(deviceHoursFrom(given.number('s'), 's'), given.number('mb'))
  const it = energyOfVcpus(vcpu(given), share(CCF_UTILISATION), hours)
  const { facility_kwh } = estimated({
    watts: given.number('mx'),
    idle_watts: given.number('mn'),
    utilisation: CCF_UTILISATION,
    power_model: 'linear',
    hours: value(hours),
    pue: given.number('pue'),
  })
  return {
    kwh: { formula: value(facilityEnergyWith(it, 'it', pue(given.number('pue')))), estimate: facility_kwh },
  }
}

const ccfNetwork: Adapter = (given) => {
  const energy = energyOfNetwork(given.number('gb'), given.number('k'))
  const { location_kg } = estimated({
    energy_kwh: value(energy),
    energy_boundary: 'facility',
    grid_g_per_kwh: given.number('g'),
  })
  return {
    kwh: { formula: value(energy) },
    kg: { formula: massAs(operational(energy, given.number('g')), 'kg'), estimate: location_kg },
  }
}

const geminiBoundaries: Adapter = (given) => ({
  ratio: { formula: ratioOf(energyFrom(given.number('full'), 'Wh'), energyFrom(given.number('narrow'), 'Wh')) },
})

const geminiPrompt: Adapter = (given) => {
  const energy = energyFrom(given.number('wh'), 'Wh')
  const it = subtract(energy, energyFrom(given.number('overhead'), 'Wh'))
  const rest = gramsCO2e(given.number('emb_scope1_g'))
  const answer = estimated({
    energy_kwh: value(energy),
    energy_boundary: 'facility',
    hours: 1,
    market_g_per_kwh: given.number('mb_g_kwh'),
    grid_g_per_kwh: given.number('mb_g_kwh'),
    embodied: wholeIn(value(kilogramsOf(rest))),
  })
  return {
    g: {
      formula: value(add(operational(energy, given.number('mb_g_kwh')), rest)),
      estimate: inGrams(answer.total_market_kg),
    },
    ml: { formula: waterAs(waterUsed(it, litresPerKilowattHour(given.number('wue'))), 'mL') },
  }
}

const mistral: Adapter = (given) => {
  const water = perThousand(waterIn(given.number('ml'), 'mL'), given.number('tokens'))
  return {
    g_per_1k: { formula: bare(perThousand(gramsCO2e(given.number('g')), given.number('tokens'))) },
    ml_per_1k: { formula: water === null ? null : waterAs(water, 'mL') },
  }
}

const ecoLogits: Adapter = (given) => ({
  wh_per_token: {
    formula: energyAs(
      energyPerToken(given.number('P'), given.number('B'), {
        alpha: given.number('a'),
        beta: given.number('b'),
        gamma: given.number('c'),
      }),
      'Wh',
    ),
  },
})

export const SCI_CASES: Record<string, Adapter> = {
  'GEM-02': geminiBoundaries,
  'GEM-03': geminiPrompt,
  'MIS-01': mistral,
  'ECO-01': ecoLogits,
  'SCI-01': applicationServer,
  'SCI-02': databaseServer,
  'SCI-03': nttSwitch,
  'SCI-04': nttServer,
  'SCI-05': sciForAi,
  'SCI-06': aveva,
  'SCI-07': soldSoftware,
  'SCI-08': tigerGraph,
  'SCI-09': neo4j,
  'SCI-10': endava,
  'SCI-11': endavaEmbodied,
  'SCI-12': teads,
  'SCI-13': interpolation,
  'SCI-14': plainScore,
  'SCI-15': withDrives,
  'SCI-16': farm,
  'BOA-01': boavizta,
  'CCF-01': ccfCompute,
  'CCF-02': ccfLambda,
  'CCF-04': ccfNetwork,
}
