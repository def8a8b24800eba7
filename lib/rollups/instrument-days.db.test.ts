import { afterAll, beforeAll, expect, test } from 'vitest'
import { closePools, workerPool } from '@/lib/db/pool'
import { type OrgTx, withOrg } from '@/lib/db/with-org'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { Prisma } from '@/lib/generated/prisma/client'
import { referenceTables } from '@/lib/grid/zone-of'
import { ingestReadings } from '@/lib/ingest/native'
import { allocateDueMonths } from '@/lib/posting/allocate-month'
import { addInstrument } from '@/lib/registry/edit-instrument'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { instrumentDays, instrumentHours, instrumentSums } from './instrument-effect'

const WINDOW = { from: '2025-06-01', to: '2025-07-01' }
const START = Date.parse(WINDOW.from)
const HOUR = 3_600_000
const iso = (at: number) => new Date(at).toISOString()

let database: TestDatabase
let made = 0
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

/** A few milligrams on each day, so that a day shows every rounding. */
const smallMonth = async (hoursADay: number) => {
  const name = `days-${++made}`
  const { orgId } = await createTestOrganization(database, name)
  const readings = Array.from({ length: 30 * hoursADay }, (_, at) => {
    const start = START + Math.floor(at / hoursADay) * 24 * HOUR + (at % hoursADay) * 5 * HOUR
    return {
      ...{ meter: 'm', kind: 'delta' as const, unit: 'Wh' as const, boundary: 'facility' as const },
      ...{ start: iso(start), at: iso(start + HOUR), value: 0.003 + (at % 7) * 0.0017 },
    }
  })
  const job = {
    run: 'run',
    team: 'team',
    model: 'model',
    stage: 'training',
    deployment: 'owned',
    grid_zone: 'DE',
  } as const
  await ingestReadings({ orgId, keyId: null, idempotencyKey: null }, { ...job, readings })
  await postAll()
  const buy = async (wh: number, from: string, to: string, gPerKwh = 0) => {
    const { instrument } = await addInstrument(
      orgId,
      {
        ...{ kind: 'go', name: `GO from ${from}`, market: 'DE', site: null, mwh: wh / 1e6, g_per_kwh: gPerKwh },
        ...{ technology: 'wind', tracking_system: 'HKNR', serial: null, vintage_from: from, vintage_to: to },
        ...{ cancelled_on: '2026-02-01', cancelled_for: `Organisation ${name}`, conveys_attribute: true },
        ...{ sole_claim: true, hourly_profile: null, evidence: null },
      },
      { kind: 'system', id: 'test' },
    )
    expect(instrument.failed).toEqual([])
  }
  return { orgId, buy }
}

const allocate = async (orgId: string) => allocateDueMonths(workerPool(), await referenceTables(workerPool()), orgId)

type Part = { at: string; mg: bigint }
const asked = (orgId: string, sql: Prisma.Sql): Promise<Part[]> =>
  withOrg({ orgId }, (tx: OrgTx) => tx.$queryRaw<Part[]>(Prisma.sql`select at, mg::bigint as mg from (${sql}) q`))

/** After instruments, by day and by hour; both add up to the month. */
const netsOf = async (orgId: string) => {
  const days = await asked(
    orgId,
    Prisma.sql`select to_char(u.day, 'DD') as at, sum(u.mg) as mg from (
      select day, total_market_mg as mg from entry where org_id = app_org() and is_current
      union all select day, effect_mg from (${instrumentDays(WINDOW)}) d) u group by 1 order by 1`,
  )
  const hours = await asked(
    orgId,
    Prisma.sql`select u.day || ' ' || u.place as at, sum(u.mg) as mg from (
      select e.day, h.place, h.mg from entry e cross join lateral unnest(e.market_mg) with ordinality as h(mg, place)
      where e.org_id = app_org() and e.is_current and h.mg is not null
      union all select day, place, effect_mg from (${instrumentHours(WINDOW)}) d) u group by 1 order by 1`,
  )
  const [month] = await asked(
    orgId,
    Prisma.sql`select '' as at, (select sum(total_market_mg) from entry where org_id = app_org() and is_current)
      + (select sum(effect_mg) from (${instrumentSums(WINDOW)}) s) as mg`,
  )
  const sum = (parts: Part[]) => parts.reduce((all, { mg }) => all + mg, 0n)
  expect(sum(days)).toBe(month?.mg)
  expect(sum(hours)).toBe(month?.mg)
  return { month: month?.mg, days, hours }
}

const below = (parts: Part[]) => parts.filter(({ mg }) => mg < 0n)

test('several instruments together leave no day and no hour below zero, to the milligram', async () => {
  const { orgId, buy } = await smallMonth(3)
  for (const wh of [0.11, 0.13, 0.17, 0.07, 5]) await buy(wh, '2025-01-01', '2026-01-01')
  await allocate(orgId)
  const { month, days, hours } = await netsOf(orgId)
  expect([month, below(days), below(hours)]).toEqual([0n, [], []])
})

test('vintages that meet inside a month take each other’s days from none', async () => {
  const { orgId, buy } = await smallMonth(3)
  // Applied first, for it expires first: the eleven days are covered whole, and what covers the year takes the others.
  await buy(5, '2025-06-10', '2025-06-21')
  await buy(0.2, '2025-05-01', '2025-06-26', 15)
  await buy(0.1, '2025-01-01', '2026-01-01')
  await allocate(orgId)
  const { days, hours } = await netsOf(orgId)
  expect([below(days), below(hours)]).toEqual([[], []])
  const within = days.filter(({ at }) => at >= '10' && at < '21')
  expect(within.map(({ mg }) => mg)).toEqual(within.map(() => 0n))
  expect(days.filter(({ mg }) => mg > 0n).length).toBeGreaterThan(15)
})

test('every mix of vintages, rates and sizes adds up and stays above zero', async () => {
  const { orgId, buy } = await smallMonth(2)
  const kinds = ['2025-06-01', '2025-06-03', '2025-06-11', '2025-06-19']
  for (const [at, from] of kinds.entries()) {
    await buy(0.02 + at * 0.013, from, '2025-06-24', at % 2 === 0 ? 0 : 9)
    await buy(0.031, '2025-04-01', `2025-06-${12 + at * 5}`)
    await allocate(orgId)
    const { days, hours } = await netsOf(orgId)
    expect([below(days), below(hours)], `${at}`).toEqual([[], []])
  }
})

test('a line stands whole when its workload’s energy is gone', async () => {
  const { orgId, buy } = await smallMonth(2)
  await buy(0.1, '2025-06-10', '2025-06-21', 12)
  await allocate(orgId)
  await withOrgSql(workerPool(), orgId, (tx) =>
    tx.query('update entry set is_current = false where org_id = app_org()'),
  )
  const [lines] = await asked(
    orgId,
    Prisma.sql`select '' as at, sum(effect_mg) as mg from allocation_line where org_id = app_org()`,
  )
  const days = await asked(
    orgId,
    Prisma.sql`select to_char(day, 'DD') as at, sum(effect_mg) as mg from (${instrumentDays(WINDOW)}) d group by 1`,
  )
  expect(days).toEqual([{ at: '10', mg: lines?.mg }])
})
