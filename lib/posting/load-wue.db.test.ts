import { afterAll, beforeAll, expect, test } from 'vitest'
import { closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { ingestReadings } from '@/lib/ingest/native'
import { recordMeasurement } from '@/lib/registry/site-measurements'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, useDatabase } from '@/scripts/testing/organization'
import { loadMeasuredWue } from './load-wue'

let database: TestDatabase
let orgId: string

const AUTHOR = { kind: 'system', id: 'test' } as const
const measure = (month: string, quantity: 'water_l' | 'it_kwh', value: number) =>
  recordMeasurement(orgId, 'hall', { month, quantity, value, source: 'Meter' }, AUTHOR)
const wueOn = async (day: string) => {
  const found = await withOrgSql(workerPool(), orgId, (tx) => loadMeasuredWue(tx, orgId, day))
  return [...found.values()][0] ?? null
}

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  orgId = (await createTestOrganization(database, 'wue')).orgId
  const reading = {
    meter: 'm',
    kind: 'delta',
    unit: 'kWh',
    start: '2025-01-01T00:00:00Z',
    at: '2025-01-01T01:00:00Z',
  } as const
  await ingestReadings(
    { orgId, keyId: null, idempotencyKey: null },
    {
      run: 'run',
      team: 'team',
      model: 'model',
      stage: 'training',
      site: 'Hall',
      deployment: 'owned',
      grid_zone: 'DE',
      readings: [{ ...reading, value: 1 }],
    },
  )
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

test('is the month’s own once both are measured, so that workloads drink what the meter read; until then the year’s to it', async () => {
  expect(await wueOn('2025-01-15')).toBeNull()
  await measure('2025-01', 'it_kwh', 1000)
  await measure('2025-01', 'water_l', 100)
  await measure('2025-07', 'water_l', 900)
  // July's IT energy is not measured yet.
  expect(await wueOn('2025-07-15')).toMatchObject({ value: 0.1, tier: 1 })
  await measure('2025-07', 'it_kwh', 500)
  expect(await wueOn('2025-07-15')).toMatchObject({ value: 1.8, factor: { name: 'Site WUE, measured in 2025-07' } })
  expect(await wueOn('2025-01-15')).toMatchObject({ value: 0.1 })
  // August has neither: 1,000 L ÷ 1,500 kWh, never the mean of 0.1 and 1.8.
  expect((await wueOn('2025-08-01'))?.value).toBeCloseTo(1000 / 1500, 12)
  expect(await wueOn('2026-07-01')).toBeNull()
})
