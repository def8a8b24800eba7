import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_WIDTHS } from '@/lib/accounting/uncertainty/tier-widths'
import { type EstimateRequestInput, estimateAnswerSchema, estimateRequestSchema } from '@/lib/contracts/estimate'
import { estimate } from './estimate'
import type { HardwareFacts, Known, PartFacts } from './estimate-facts'
import { partsOf } from './estimate-parts'
import { EstimateRefusal } from './estimate-refusal'

const known = (value: number, more: Partial<Known> = {}): Known => ({
  value,
  source: 'library',
  tier: 4,
  u95: null,
  ...more,
})

const NOTHING: PartFacts = {
  hardware: null,
  hardwareNote: null,
  place: {
    zone: null,
    zoneSource: null,
    pue: known(1.56, { tier: 5, source: 'industry average' }),
    intensity: null,
    residual: null,
    residualNote: null,
    wue: null,
    sourceWue: null,
  },
  hours: null,
}
const A100: HardwareFacts = {
  name: 'A100',
  kind: 'accelerator',
  fullWatts: known(400),
  idleWatts: known(46),
  peakTflops: known(312),
  embodiedKg: known(150, { tier: 2 }),
  usdPerHour: null,
}
const inGermany: PartFacts = {
  ...NOTHING,
  place: { ...NOTHING.place, zone: 'DE', intensity: { ...known(342.06), screening: false }, residual: known(701.47) },
}

const ask = (request: EstimateRequestInput, facts: PartFacts = NOTHING) => {
  const parsed = estimateRequestSchema.parse(request)
  const answer = estimate(
    parsed,
    (request.stages ?? [request]).map(() => facts),
    DEFAULT_WIDTHS,
  )
  return estimateAnswerSchema.parse(answer)
}
const told = (answer: ReturnType<typeof ask>, field: string) => answer.assumptions.find((each) => each.field === field)
const refusal = (request: EstimateRequestInput): string | null => {
  try {
    partsOf(estimateRequestSchema.parse(request))
    return null
  } catch (error) {
    if (error instanceof EstimateRefusal) return error.path
    throw error
  }
}

const CASE = { watts: 300, count: 1, hours: 100, pue: 1, grid_g_per_kwh: 400 }

describe('an estimate', () => {
  it('of 300 W for 100 h at 400 g/kWh is 30 kWh and 12 kg (case SEED-01)', () => {
    const answer = ask({ ...CASE, embodied: null })
    expect(answer).toMatchObject({
      energy_kwh: 30,
      facility_kwh: 30,
      device_hours: 100,
      location_kg: 12,
      total_location_kg: 12,
    })
    expect(answer.low_kg as number).toBeLessThan(12)
    expect(answer.high_kg as number).toBeGreaterThan(12)
  })

  it('keeps a score of 2e-7 g', () => {
    const { sci } = ask({
      energy_kwh: 0.00331,
      energy_boundary: 'it',
      pue: 1.5,
      hours: 1,
      grid_g_per_kwh: 457,
      embodied: { kg_per_device: 251, life_hours: 35040, share: 1 },
      functional_unit: { name: 'work item', count: 38_032_740 },
    })
    expect(sci).toBeCloseTo(2.480033521e-7, 15)
  })

  it('has no score per nothing', () => {
    expect(ask({ ...CASE, functional_unit: { name: 'request', count: 0 } }).sci).toBeNull()
  })

  it('gives what ML CO2 Impact gives when its factors are chosen: TDP × hours × intensity', () => {
    const answer = ask({ hardware: 'A100', hours: 100, pue: 1, grid_g_per_kwh: 400 }, { ...NOTHING, hardware: A100 })
    expect(answer.location_kg).toBe(16)
    expect(told(answer, 'watts')).toMatchObject({ value: 400, effect_kg: 16 * 0.3 })
  })

  it('tells each default with its source, and what it does to the total', () => {
    const answer = ask({ energy_kwh: 100, grid_g_per_kwh: 400, grid_zone: 'DE' }, inGermany)
    expect(answer.location_kg).toBe(62.4)
    expect(told(answer, 'pue')).toMatchObject({
      value: 1.56,
      source: 'industry average',
      tier: 5,
      effect_kg: 62.4 * 0.25,
    })
    expect(told(answer, 'energy_boundary')?.effect_kg).toBeCloseTo(40 - 62.4, 9)
    expect(told(answer, 'embodied')).toMatchObject({ value: null, effect_kg: null })
    expect(answer.assumptions.every(({ source }) => source.length > 0)).toBe(true)
  })
})

describe('an account as published', () => {
  it('that names neither a place nor a PUE has no overhead, and is told what the industry’s would add', () => {
    const answer = ask({ watts: 300, count: 1, hours: 100, grid_g_per_kwh: 400 })
    expect(answer).toMatchObject({ energy_kwh: 30, facility_kwh: 30, location_kg: 12 })
    expect(told(answer, 'pue')).toMatchObject({ value: 1, tier: 5, effect_kg: expect.closeTo(12 * 0.56, 9) })
    // GPT-NeoX-20B: 43.92 MWh at 0.50 t/MWh; T5-11B: 85.7 MWh with its PUE, at 545 g/kWh.
    expect(ask({ energy_kwh: 43_920, grid_g_per_kwh: 500 }).location_kg).toBeCloseTo(21_960, 6)
    expect(ask({ energy_kwh: 85_700, grid_g_per_kwh: 545 }).location_kg).toBeCloseTo(46_706.5, 6)
  })

  it('may state more than the figure needs; what is not used is told', () => {
    const load = { energy_kwh: 100_000, pue: 1, grid_g_per_kwh: 100 } as const
    const energy = ask({ ...load, hours: 1000, watts: 700, utilisation: 0.5 })
    expect(energy).toMatchObject({ location_kg: 10_000, device_hours: 1000 })
    expect(told(energy, 'watts')).toMatchObject({ value: 700, source: expect.stringMatching(/not used/) })
    expect(told(energy, 'utilisation')?.source).toMatch(/not used/)
    const market = ask({ ...load, market_g_per_kwh: 50, residual_g_per_kwh: 700 })
    expect(market.market_kg).toBe(5000)
    expect(told(market, 'residual_g_per_kwh')).toMatchObject({ value: 700, source: expect.stringMatching(/not used/) })
    const flops = { parameters: 65.2e9, tokens: 1.4e12, mfu: 0.477 }
    const hours = ask({ flops, hours: 1_022_362, watts: 400, pue: 1.1, grid_g_per_kwh: 385 })
    expect(hours.location_kg).toBeCloseTo(173_188.12, 1)
    expect(told(hours, 'flops.mfu')?.source).toMatch(/not used/)
    const place = ask({ energy_kwh: 1, cloud_region: 'aws:eu-central-1', grid_zone: 'DE' }, inGermany)
    expect(told(place, 'cloud_region')?.source).toMatch(/PUE and water alone/)
  })

  it('with energy and power has the device-hours that they make', () => {
    const request = { energy_kwh: 700, watts: 700, pue: 1, grid_g_per_kwh: 100 } as const
    const embodied = { kg_per_device: 164, life_hours: 35_040 }
    const answer = ask({ ...request, embodied })
    expect(answer.device_hours).toBe(1000)
    expect(answer.embodied_kg).toBeCloseTo((164 * 1000) / 35_040, 12)
    expect(told(answer, 'hours')?.source).toMatch(/energy ÷ power/)
    expect(ask({ ...request, energy_boundary: 'facility', pue: 1.25 }).device_hours).toBeCloseTo(800, 9)
    expect(ask({ ...request, energy_boundary: 'facility', pue: undefined }).device_hours).toBeNull()
    const { watts: _, ...energy } = request
    expect(ask({ ...energy, embodied }, { ...NOTHING, hardware: A100 }).device_hours).toBeCloseTo(1750, 9)
    expect(ask({ ...energy, usd_per_hour: 2 }).compute_cost).toBeNull()
    expect(told(ask({ ...energy, usd_per_hour: 2 }), 'compute_cost')?.source).toMatch(/give hours/)
  })
})

describe('energy at the boundary of the facility', () => {
  it('is never multiplied by a PUE again (case SCI-04)', () => {
    const request = { energy_kwh: 0.139, energy_boundary: 'facility', grid_g_per_kwh: 457 } as const
    expect(ask(request)).toMatchObject({ facility_kwh: 0.139, energy_kwh: null })
    const withPue = ask({ ...request, pue: 1.5 })
    expect(withPue.facility_kwh).toBe(0.139)
    expect(withPue.energy_kwh).toBeCloseTo(0.139 / 1.5, 12)
    expect(withPue.location_kg).toBe(ask(request).location_kg)
    expect(told(withPue, 'pue')?.source).toMatch(/not applied again/)
  })

  it('leaves on-site water unknown without a PUE, for that is per IT kWh', () => {
    const request = { energy_kwh: 100, energy_boundary: 'facility', wue_l_per_kwh: 1, source_wue_l_per_kwh: 2 } as const
    expect(ask(request).water_l).toBeNull()
    expect(told(ask(request), 'pue')?.source).toMatch(/water on site/)
    expect(ask({ ...request, pue: 1.25 }).water_l).toBeCloseTo(80 + 200, 9)
  })
})

describe('the market-based figure', () => {
  const load = { energy_kwh: 1e6, energy_boundary: 'facility' } as const

  it('never depends on the location-based one, nor that on an instrument', () => {
    const plain = ask(load, inGermany)
    const green = ask({ ...load, instruments: [{ mwh: 5000, g_per_kwh: 0 }] }, inGermany)
    expect(green.location_kg).toBe(plain.location_kg)
    expect([plain.market_kg, green.market_kg]).toEqual([701_470, 0])
    expect(told(green, 'instruments')?.value).toBe(4e6)
  })

  it('falls back on the grid average where no residual mix is known, and flags it (case S2-06)', () => {
    const austria = {
      ...inGermany,
      place: { ...inGermany.place, zone: 'AT', residual: null, intensity: { ...known(102.62), screening: false } },
    }
    const answer = ask({ ...load, instruments: [{ mwh: 750, g_per_kwh: 0 }] }, austria)
    expect(answer.market_kg).toBeCloseTo(25_655, 6)
    expect(told(answer, 'residual_g_per_kwh')).toMatchObject({ value: null })
    expect(told(answer, 'residual_g_per_kwh')?.source).toMatch(/flagged/)
    expect(told(ask({ ...load, residual_g_per_kwh: null }, inGermany), 'residual_g_per_kwh')?.value).toBeNull()
  })

  it('is unknown where nothing is known, never 0', () => {
    expect(ask(load)).toMatchObject({ location_kg: null, market_kg: null, total_location_kg: null, low_kg: null })
  })

  it('puts a supplier’s rate before the residual mix', () => {
    expect(ask({ ...load, market_g_per_kwh: 94 }, inGermany).market_kg).toBe(94_000)
  })

  it('says that a life-cycle average is no Scope 2 figure', () => {
    const screening = {
      ...inGermany,
      place: { ...inGermany.place, intensity: { ...known(400, { tier: 5 }), screening: true } },
    }
    expect(told(ask(load, screening), 'grid_g_per_kwh')?.source).toMatch(/Scope 2 refuses/)
  })
})

describe('real hours', () => {
  const hour = (share: number, value: number | null) => ({
    share,
    intensity: value === null ? null : { ...known(value, { tier: 1 }), screening: false },
  })
  const request = { watts: 1000, hours: 2, pue: 1, grid_zone: 'DE', start: '2023-06-15T00:30:00Z' }

  it('weigh by the energy that falls in each', () => {
    const answer = ask(request, { ...inGermany, hours: [hour(0.25, 100), hour(0.5, 200), hour(0.25, 300)] })
    expect(answer.location_kg).toBeCloseTo(0.4, 12)
    expect(told(answer, 'grid_g_per_kwh')).toMatchObject({ value: 200, tier: 1 })
  })

  it('with a gap leave the figure unknown', () => {
    expect(ask(request, { ...inGermany, hours: [hour(0.5, 100), hour(0.5, null)] }).location_kg).toBeNull()
  })

  it('of a flat grid give what the annual average gives', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2000, noNaN: true }), fc.integer({ min: 1, max: 48 }), (flat, count) => {
        const hours = Array.from({ length: count }, () => hour(1 / count, flat))
        const hourly = ask(request, { ...inGermany, hours }).location_kg as number
        const { start: _, grid_zone: __, ...rest } = request
        const annual = ask({ ...rest, grid_g_per_kwh: flat }).location_kg as number
        expect(Math.abs(hourly - annual)).toBeLessThanOrEqual(1e-9 * (1 + annual))
      }),
    )
  })
})

describe('power', () => {
  const power = (request: EstimateRequestInput, hardware: HardwareFacts | null = null) =>
    (ask({ hours: 1, pue: 1, ...request }, { ...NOTHING, hardware }).energy_kwh as number) * 1000

  it('lies between idle and full load, or on the TDP curve', () => {
    expect(power({ watts: 3.5, idle_watts: 0.74, utilisation: 0.5 })).toBeCloseTo(2.12, 9)
    expect(power({ watts: 100, utilisation: 0.5 })).toBeCloseTo(75, 9)
    expect(power({ watts: 100, utilisation: 0.5, power_model: 'linear' })).toBeCloseTo(50, 9)
    expect(power({ hardware: 'A100', utilisation: 0.5 }, A100)).toBeCloseTo(300, 9)
    expect(power({ hardware: 'A100', utilisation: 0.5, power_model: 'linear' }, A100)).toBeCloseTo(46 + 177, 9)
    expect(power({ watts: 400, count: 0.125 })).toBeCloseTo(50, 9)
  })

  it('times the device-hours of FLOPs gives their energy; MFU is told where it is assumed', () => {
    const answer = ask({
      flops: { parameters: 65.2e9, tokens: 1.4e12, mfu: 0.477 },
      peak_tflops: 312,
      watts: 400,
      pue: 1.1,
    })
    expect(answer.device_hours as number).toBeCloseTo(1_022_237, 0)
    expect(told(answer, 'flops.rule')?.value).toBe('6ND')
    expect(told(ask({ flops: 1e21, peak_tflops: 312, watts: 400 }), 'mfu')).toMatchObject({ value: 0.4, tier: 5 })
    const inference = ask({ flops: { parameters: 7e9, tokens: 100, rule: '2ND' }, peak_tflops: 312, watts: 400 })
    expect(told(inference, 'mfu')?.value).toBe(0.1)
  })

  it('that nothing tells leaves energy unknown, with a word', () => {
    const answer = ask({ flops: { parameters: 37e9, tokens: 14.8e12, rule: '6ND' } })
    expect(answer).toMatchObject({ flops: 3.2856e24, device_hours: null, energy_kwh: null, location_kg: null })
    expect(told(answer, 'peak_tflops')?.value).toBeNull()
  })
})

describe('stages', () => {
  const stages = [
    { name: 'training', hours: 10, watts: 400, count: 8 },
    { name: 'evaluation', energy_kwh: 5, energy_boundary: 'it' as const, hours: 1 },
  ]
  const whole = { pue: 1.2, grid_g_per_kwh: 400, embodied: { kg_per_device: 150, life_hours: 35_040, share: 1 } }

  it('take over what they do not say, and sum to the whole', () => {
    const answer = ask({ ...whole, stages })
    expect(answer.energy_kwh).toBe(37)
    expect(answer.device_hours).toBe(81)
    const sum = (of: (stage: NonNullable<typeof answer.stages>[number]) => number | null) =>
      (answer.stages ?? []).reduce((total, stage) => total + (of(stage) as number), 0)
    for (const key of ['location_kg', 'market_kg', 'embodied_kg', 'total_location_kg', 'facility_kwh'] as const)
      expect(sum((stage) => stage[key])).toBeCloseTo(answer[key] as number, 12)
    expect(
      answer.assumptions.every(({ field }) => field.startsWith('training.') || field.startsWith('evaluation.')),
    ).toBe(true)
  })

  it('share instruments of the whole by their energy, as one load would use them', () => {
    const instruments = [{ mwh: 0.03, g_per_kwh: 0 }]
    const apart = ask({ ...whole, stages, instruments, residual_g_per_kwh: 700 })
    const one = ask({ ...whole, energy_kwh: 37, energy_boundary: 'it', hours: 1, instruments, residual_g_per_kwh: 700 })
    expect(apart.market_kg as number).toBeCloseTo(one.market_kg as number, 9)
  })

  it('of which one has only embodied emissions sum to the life cycle (case BLM-04 of METHOD §13)', () => {
    const at = { energy_boundary: 'facility' as const, grid_g_per_kwh: 57 }
    const answer = ask({
      stages: [
        { name: 'hardware', hours: 1_082_990, embodied: { kg_per_device: 462.5, life_hours: 44_676, share: 1 } },
        { name: 'training', energy_kwh: 433_196, ...at },
        { name: 'idle', energy_kwh: 256_646, ...at },
      ],
    })
    expect((answer.total_location_kg as number) / 1000).toBeCloseTo(50.5, 1)
    expect(answer.location_kg).toBeCloseTo((answer.total_location_kg as number) - (answer.embodied_kg as number), 6)
    expect(answer.low_kg as number).toBeLessThan(answer.total_location_kg as number)
    expect(told(answer, 'hardware.energy_kwh')?.source).toMatch(/left out/)
    expect(answer.assumptions.some(({ field }) => field === 'hardware.pue')).toBe(false)
  })

  it('of which one’s energy is unknown leave the use of the whole’s instruments unknown', () => {
    const answer = ask({
      instruments: [{ mwh: 1, g_per_kwh: 0 }],
      stages: [
        { name: 'unknown', flops: 1e20, watts: 300 },
        { name: 'known', ...CASE },
      ],
    })
    expect(answer.stages?.map(({ market_kg }) => market_kg)).toEqual([null, null])
  })

  it('of which one is unknown leave the sum unknown', () => {
    const unknown = { name: 'unknown', flops: 1e20, watts: 300 }
    const answer = ask({ stages: [unknown, { name: 'known', ...CASE }] })
    expect([answer.energy_kwh, answer.location_kg]).toEqual([null, null])
  })
})

describe('a request', () => {
  it('that says nothing or contradicts itself is refused by field', () => {
    const refused: [EstimateRequestInput, string][] = [
      [{ watts: 300 }, 'energy_kwh'],
      [{ hours: 1 }, 'watts'],
      [{ hours: 1, watts: 1, mfu: 0.4 }, 'mfu'],
      [{ flops: { parameters: 1, tokens: 1, mfu: 0.4 }, mfu: 0.4 }, 'mfu'],
      [{ hours: 1, watts: 1, idle_watts: 1 }, 'idle_watts'],
      [{ hours: 1, watts: 1, idle_watts: 1, utilisation: 0.5, power_model: 'tdp-curve' }, 'idle_watts'],
      [{ energy_kwh: 1, grid_zone: 'DE', start: '2023-01-01T00:00:00Z' }, 'start'],
      [{ hours: 1, watts: 1, start: '2023-01-01T00:00:00Z' }, 'start'],
      [{ hours: 1, stages: [{ name: 'a', ...CASE }] }, 'hours'],
      [
        {
          stages: [
            { name: 'a', ...CASE },
            { name: 'a', ...CASE },
          ],
        },
        'stages.1.name',
      ],
      [{ stages: [{ name: 'a', hours: 1 }] }, 'stages.0.watts'],
    ]
    for (const [request, path] of refused) expect(refusal(request), JSON.stringify(request)).toBe(path)
  })

  it('with a field that does not exist, or a quantity that cannot be, is refused by name', () => {
    const wrong = [
      { ...CASE, bogus: 1 },
      { ...CASE, watts: -1 },
      { ...CASE, pue: 0.9 },
      { ...CASE, count: 0 },
      { ...CASE, utilisation: 1.1 },
      { ...CASE, hours: Number.POSITIVE_INFINITY },
      { ...CASE, embodied: { kg_per_device: 1, life: 3 } },
      { ...CASE, start: '2023-01-01' },
    ]
    for (const request of wrong)
      expect(estimateRequestSchema.safeParse(request).success, JSON.stringify(request)).toBe(false)
  })

  it('for embodied emissions without time is refused, and without a value where none is known', () => {
    const embodied = { life_hours: 1, share: 1 }
    expect(() => ask({ energy_kwh: 1, embodied: { ...embodied, kg_per_device: 1 } })).toThrow(/give hours/)
    expect(() => ask({ ...CASE, embodied })).toThrow(/kg_per_device/)
  })
})

describe('the laws of an estimate', () => {
  const amount = fc.double({ min: 0.001, max: 1e6, noNaN: true })
  const near = (one: number, other: number) => Math.abs(one - other) <= 1e-9 * (1 + Math.abs(other))

  it('are linear in energy and additive over stages', () => {
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        const kg = (energy: number) =>
          ask({ energy_kwh: energy, energy_boundary: 'facility', grid_g_per_kwh: 385 }).location_kg as number
        expect(near(kg(one) + kg(other), kg(one + other))).toBe(true)
        expect(near(kg(one * 2), 2 * kg(one))).toBe(true)
        const stage = (name: string, energy_kwh: number) => ({ name, energy_kwh, energy_boundary: 'facility' as const })
        const both = ask({ grid_g_per_kwh: 385, stages: [stage('a', one), stage('b', other)] }).location_kg as number
        expect(near(both, kg(one + other))).toBe(true)
      }),
    )
  })

  it('hold the total in its interval, and net nothing below zero', () => {
    fc.assert(
      fc.property(amount, fc.array(fc.tuple(amount, amount), { maxLength: 4 }), (energy_kwh, offers) => {
        const instruments = offers.map(([mwh, g_per_kwh]) => ({ mwh, g_per_kwh }))
        const answer = ask({ energy_kwh, energy_boundary: 'it', instruments }, { ...inGermany, hardware: A100 })
        expect(answer.market_kg as number).toBeGreaterThanOrEqual(0)
        expect(answer.low_kg as number).toBeGreaterThanOrEqual(0)
        expect(answer.low_kg as number).toBeLessThanOrEqual(answer.total_location_kg as number)
        expect(answer.high_kg as number).toBeGreaterThanOrEqual(answer.total_location_kg as number)
      }),
    )
  })

  it('give the same answer twice, Monte Carlo included', () => {
    const request = { flops: 1e21, peak_tflops: 312, watts: 400, pue: 1.1, grid_g_per_kwh: 385 }
    expect(ask(request)).toEqual(ask(request))
  })
})
