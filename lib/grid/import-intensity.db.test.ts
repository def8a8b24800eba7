import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Basis } from '@/lib/accounting/facts'
import type { GridBasis } from '@/lib/contracts/grid'
import { newId } from '@/lib/db/ids'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { SHARED_OWNER } from '@/lib/factors/load-reference'
import { loadZoneFacts } from '@/lib/factors/zone-facts'
import { HOUR } from '@/lib/units/time'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { importIntensity } from './import-intensity'
import type { FileHour } from './intensity-csv'
import { hourlySeries, zonesInUse } from './zone-series'

const DAY1 = Date.UTC(2023, 0, 31)
const FEBRUARY = Date.UTC(2023, 1, 1)
const RETRIEVED = new Date('2024-01-01T00:00:00Z')

let database: TestDatabase
let app: pg.Pool
let worker: pg.Pool
let admin: pg.Client
let orgId: string
let otherOrgId: string

beforeAll(async () => {
  database = await createTestDatabase()
  app = new pg.Pool({ connectionString: database.appUrl, max: 4 })
  worker = new pg.Pool({ connectionString: database.workerUrl, max: 2 })
  admin = new pg.Client(database.adminUrl)
  await admin.connect()
})
afterAll(async () => {
  await Promise.all([app?.end(), worker?.end(), admin?.end()])
  await database?.drop()
})
beforeEach(async () => {
  orgId = newId()
  otherOrgId = newId()
  await admin.query(
    'insert into organization (org_id, slug, name) select id, $2 || place, $2 from unnest($1::uuid[]) with ordinality as o(id, place)',
    [[orgId, otherOrgId], `org-${orgId}-`],
  )
})

const hours = (from: number, values: (number | null)[], estimated = false): FileHour[] =>
  values.map((gPerKwh, i) => ({ at: from + i * HOUR, gPerKwh, estimated: gPerKwh !== null && estimated }))

const imported = (list: FileHour[], more: { org?: string; zone?: string; basis?: GridBasis; source?: string } = {}) => {
  const { org = orgId, zone = 'DE', basis = 'direct', source = 'file a' } = more
  return withOrgSql(app, org, (tx) =>
    importIntensity(tx, { orgId: org, zone, basis, hours: list, source, retrievedAt: RETRIEVED }),
  )
}

const seriesOf = async (from: number, count: number, more: { org?: string; zone?: string; basis?: Basis } = {}) => {
  const { org = orgId, zone = 'DE', basis = 'direct' } = more
  return withOrgSql(app, org, (tx) => hourlySeries(tx, { orgId: org, zone, basis, from, to: from + count * HOUR }))
}
const valuesOf = async (...asked: Parameters<typeof seriesOf>) => (await seriesOf(...asked)).map((hour) => hour.gPerKwh)

const storedMonths = async (org = orgId) => {
  const { rows } = await admin.query(
    "select zone, basis, to_char(month, 'YYYY-MM') as month, revision from grid_intensity where owner_id = $1 order by 1, 2, 3, 4",
    [org],
  )
  return rows.map((row) => `${row.zone} ${row.basis} ${row.month} r${row.revision}`)
}

const factsOf = (day: string, zones: string[], org = orgId, pool = worker) =>
  withOrgSql(pool, org, (tx) => loadZoneFacts(tx, { orgId: org, day, zones }))

describe('revisions', () => {
  it('the first file is revision 1 of the months it touches; counts are those of the file', async () => {
    const answer = await imported([...hours(DAY1, [10, 20, null, 40]), ...hours(FEBRUARY, [50, 60], true)])
    expect(answer).toEqual({
      zone: 'DE',
      basis: 'direct',
      hours: 5,
      revision: 1,
      estimated: 2,
      gaps: 26 - 5,
      changedDays: ['2023-01-31', '2023-02-01'],
      openedDays: [],
    })
    expect(await storedMonths()).toEqual(['DE direct 2023-01 r1', 'DE direct 2023-02 r1'])
    expect(await valuesOf(DAY1, 5)).toEqual([10, 20, null, 40, null])
  })

  it('the same file again writes nothing and keeps the revision', async () => {
    const file = hours(DAY1, [10, 20, null, 40])
    await imported(file)
    expect(await imported(file, { source: 'the same by another name' })).toMatchObject({
      revision: 1,
      changedDays: [],
      hours: 3,
    })
    expect(await storedMonths()).toEqual(['DE direct 2023-01 r1'])
  })

  it('a better file writes only the months that it changes, and an hour it leaves empty keeps its value', async () => {
    await imported([...hours(DAY1, [10, 20, null, 40]), ...hours(FEBRUARY, [50, 60])])
    const better = await imported([...hours(DAY1, [10, 20, null, 40]), ...hours(FEBRUARY, [null, 61])], {
      source: 'file b',
    })
    expect(better).toMatchObject({ revision: 2, changedDays: ['2023-02-01'] })
    expect(await storedMonths()).toEqual(['DE direct 2023-01 r1', 'DE direct 2023-02 r1', 'DE direct 2023-02 r2'])
    expect(await seriesOf(FEBRUARY, 2)).toMatchObject([
      { gPerKwh: 50, revision: 2, source: 'file b; other hours as before from: file a', isOwn: true },
      { gPerKwh: 61, revision: 2 },
    ])
    expect(await imported(hours(DAY1, [11]))).toMatchObject({ revision: 3, changedDays: ['2023-01-31'] })
  })

  it('an estimate that becomes a measurement is a change though the value stays', async () => {
    await imported(hours(DAY1, [10], true))
    expect(await imported(hours(DAY1, [10]))).toMatchObject({ revision: 2, changedDays: ['2023-01-31'] })
  })

  it('direct and life cycle never mix', async () => {
    await imported(hours(DAY1, [10]))
    expect(await imported(hours(DAY1, [30]), { basis: 'lifecycle' })).toMatchObject({ revision: 1 })
    expect([await valuesOf(DAY1, 1), await valuesOf(DAY1, 1, { basis: 'lifecycle' })]).toEqual([[10], [30]])
    const [facts] = await factsOf('2023-01-31', ['DE'])
    expect([facts?.hourlyDirect[0]?.gPerKwh, facts?.hourlyLifecycle[0]?.gPerKwh]).toEqual([10, 30])
  })

  it('a zone under another of its names is the same zone', async () => {
    await imported(hours(DAY1, [10]), { zone: 'deu' })
    expect(await imported(hours(DAY1, [11]), { zone: 'de' })).toMatchObject({ zone: 'DE', revision: 2 })
    expect(await valuesOf(DAY1, 1)).toEqual([11])
  })

  it('files sent at the same time queue up', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((g) => imported(hours(DAY1, [g]))))
    expect(answers.map((answer) => answer.revision).sort()).toEqual([1, 2, 3, 4])
  })
})

describe('one organisation and another', () => {
  it('see nothing of each other’s hours and open nothing of each other’s days', async () => {
    await imported(hours(DAY1, [10, 20]))
    expect(await valuesOf(DAY1, 2, { org: otherOrgId })).toEqual([null, null])
    expect((await factsOf('2023-01-31', ['DE'], otherOrgId))[0]?.hourlyDirect.every((hour) => hour === null)).toBe(true)
    expect(await withOrgSql(app, otherOrgId, (tx) => zonesInUse(tx, { orgId: otherOrgId }))).toEqual([])
    expect(await imported(hours(DAY1, [99]), { org: otherOrgId })).toMatchObject({ revision: 1 })
    expect(await valuesOf(DAY1, 1)).toEqual([10])
  })

  it('asking for another organisation’s id from inside one’s own door finds nothing and writes nothing', async () => {
    await imported(hours(DAY1, [10]))
    const peek = await withOrgSql(app, otherOrgId, (tx) =>
      hourlySeries(tx, { orgId, zone: 'DE', basis: 'direct', from: DAY1, to: DAY1 + HOUR }),
    )
    expect(peek[0]?.gPerKwh).toBeNull()
    const write = withOrgSql(app, otherOrgId, (tx) =>
      importIntensity(tx, {
        orgId,
        zone: 'DE',
        basis: 'direct',
        hours: hours(DAY1, [1]),
        source: 'x',
        retrievedAt: RETRIEVED,
      }),
    )
    await expect(write).rejects.toThrow(/row-level security/)
  })

  it('own hours win over shared ones, hour by hour', async () => {
    await admin.query(
      `insert into grid_intensity (owner_id, zone, basis, month, revision, g_per_kwh, estimated, source, sha256)
       values ($1, 'FR', 'direct', '2023-01-01', 7, array_fill(5::float8, array[744]), array_fill(true, array[744]), 'operator', '')`,
      [SHARED_OWNER],
    )
    await imported(hours(DAY1, [null, 20]), { zone: 'FR' })
    expect(await seriesOf(DAY1, 2, { zone: 'FR' })).toMatchObject([
      { gPerKwh: 5, isOwn: false, revision: 7, estimated: true },
      { gPerKwh: 20, isOwn: true, revision: 1 },
    ])
    const [facts] = await factsOf('2023-01-31', ['FR'])
    expect(facts?.hourlyDirect[0]?.factor).toMatchObject({
      id: 'grid-intensity:FR:direct:shared',
      version: 7,
      source: 'operator',
    })
    expect(facts?.hourlyDirect[1]?.factor).toMatchObject({
      id: 'grid-intensity:FR:direct',
      version: 1,
      source: 'file a',
    })
    expect(await valuesOf(DAY1, 2, { zone: 'FR', org: otherOrgId })).toEqual([5, 5])
  })
})

const CELL_COLUMNS = [
  'it_uwh',
  'facility_uwh',
  'location_mg',
  'pue',
  'g_per_kwh',
  'energy_tier',
  'overhead_tier',
  'intensity_tier',
  'intensity_factor',
  'overhead_factor',
  'gap',
  'market_mg',
  'loss_mg',
  'upstream_mg',
  'embodied_mg',
  'water_ul',
  'source_water_ul',
]

const entryIn = async (zone: string | null, day: string, more: { org?: string; isCurrent?: boolean } = {}) => {
  const { org = orgId, isCurrent = true } = more
  const attributionId = newId()
  await admin.query("insert into attribution (org_id, attribution_id, zone, deployment) values ($1, $2, $3, 'owned')", [
    org,
    attributionId,
    zone,
  ])
  const unknown = Array(24).fill(null)
  const entry = {
    org_id: org,
    day,
    attribution_id: attributionId,
    revision: 1,
    entry_id: newId(),
    unallocated: false,
    status: 'provisional',
    is_current: isCurrent,
    screening: Array(24).fill(false),
    covered_ms: Array(24).fill(0),
    elapsed_ms: Array(24).fill(0),
    factors: [],
    series_ids: [],
    terms: {},
    method_version: 'test',
    input_sha256: '',
    posted_at: '2023-03-01T00:00:00Z',
    ...Object.fromEntries(CELL_COLUMNS.map((column) => [column, unknown])),
  }
  await admin.query('insert into entry select * from jsonb_populate_record(null::entry, $1)', [JSON.stringify(entry)])
}

const openDaysOf = async (org = orgId) => {
  const { rows } = await admin.query('select day::text, generation::int from open_day where org_id = $1 order by day', [
    org,
  ])
  return rows.map((row) => [row.day, row.generation])
}

describe('the days that are posted again', () => {
  const january = hours(Date.UTC(2023, 0, 1), Array(31 * 24).fill(100))

  it('are those with a current entry in the zone, and no others', async () => {
    await entryIn('DE', '2023-01-10')
    await entryIn('DE', '2023-01-11', { isCurrent: false })
    await entryIn('FR', '2023-01-12')
    await entryIn(null, '2023-01-13')
    await entryIn('DE', '2023-02-10')
    await entryIn('DE', '2023-01-14', { org: otherOrgId })
    const answer = await imported(january)
    expect(answer.changedDays).toHaveLength(31)
    expect(answer.openedDays).toEqual(['2023-01-10'])
    expect([await openDaysOf(), await openDaysOf(otherOrgId)]).toEqual([[['2023-01-10', 1]], []])
  })

  it('are those on which an hour changed', async () => {
    await imported(january)
    await entryIn('DE', '2023-01-10')
    await entryIn('DE', '2023-01-11')
    const better = january.map((hour) => (hour.at === Date.UTC(2023, 0, 11, 7) ? { ...hour, gPerKwh: 99 } : hour))
    expect(await imported(better)).toMatchObject({ changedDays: ['2023-01-11'], openedDays: ['2023-01-11'] })
    expect(await imported(better)).toMatchObject({ changedDays: [], openedDays: [] })
    expect(await openDaysOf()).toEqual([['2023-01-11', 1]])
  })

  it('are also those with a facility figure in the zone, and those open anyway, which get a new generation', async () => {
    const siteId = newId()
    await admin.query("insert into site (org_id, site_id, slug, name, zone) values ($1, $2, 's', 's', 'DE')", [
      orgId,
      siteId,
    ])
    await admin.query(
      `insert into facility_day (org_id, site_id, day, zone, it_basis, paired_hours, facility_hours, provisional)
       values ($1, $2, '2023-01-05', 'DE', 'meter', 0, 0, true), ($1, $2, '2023-01-06', 'FR', 'meter', 0, 0, true)`,
      [orgId, siteId],
    )
    await admin.query("insert into open_day (org_id, day) values ($1, '2023-01-20'), ($1, '2023-03-01')", [orgId])
    await imported(january)
    expect(await openDaysOf()).toEqual([
      ['2023-01-05', 1],
      ['2023-01-20', 2],
      ['2023-03-01', 1],
    ])
  })

  it('are none when the hours are marginal: they stand beside the averages and nothing is posted by them', async () => {
    await entryIn('DE', '2023-01-10')
    const answer = await imported(january, { basis: 'marginal' })
    expect(answer).toMatchObject({ hours: january.length, revision: 1, openedDays: [] })
    expect(await openDaysOf()).toEqual([])
    const [facts] = await withOrgSql(app, orgId, (tx) => loadZoneFacts(tx, { orgId, day: '2023-01-10', zones: ['DE'] }))
    expect([facts?.hourlyDirect, facts?.hourlyLifecycle].flat().filter(Boolean)).toEqual([])
  })

  it('include those of a subregion that uses the zone’s hours', async () => {
    await entryIn('eGRID:RFCW', '2023-01-10')
    await entryIn('eGRID:NYCW', '2023-01-11')
    const answer = await imported(january, { zone: 'US-MIDA-PJM' })
    expect(answer.openedDays).toEqual(['2023-01-10'])
    const [facts] = await factsOf('2023-01-10', ['eGRID:RFCW'])
    expect(facts?.hourlyDirect[0]).toMatchObject({ gPerKwh: 100, factor: { id: 'grid-intensity:US-MIDA-PJM:direct' } })
    expect(facts?.directYears[0]).toMatchObject({ level: 'zone', gPerKwh: 415.5151 })
    expect(facts?.profile?.annualMeanGPerKwh).toBe(380.4)
  })

  it('posting and an import of the same zone wait for each other', async () => {
    const poster = await worker.connect()
    try {
      await poster.query('begin')
      await poster.query("select set_config('app.org_id', $1, true)", [orgId])
      const [before] = await loadZoneFacts(poster, { orgId, day: '2023-01-10', zones: ['DE'] })
      expect(before?.hourlyDirect[0]).toBeNull()
      const running = imported(january)
      const first = await Promise.race([
        running.then(() => 'import'),
        new Promise((done) => setTimeout(done, 150, 'still waiting')),
      ])
      expect(first).toBe('still waiting')
      // The day comes into being after the import began: without the gate it would keep its missing intensity.
      await entryIn('DE', '2023-01-10')
      await poster.query('commit')
      expect((await running).openedDays).toEqual(['2023-01-10'])
    } finally {
      poster.release()
    }
  })
})

describe('zone facts', () => {
  it('answer for each zone asked, once, also for an unknown one', async () => {
    const facts = await factsOf('2023-01-31', ['GB', 'ZZ', 'GB'])
    expect(facts.map((zone) => zone.zone)).toEqual(['GB', 'ZZ'])
    expect(facts[0]?.profile?.gPerKwh).toHaveLength(12)
    expect(facts[1]).toMatchObject({ profile: null, directYears: [], lifecycleYears: [] })
    expect(facts[1]?.hourlyDirect).toEqual(Array(24).fill(null))
  })

  it('estimated hours say so', async () => {
    await imported(hours(DAY1, [10], true))
    expect((await factsOf('2023-01-31', ['DE']))[0]?.hourlyDirect[0]).toEqual({
      gPerKwh: 10,
      estimated: true,
      factor: {
        id: 'grid-intensity:DE:direct',
        version: 1,
        name: 'Hourly grid intensity, DE, direct',
        source: 'file a',
        basis: 'direct',
      },
    })
  })
})

it('zones in use are those of workloads and sites, and those with imported hours', async () => {
  await entryIn('SE-SE3', '2023-01-10')
  await imported(hours(DAY1, [10, 20]))
  await imported(hours(FEBRUARY, [10]))
  expect(await withOrgSql(app, orgId, (tx) => zonesInUse(tx, { orgId }))).toEqual([
    {
      zone: 'DE',
      name: 'Germany',
      timeZone: 'Europe/Berlin',
      isUsed: false,
      hourlyDirect: { from: '2023-01', to: '2023-02' },
      hourlyLifecycle: null,
    },
    {
      zone: 'SE-SE3',
      name: 'South Central Sweden',
      timeZone: 'Europe/Stockholm',
      isUsed: true,
      hourlyDirect: null,
      hourlyLifecycle: null,
    },
  ])
})

it('a series over the end of a year reads both months', async () => {
  const newYear = Date.UTC(2024, 0, 1)
  await imported(hours(newYear - 2 * HOUR, [1, 2, 3, 4]))
  expect(await valuesOf(newYear - 2 * HOUR, 4)).toEqual([1, 2, 3, 4])
  expect(await valuesOf(newYear - 40 * 24 * HOUR, 0)).toEqual([])
  expect((await valuesOf(newYear - 40 * 24 * HOUR, 50 * 24)).filter((g) => g !== null)).toEqual([1, 2, 3, 4])
})
