import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EstimateRequestInput, estimateRequestSchema } from '@/lib/contracts/estimate'
import { appPool, closePools } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { importIntensity } from '@/lib/grid/import-intensity'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, useDatabase } from '@/scripts/testing/organization'
import { answerEstimate } from './answer-estimate'

let database: TestDatabase
let orgId: string
const START = Date.parse('2024-05-30T00:00:00Z')
const HOUR = 3_600_000

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  orgId = (await createTestOrganization(database, 'estimates')).orgId
  const hours = Array.from({ length: 48 }, (_, i) => ({
    at: START + i * HOUR,
    gPerKwh: 100 + i * 10,
    estimated: i > 40,
  }))
  await withOrgSql(appPool(), orgId, (tx) =>
    importIntensity(tx, { orgId, zone: 'DE', basis: 'direct', hours, source: 'a file', retrievedAt: new Date(START) }),
  )
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const ask = (request: EstimateRequestInput) => answerEstimate(orgId, estimateRequestSchema.parse(request))
const told = (answer: Awaited<ReturnType<typeof ask>>, field: string) =>
  answer.assumptions.find((each) => each.field === field)
const refused = (request: EstimateRequestInput) =>
  ask(request).then(
    () => null,
    (error) => ({ code: error.code, path: error.options?.issues?.[0]?.path, message: error.message }),
  )

describe('the library', () => {
  test('tells power, peak and embodied of hardware, PUE and zone of a cloud region, each as an assumption', async () => {
    const answer = await ask({ hardware: 'A100 SXM4 80GB', count: 8, hours: 100, cloud_region: 'aws:eu-west-1' })
    expect(answer).toMatchObject({ energy_kwh: 320, device_hours: 800 })
    for (const field of [
      'watts',
      'utilisation',
      'pue',
      'grid_zone',
      'grid_g_per_kwh',
      'embodied.kg_per_device',
      'wue_l_per_kwh',
    ])
      expect(told(answer, field)?.source.length, field).toBeGreaterThan(10)
    const pue = told(answer, 'pue')?.value as number
    expect(answer.facility_kwh).toBeCloseTo(320 * pue, 9)
    expect(answer.location_kg).toBeCloseTo((320 * pue * (told(answer, 'grid_g_per_kwh')?.value as number)) / 1000, 9)
    expect(answer.embodied_kg).toBeCloseTo((150 * 800) / 35_040, 9)
  })

  test('knows a cloud instance as all its accelerators', async () => {
    const answer = await ask({ hardware: 'aws:p5.48xlarge', hours: 1, pue: 1, grid_g_per_kwh: 400, embodied: null })
    expect(answer.energy_kwh).toBe(5.6)
  })

  test('has no residual mix of Austria: flagged, and never 0', async () => {
    const answer = await ask({ energy_kwh: 1000, energy_boundary: 'facility', grid_zone: 'AT' })
    expect(answer.market_kg).toBe(answer.location_kg)
    expect(told(answer, 'residual_g_per_kwh')).toMatchObject({ value: null })
  })

  test('refuses what it does not know, and says what it does', async () => {
    expect(await refused({ hardware: 'H100', hours: 1 })).toMatchObject({ code: 'invalid_input', path: 'hardware' })
    expect((await refused({ hardware: 'H100', hours: 1 }))?.message).toMatch(/H100 SXM5 80GB/)
    expect((await refused({ hardware: 'Zeus X1', hours: 1 }))?.message).toMatch(/No hardware is known as Zeus X1/)
    expect(await refused({ energy_kwh: 1, cloud_region: 'aws:mars-1' })).toMatchObject({ path: 'cloud_region' })
    expect(await refused({ energy_kwh: 1, grid_zone: 'not-a:zone' })).toMatchObject({ path: 'grid_zone' })
    expect((await refused({ hardware: 'H100', hours: 1 }))?.message).toMatch(/\(700 W\).*or give watts/)
    expect((await refused({ energy_kwh: 1, cloud_region: 'virginia' }))?.message).toMatch(/aws:us-east-1/)
    expect(await refused({ hours: 1 })).toMatchObject({ code: 'invalid_input', path: 'watts' })
  })

  test('takes of a name that fits several devices what they have in common', async () => {
    const answer = await ask({ hardware: 'A100', watts: 400, hours: 35_040, pue: 1, grid_g_per_kwh: 57 })
    expect(answer.embodied_kg).toBe(150)
    expect(told(answer, 'hardware')?.source).toMatch(/A100 may be .*in common/)
    const flops = { parameters: 70e9, tokens: 2e12, mfu: 0.4 }
    expect((await ask({ hardware: 'A100 80GB', flops, watts: 400, grid_g_per_kwh: 57 })).device_hours).toBeCloseTo(
      (6 * 70e9 * 2e12) / (312e12 * 0.4 * 3600),
      3,
    )
  })

  test('knows names and regions as they are written elsewhere', async () => {
    for (const hardware of ['TPU v4', 'TPUv4', 'Google TPU v4', 'TPUv4 chip'])
      expect((await ask({ hardware, hours: 1 })).energy_kwh, hardware).toBe(0.192)
    for (const hardware of ['RTX 3090', 'GeForce RTX3090', 'NVIDIA RTX 3090'])
      expect((await ask({ hardware, hours: 1 })).energy_kwh, hardware).toBe(0.35)
    const regions = ['us-east-1', 'aws:us-east-1', 'AWS us-east-1', 'aws-us-east-1', 'Amazon Web Services: us-east-1']
    const found = await Promise.all(regions.map((cloud_region) => ask({ energy_kwh: 1, cloud_region })))
    expect(new Set(found.map(({ location_kg }) => location_kg)).size).toBe(1)
  })

  test('is not asked for hardware of which nothing is needed', async () => {
    const answer = await ask({ hardware: 'TPU v2', watts: 208, count: 200, hours: 1, pue: 1.1, grid_g_per_kwh: 431 })
    expect(answer.energy_kwh).toBeCloseTo(41.6, 9)
  })
})

describe('with a start', () => {
  const job = { watts: 1000, pue: 1, grid_zone: 'DE', embodied: null } as const

  test('the real hours are used, weighed by what falls in each', async () => {
    const answer = await ask({ ...job, hours: 2, start: '2024-05-30T00:30:00Z' })
    // 0.5 kWh at 100, 1 kWh at 110 and 0.5 kWh at 120 g/kWh.
    expect(answer.location_kg).toBeCloseTo(0.22, 12)
    expect(told(answer, 'grid_g_per_kwh')).toMatchObject({ tier: 1 })
    expect(told(answer, 'grid_g_per_kwh')?.value).toBeCloseTo(110, 9)
  })

  test('an offset is an instant, and stages follow on each other', async () => {
    const moved = await ask({ ...job, hours: 2, start: '2024-05-30T02:30:00+02:00' })
    expect(moved.location_kg).toBeCloseTo(0.22, 12)
    const { watts, ...place } = job
    const staged = await ask({
      ...place,
      start: '2024-05-30T00:00:00Z',
      stages: [
        { name: 'first', watts, hours: 1 },
        { name: 'second', watts, hours: 2 },
      ],
    })
    expect(staged.stages?.map(({ location_kg }) => location_kg)).toEqual([0.1, expect.closeTo(0.23, 12)])
  })

  test('hours that the file does not hold fall back, and the tier says so', async () => {
    const answer = await ask({ ...job, hours: 2, start: '2024-05-31T23:00:00Z' })
    expect(answer.location_kg).not.toBeNull()
    expect(told(answer, 'grid_g_per_kwh')?.tier).toBeGreaterThan(2)
  })

  test('is told as not used beside an intensity of its own, whatever its length', async () => {
    const answer = await ask({ watts: 400, hours: 1e6, grid_g_per_kwh: 57, start: '2024-05-30T00:00:00Z' })
    expect(answer.location_kg).toBe(22_800)
    expect(told(answer, 'start')?.source).toMatch(/not used/)
  })

  test('device-hours given as hours are refused when they would last for decades', async () => {
    expect(await refused({ ...job, hours: 1e6, start: '2024-05-30T00:00:00Z' })).toMatchObject({ path: 'hours' })
  })
})

test('nothing is stored', async () => {
  const count = async () =>
    withOrgSql(appPool(), orgId, async (tx) => {
      const { rows } = await tx.query(
        'select (select count(*) from entry) as entries, (select count(*) from reading_batch) as batches, (select count(*) from audit_event) as events',
      )
      return rows[0]
    })
  const before = await count()
  await ask({ hardware: 'A100 SXM4 80GB', hours: 1, grid_zone: 'DE' })
  expect(await count()).toEqual(before)
})
