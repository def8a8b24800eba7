import { afterAll, beforeAll, expect, test } from 'vitest'
import { appPool, closePools, workerPool } from '@/lib/db/pool'
import { withOrg } from '@/lib/db/with-org'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { importIntensity } from '@/lib/grid/import-intensity'
import { referenceTables } from '@/lib/grid/zone-of'
import { ingestReadings } from '@/lib/ingest/native'
import { allocateDueMonths } from '@/lib/posting/allocate-month'
import { addInstrument } from '@/lib/registry/edit-instrument'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { emissions } from './emissions'

/** The Netherlands publish no residual mix, so the rate before instruments is the hour's own. */
const START = Date.parse('2025-05-30T00:00:00Z')
const HOUR = 3_600_000
const HOURS = 48
const WINDOW = { from: START, to: START + HOURS * HOUR }
const iso = (at: number) => new Date(at).toISOString()

let database: TestDatabase
let orgId: string

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  orgId = (await createTestOrganization(database, 'effects')).orgId
  const hours = Array.from({ length: HOURS }, (_, i) => ({
    at: START + i * HOUR,
    gPerKwh: i % 24 < 12 ? 20 + i : 600 + i,
    estimated: false,
  }))
  await withOrgSql(appPool(), orgId, (tx) =>
    importIntensity(tx, { orgId, zone: 'NL', basis: 'direct', hours, source: 'a file', retrievedAt: new Date(START) }),
  )
  const readings = hours.map(({ at }, i) => ({
    meter: 'm',
    kind: 'delta' as const,
    unit: 'kWh' as const,
    boundary: 'facility' as const,
    start: iso(at),
    at: iso(at + HOUR),
    value: 100 + (i % 7) * 0.001,
  }))
  const job = {
    run: 'run',
    team: 'team',
    model: 'model',
    stage: 'training',
    deployment: 'owned',
    grid_zone: 'NL',
  } as const
  await ingestReadings({ orgId, keyId: null, idempotencyKey: null }, { ...job, readings })
  await postAll()
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const cover = async (mwh: number, g_per_kwh: number) => {
  const { instrument } = await addInstrument(
    orgId,
    {
      ...{ kind: 'go', name: `GO of ${mwh} MWh`, market: 'NL', site: null, mwh, g_per_kwh, technology: 'wind' },
      ...{ tracking_system: 'VertiCer', serial: null, vintage_from: '2025-01-01', vintage_to: '2026-01-01' },
      ...{
        cancelled_on: '2026-02-01',
        cancelled_for: 'Organisation effects',
        conveys_attribute: true,
        sole_claim: true,
      },
      ...{ hourly_profile: null, evidence: null },
    },
    { kind: 'system', id: 'test' },
  )
  expect(instrument.failed).toEqual([])
  await allocateDueMonths(workerPool(), await referenceTables(workerPool()), orgId)
}
const marketBy = async (by: 'hour' | 'day') => {
  const { rows, total } = await withOrg({ orgId }, (tx) => emissions(tx, { ...WINDOW, by: [by] }))
  const mg = rows.map(({ market_kg }) => Math.round((market_kg as number) * 1e6))
  expect(mg.reduce((sum, each) => sum + each, 0)).toBe(Math.round((total.market_kg as number) * 1e6))
  return { mg, location: rows.map(({ location_kg }) => Math.round((location_kg as number) * 1e6)) }
}

test('no hour and no day nets below zero where the rate changes from hour to hour; covered hours keep their own shape', async () => {
  await cover(2.4, 0)
  const half = await marketBy('hour')
  expect(half.mg).toHaveLength(HOURS)
  for (const [i, mg] of half.mg.entries()) {
    expect(mg, `hour ${i}`).toBeGreaterThanOrEqual(0)
    // 2,400 of some 4,800 kWh: half of each hour's own.
    expect(mg / (half.location[i] as number)).toBeCloseTo(0.5, 4)
  }
  for (const mg of (await marketBy('day')).mg) expect(mg).toBeGreaterThanOrEqual(0)
})

test('what the instrument itself emits follows the energy', async () => {
  await cover(100, 12)
  const whole = await marketBy('hour')
  // The other half of 100 kWh an hour, at 12 g/kWh.
  for (const mg of whole.mg) expect(mg).toBeGreaterThan(599_000)
  for (const mg of whole.mg) expect(mg).toBeLessThan(601_500)
})
