import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EmissionsAnswer, Group } from '@/lib/contracts/emissions'
import { newId } from '@/lib/db/ids'
import { closePools, workerPool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { type OrgTx, withOrg } from '@/lib/db/with-org'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { ingestReadings } from '@/lib/ingest/native'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { emissions } from './emissions'
import { afterInstruments, instrumentEffectBy, instrumentEffectByDay } from './instrument-effect'
import { totals, totalsBy } from './totals'

/** Σ teams = Σ models = Σ runs = Σ sites = Σ days = Σ hours = the whole, for every measure, to the milligram (ARCHITECTURE §3). */

const HOUR = 3_600_000
const START = Date.parse('2025-05-30T00:00:00Z')
const MONTHS = { from: Date.parse('2025-05-01T00:00:00Z'), to: Date.parse('2025-07-01T00:00:00Z') }
const iso = (at: number) => new Date(at).toISOString()
const WHOLE = { from: '2025-05-01', to: '2025-07-01' }

let database: TestDatabase
let org: { orgId: string }
let effectMg = 0n

const send = (said: Record<string, unknown>, meter: string, hours: number[], wattHours: number) =>
  ingestReadings(
    { orgId: org.orgId, keyId: null, idempotencyKey: null },
    {
      ...said,
      readings: hours.map((hour) => ({
        meter,
        kind: 'delta',
        unit: 'Wh',
        start: iso(START + hour * HOUR),
        at: iso(START + (hour + 1) * HOUR),
        value: wattHours + (hour % 5) * 0.001,
      })),
    },
  )
const span = (from: number, length: number) => Array.from({ length }, (_, at) => from + at)

/** An instrument, and what it takes off each workload of each month: odd amounts that no split divides. */
const allocate = () =>
  withOrgSql(workerPool(), org.orgId, async (tx) => {
    const { rows } = await tx.query<{
      month: string
      instrument_id: string
      attribution_id: string
      unallocated: boolean
      uwh: string
      mg: string
    }>(
      `select to_char(date_trunc('month', e.day), 'YYYY-MM-DD') as month, i.instrument_id, e.attribution_id, e.unallocated,
         sum(e.total_facility_uwh)::text as uwh, sum(e.total_market_mg)::text as mg
       from entry e
       join attribution a using (org_id, attribution_id)
       join instrument i on i.org_id = e.org_id and e.day >= i.vintage_from and e.day < i.vintage_to
       where e.org_id = $1 and e.is_current and a.deployment = 'owned' and e.total_market_mg > 0
       group by 1, 2, 3, 4`,
      [org.orgId],
    )
    for (const row of rows) {
      const replaced = BigInt(row.mg) / 3n + 1n
      effectMg -= replaced - 7n
      await tx.query(
        `insert into allocation_line (org_id, month, instrument_id, attribution_id, unallocated, covered_uwh, replaced_mg, own_mg)
         values ($1, $2, $3, $4, $5, $6, $7, 7)`,
        [org.orgId, row.month, row.instrument_id, row.attribution_id, row.unallocated, row.uwh, replaced.toString()],
      )
    }
  })

const instrument = async (client: pg.Client, from: string, to: string) => {
  await client.query('begin')
  await client.query("select set_config('app.org_id', $1, true)", [org.orgId])
  await client.query(
    `insert into instrument (org_id, instrument_id, kind, name, market, mwh, g_per_kwh, vintage_from, vintage_to, conveys_attribute, sole_claim)
     values ($1, $2, 'go', 'GO', 'DE', 1, 0, $3, $4, true, true)`,
    [org.orgId, newId(), from, to],
  )
  await client.query('commit')
}

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  org = await createTestOrganization(database, 'whole')
  const hall = { site: 'Hall', grid_zone: 'DE', deployment: 'owned', hardware: 'H100 SXM5 80GB', count: 3 }
  await send({ run: 'a', team: 'Search', model: 'embed', stage: 'training', ...hall }, 'g0', span(0, 61), 900.123)
  await send({ service: 'api', team: 'Vision', model: 'tag', stage: 'inference', ...hall }, 'g1', span(7, 70), 333.337)
  await send(
    { run: 'b', team: 'Vision', model: 'tag', stage: 'training', grid_zone: 'SE', deployment: 'cloud' },
    'n',
    span(5, 20),
    77.7,
  )
  await send(
    { run: 'c', team: 'Search', model: 'embed', stage: 'evaluation', grid_zone: 'IS', deployment: 'owned' },
    'i',
    span(2, 9),
    12.34,
  )
  await send({ site: 'Hall', grid_zone: 'DE', deployment: 'owned' }, 'ups', span(0, 80), 2000.017)
  await postAll()
  const client = new pg.Client({ connectionString: database.appUrl })
  await client.connect()
  await instrument(client, '2025-05-01', '2026-01-01')
  // Its vintage begins within a month: the days before get nothing of it.
  await instrument(client, '2025-06-02', '2025-07-01')
  await client.end()
  await allocate()
}, 120_000)
afterAll(async () => {
  await prisma().$disconnect()
  await closePools()
  await database.drop()
})

const asked = <T>(work: (tx: OrgTx) => Promise<T>) => withOrg(org, work)
const MEASURES = [
  'energy_kwh',
  'facility_kwh',
  'location_kg',
  'market_kg',
  'market_fallback_kg',
  'embodied_kg',
  'loss_kg',
  'upstream_kg',
  'water_l',
  'source_water_l',
  'screening_kg',
] as const
/** Decimals of exact integers, back to integers: kWh has nine places, kg and litres six. */
const exactOf = (figure: EmissionsAnswer['total'], measure: (typeof MEASURES)[number]): bigint =>
  BigInt(Math.round((figure[measure] ?? 0) * (measure.endsWith('kwh') ? 1e9 : 1e6)))

describe('every measure adds up', () => {
  test.each<[string, Group[]]>([
    ['teams', ['team']],
    ['models', ['model']],
    ['runs', ['run']],
    ['sites', ['site']],
    ['stages', ['stage']],
    ['days', ['day']],
    ['hours', ['hour']],
    ['runs by hour', ['run', 'hour']],
    ['teams by day and site', ['team', 'day', 'site']],
  ])('over %s, instruments included', async (_, by) => {
    const { rows, total } = await asked((tx) => emissions(tx, { ...MONTHS, by }))
    expect(total.market_kg).not.toBeNull()
    for (const measure of MEASURES) {
      const parts = rows.reduce((all, row) => all + exactOf(row, measure), 0n)
      expect(parts, measure).toBe(exactOf(total, measure))
    }
    expect(rows.reduce((all, row) => all + row.gaps.reduce((hours, gap) => hours + gap.hours, 0), 0)).toBe(
      total.gaps.reduce((hours, gap) => hours + gap.hours, 0),
    )
  })

  test('over windows that cut days and months', async () => {
    const whole = await asked((tx) => emissions(tx, { ...MONTHS, by: [] }))
    const cuts = [MONTHS.from, START + 3 * HOUR, START + 30 * HOUR, START + 53 * HOUR, MONTHS.to]
    const parts = []
    for (let at = 1; at < cuts.length; at += 1) {
      parts.push(await asked((tx) => emissions(tx, { from: cuts[at - 1] as number, to: cuts[at] as number, by: [] })))
    }
    for (const measure of MEASURES) {
      expect(
        parts.reduce((all, { total }) => all + exactOf(total, measure), 0n),
        measure,
      ).toBe(exactOf(whole.total, measure))
    }
  })
})

describe('instruments', () => {
  test('take off the market-based figure what their lines say, and nothing off any other', async () => {
    const { total } = await asked((tx) => emissions(tx, { ...MONTHS, by: [] }))
    const all = await asked((tx) => totals(tx, WHOLE))
    const before = await withOrgSql(workerPool(), org.orgId, async (tx) => {
      const { rows } = await tx.query<{ market: string; location: string }>(
        'select sum(total_market_mg)::text as market, sum(total_location_mg)::text as location from entry where org_id = $1 and is_current',
        [org.orgId],
      )
      return rows[0]
    })
    expect(effectMg).toBeLessThan(0n)
    expect(exactOf(total, 'market_kg')).toBe(BigInt(before?.market ?? '') + effectMg)
    expect(exactOf(total, 'location_kg')).toBe(BigInt(before?.location ?? ''))
    expect(exactOf(total, 'location_kg')).toBe(all.location_mg)
  })

  test('are shared the same to the cubes’ dimensions and to days', async () => {
    const { total } = await asked((tx) => emissions(tx, { ...MONTHS, by: [] }))
    for (const by of ['team', 'model', 'site', 'stage', 'zone', 'deployment'] as const) {
      const effects = await asked((tx) => instrumentEffectBy(tx, WHOLE, by))
      const rows = await asked((tx) => totalsBy(tx, WHOLE, by))
      const market = rows.map((row) => afterInstruments(row.market_mg, effects.get(row.name)))
      expect(
        market.reduce<bigint>((all, mg) => all + (mg ?? 0n), 0n),
        by,
      ).toBe(exactOf(total, 'market_kg'))
    }
    const days = await asked((tx) => instrumentEffectByDay(tx, WHOLE))
    expect([...days.values()].reduce((all, mg) => all + mg, 0n)).toBe(effectMg)
    const oneDay = { from: '2025-05-31', to: '2025-06-01' }
    const narrow = await asked((tx) => instrumentEffectBy(tx, oneDay, 'team'))
    expect([...narrow.values()].reduce((all, mg) => all + mg, 0n)).toBe(days.get('2025-05-31'))
  })

  test('nothing nets below zero', async () => {
    const { rows } = await asked((tx) => emissions(tx, { ...MONTHS, by: ['run', 'hour'] }))
    for (const row of rows) for (const measure of MEASURES) expect(exactOf(row, measure)).toBeGreaterThanOrEqual(0n)
  })
})

test('an empty year knows no figure: null, and no 0 beside it', async () => {
  const year = { from: Date.parse('2019-01-01T00:00:00Z'), to: Date.parse('2020-01-01T00:00:00Z') }
  const { rows, total } = await asked((tx) => emissions(tx, { ...year, by: [] }))
  expect(rows).toEqual([])
  expect(total).toMatchObject({ location_kg: null, market_kg: null, market_fallback_kg: null })
})

test('an interval holds its figure, and the whole is known better than its parts', async () => {
  const { rows, total } = await asked((tx) => emissions(tx, { ...MONTHS, by: ['team'] }))
  const width = ({ low_kg, high_kg, location_kg }: EmissionsAnswer['total']) =>
    ((high_kg ?? 0) - (low_kg ?? 0)) / 2 / (location_kg ?? 1)
  for (const row of [...rows, total]) {
    if (row.location_kg === null) continue
    expect(row.low_kg).toBeLessThanOrEqual(row.location_kg)
    expect(row.high_kg).toBeGreaterThanOrEqual(row.location_kg)
  }
  const known = rows.filter((row) => (row.location_kg ?? 0) > 0)
  expect(width(total)).toBeLessThanOrEqual(Math.max(...known.map(width)))
  expect(width(total)).toBeGreaterThan(0)
})
