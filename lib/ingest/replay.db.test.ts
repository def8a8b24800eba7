import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appPool, closePools } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { keptRejections as rejectedItems } from '@/lib/registry/kept-rejections'
import { liveTail } from '@/lib/registry/live-tail'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, useDatabase } from '@/scripts/testing/organization'
import { ingestMetrics } from './metrics'
import { ingestReadings } from './native'
import { replayRejected } from './replay'

let database: TestDatabase
let orgId: string
let made = 0
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
})
beforeEach(async () => {
  ;({ orgId } = await createTestOrganization(database, `replay-${++made}`))
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const SAID = { run: 'r', model: 'm', team: 't', stage: 'training', grid_zone: 'DE', deployment: 'owned' } as const
const AT = '2026-03-01T10:00:00Z'
const BY = { kind: 'user', id: 'somebody' } as const
const sender = () => ({ orgId, keyId: null, by: BY })
const reading = (more: Record<string, unknown>) => ({
  meter: 'gpu0',
  kind: 'power',
  unit: 'W',
  at: AT,
  value: 300,
  ...more,
})
const send = (readings: unknown[]) =>
  ingestReadings({ orgId, keyId: null, idempotencyKey: null }, { ...SAID, readings })
const sourceId = async (): Promise<string> =>
  (await withOrgSql(appPool(), orgId, (tx) => tx.query('select source_id from source where org_id = $1', [orgId])))
    .rows[0].source_id

test('a refused reading is kept as it came, mended, and goes in by the same door once', async () => {
  await send([reading({}), reading({ meter: 'gpu1', value: -3 })])
  const source = await sourceId()
  const [kept] = (await rejectedItems(orgId, source)).items
  expect(kept).toMatchObject({
    reason: 'value_negative',
    can_replay: true,
    payload: { protocol: 'native', said: SAID, item: { meter: 'gpu1', value: -3 } },
  })
  const id = kept?.rejection_id as string
  const still = await replayRejected(sender(), source, { items: [{ rejection_id: id, payload: kept?.payload ?? {} }] })
  expect(still).toMatchObject({ replayed: 0, refused: [{ rejection_id: id, reason: 'value_negative' }] })
  const payload = { ...kept?.payload, item: reading({ meter: 'gpu1', value: 305 }) }
  expect(await replayRejected(sender(), source, { items: [{ rejection_id: id, payload }] })).toMatchObject({
    ...{ replayed: 1, accepted: 1, refused: [] },
  })
  expect((await rejectedItems(orgId, source)).items[0]?.replayed_at).not.toBeNull()
  expect(await replayRejected(sender(), source, { items: [{ rejection_id: id, payload }] })).toMatchObject({
    replayed: 0,
  })
  const { readings } = await liveTail(orgId, source)
  expect(readings.map((one) => [one.meter, one.value, one.unit, one.run, one.team])).toEqual([
    ['gpu1', 305, 'W', 'r', 't'],
    ['gpu0', 300, 'W', 'r', 't'],
  ])
})

test('one field mends all of a reason and leaves the others', async () => {
  await send([reading({}), ...[1, 2, 3].map((n) => reading({ meter: `g${n}`, unit: 'Watt' })), reading({ value: -1 })])
  const source = await sourceId()
  const answer = await replayRejected(sender(), source, { reason: 'unit_unknown', set: { field: 'unit', value: 'W' } })
  expect(answer).toMatchObject({ replayed: 3, accepted: 3, refused: [] })
  const open = (await rejectedItems(orgId, source)).items.filter((one) => one.replayed_at === null)
  expect(open.map((one) => one.reason)).toEqual(['value_negative'])
})

test('what no JSON column holds, and what is too long, is kept as text and not sent again', async () => {
  await send([
    reading({}),
    reading({ meter: 'a\u0000b', value: 'x' }),
    reading({ note: 'x'.repeat(10_000) }),
    'half \ud800',
  ])
  const { items } = await rejectedItems(orgId, await sourceId())
  expect(items).toHaveLength(3)
  for (const item of items) {
    expect(item.can_replay).toBe(false)
    expect(JSON.stringify(item.payload).length).toBeLessThan(4096)
  }
})

test('the newest 500 of a source are kept, also when all of a request is refused', async () => {
  const many = (from: number) => Array.from({ length: 400 }, (_, n) => reading({ meter: `m${from + n}`, value: -1 }))
  for (const from of [0, 400]) await expect(send(many(from))).rejects.toMatchObject({ code: 'all_rejected' })
  const { items } = await rejectedItems(orgId, await sourceId())
  expect(items).toHaveLength(500)
  expect(items.some((one) => (one.payload.item as { meter: string }).meter === 'm799')).toBe(true)
})

test('a refused sample of a metrics protocol meets the mapping that holds now', async () => {
  const at = Date.parse(AT)
  const labels = { Hostname: 'n1', gpu: '0', UUID: 'GPU-0f1e2d3c-0000-4000-8000-000000000001' }
  await ingestMetrics({ orgId, keyId: 'k', protocol: 'prometheus', source: 'cluster' }, (visit) =>
    visit(
      'one',
      () => ({
        ...{ metric: 'DCGM_FI_DEV_POWER_USAGE', unit: null, temporality: 'unknown' },
        labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
      }),
      [{ at, start: null, value: -5 }],
    ),
  )
  const source = await sourceId()
  const set = { field: 'value', value: 250 }
  const answer = await replayRejected(sender(), source, { reason: 'value_negative', set })
  expect(answer).toMatchObject({ replayed: 1, accepted: 1 })
  expect((await liveTail(orgId, source)).readings).toMatchObject([{ value: 250, unit: 'W', kind: 'power' }])
})
