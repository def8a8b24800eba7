import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appPool, closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { importIntensity } from '@/lib/grid/import-intensity'
import { referenceTables } from '@/lib/grid/zone-of'
import { ingestReadings } from '@/lib/ingest/native'
import { HOUR } from '@/lib/units/time'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { restateDay } from './restate-day'

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
const newOrganization = () => createTestOrganization(database, `restate-${++made}`)
const START = Date.parse('2024-05-05T18:00:00Z')
const DAY_NAME = '2024-05-05'

type Item = Record<string, unknown>
const reading = fc.record({ minute: fc.integer({ min: 0, max: 700 }), value: fc.integer({ min: 0, max: 5000 }) }).map(
  ({ minute, value }): Item => ({
    ...{ meter: 'gpu', kind: 'power', unit: 'W', value },
    at: new Date(START + minute * 60_000).toISOString(),
  }),
)
const places = [
  { grid_zone: 'DE', deployment: 'owned', hardware: 'H100 SXM5 80GB', count: 8 },
  { cloud_region: 'aws:us-east-1', deployment: 'cloud', hardware: 'A100 SXM4 80GB' },
  { grid_zone: 'GB', deployment: 'colocation' },
  { grid_zone: 'DE', deployment: 'owned', pue: 1.3 },
]
const workloads = fc.array(
  fc.record({
    place: fc.constantFrom(...places),
    items: fc.uniqueArray(reading, { minLength: 2, maxLength: 20, selector: (one) => one.at }),
  }),
  { minLength: 1, maxLength: 4 },
)
/** A revision of some hours of DE, measured and estimated. */
const revision = fc.array(
  fc.record({
    hour: fc.integer({ min: 0, max: 12 }),
    gPerKwh: fc.integer({ min: 0, max: 900 }),
    estimated: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)

const send = async (orgId: string, list: { place: (typeof places)[number]; items: Item[] }[]) => {
  for (const [index, { place, items }] of list.entries())
    await ingestReadings({ orgId, keyId: null, idempotencyKey: null }, {
      ...{ run: `r${index}`, model: 'm', team: 't', stage: 'training' },
      ...place,
      readings: items,
    } as Parameters<typeof ingestReadings>[1])
}

const importDe = (orgId: string, hours: { hour: number; gPerKwh: number; estimated: boolean }[]) =>
  withOrgSql(appPool(), orgId, (tx) =>
    importIntensity(tx, {
      ...{ orgId, zone: 'DE', basis: 'direct', source: 'a revision', retrievedAt: new Date(0) },
      hours: [...new Map(hours.map((one) => [one.hour, one])).values()].map(({ hour, gPerKwh, estimated }) => ({
        ...{ at: START + hour * HOUR, gPerKwh, estimated },
      })),
    } as Parameters<typeof importIntensity>[1]),
  )

/** Everything of the books that a revision may change, to the byte, without ids and times of posting. */
const booksOf = (orgId: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => {
    const entries = await tx.query(
      `select e.day, r.name, e.revision, e.status, e.location_mg, e.market_mg, e.loss_mg, e.upstream_mg, e.embodied_mg, e.water_ul,
         e.source_water_ul, e.g_per_kwh, e.intensity_tier, e.intensity_factor, e.overhead_factor, e.gap, e.factors, e.terms,
         e.total_location_mg, e.screening, e.covered_ms, e.first_at, e.last_at, cardinality(e.series_ids) as series
       from entry e join attribution a using (org_id, attribution_id) join run r on r.org_id = a.org_id and r.run_id = a.run_id
       where e.is_current order by 1, 2`,
    )
    const cubes = await tx.query(
      `select day, zone, deployment, it_uwh, location_mg, market_mg, loss_mg, water_ul, known_hours, gap_hours
       from emission_day order by 1, 2, 3, 4, 5`,
    )
    return { entries: entries.rows, cubes: cubes.rows }
  })

/** The days that the import opened, and no others. */
const restateAll = async (orgId: string) => {
  const tables = await referenceTables(workerPool())
  const changed: (number | null)[] = []
  const { rows } = await withOrgSql(workerPool(), orgId, (tx) =>
    tx.query<{ day: string }>('select day from open_day where org_id = app_org() and due_at <= now() order by day'),
  )
  for (const { day } of rows)
    changed.push(await withOrgSql(workerPool(), orgId, (tx) => restateDay(tx, orgId, day, { tables, now: Date.now() })))
  return changed
}

test('a revision of intensities, re-multiplied, gives the bytes of posting', async () => {
  await fc.assert(
    fc.asyncProperty(workloads, revision, revision, async (list, first, second) => {
      const posted = await newOrganization()
      const restated = await newOrganization()
      for (const { orgId } of [posted, restated]) {
        await send(orgId, list)
        await importDe(orgId, first)
        await postAll()
        await importDe(orgId, second)
      }
      expect(await restateAll(restated.orgId)).not.toContain(null)
      const mine = await booksOf(restated.orgId)
      await postAll()
      expect(mine).toEqual(await booksOf(posted.orgId))
      // Posting the restated days finds nothing to change: the digests are the same.
      expect(await booksOf(restated.orgId)).toEqual(mine)
    }),
    { numRuns: 10 },
  )
}, 180_000)

test('where the entries alone do not tell, the day is left to posting', async () => {
  const { orgId } = await newOrganization()
  await send(orgId, [
    {
      place: places[3] as (typeof places)[number],
      items: [0, 5].map((minute) => ({
        ...{ meter: 'gpu', kind: 'power', unit: 'W', value: 300 },
        at: new Date(START + minute * 60_000).toISOString(),
      })),
    },
  ])
  await postAll()
  const [site] = await withOrgSql(workerPool(), orgId, async (tx) => {
    await tx.query("insert into site (org_id, site_id, slug, name) values ($1, gen_random_uuid(), 'hall', 'Hall')", [
      orgId,
    ])
    return (await tx.query<{ site_id: string }>('select site_id from site')).rows
  })
  await withOrgSql(workerPool(), orgId, (tx) =>
    tx.query(
      `insert into facility_day (org_id, site_id, day, it_basis, paired_hours, facility_hours, provisional)
       values ($1, $2, $3, 'meter', 0, 0, false)`,
      [orgId, site?.site_id, DAY_NAME],
    ),
  )
  await importDe(orgId, [{ hour: 0, gPerKwh: 123, estimated: false }])
  expect(await restateAll(orgId)).toEqual([null])
})
