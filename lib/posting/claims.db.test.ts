import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appPool, closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { referenceTables } from '@/lib/grid/zone-of'
import { acceptSeries } from '@/lib/ingest/accept-series'
import type { IncomingMeter, IncomingSample } from '@/lib/ingest/reading'
import { EVIDENCE_KEY } from '@/lib/ledger/evidence-gate'
import { sourceOf } from '@/lib/registry/sources'
import { dayName, dayStart } from '@/lib/units/time'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { claimDay, postDay } from './post-day'

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
const newSender = async () => {
  const { orgId } = await createTestOrganization(database, `claims-${++made}`)
  const sourceId = await withOrgSql(appPool(), orgId, (tx) => sourceOf(tx, orgId, 'prometheus', 'cluster'))
  return { orgId, sourceId, keyId: null }
}
type Sender = Awaited<ReturnType<typeof newSender>>

const newMeter = (meter = 'gpu0'): IncomingMeter => ({
  ...{ meter, kind: 'counter', unit: 'Wh', boundary: 'it' },
  context: {
    ...{ run: 'r', service: null, model: 'm', team: 't', stage: 'training', site: null, gridZone: 'DE', country: null },
    ...{ cloudRegion: null, deployment: 'owned', pue: 1, gPerKwh: null, hardware: null, hardwareCount: null },
  },
})

// Yesterday noon: the day that the stream is in may change under a test, this one does not.
const NOON = dayStart(Date.now()) - 12 * 3_600_000
const DAY_NAME = dayName(NOON)
/** A counter's reading of `wh` after as many minutes. */
const at = (minute: number, wh: number): IncomingSample => ({ at: NOON + minute * 60_000, start: null, value: wh })
const send = (sender: Sender, of: IncomingMeter, ...samples: IncomingSample[]) =>
  acceptSeries({ ...sender, series: [{ of, samples }] })

const postedWh = (orgId: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => {
    const { rows } = await tx.query<{ uwh: string }>(
      'select sum(total_it_uwh)::text as uwh from entry where is_current and org_id = app_org()',
    )
    return Number(rows[0]?.uwh ?? 0) / 1e6
  })
const openDay = (orgId: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => {
    const { rows } = await tx.query<{ generation: number; due: boolean; claimed: boolean }>(
      `select generation::int, due_at <= now() as due, claimed_at is not null as claimed from open_day
       where org_id = app_org() and day = $1`,
      [DAY_NAME],
    )
    return rows[0]
  })
const post = async (orgId: string) =>
  postDay(workerPool(), await referenceTables(workerPool()), { orgId, day: DAY_NAME, now: Date.now() })

/** The gate as a request holds it between its look at the day and its commit. */
const holdGate = async (orgId: string): Promise<{ letGo(): Promise<void> }> => {
  const client = new pg.Client({ connectionString: database.appUrl })
  await client.connect()
  await client.query('begin')
  await client.query(`select pg_advisory_xact_lock_shared(${EVIDENCE_KEY}) from (select $2::text as day) l`, [
    orgId,
    DAY_NAME,
  ])
  return {
    letGo: async () => {
      await client.query('commit')
      await client.end()
    },
  }
}

const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false
  void promise.finally(() => {
    done = true
  })
  await new Promise((resolve) => setTimeout(resolve, 150))
  return done
}

describe('a stream of requests', () => {
  test('opens a day once and leaves it alone until a worker takes it', async () => {
    const sender = await newSender()
    const meter = newMeter()
    await send(sender, meter, at(0, 0))
    for (let minute = 1; minute < 6; minute += 1) await send(sender, meter, at(minute, minute))
    expect(await openDay(sender.orgId)).toEqual({ generation: 1, due: true, claimed: false })
    await postAll()
    expect(await postedWh(sender.orgId)).toBe(5)
  })

  test('is stored once however often the same request comes, also by many at once', async () => {
    const sender = await newSender()
    const meter = newMeter()
    await send(sender, meter, at(0, 0))
    const request = () => send(sender, meter, at(1, 7), at(2, 9))
    const answers = await Promise.all(Array.from({ length: 8 }, request))
    expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(2)
    expect(answers.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(14)
    await postAll()
    expect(await postedWh(sender.orgId)).toBe(9)
  })

  test('is all there after another process has told other series and days', async () => {
    const sender = await newSender()
    const [here, there] = [newMeter(), newMeter()]
    await send(sender, here, at(0, 0))
    // Midnight of today: a day after the stream's, which the first sender does not know of.
    await send(sender, there, at(-24 * 60, 0), at(12 * 60, 3000))
    await send(sender, here, at(10, 100))
    await postAll()
    expect(await postedWh(sender.orgId)).toBeCloseTo(3000, 3)
  })
})

describe('a batch that is committed while its day is being posted', () => {
  test('was seen by that posting, when it looked at the day before the claim', async () => {
    const sender = await newSender()
    const meter = newMeter()
    await send(sender, meter, at(0, 0), at(1, 1))
    const gate = await holdGate(sender.orgId)
    const posting = post(sender.orgId)
    // The worker has claimed and now waits: nothing of the day has been read.
    expect(await settled(posting)).toBe(false)
    await gate.letGo()
    await posting
    expect(await postedWh(sender.orgId)).toBe(1)
  })

  test('opens the day again, when it looks after the claim; nothing is missed', async () => {
    const sender = await newSender()
    const meter = newMeter()
    await send(sender, meter, at(0, 0), at(1, 1))
    expect(await claimDay(workerPool(), sender.orgId, DAY_NAME)).toBe(1n)
    await send(sender, meter, at(2, 2))
    await send(sender, meter, at(3, 3))
    // Raised once, by the first of them.
    expect(await openDay(sender.orgId)).toEqual({ generation: 2, due: true, claimed: false })
    await postAll()
    expect(await postedWh(sender.orgId)).toBe(3)
  })

  test('keeps the day open although the posting that did not see it finishes later', async () => {
    const sender = await newSender()
    const meter = newMeter()
    await send(sender, meter, at(0, 0), at(1, 1))
    // The worker stands still between reading and finishing: its last statement waits for this row of the books.
    const client = new pg.Client({ connectionString: database.workerUrl })
    await client.connect()
    await client.query('begin')
    await client.query("select set_config('app.org_id', $1, true)", [sender.orgId])
    await client.query("select pg_advisory_xact_lock(hashtextextended($1 || ' month ' || $2, 2))", [
      sender.orgId,
      `${DAY_NAME.slice(0, 7)}-01`,
    ])
    const posting = post(sender.orgId)
    expect(await settled(posting)).toBe(false)
    await send(sender, meter, at(2, 2))
    await client.query('commit')
    await client.end()
    await posting
    expect(await postedWh(sender.orgId)).toBe(1)
    expect(await openDay(sender.orgId)).toEqual({ generation: 2, due: true, claimed: false })
    await postAll()
    expect(await postedWh(sender.orgId)).toBe(2)
  })

  test('is never missed in any interleaving of many senders and workers', async () => {
    const sender = await newSender()
    const meters = Array.from({ length: 4 }, (_, i) => newMeter(`gpu${i}`))
    let sending = true
    const worker = async () => {
      while (sending) await post(sender.orgId)
    }
    const workers = [worker(), worker()]
    await Promise.all(
      meters.map(async (meter) => {
        for (let minute = 0; minute < 60; minute += 1) await send(sender, meter, at(minute, minute))
      }),
    )
    sending = false
    await Promise.all(workers)
    // Only what the list still says is posted: a day that was closed too early would stay wrong.
    await postAll()
    expect(await postedWh(sender.orgId)).toBe(4 * 59)
    expect((await openDay(sender.orgId))?.due).toBe(false)
  }, 60_000)
})

test('a worker that died with a claim holds nothing up', async () => {
  const sender = await newSender()
  const meter = newMeter()
  await send(sender, meter, at(0, 0), at(1, 1))
  await claimDay(workerPool(), sender.orgId, DAY_NAME)
  expect(await post(sender.orgId)).toMatchObject({ entries: 1 })
  expect(await openDay(sender.orgId)).toMatchObject({ due: false, claimed: false })
})

test('series that an earlier version wrote without a number are accepted as before', async () => {
  const sender = await newSender()
  const meter = newMeter()
  await send(sender, meter, at(0, 0))
  const owner = new pg.Client({ connectionString: database.adminUrl })
  await owner.connect()
  await owner.query('update series set number = null where org_id = $1', [sender.orgId])
  await owner.end()
  await send(sender, newMeter(), at(1, 5))
  await postAll()
  const { rows } = await withOrgSql(workerPool(), sender.orgId, (tx) =>
    tx.query<{ codec: number }>('select codec from reading_batch order by received_at'),
  )
  expect(rows.map(({ codec }) => codec)).toEqual([3, 1])
})
