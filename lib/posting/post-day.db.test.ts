import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { ingestReadings } from '@/lib/ingest/native'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'

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
const newOrganization = () => createTestOrganization(database, `org-${++made}`)

const said = {
  run: 'r',
  model: 'm',
  team: 't',
  stage: 'training',
  deployment: 'owned',
  grid_zone: 'DE',
} as const
type Item = Record<string, unknown>

const send = async (orgId: string, readings: Item[]) =>
  ingestReadings({ orgId, keyId: null, idempotencyKey: null }, { ...said, readings })

/** All current cells of an organisation, without what may differ between two: ids, revisions and times of posting. */
const cellsOf = (orgId: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => {
    const { rows } = await tx.query(
      `select e.day, a.stage, e.it_uwh, e.facility_uwh, e.location_mg, e.energy_tier, e.gap, e.covered_ms, e.elapsed_ms
       from entry e join attribution a using (org_id, attribution_id)
       join run r on r.org_id = a.org_id and r.run_id = a.run_id
       where e.is_current order by e.day, r.name`,
    )
    return rows
  })

// Two days around midnight, minutes apart: enough for gaps, hour edges and a day edge.
const START = Date.parse('2024-05-05T18:00:00Z')
const reading = (kind: 'power' | 'counter' | 'delta') =>
  fc
    .record({
      minute: fc.oneof(fc.integer({ min: 0, max: 720 }), fc.integer({ min: 330, max: 390 })),
      value: fc.integer({ min: 0, max: 5000 }),
    })
    .map(
      ({ minute, value }): Item => ({
        meter: kind,
        kind,
        unit: kind === 'power' ? 'W' : 'Wh',
        at: new Date(START + minute * 60_000).toISOString(),
        value,
      }),
    )
const evidence = fc
  .tuple(
    ...(['power', 'counter', 'delta'] as const).map((kind) => fc.array(reading(kind), { minLength: 1, maxLength: 6 })),
  )
  .map((lists) => {
    // One value a time: which of two conflicting values stands depends on receipt, by rule.
    const told = new Map(lists.flat().map((item) => [`${item.meter} ${item.at}`, item]))
    return [...told.values()].sort((a, b) => (String(a.at) < String(b.at) ? -1 : 1))
  })

describe('the same evidence gives the same cells', () => {
  test('whatever the order, the splitting into requests, the repeats and the moments of posting', async () => {
    await fc.assert(
      fc.asyncProperty(evidence, fc.infiniteStream(fc.nat(1_000_000)), async (items, dice) => {
        const orderly = await newOrganization()
        await send(orderly.orgId, items)
        await postAll()

        const disorderly = await newOrganization()
        const roll = () => dice.next().value as number
        const shuffled = [...items, ...items.filter(() => roll() % 3 === 0)].sort(() => (roll() % 2) - 0.5)
        while (shuffled.length > 0) {
          await send(disorderly.orgId, shuffled.splice(0, 1 + (roll() % 3)))
          if (roll() % 2 === 0) await postAll()
        }
        await postAll()
        expect(await cellsOf(disorderly.orgId)).toEqual(await cellsOf(orderly.orgId))
      }),
      { numRuns: 30 },
    )
  }, 120_000)
})

describe('a day that is posted again', () => {
  const items: Item[] = [0, 5, 10].map((minute) => ({
    meter: 'gpu0',
    kind: 'power',
    unit: 'W',
    at: new Date(START + minute * 60_000).toISOString(),
    value: 300,
  }))
  const entriesOf = (orgId: string) =>
    withOrgSql(workerPool(), orgId, async (tx) => {
      const { rows } = await tx.query<{ revision: number; is_current: boolean; total_it_uwh: bigint; status: string }>(
        'select revision, is_current, total_it_uwh, status from entry order by revision',
      )
      return rows
    })

  test('keeps a settled entry and adds a revision when late readings change it', async () => {
    const { orgId } = await newOrganization()
    await send(orgId, items.slice(0, 2))
    await postAll()
    await send(orgId, items)
    await postAll()
    expect(await entriesOf(orgId)).toEqual([
      { revision: 1, is_current: false, status: 'settled', total_it_uwh: 25_000_000n },
      { revision: 2, is_current: true, status: 'settled', total_it_uwh: 50_000_000n },
    ])
  })

  test('writes nothing when the result is the same', async () => {
    const { orgId } = await newOrganization()
    await send(orgId, items)
    await postAll()
    await send(orgId, [...items].reverse())
    await postAll()
    expect(await entriesOf(orgId)).toHaveLength(1)
  })

  test('a settled entry refuses an update and a delete, also from the worker', async () => {
    const { orgId } = await newOrganization()
    await send(orgId, items)
    await postAll()
    const attempt = (sql: string) => withOrgSql(workerPool(), orgId, (tx) => tx.query(sql))
    await expect(attempt('update entry set total_location_mg = 0')).rejects.toThrow('append-only')
    await expect(attempt('delete from entry')).rejects.toThrow('append-only')
  })

  test('a day of today is provisional, is replaced in place, and waits on the list until it settles', async () => {
    const { orgId } = await newOrganization()
    const now = Date.now()
    const recent = [60, 50, 40].map((minutes) => ({
      ...items[0],
      at: new Date(now - minutes * 60_000).toISOString(),
    }))
    await send(orgId, recent.slice(0, 2))
    await postAll()
    await send(orgId, recent)
    await postAll()
    const entries = await entriesOf(orgId)
    expect(entries.every((entry) => entry.revision === 1 && entry.status === 'provisional')).toBe(true)
    const { rows } = await withOrgSql(workerPool(), orgId, (tx) =>
      tx.query<{ waits: boolean }>('select due_at > now() as waits from open_day where org_id = app_org()'),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every((row) => row.waits)).toBe(true)
  })
})

test('energy read once over a silent week is spread over its days, and the days sum to it', async () => {
  const { orgId } = await newOrganization()
  const counter = (at: string, value: number): Item => ({ meter: 'c', kind: 'counter', unit: 'kWh', at, value })
  await send(orgId, [counter('2024-05-01T00:00:00Z', 0)])
  await postAll()
  await send(orgId, [counter('2024-05-08T00:00:00Z', 168)])
  await postAll()
  const { rows } = await withOrgSql(workerPool(), orgId, (tx) =>
    tx.query<{ day: string; total_it_uwh: bigint }>(
      'select day, total_it_uwh from entry where is_current order by day',
    ),
  )
  expect(rows.map((row) => row.day)).toEqual(['01', '02', '03', '04', '05', '06', '07'].map((day) => `2024-05-${day}`))
  expect(rows.map((row) => row.total_it_uwh)).toEqual(rows.map(() => 24_000_000_000n))
})

test('Σ teams = Σ models = Σ days of the cubes = the entries, to the milligram', async () => {
  const { orgId } = await newOrganization()
  await fc.assert(
    fc.asyncProperty(
      evidence,
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom('x', 'y'),
      async (items, team, model) => {
        await send(
          orgId,
          items.map((item) => ({ ...item, run: `${team}-${model}`, team, model })),
        )
      },
    ),
    { numRuns: 6 },
  )
  await postAll()
  const sums = await withOrgSql(workerPool(), orgId, async (tx) => {
    const sum = async (sql: string) =>
      (await tx.query<{ total: string; rows: bigint }>(`select sum(mg) as total, count(*) as rows from (${sql}) q`))
        .rows[0]
    return {
      entries: (await sum('select total_location_mg as mg from entry where is_current'))?.total,
      days: (await sum('select sum(location_mg) as mg from emission_day group by day'))?.total,
      teams: (await sum('select sum(location_mg) as mg from emission_month group by team_id'))?.total,
      models: (await sum('select sum(location_mg) as mg from emission_month group by model_id'))?.total,
    }
  })
  expect(Number(sums.entries)).toBeGreaterThan(0)
  expect(new Set(Object.values(sums)).size).toBe(1)
})
