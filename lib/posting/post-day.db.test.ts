import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { ingestReadings } from '@/lib/ingest/native'
import { openDaysOfHardware, openDaysOfSite, openDaysOfZones, openEveryDay } from '@/lib/ledger/affected-days'
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

const VECTORS = ['location_mg', 'market_mg', 'loss_mg', 'upstream_mg', 'embodied_mg', 'water_ul', 'source_water_ul']

/** Runs of several teams, places and devices, so that every vector has something to say. */
const sendSeveral = (orgId: string) => {
  const places = [
    { grid_zone: 'DE', deployment: 'owned', hardware: 'H100 SXM5 80GB', count: 8 },
    { cloud_region: 'aws:us-east-1', deployment: 'cloud', hardware: 'A100 SXM4 80GB' },
    { grid_zone: 'GB', deployment: 'colocation' },
    { grid_zone: 'NL', deployment: 'owned' },
  ]
  return fc.assert(
    fc.asyncProperty(
      evidence,
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom('x', 'y'),
      fc.constantFrom(...places),
      async (items, team, model, place) => {
        const run = `${team}-${model}-${place.deployment}-${place.grid_zone}`
        const { grid_zone: _, deployment: __, ...rest } = said
        await ingestReadings({ orgId, keyId: null, idempotencyKey: null }, {
          ...rest,
          ...place,
          run,
          team,
          model,
          readings: items,
        } as Parameters<typeof ingestReadings>[1])
      },
    ),
    { numRuns: 12, seed: 1 },
  )
}

test('Σ teams = Σ models = Σ days of the cubes = the entries, to the milligram, in every vector', async () => {
  const { orgId } = await newOrganization()
  await sendSeveral(orgId)
  await postAll()
  const sums = await withOrgSql(workerPool(), orgId, async (tx) => {
    const sum = async (columns: string[], from: string) =>
      (
        await tx.query<Record<string, unknown>>(
          `select ${columns.map((column) => `sum(${column})::text as c_${column.replace(/^total_/, '')}`).join(', ')} from ${from}`,
        )
      ).rows[0]
    const by = (table: string, dimension: string) =>
      `(select ${VECTORS.map((column) => `sum(${column}) as ${column}`).join(', ')} from ${table} group by ${dimension}) q`
    return {
      entries: await sum(
        VECTORS.map((column) => `total_${column}`),
        'entry where is_current',
      ),
      days: await sum(VECTORS, by('emission_day', 'day')),
      teams: await sum(VECTORS, by('emission_month', 'team_id')),
      models: await sum(VECTORS, by('emission_month', 'model_id')),
    }
  })
  expect(sums.days).toEqual(sums.entries)
  expect(sums.teams).toEqual(sums.entries)
  expect(sums.models).toEqual(sums.entries)
  for (const total of Object.values(sums.entries ?? {})) expect(Number(total)).toBeGreaterThan(0)
})

test('the cube says by which tiers a figure is known, and what rests on the grid average for want of a residual mix', async () => {
  const { orgId } = await newOrganization()
  await sendSeveral(orgId)
  await postAll()
  const tiers = (kind: string) => [1, 2, 3, 4, 5].map((tier) => `${kind}${tier}_mg`).join(' + ')
  const { rows } = await withOrgSql(workerPool(), orgId, (tx) =>
    tx.query<Record<string, string | boolean>>(
      `select zone, sum(location_mg)::text as location, sum(${tiers('energy')})::text as energy, sum(${tiers('intensity')})::text as intensity,
         sum(${tiers('overhead')})::text as overhead, sum(market_mg) = sum(market_fallback_mg) as fallback
       from emission_day group by zone order by zone`,
    ),
  )
  for (const row of rows) expect([row.energy, row.intensity, row.overhead]).toEqual(new Array(3).fill(row.location))
  const fallback = new Map(rows.map((row) => [row.zone, row.fallback]))
  // AIB publishes none for NL, and none of GB is known for its year: never 0.
  expect([fallback.get('DE'), fallback.get('NL'), fallback.get('US-MIDA-PJM')]).toEqual([false, true, false])
})

test('a day whose entries change opens its month for instruments; one that stays the same does not', async () => {
  const { orgId } = await newOrganization()
  const generation = async () =>
    (
      await withOrgSql(workerPool(), orgId, (tx) =>
        tx.query<{ generation: string }>('select generation::text from open_allocation where org_id = app_org()'),
      )
    ).rows.map((row) => row.generation)
  const item = (minute: number): Item => ({
    ...{ meter: 'gpu0', kind: 'power', unit: 'W', value: 300 },
    at: new Date(START + minute * 60_000).toISOString(),
  })
  await send(orgId, [item(0), item(5)])
  await postAll()
  expect(await generation()).toEqual(['1'])
  await send(orgId, [item(5), item(0)])
  await postAll()
  expect(await generation()).toEqual(['1'])
  await send(orgId, [item(10)])
  await postAll()
  expect(await generation()).toEqual(['2'])
})

test('posting again gives the same bytes', async () => {
  const { orgId } = await newOrganization()
  await sendSeveral(orgId)
  await postAll()
  const digests = () =>
    withOrgSql(workerPool(), orgId, async (tx) => {
      const { rows } = await tx.query<{ digest: string }>(
        `select encode(input_sha256, 'hex') as digest, revision from entry order by entry_id, revision`,
      )
      return rows
    })
  const before = await digests()
  const opened = await withOrgSql(workerPool(), orgId, (tx) => openEveryDay(tx, orgId))
  await postAll()
  expect(opened).toBeGreaterThan(0)
  expect(await digests()).toEqual(before)
})

describe('a changed fact', () => {
  const sums = (orgId: string) =>
    withOrgSql(workerPool(), orgId, async (tx) => {
      const { rows } = await tx.query<Record<string, string | null>>(
        'select sum(location_mg)::text as location, sum(market_mg)::text as market, sum(water_ul)::text as water, sum(embodied_mg)::text as embodied from emission_day',
      )
      return rows[0]
    })
  const owner = async (sql: string, values: unknown[]) => {
    const client = new pg.Client({ connectionString: database.ownerUrl })
    await client.connect()
    try {
      await client.query("select set_config('app.org_id', $1, false)", [values[0]])
      await client.query(sql, values)
    } finally {
      await client.end()
    }
  }

  test('of a site opens its days: WUE, a supplier’s rate; and leaves the location-based figure alone', async () => {
    const { orgId } = await newOrganization()
    const items = [0, 5, 10].map((minute) => ({
      ...{ meter: 'gpu0', kind: 'power', unit: 'W', value: 300 },
      at: new Date(START + minute * 60_000).toISOString(),
    }))
    await ingestReadings(
      { orgId, keyId: null, idempotencyKey: null },
      { ...said, site: 'hall', hardware: 'h100-box', readings: items },
    )
    await postAll()
    const before = await sums(orgId)
    expect([before?.water, before?.embodied]).toEqual([null, null])

    await owner(`update site set declared_wue = 0.5 where org_id = $1`, [orgId])
    await owner(
      `insert into instrument (org_id, instrument_id, kind, name, market, g_per_kwh, vintage_from, vintage_to, conveys_attribute, sole_claim, evidence)
       values ($1, gen_random_uuid(), 'supplier_rate', 'Contract', 'DE', 12, '2024-01-01', '2025-01-01', true, true, 'contract 7')`,
      [orgId],
    )
    await owner(
      `insert into asset (org_id, asset_id, name, hardware, kind, units, purchased_on, in_service_on, life_years, embodied_kg, embodied_basis)
       values ($1, gen_random_uuid(), 'Boxes', 'H100 box', 'server', 2, '2024-01-01', '2024-01-01', 5, 1300, 'pcf')`,
      [orgId],
    )
    const [bySite, byHardware, elsewhere] = await withOrgSql(workerPool(), orgId, async (tx) => {
      const { rows } = await tx.query<{ site_id: string }>('select site_id from site')
      return [
        await openDaysOfSite(tx, orgId, rows[0]?.site_id as string),
        await openDaysOfHardware(tx, orgId, ['H100 Box']),
        await openDaysOfZones(tx, orgId, ['SE']),
      ]
    })
    expect([bySite, byHardware, elsewhere]).toEqual([1, 1, 0])
    await postAll()
    const after = await sums(orgId)
    // 0.05 kWh of IT at 0.5 L/kWh; at PUE 1.56 and 12 g/kWh; 1,300 kg over 43,800 h for 10 minutes.
    expect(after).toEqual({ location: before?.location, market: '936', water: '25000', embodied: '4947' })
  })
})
