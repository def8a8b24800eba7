import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ActivityAnswer, activityRequestSchema } from '@/lib/contracts/activities'
import { closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { ingestActivity } from '@/lib/ingest/activities'
import { ingestReadings } from '@/lib/ingest/native'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { accountActivity } from './account-activity'
import { modelEnergy } from './model-energy'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

let made = 0
const newOrganization = async () => (await createTestOrganization(database, `activity-${++made}`)).orgId

const said = {
  ...{ run: 'r', model: 'm', team: 't', stage: 'training', deployment: 'owned', grid_zone: 'DE' },
  ...{ start: '2024-05-05T10:00:00Z', end: '2024-05-05T12:00:00Z' },
}
const send = (orgId: string, more: Record<string, unknown>): Promise<ActivityAnswer> =>
  ingestActivity({ orgId, keyId: null, idempotencyKey: null }, activityRequestSchema.parse({ ...said, ...more }), {
    account: accountActivity,
    model: modelEnergy,
  })
const rows = (orgId: string, sql: string) => withOrgSql(workerPool(), orgId, async (tx) => (await tx.query(sql)).rows)
const ledger = (orgId: string) =>
  rows(
    orgId,
    `select total_it_uwh::float8 / 1e9 as kwh, total_location_mg::float8 as location, total_market_mg::float8 as market,
       total_embodied_mg::float8 as embodied, energy_tier[11] as tier from entry where is_current order by day`,
  )

describe('a metered activity', () => {
  test('is answered by both methods, with its embodied share and interval, as the ledger then says', async () => {
    const orgId = await newOrganization()
    const answer = await send(orgId, { energy_kwh: 100, pue: 1.2, hardware: 'H100 SXM5 80GB', count: 8 })
    await postAll()
    const [entry] = await ledger(orgId)
    const kg = (name: 'location' | 'market' | 'embodied') => (answer.co2e_kg[name] as number) * 1e6
    expect([kg('location'), kg('market'), kg('embodied')].map(Math.round)).toEqual([
      entry.location,
      entry.market,
      entry.embodied,
    ])
    // 164 kg × 8 devices × 2 h ÷ 35,040 h.
    expect(answer.co2e_kg.embodied).toBeCloseTo(0.074886, 6)
    const { low, location, high } = answer.co2e_kg as Record<string, number>
    expect(low).toBeLessThan(location as number)
    expect(high).toBeGreaterThan(location as number)
    expect(answer.assumptions.map(({ field }) => field)).toContain('market_rate')
  })
})

describe('a modelled activity', () => {
  test('is utilisation × TDP × devices × time, tier 4, and keeps what it was made of', async () => {
    const orgId = await newOrganization()
    const answer = await send(orgId, { hardware: 'H100 SXM5 80GB', count: 8, utilisation: 0.5 })
    // 700 W × 0.75 × 8 × 2 h.
    expect(answer.energy_kwh).toBeCloseTo(8.4, 9)
    await postAll()
    expect(await ledger(orgId)).toMatchObject([{ kwh: expect.closeTo(8.4, 9), tier: 4 }])
    expect(await rows(orgId, `select detail from audit_event where action = 'activity.model'`)).toMatchObject([
      {
        detail: {
          method: 'utilisation',
          device_hours: 16,
          power_w: 525,
          utilisation: 0.5,
          start: '2024-05-05T10:00:00Z',
        },
      },
    ])
    expect(await rows(orgId, 'select method from series')).toEqual([{ method: 'utilisation' }])
  })

  test('is device-hours at TDP', async () => {
    const answer = await send(await newOrganization(), { hardware: 'H100 SXM5 80GB', device_hours: 100 })
    expect(answer.energy_kwh).toBeCloseTo(70, 9)
  })

  test('is FLOPs ÷ (peak × MFU), tier 5, from a number or from parameters and tokens', async () => {
    const orgId = await newOrganization()
    const flops = { parameters: 1e9, tokens: 2e10, mfu: 0.5 }
    const answer = await send(orgId, { hardware: 'H100 SXM5 80GB', flops })
    // 6 × 1e9 × 2e10 ÷ (989e12 × 0.5 × 3600) device-hours at 700 W.
    expect(answer.energy_kwh).toBeCloseTo((1.2e20 / (989e12 * 0.5 * 3600)) * 0.7, 6)
    await postAll()
    expect(await ledger(orgId)).toMatchObject([{ tier: 5 }])
    const number = await send(await newOrganization(), { hardware: 'H100 SXM5 80GB', flops: 1.2e20 })
    expect(number.energy_kwh).toBeCloseTo(((answer.energy_kwh as number) * 0.5) / 0.4, 6)
    expect(number.assumptions).toContainEqual(expect.objectContaining({ field: 'mfu', value: 0.4 }))
  })

  test('stands aside where meters of its run know the hour, and says so', async () => {
    const orgId = await newOrganization()
    const { start: _, end: __, ...context } = said
    await ingestReadings(
      { orgId, keyId: null, idempotencyKey: null },
      {
        ...context,
        stage: 'training',
        deployment: 'owned',
        readings: [
          { meter: 'gpu0', kind: 'delta', unit: 'kWh', start: said.start, at: '2024-05-05T11:00:00Z', value: 3 },
        ],
      },
    )
    await postAll()
    const answer = await send(orgId, { hardware: 'H100 SXM5 80GB', device_hours: 20 })
    expect(answer.assumptions).toContainEqual(expect.objectContaining({ field: 'energy', value: 'set aside in 1 h' }))
    await postAll()
    // 3 kWh as metered, then half of the model's 14.
    const kwh = (await ledger(orgId)).map((entry) => entry.kwh)
    expect(kwh.reduce((sum, each) => sum + each, 0)).toBeCloseTo(10, 9)
  })

  test('repeated changes nothing', async () => {
    const orgId = await newOrganization()
    for (let i = 0; i < 2; i++) await send(orgId, { hardware: 'H100 SXM5 80GB', device_hours: 20 })
    await postAll()
    expect(await ledger(orgId)).toMatchObject([{ kwh: expect.closeTo(14, 9) }])
    expect(await rows(orgId, `select 1 from audit_event where action = 'activity.model'`)).toHaveLength(1)
  })

  test('of hardware whose power nobody knows, or that may be several, is refused with what it may be', async () => {
    const orgId = await newOrganization()
    await expect(send(orgId, { hardware: 'abacus', device_hours: 1 })).rejects.toThrow('power of abacus is not known')
    await expect(send(orgId, { hardware: 'A100', device_hours: 1 })).rejects.toThrow('It may be A100')
    expect(await rows(orgId, 'select 1 from series')).toHaveLength(0)
  })
})

describe('what an activity says of its energy', () => {
  const faults = (more: Record<string, unknown>) =>
    activityRequestSchema.safeParse({ ...said, ...more }).error?.issues.map(({ path }) => path.join('.')) ?? []

  test('is one thing: metered, or a model with its hardware', () => {
    expect(faults({ energy_kwh: 1 })).toEqual([])
    expect(faults({ energy_kwh: 1, hardware: 'h100', count: 8 })).toEqual([])
    expect(faults({ hardware: 'h100' })).toEqual([])
    expect(faults({})).toEqual(['energy_kwh'])
    expect(faults({ flops: 1e20 })).toEqual(['energy_kwh'])
    expect(faults({ energy_kwh: 1, device_hours: 1 })).toEqual(['device_hours'])
    expect(faults({ hardware: 'h100', device_hours: 1, flops: 1 })).toEqual(['flops'])
    expect(faults({ hardware: 'h100', boundary: 'facility' })).toEqual(['boundary'])
  })
})
