import { afterAll, beforeAll, expect, test } from 'vitest'
import { closePools } from '@/lib/db/pool'
import { withOrg } from '@/lib/db/with-org'
import { ingestReadings } from '@/lib/ingest/native'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { sourcesAnswer } from './sources'

let database: TestDatabase
let org: TestOrganization
let other: TestOrganization
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  org = await createTestOrganization(database, 'senders')
  other = await createTestOrganization(database, 'others')
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

test('a source shows what it brought, how late, and what was refused; another organisation sees nothing', async () => {
  const said = { run: 'r', model: 'm', team: 't', stage: 'training', grid_zone: 'DE', deployment: 'owned' } as const
  const reading = (secondsAgo: number, value: number) => ({
    meter: 'gpu0',
    kind: 'power',
    unit: 'W',
    at: new Date(Date.now() - secondsAgo * 1000).toISOString(),
    value,
  })
  await ingestReadings(
    { orgId: org.orgId, keyId: null, idempotencyKey: null },
    { ...said, readings: [reading(120, 300), reading(60, 310), reading(30, -1)] },
  )
  const { sources } = await withOrg(org, sourcesAnswer)
  expect(sources).toHaveLength(1)
  const [source] = sources
  expect(source).toMatchObject({ protocol: 'native', state: 'live', readings_24h: 2, readings_24h_at_least: false })
  expect(source?.rejected).toEqual([{ day: expect.any(String), reason: 'value_negative', readings: 1 }])
  expect(source?.lag_p95_s).toBeGreaterThanOrEqual(59)
  expect(source?.lag_p95_s).toBeLessThan(120)
  expect(source?.readings_per_min).toBeGreaterThan(0)
  expect(source?.coverage).toBeNull()
  expect((await withOrg(other, sourcesAnswer)).sources).toEqual([])
})

test('a source of which every request was refused has received nothing', async () => {
  await expect(
    ingestReadings(
      { orgId: other.orgId, keyId: null, idempotencyKey: null },
      { readings: [{ meter: 'x', kind: 'power', unit: 'kWh', at: '2026-01-01T00:00:00Z', value: 1 }] },
    ),
  ).rejects.toMatchObject({ code: 'all_rejected' })
  const { sources } = await withOrg(other, sourcesAnswer)
  expect(sources[0]).toMatchObject({ last_received_at: null, state: 'refusing', readings_24h: 0, lag_p95_s: null })
  expect(sources[0]?.rejected).toHaveLength(1)
})
