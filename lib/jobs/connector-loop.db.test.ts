import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Double, startDouble } from '@/lib/connect/testing/double'
import { connectorFieldsSchema } from '@/lib/contracts/connectors'
import { closePools, workerPool } from '@/lib/db/pool'
import { createConnector } from '@/lib/registry/edit-connector'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, useDatabase } from '@/scripts/testing/organization'
import { connectorLoop } from './connector-loop'

let database: TestDatabase
let double: Double
beforeAll(async () => {
  database = await createTestDatabase()
  // Answers nobody.
  double = await startDouble(() => undefined)
  process.env.OUTBOUND_ALLOWED_HOSTS = double.host
  useDatabase(database)
})
afterAll(async () => {
  await double.close()
  await closePools()
  await database.drop()
})

test('a worker that is told to stop breaks off the call that runs, blames nobody and holds no lock', async () => {
  const { orgId, userId } = await createTestOrganization(database, 'stopping')
  const fields = connectorFieldsSchema.parse({
    kind: 'gb-carbon-intensity',
    name: 'GB',
    settings: { base_url: double.url },
  })
  await createConnector(orgId, fields, { kind: 'user', id: userId })
  const stop = new AbortController()
  const loop = connectorLoop(stop.signal)
  while (double.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  const stoppedAt = Date.now()
  stop.abort()
  await loop
  expect(Date.now() - stoppedAt).toBeLessThan(1000)
  const { rows } = await workerPool().query(
    `select failures, last_error, next_at <= now() as due,
       (select count(*)::int from pg_locks where locktype = 'advisory') as locks from connector where org_id = $1`,
    [orgId],
  )
  expect(rows).toEqual([{ failures: 0, last_error: null, due: true, locks: 0 }])
})
