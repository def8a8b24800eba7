import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareQuerySchema } from '@/lib/contracts/compare'
import { closePools } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { withOrg } from '@/lib/db/with-org'
import { ingestReadings } from '@/lib/ingest/native'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { compare } from './compare'

let database: TestDatabase
let orgId: string
let strangerId: string
const runs = new Map<string, string>()

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  orgId = (await createTestOrganization(database, 'compare')).orgId
  strangerId = (await createTestOrganization(database, 'stranger')).orgId
  for (const [run, day, kwh] of [
    ['before', '2024-05-30', 10],
    ['after', '2024-06-02', 15],
  ] as const) {
    await ingestReadings({ orgId, keyId: null, idempotencyKey: null }, {
      run,
      team: 'Lab',
      model: 'base',
      stage: 'training',
      grid_zone: 'DE',
      deployment: 'owned',
      pue: 1.2,
      readings: [
        {
          meter: run,
          kind: 'delta',
          unit: 'kWh',
          boundary: 'it',
          start: `${day}T01:00:00Z`,
          at: `${day}T02:00:00Z`,
          value: kwh,
        },
      ],
    } as Parameters<typeof ingestReadings>[1])
  }
  await new Promise((done) => setTimeout(done, 400))
  await postAll()
  const found = await withOrg({ orgId }, (tx) => tx.run.findMany({ select: { name: true, run_id: true } }))
  for (const { name, run_id } of found) runs.set(name, run_id)
})
afterAll(async () => {
  await closePools()
  await prisma().$disconnect()
  await database.drop()
})

const sideBySide = (before: string, after: string, org = orgId) => {
  const query = compareQuerySchema.parse({ before, after })
  return withOrg({ orgId: org }, (tx) => compare(tx, query))
}
const of = (answer: Awaited<ReturnType<typeof sideBySide>>, measure: string) =>
  answer.measures.find((each) => each.measure === measure)

describe('a comparison', () => {
  test('of two runs tells both, the exact difference and the percentages', async () => {
    const answer = await sideBySide(
      runs.get('before') as string,
      `run_${(runs.get('after') as string).replaceAll('-', '')}`,
    )
    expect([answer.before.name, answer.after.name]).toEqual(['before', 'after'])
    expect(of(answer, 'energy_kwh')).toMatchObject({
      before: 10,
      after: 15,
      delta: 5,
      change_percent: 50,
      percent_of_before: 150,
    })
    const mass = of(answer, 'location_kg')
    const grid = of(answer, 'g_per_kwh')
    expect(mass?.before).toBeCloseTo((12 * (grid?.before as number)) / 1000, 6)
    expect(mass?.after).toBeCloseTo((18 * (grid?.after as number)) / 1000, 6)
    expect(mass?.delta).toBeCloseTo((mass?.after as number) - (mass?.before as number), 9)
    expect(of(answer, 'pue')).toMatchObject({ before: 1.2, after: 1.2 })
    expect(answer.location_interval.overlap).toBe(false)
  })

  test('of two windows sums whole days, the end outside', async () => {
    const answer = await sideBySide('2024-05', '2024-06')
    expect(of(answer, 'energy_kwh')).toMatchObject({ before: 10, after: 15 })
    const same = await sideBySide('2024-05-30/2024-05-31', '2024-05-30/2024-06-02')
    expect(of(same, 'energy_kwh')).toMatchObject({ before: 10, after: 10, delta: 0, change_percent: 0 })
    expect(of(same, 'location_kg')?.delta).toBe(0)
    expect(same.location_interval.overlap).toBe(true)
  })

  test('with nothing on a side leaves it unknown, never 0', async () => {
    const answer = await sideBySide('2020', '2024')
    expect(of(answer, 'location_kg')).toMatchObject({ before: null, delta: null, change_percent: null })
    expect(answer.location_interval.before).toBeNull()
  })

  test('does not find another organisation’s run', async () => {
    await expect(sideBySide(runs.get('before') as string, '2024', strangerId)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('a side', () => {
  test.each(['2024-13', '2024-02-30/2024-03-01', '2024-03-02/2024-03-01', 'yesterday', ''])('%s is refused', (side) => {
    expect(compareQuerySchema.safeParse({ before: side, after: '2024' }).success).toBe(false)
  })
  test('of December ends with the year', () => {
    expect(compareQuerySchema.parse({ before: '2024-12', after: '2024' })).toMatchObject({
      before: { from: '2024-12-01', to: '2025-01-01' },
      after: { from: '2024-01-01', to: '2025-01-01' },
    })
  })
})
