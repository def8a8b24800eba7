import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePools } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { type OrgTx, withOrg } from '@/lib/db/with-org'
import { ingestReadings } from '@/lib/ingest/native'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { UNASSIGNED } from './cube-filter'
import { emissions } from './emissions'
import { freshness } from './freshness'
import { homeNeeds } from './home-needs'
import { runEvidence } from './run-evidence'
import { runFactors } from './run-factors'
import { runFacts } from './run-facts'
import { runHours } from './run-hours'
import { runLines } from './run-lines'
import { runReadings } from './run-power'
import { runSums } from './run-sums'
import { type RunSummary, runCount, runs, runsBy } from './runs'
import { stagesByMonth } from './stages-by-month'
import { totals, totalsBy, totalsByDay, totalsByStage, totalsSpan } from './totals'
import { filterOptions } from './totals-options'

let database: TestDatabase
let org: { orgId: string }
let stranger: { orgId: string }

const HOUR = 3_600_000
const START = Date.parse('2024-05-30T00:00:00Z')
const WINDOW = { from: '2024-05-30', to: '2024-06-03' }
const MONTHS = { from: '2024-05-01', to: '2024-07-01' }
const iso = (at: number) => new Date(at).toISOString()

const send = (orgId: string, said: Record<string, unknown>, readings: unknown[]) =>
  ingestReadings({ orgId, keyId: null, idempotencyKey: null }, { ...said, readings })
const power = (meter: string, from: number, hours: number, watts: number) =>
  Array.from({ length: hours * 4 + 1 }, (_, i) => ({
    meter,
    kind: 'power',
    unit: 'W',
    at: iso(from + (i * HOUR) / 4),
    value: watts + (i % 7) * 3,
  }))
const delta = (meter: string, from: number, hours: number, kilowattHours: number, boundary = 'it') =>
  Array.from({ length: hours }, (_, i) => ({
    meter,
    kind: 'delta',
    unit: 'kWh',
    boundary,
    start: iso(from + i * HOUR),
    at: iso(from + (i + 1) * HOUR),
    value: kilowattHours,
  }))

const site = { site: 'Hall 1', grid_zone: 'DE', deployment: 'owned' }

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  org = await createTestOrganization(database, 'pages')
  stranger = await createTestOrganization(database, 'stranger')
  const { orgId } = org
  await send(
    orgId,
    { run: 'a', team: 'Search', model: 'embed', stage: 'training', ...site },
    power('g0', START, 60, 900),
  )
  await send(
    orgId,
    { run: 'b', team: 'Vision', model: 'tag', stage: 'evaluation', grid_zone: 'SE', deployment: 'cloud', pue: 1.1 },
    delta('n', START + 5 * HOUR, 20, 1.25),
  )
  await send(
    orgId,
    { run: 'no-zone', team: 'Vision', model: 'embed', stage: 'training', deployment: 'colocation' },
    power('g', START, 4, 500),
  )
  await send(
    orgId,
    { service: 'api', team: 'Search', model: 'embed', stage: 'inference', ...site },
    delta('rack', START, 90, 2.5),
  )
  // The site's own meters: half of it is claimed by nobody.
  await send(orgId, { ...site }, [...delta('ups', START, 90, 7), ...delta('msb', START, 90, 8.5, 'facility')])
  await postAll()
}, 120_000)
afterAll(async () => {
  await prisma().$disconnect()
  await closePools()
  await database.drop()
})

const asked = <T>(work: (tx: OrgTx) => Promise<T>, orgId = org.orgId) => withOrg({ orgId }, work)
const sum = <Row>(rows: Row[], of: (row: Row) => bigint | null): bigint =>
  rows.reduce((all, row) => all + (of(row) ?? 0n), 0n)
const mg = (row: { location_mg: bigint | null }) => row.location_mg

describe('parts add up to the whole, to the milligram', () => {
  test('teams, models, stages, sites, days, months and runs, what is unassigned included', async () => {
    const all = await asked((tx) => totals(tx, WINDOW))
    expect(all.location_mg).toBeGreaterThan(0n)
    for (const by of ['team', 'model', 'stage', 'site', 'zone', 'deployment'] as const) {
      const rows = await asked((tx) => totalsBy(tx, WINDOW, by))
      expect(sum(rows, mg), by).toBe(all.location_mg)
      expect(
        sum(rows, (row) => row.facility_uwh),
        by,
      ).toBe(all.facility_uwh)
      expect(
        rows.reduce((hours, row) => hours + row.gap_hours, 0),
        by,
      ).toBe(all.gap_hours)
    }
    const days = await asked((tx) => totalsByDay(tx, WINDOW))
    expect(days.map(({ day }) => day)).toEqual(['2024-05-30', '2024-05-31', '2024-06-01', '2024-06-02'])
    expect(sum(days, mg)).toBe(all.location_mg)
    for (const by of ['team', 'model'] as const) {
      expect(sum(await asked((tx) => totalsByStage(tx, WINDOW, by)), mg)).toBe(all.location_mg)
    }
    expect(sum(await asked((tx) => stagesByMonth(tx, MONTHS)), mg)).toBe(all.location_mg)

    const listed = await asked((tx) => runs(tx, WINDOW, 100))
    expect(listed.map((run) => run.name).sort()).toEqual(['a', 'api', 'b', 'no-zone', null].sort())
    expect(sum(listed, mg)).toBe(all.location_mg)
    expect(sum(listed, (run) => run.it_uwh)).toBe(all.it_uwh)
    expect(sum(listed, (run) => run.covered_ms)).toBe(all.covered_ms)
    expect(await asked((tx) => runCount(tx, WINDOW))).toEqual({ rows: listed.length, runs: listed.length - 1 })
    const teams = await asked((tx) => runsBy(tx, WINDOW, 'team'))
    expect(teams).toEqual(
      expect.arrayContaining([
        { name: 'Search', runs: 2 },
        { name: 'Vision', runs: 2 },
      ]),
    )
  })

  test('as the API says it', async () => {
    const window = { from: Date.parse(WINDOW.from), to: Date.parse(WINDOW.to) }
    const answer = await asked((tx) => emissions(tx, { ...window, by: ['team'] }))
    const rows = await asked((tx) => totalsBy(tx, WINDOW, 'team'))
    for (const row of rows) {
      const told = answer.rows.find((one) => (one.team ?? null) === row.name)
      expect(told?.location_kg ?? null, String(row.name)).toBe(
        row.location_mg === null ? null : Number(row.location_mg) / 1e6,
      )
    }
    const [all] = [await asked((tx) => totals(tx, WINDOW))]
    expect(answer.total.location_kg).toBe(Number(all.location_mg) / 1e6)
    expect(answer.total.coverage).toBe(Number(all.covered_ms) / Number(all.elapsed_ms))
  })

  test('also under a filter and in a narrower window; unassigned names what has none', async () => {
    const named = await asked((tx) => totals(tx, { ...WINDOW, team: ['Search', 'Vision'] }))
    const unassigned = await asked((tx) => totals(tx, { ...WINDOW, team: [UNASSIGNED] }))
    const unstaged = await asked((tx) => totals(tx, { ...WINDOW, stage: [UNASSIGNED] }))
    const all = await asked((tx) => totals(tx, WINDOW))
    expect((named.location_mg ?? 0n) + (unassigned.location_mg ?? 0n)).toBe(all.location_mg)
    expect(unstaged.location_mg).toBe(unassigned.location_mg)
    const day = { from: '2024-05-31', to: '2024-06-01', stage: ['inference'] }
    const [service] = await asked((tx) => runs(tx, day, 10))
    expect(service).toMatchObject({ name: 'api', is_service: true, teams: ['Search'], sites: ['Hall 1'] })
    expect(service?.location_mg).toBe((await asked((tx) => totals(tx, day))).location_mg)
  })
})

describe('a missing figure is null and never zero', () => {
  test('a run without a zone has energy, no emissions and a reason', async () => {
    const listed = await asked((tx) => runs(tx, WINDOW, 100))
    const run = listed.find((one) => one.name === 'no-zone')
    expect(run).toMatchObject({ location_mg: null, known_facility_uwh: null, gap_hours: 4 })
    expect(run?.facility_uwh).toBeGreaterThan(0n)
    const sums = runSums(await asked((tx) => runHours(tx, run?.workload_id as string, WINDOW)))
    expect(sums).toMatchObject({ locationMg: null, experiencedGPerKwh: null, withoutFigureUwh: run?.facility_uwh })
    expect(sums.gaps).toEqual([{ reason: 'zone_unknown', hours: 4 }])
    const needs = await asked((tx) => homeNeeds(tx, WINDOW, '2024-06-03'))
    expect(needs.gaps).toEqual(
      expect.arrayContaining([
        { reason: 'zone_unknown', hours: 4, workloads: 1, firstDay: '2024-05-30', lastDay: '2024-05-30' },
      ]),
    )
    expect(needs.provisional).toBeNull()
  })

  test('a window without entries has no figure at all', async () => {
    const empty = await asked((tx) => totals(tx, { from: '2020-01-01', to: '2020-02-01' }))
    expect(empty).toMatchObject({ location_mg: null, facility_uwh: null, it_uwh: null, days: 0 })
  })
})

describe('a run opens down to its evidence', () => {
  const runNamed = async (name: string): Promise<RunSummary> => {
    const found = (await asked((tx) => runs(tx, WINDOW, 100))).find((one) => one.name === name)
    if (!found) throw new Error(`no run ${name}`)
    return found
  }

  test('hours, factors, lines and readings all agree with its total', async () => {
    const run = await runNamed('a')
    const id = run.workload_id as string
    const facts = await asked((tx) => runFacts(tx, id))
    expect(facts).toMatchObject({ name: 'a', teams: ['Search'], zones: ['DE'], first_day: '2024-05-30' })
    const hours = await asked((tx) => runHours(tx, id, WINDOW))
    const sums = runSums(hours)
    expect(hours).toHaveLength(60)
    expect(sums.locationMg).toBe(run.location_mg)
    expect(sum(await asked((tx) => runLines(tx, id, { ...WINDOW, limit: 100 })), mg)).toBe(run.location_mg)
    const factors = await asked((tx) => runFactors(tx, id, WINDOW))
    const intensities = factors.filter((factor) => factor.kind === 'intensity')
    expect(sum(intensities, (factor) => factor.energy_uwh)).toBe(run.facility_uwh)
    expect(factors.filter((factor) => factor.kind === 'overhead').reduce((all, one) => all + one.hours, 0)).toBe(60)

    const evidence = await asked((tx) => runEvidence(tx, id, { ...WINDOW, limit: 10 }))
    expect(evidence.meters).toMatchObject([{ meter: 'g0', kind: 'power', batches: 1, readings_in_batches: 241 }])
    const readings = await runReadings(org.orgId, { workloadId: id, window: WINDOW, ...evidence })
    expect([...readings.counts.values()]).toEqual([241])
    // Power read back over whole hours is the energy that was accounted, to rounding.
    const steps = readings.power({ start: START, end: START + 60 * HOUR, step_ms: HOUR })
    steps.forEach((step, i) => {
      expect(step.kilowatts).toBeCloseTo(Number(hours[i]?.it_uwh) / 1e9, 6)
    })
  })

  test('a service is a run; the energy of a meter is spread over its interval', async () => {
    const service = await runNamed('api')
    const id = service.workload_id as string
    const evidence = await asked((tx) => runEvidence(tx, id, { ...WINDOW, limit: 10 }))
    const readings = await runReadings(org.orgId, { workloadId: id, window: WINDOW, ...evidence })
    expect(
      readings.power({ start: START, end: START + 2 * HOUR, step_ms: HOUR / 2 }).map((one) => one.kilowatts),
    ).toEqual([2.5, 2.5, 2.5, 2.5])
  })
})

describe('another organisation', () => {
  test('sees nothing of it, and gets the answer of an unknown id', async () => {
    const [run] = await asked((tx) => runs(tx, WINDOW, 1))
    const id = run?.workload_id as string
    await withOrg({ orgId: stranger.orgId }, async (tx) => {
      expect(await totals(tx, WINDOW)).toMatchObject({ location_mg: null, days: 0 })
      expect(await totalsSpan(tx, {})).toEqual({ first: null, last: null })
      for (const by of ['team', 'model', 'stage', 'site'] as const) expect(await totalsBy(tx, WINDOW, by)).toEqual([])
      expect(await totalsByDay(tx, WINDOW)).toEqual([])
      expect(await stagesByMonth(tx, MONTHS)).toEqual([])
      expect(await runs(tx, WINDOW, 10)).toEqual([])
      expect(await runFacts(tx, id)).toBeNull()
      expect(await runFacts(tx, '01a20aea-fc26-72da-99bd-1661afbf882a')).toBeNull()
      expect(await runFacts(tx, "x' or true --")).toBeNull()
      expect(await runHours(tx, id, WINDOW)).toEqual([])
      expect(await runFactors(tx, id, WINDOW)).toEqual([])
      expect(await runLines(tx, id, { ...WINDOW, limit: 10 })).toEqual([])
      expect(await runEvidence(tx, id, { ...WINDOW, limit: 10 })).toEqual({ meters: [], batches: [], days: [] })
      expect(await filterOptions(tx)).toMatchObject({ team: [], model: [], site: [], stage: [] })
      expect(await freshness(tx)).toMatchObject({ telemetry_at: null, grid: null })
      expect(await homeNeeds(tx, WINDOW, '2024-06-03')).toEqual({
        gaps: [],
        provisional: null,
        screening: null,
        rejected: [],
        silent: [],
      })
    })
    const evidence = await asked((tx) => runEvidence(tx, id, { ...WINDOW, limit: 10 }))
    const foreign = await runReadings(stranger.orgId, { workloadId: id, window: WINDOW, ...evidence })
    expect([...foreign.counts.values()].every((count) => count === 0)).toBe(true)
  })
})
