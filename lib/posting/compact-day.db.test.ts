import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { ingestReadings } from '@/lib/ingest/native'
import { openEveryDay } from '@/lib/ledger/affected-days'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { compactDay } from './compact-day'

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
const newOrganization = () => createTestOrganization(database, `blocks-${++made}`)
type Item = Record<string, unknown>
const said = { model: 'm', team: 't', stage: 'training', deployment: 'owned', grid_zone: 'DE', site: 'hall' } as const
const send = (orgId: string, run: string, readings: Item[]) =>
  ingestReadings({ orgId, keyId: null, idempotencyKey: null }, { ...said, run, readings })

/** The current entries to the byte: their digests, by what they are of. */
const digestsOf = (orgId: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => {
    const { rows } = await tx.query<Record<string, unknown>>(
      `select e.day, r.name, e.unallocated, encode(e.input_sha256, 'hex') as digest, e.revision
       from entry e join attribution a using (org_id, attribution_id) left join run r on r.org_id = a.org_id and r.run_id = a.run_id
       where e.is_current order by 1, 2, 3`,
    )
    return rows
  })
const daysOf = async (orgId: string): Promise<string[]> =>
  withOrgSql(workerPool(), orgId, async (tx) => {
    const { rows } = await tx.query<{ day: string }>('select distinct day from batch_day order by day')
    return rows.map(({ day }) => day)
  })
const compactAll = async (orgId: string) => {
  let batches = 0
  for (const day of await daysOf(orgId)) batches += (await compactDay(workerPool(), orgId, day))?.batches ?? 0
  return batches
}
const postAnew = async (orgId: string) => {
  await withOrgSql(workerPool(), orgId, (tx) => openEveryDay(tx, orgId))
  await postAll()
}
const looseIn = (orgId: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => {
    const { rows } = await tx.query<{ loose: number; all: number }>(
      'select count(*) filter (where not compacted)::int as loose, count(*)::int as all from batch_day',
    )
    return rows[0]
  })

// Around a midnight: gaps, intervals across it, conflicts on purpose, and two runs that share a meter.
const MIDNIGHT = Date.parse('2024-05-06T00:00:00Z')
const item = fc
  .record({
    kind: fc.constantFrom('power', 'counter', 'delta'),
    meter: fc.constantFrom('a', 'b'),
    minute: fc.integer({ min: -120, max: 120 }),
    length: fc.integer({ min: 1, max: 3000 }),
    value: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constantFrom(0.1 + 0.2, 17.25)),
  })
  .map(({ kind, meter, minute, length, value }): Item => {
    const at = MIDNIGHT + minute * 60_000
    const start = kind === 'delta' ? { start: new Date(at - length * 60_000).toISOString() } : {}
    const unit = kind === 'power' ? 'W' : 'Wh'
    return { meter: `${meter} ${kind}`, kind, unit, at: new Date(at).toISOString(), value, ...start }
  })
const requests = fc.array(
  fc.record({
    run: fc.constantFrom('r1', 'r2'),
    items: fc.array(item, { minLength: 1, maxLength: 8 }),
    compactAfter: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
)

describe('blocks', () => {
  test('give the very entries that the batches give, whenever a day is compacted', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (sent) => {
        const plain = await newOrganization()
        const packed = await newOrganization()
        for (const { run, items, compactAfter } of sent) {
          await send(plain.orgId, run, items)
          await send(packed.orgId, run, items)
          if (compactAfter) await compactAll(packed.orgId)
        }
        await compactAll(packed.orgId)
        expect((await looseIn(packed.orgId))?.loose).toBe(0)
        await postAll()
        const strip = async (orgId: string) => {
          const { rows } = await withOrgSql(workerPool(), orgId, (tx) =>
            tx.query<Record<string, unknown>>(
              `select e.day, r.name, e.unallocated, e.it_uwh, e.facility_uwh, e.location_mg, e.market_mg, e.energy_tier, e.gap,
                 e.covered_ms, e.elapsed_ms, e.first_at, e.last_at
               from entry e join attribution a using (org_id, attribution_id) left join run r on r.org_id = a.org_id and r.run_id = a.run_id
               where e.is_current order by 1, 2, 3`,
            ),
          )
          return rows
        }
        expect(await strip(packed.orgId)).toEqual(await strip(plain.orgId))
      }),
      { numRuns: 25 },
    )
  }, 180_000)

  test('change no byte of a posted day', async () => {
    const { orgId } = await newOrganization()
    await fc.assert(
      fc.asyncProperty(requests, async (sent) => {
        for (const { run, items } of sent) await send(orgId, run, items)
      }),
      { numRuns: 4, seed: 7 },
    )
    await postAll()
    const before = await digestsOf(orgId)
    expect(await compactAll(orgId)).toBeGreaterThan(0)
    await postAnew(orgId)
    expect(before.length).toBeGreaterThan(2)
    expect(await digestsOf(orgId)).toEqual(before)
  })

  test('keep which of two conflicting readings was received first, and count the other', async () => {
    const { orgId } = await newOrganization()
    const told = (minute: number, value: number): Item => ({
      ...{ meter: 'c', kind: 'counter', unit: 'Wh', value },
      at: new Date(MIDNIGHT + minute * 60_000).toISOString(),
    })
    await send(orgId, 'r', [told(60, 0), told(70, 5)])
    await compactAll(orgId)
    await send(orgId, 'r', [told(70, 9), told(60, 0)])
    await send(orgId, 'r', [told(70, 7)])
    expect(await compactDay(workerPool(), orgId, '2024-05-06')).toEqual({
      ...{ batches: 2, readings: 2, duplicates: 1, conflicts: 2 },
    })
    await postAll()
    const { rows } = await withOrgSql(workerPool(), orgId, (tx) =>
      tx.query<{ uwh: string }>('select sum(total_it_uwh)::text as uwh from entry where is_current'),
    )
    expect(rows).toEqual([{ uwh: '5000000' }])
  })

  test('are a cache: without them the batches are read again', async () => {
    const { orgId } = await newOrganization()
    await send(
      orgId,
      'r',
      [0, 5, 10].map((minute) => ({
        ...{ meter: 'p', kind: 'power', unit: 'W', value: 300 },
        at: new Date(MIDNIGHT + minute * 60_000).toISOString(),
      })),
    )
    await compactAll(orgId)
    await postAll()
    const before = await digestsOf(orgId)
    await withOrgSql(workerPool(), orgId, async (tx) => {
      await tx.query('delete from reading_block')
      await tx.query('update batch_day set compacted = false')
    })
    await postAnew(orgId)
    expect(await digestsOf(orgId)).toEqual(before)
  })
})
