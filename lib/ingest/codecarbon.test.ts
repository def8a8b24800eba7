import { describe, expect, it } from 'vitest'
import { emissionCreateSchema, runCreateSchema } from '@/lib/contracts/codecarbon'
import type { Experiment } from '@/lib/registry/experiments'
import older from './codecarbon.fixtures/3.2.9-pue-1.3.json'
import recent from './codecarbon.fixtures/3.3.0-plain.json'
import withPue from './codecarbon.fixtures/3.3.0-pue-1.3.json'
import {
  type Clock,
  clockAfter,
  cloudRegionOf,
  codecarbonReading,
  deploymentOf,
  hardwareOf,
  NEW_CLOCK,
  NOTHING_REPORTED,
  startOf,
  withEmission,
} from './codecarbon-reading'

const RUN_ID = '0b06fdee-b3c0-8293-bed7-3a63b666a1f8'
const experiment: Experiment = {
  experimentId: 'e',
  name: 'e',
  team: 'research',
  model: null,
  stage: 'training',
  deployment: 'owned',
  site: null,
  siteZone: null,
  pueAtSource: null,
  createdAt: new Date(0),
}
const place = { country: 'FR', cloudRegion: null }

const decode = (recorded: typeof recent) => {
  const run = runCreateSchema.parse(recorded.run)
  return recorded.emissions.map((body) => {
    const emission = emissionCreateSchema.parse({ ...body, run_id: RUN_ID })
    return codecarbonReading(
      emission,
      { name: 'codecarbon 1', start: null, place, hardware: hardwareOf(run) },
      experiment,
    )
  })
}

describe.each([
  ['3.3.0', recent],
  ['3.3.0 with pue=1.3', withPue],
  ['3.2.9 with pue=1.3', older],
])('what client %s sends', (_, recorded) => {
  it('decodes to the same readings every time', () => {
    expect(decode(recorded)).toEqual(decode(recorded))
  })

  it('adds up to the energy of its own CSV, as facility energy, whatever its PUE', () => {
    const readings = decode(recorded)
    const sum = readings.reduce((kwh, reading) => kwh + reading.value, 0)
    expect(sum).toBeCloseTo(recorded.csv.energy_consumed, 15)
    expect(new Set(readings.map(({ boundary, kind, unit }) => `${boundary} ${kind} ${unit}`))).toEqual(
      new Set(['facility delta kWh']),
    )
    expect(readings[0]?.context).toMatchObject({ pue: null, country: 'FR', team: 'research', hardware: 'Unknown' })
  })
})

it('an emission of client 3.0.8, which has no utilization and no wue, is good', () => {
  const { cpu_utilization_percent, gpu_utilization_percent, ram_utilization_percent, wue, ...old } = {
    ...recent.emissions[0],
    run_id: RUN_ID,
  }
  expect(emissionCreateSchema.safeParse(old).success).toBe(true)
})

describe('an emission is refused', () => {
  const good = { ...recent.emissions[0], run_id: RUN_ID }
  it.each([
    ['negative energy', { energy_consumed: -1e-9 }],
    ['energy that is no number', { energy_consumed: Number.NaN }],
    ['energy left out', { energy_consumed: null }],
    ['more energy than a power station', { energy_consumed: 1e7 }],
    ['a negative part', { gpu_energy: -1 }],
    ['an infinite power', { cpu_power: Number.POSITIVE_INFINITY }],
    ['no duration', { duration: 0 }],
    ['a time without an offset', { timestamp: '2024-03-05T00:38:09.384683' }],
    ['a time before there was such a client', { timestamp: '1970-01-01T00:00:00+00:00' }],
    ['a run id that is none', { run_id: 'None' }],
  ])('%s', (_, wrong) => {
    expect(emissionCreateSchema.safeParse({ ...good, ...wrong }).success).toBe(false)
  })
})

describe('where an interval starts', () => {
  const at = Date.UTC(2024, 2, 5, 10)
  const emission = (seconds: number, duration: number) => ({ timestamp: at + seconds * 1000, duration })

  it('the first: when the run began', () => {
    expect(startOf(NEW_CLOCK, at - 20_000, emission(0, 15))).toBe(at - 20_000)
  })
  it('the first of a client that registers its run only when it sends: its duration before', () => {
    expect(startOf(NEW_CLOCK, at - 150, emission(0, 15))).toBe(at - 15_000)
  })
  it('any other: where the one before ended, also when the duration was cut off or says nothing', () => {
    const clock: Clock = { ...NEW_CLOCK, lastAt: at }
    expect(startOf(clock, at, emission(15.9, 15))).toBeNull()
    expect(startOf(clock, at, emission(3600, 1))).toBeNull()
  })
  it('one after lost ones: its duration before, so that the silence is no covered time', () => {
    const clock = clockAfter({ ...NEW_CLOCK, lastAt: at }, null, emission(15.4, 15))
    expect(clock.agrees).toBe(true)
    expect(startOf(clock, at, emission(60.4, 15))).toBe(at + 45_400)
  })
  it('one that comes late: not told, and the clock stays', () => {
    const clock: Clock = { ...NEW_CLOCK, lastAt: at, agrees: true }
    expect(startOf(clock, at, emission(-30, 15))).toBeNull()
    expect(clockAfter(clock, null, emission(-30, 15)).lastAt).toBe(at)
  })
  it('the same emission again: the same', () => {
    const clock: Clock = { ...NEW_CLOCK, lastAt: at, agrees: true }
    const start = startOf(clock, at, emission(60, 15))
    expect(startOf(clockAfter(clock, start, emission(60, 15)), at, emission(60, 15))).toBe(start)
  })
})

describe('what is said of the place', () => {
  const emission = emissionCreateSchema.parse({ ...recent.emissions[0], run_id: RUN_ID })
  const reading = (given: Partial<Experiment>) =>
    codecarbonReading(
      emission,
      { name: 'r', start: null, place: { country: 'CA', cloudRegion: 'gcp:europe-west1' }, hardware: hardwareOf({}) },
      { ...experiment, ...given },
    ).context

  it('the site that people named goes before the coordinates that the client guessed', () => {
    expect(reading({ site: 'frankfurt', siteZone: 'DE' })).toMatchObject({
      site: 'frankfurt',
      country: null,
      cloudRegion: null,
    })
  })
  it('a site without a zone leaves it to the client', () => {
    expect(reading({ site: 'frankfurt' })).toMatchObject({
      site: 'frankfurt',
      country: 'CA',
      cloudRegion: 'gcp:europe-west1',
    })
  })
  it('a region is a cloud region only beside a provider', () => {
    expect(cloudRegionOf({ provider: null, region: 'quebec' })).toBeNull()
    expect(cloudRegionOf({ provider: 'gcp', region: 'europe-west1' })).toBe('gcp:europe-west1')
    expect([deploymentOf({ provider: 'gcp' }), deploymentOf({ provider: '' })]).toEqual(['cloud', 'owned'])
  })
  it('hardware is the accelerator and how many, else the processor', () => {
    expect(hardwareOf({ gpu_count: 4, gpu_model: '4 x NVIDIA A100', cpu_model: 'EPYC' })).toEqual({
      hardware: 'NVIDIA A100',
      hardwareCount: 4,
    })
    expect(hardwareOf({ gpu_count: 0, gpu_model: '', cpu_model: 'EPYC' })).toEqual({
      hardware: 'EPYC',
      hardwareCount: null,
    })
  })
})

it('the client’s own totals are kept beside ours', () => {
  const emissions = recent.emissions.map((body) => emissionCreateSchema.parse({ ...body, run_id: RUN_ID }))
  const reported = emissions.reduce(withEmission, NOTHING_REPORTED)
  expect(reported.posts).toBe(4)
  expect(reported.energy_kwh).toBeCloseTo(recent.csv.energy_consumed, 15)
  expect(reported.cpu_energy + reported.gpu_energy + reported.ram_energy).toBeCloseTo(reported.energy_kwh, 6)
  expect(reported.duration_s).toBe(24)
})
