import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ConnectorRequest, type ConnectorView, connectorFieldsSchema } from '@/lib/contracts/connectors'
import { appPool, closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { referenceTables } from '@/lib/grid/zone-of'
import { ingestReadings } from '@/lib/ingest/native'
import type { Author } from '@/lib/ledger/audit'
import { askBackfill, askTest } from '@/lib/registry/ask-connector'
import { connectorList } from '@/lib/registry/connectors'
import { createConnector, editConnector, removeConnector } from '@/lib/registry/edit-connector'
import { DAY, HOUR, isoInstant, SECOND } from '@/lib/units/time'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { allowedHosts } from './allowed-hosts'
import { runConnector } from './run-connector'
import { runDueConnectors } from './run-due'
import { type Double, startDouble } from './testing/double'
import { electricityMapsDouble, gbDouble, wattTimeDouble } from './testing/intensity-doubles'
import { mlflowDouble } from './testing/mlflow-double'

const TOKEN = 'canary-token-5d0e77'
const PASSWORD = 'canary-password-2b61'
const SESSION = 'canary-session-aa40'
const CANARIES = [TOKEN, PASSWORD, SESSION, Buffer.from(`ada:${PASSWORD}`).toString('base64')]

let database: TestDatabase
let org: TestOrganization
let by: Author
let made = 0
const doubles: Double[] = []
const open = async <D extends Double>(making: Promise<D>): Promise<D> => {
  const double = await making
  doubles.push(double)
  return double
}

beforeAll(async () => {
  process.env.SEALING_KEY = 's'.repeat(43)
  database = await createTestDatabase()
  useDatabase(database)
})
beforeEach(async () => {
  org = await createTestOrganization(database, `fetching-${++made}`)
  by = { kind: 'user', id: org.userId }
})
afterEach(() => Promise.all(doubles.splice(0).map((double) => double.close())))
afterAll(async () => {
  await closePools()
  await database.drop()
})

const create = (fields: ConnectorRequest) => createConnector(org.orgId, connectorFieldsSchema.parse(fields), by)
const quick = () => ({
  ...{ minIntervalMs: 0, timeoutMs: 2000, sleep: async () => undefined },
  allowed: allowedHosts(doubles.map(({ host }) => host).join(' ')),
})
const turn = async (connector: ConnectorView, now: number, more: object = {}) =>
  runConnector(
    workerPool(),
    await referenceTables(workerPool()),
    { orgId: org.orgId, connectorId: connector.connector_id },
    { now: () => now, client: quick(), ...more },
  )
const shown = async (connector: ConnectorView): Promise<ConnectorView> => {
  const { connectors } = await connectorList(org.orgId)
  return connectors.find((one) => one.connector_id === connector.connector_id) as ConnectorView
}
const ask = (sql: string, values: unknown[] = []) =>
  withOrgSql(workerPool(), org.orgId, async (tx) => (await tx.query(sql, values)).rows)
/** Newest revision of each month: known hours, estimated ones, revision. */
const stored = (zone: string, basis: string) =>
  ask(
    `select distinct on (month) revision, array_length(array_remove(g_per_kwh, null), 1) as hours,
       (select count(*)::int from unnest(g_per_kwh, estimated) as u(g, e) where g is not null and e) as estimated, source
     from grid_intensity where owner_id = $1 and zone = $2 and basis = $3 order by month, revision desc`,
    [org.orgId, zone, basis],
  )
const reading = (run: string, from: number, hours: number, grid_zone: string) => ({
  ...{ run, team: 't', model: 'm', stage: 'training' as const, deployment: 'owned' as const, grid_zone },
  readings: Array.from({ length: hours + 1 }, (_, i) => ({
    ...{ meter: 'rack', kind: 'power', unit: 'kW', value: 1, at: isoInstant(from + i * HOUR) },
  })),
})
const send = (body: ReturnType<typeof reading> & { pue?: number }) =>
  ingestReadings({ orgId: org.orgId, keyId: null, idempotencyKey: null }, body)
const entries = () =>
  ask(
    `select day::text, revision, g_per_kwh, intensity_tier, total_location_mg::text as mg from entry
     where org_id = $1 and is_current order by day`,
    [org.orgId],
  )

const T = Date.UTC(2026, 2, 11, 12)
const electricityMaps = (base_url: string, settings: object = {}): ConnectorRequest => ({
  ...{ kind: 'electricity-maps', name: 'Grid', secret: { token: TOKEN } },
  settings: { base_url, zones: ['DE'], ...settings },
})

describe('Electricity Maps', () => {
  test('brings the last day, direct and life cycle apart, with its estimates and its forecast', async () => {
    const double = await open(electricityMapsDouble(TOKEN))
    double.now = T + 5 * 60_000
    double.valueAt = (_, basis, at) => ({ g: basis === 'direct' ? 300 : 360, estimated: at >= T - 2 * HOUR })
    const connector = await create(electricityMaps(double.url, { bases: ['direct', 'lifecycle'], forecast: true }))
    await turn(connector, double.now)
    expect(await shown(connector)).toMatchObject({
      state: 'fetching',
      last_error: null,
      newest_at: isoInstant(T),
      failures: 0,
    })
    expect(await stored('DE', 'direct')).toEqual([
      { revision: 1, hours: 25, estimated: 3, source: 'Electricity Maps API' },
    ])
    expect(await stored('DE', 'lifecycle')).toMatchObject([{ revision: 1, hours: 25 }])
    const forecasts = await ask(
      'select zone, basis, first_hour, g_per_kwh from grid_forecast where owner_id = $1 order by basis',
      [org.orgId],
    )
    expect(forecasts.map((row) => [row.basis, row.first_hour.getTime(), row.g_per_kwh.length])).toEqual([
      ['direct', T + HOUR, 24],
      ['lifecycle', T + HOUR, 24],
    ])
  })

  test('a corrected hour is a new revision and posts again only the day that it touches', async () => {
    const double = await open(electricityMapsDouble(TOKEN))
    double.now = T + 5 * 60_000
    double.valueAt = (_, __, at) => ({ g: 300, estimated: at >= T - 20 * HOUR })
    const connector = await create(electricityMaps(double.url))
    await turn(connector, double.now)
    await send({ ...reading('r', T - 20 * HOUR, 20, 'DE'), pue: 1 })
    await postAll()
    const before = await entries()
    expect(before.map((row) => row.day)).toEqual(['2026-03-10', '2026-03-11'])

    const corrected = T - 14 * HOUR
    double.now = T + 7 * HOUR
    double.valueAt = (_, __, at) => ({
      g: at === corrected ? 500 : 300,
      estimated: at >= T - 20 * HOUR && at !== corrected,
    })
    await turn(connector, T + 7 * HOUR)
    expect((await stored('DE', 'direct'))[0].revision).toBe(2)
    expect(
      await ask('select day::text from open_day where org_id = $1 and due_at <= now() order by day', [org.orgId]),
    ).toEqual([{ day: '2026-03-10' }, { day: '2026-03-11' }])
    await postAll()
    const after = await entries()
    const cell = (corrected / HOUR) % 24
    expect(after.map((row) => row.g_per_kwh[cell])[0]).toBe(500)
    expect(Number(after[0].mg) - Number(before[0].mg)).toBe(200_000)
    expect(after[1].mg).toBe(before[1].mg)
  })

  test('back-fills in windows, goes on where it stopped, and repeats nothing that was stored', async () => {
    const double = await open(electricityMapsDouble(TOKEN))
    double.now = T
    const connector = await create(electricityMaps(double.url))
    await turn(connector, T)
    const from = Date.UTC(2026, 0, 20)
    await askBackfill(org.orgId, connector.connector_id, { from, to: Date.UTC(2026, 2, 1) }, by)
    const asked = () =>
      double.requests.filter(({ path }) => path.endsWith('/past-range')).map(({ query }) => query.get('start'))
    double.requests.length = 0
    double.trouble = ({ path }) =>
      path.endsWith('/past-range') && asked().length > 2 ? { status: 502, body: {} } : null
    await turn(connector, T + 1)
    expect(await shown(connector)).toMatchObject({
      state: 'failing',
      last_error: expect.stringMatching(/answered 502/),
      backfill: { from: isoInstant(from), done: '2026-02-09T00:00:00Z', to: '2026-03-01T00:00:00Z' },
    })
    double.trouble = () => null
    double.requests.length = 0
    await turn(connector, T + 2)
    expect(asked()).toEqual(['2026-02-09T00:00:00Z', '2026-02-19T00:00:00Z'])
    expect(await shown(connector)).toMatchObject({ state: 'fetching', backfill: null })
    expect((await stored('DE', 'direct')).map((row) => row.hours)).toEqual([12 * 24, 28 * 24, 25])
    // A turn that ran out of time leaves the rest for the next one.
    await askBackfill(org.orgId, connector.connector_id, { from, to: Date.UTC(2026, 2, 1) }, by)
    await turn(connector, T + 3, { longestTurnMs: 0 })
    expect(await shown(connector)).toMatchObject({ state: 'backfilling', backfill: { done: isoInstant(from) } })
  })

  test('an outage of weeks leaves no hole', async () => {
    const double = await open(electricityMapsDouble(TOKEN))
    double.now = T
    const connector = await create(electricityMaps(double.url))
    await turn(connector, T)
    double.now = T + 25 * DAY
    await turn(connector, double.now)
    expect(await shown(connector)).toMatchObject({ state: 'fetching', backfill: null })
    // 11 March 12:00 less a day, to 5 April 12:00 and the hour that runs: nothing in between is unknown.
    expect((await stored('DE', 'direct')).map((row) => row.hours)).toEqual([21 * 24 + 12, 4 * 24 + 13])
  })

  test('with a plan of one day or one hour only takes what there is, and says so', async () => {
    const double = await open(electricityMapsDouble(TOKEN))
    double.now = T
    double.trouble = ({ path }) =>
      path.endsWith('/past-range') ? { status: 403, body: { error: 'Endpoint not available' } } : null
    const connector = await create(electricityMaps(double.url))
    await turn(connector, T)
    expect(await shown(connector)).toMatchObject({ state: 'fetching', note: expect.stringMatching(/24 hours only/) })
    expect((await stored('DE', 'direct'))[0].hours).toBe(24)
  })

  test('a zone outside the plan holds up no other; words say which', async () => {
    const double = await open(electricityMapsDouble(TOKEN))
    double.now = T
    double.trouble = ({ query }) =>
      query.get('zone') === 'XX' ? { status: 401, body: { error: `Token ${TOKEN} unauthorized for zoneKey XX` } } : null
    const connector = await create(electricityMaps(double.url, { zones: ['XX', 'DE'] }))
    await turn(connector, T)
    expect((await stored('DE', 'direct'))[0].hours).toBe(25)
    expect((await shown(connector)).last_error).toBe(
      `XX direct: ${double.host} answered 401: Token … unauthorized for zoneKey XX`,
    )
  })
})

describe('what goes wrong over there', () => {
  const bodies: [string, unknown][] = [
    ['{}', {}],
    ['null', null],
    ['another zone', { zone: 'FR', data: [] }],
    [
      'null for every hour',
      { zone: 'DE', data: [{ carbonIntensity: null, datetime: isoInstant(T), emissionFactorType: 'direct' }] },
    ],
  ]
  test.each(bodies)('%s stores nothing, and no 0', async (_, body) => {
    const double = await open(electricityMapsDouble(TOKEN))
    double.now = T
    double.trouble = () => ({ status: 200, body })
    const connector = await create(electricityMaps(double.url))
    await turn(connector, T)
    expect(await stored('DE', 'direct')).toEqual([])
  })

  test('waits longer each time, and as long as it is told to; a refused key waits for people', async () => {
    const double = await open(electricityMapsDouble(TOKEN))
    double.now = T
    const connector = await create(electricityMaps(double.url))
    const pauseAfter = async (
      answer: { status: number; body: unknown; headers?: Record<string, string> },
      now: number,
    ) => {
      double.trouble = () => answer
      await turn(connector, now)
      return (Date.parse((await shown(connector)).next_at) - now) / 1000
    }
    expect(await pauseAfter({ status: 500, body: {} }, T)).toBe(30)
    expect(await pauseAfter({ status: 500, body: {} }, T)).toBe(60)
    expect(await pauseAfter({ status: 429, body: {}, headers: { 'retry-after': '7200' } }, T)).toBe(7200)
    expect(await pauseAfter({ status: 403, body: {} }, T)).toBe(3600)
    expect((await shown(connector)).failures).toBe(4)
    double.trouble = () => null
    await turn(connector, T)
    expect(await shown(connector)).toMatchObject({
      failures: 0,
      last_error: null,
      next_at: new Date(T + HOUR).toISOString(),
    })
  })

  test('two workers never run two connectors of one organisation at once', async () => {
    let running = 0
    let most = 0
    const double = await open(
      startDouble((_, response) => {
        most = Math.max(most, ++running)
        setTimeout(() => {
          running--
          response.end('{}')
        }, 150)
      }),
    )
    for (const name of ['a', 'b', 'c']) await create({ ...electricityMaps(double.url), name })
    const tables = await referenceTables(workerPool())
    const work = () => runDueConnectors(workerPool(), tables, { client: { ...quick(), attempts: 1 } })
    const turns = await Promise.all([work(), work()])
    expect(most).toBe(1)
    expect(turns[0] + turns[1]).toBeGreaterThanOrEqual(3)
    expect(double.requests.length).toBe(3)
  })
})

describe('WattTime', () => {
  const wattTime = (base_url: string, signals: ('co2_aoer' | 'co2_moer')[]): ConnectorRequest => ({
    ...{ kind: 'watttime', name: 'Marginal', secret: { username: 'ada', password: PASSWORD } },
    settings: { base_url, regions: [{ region: 'CAISO_NORTH', zone: 'US-CAL-CISO' }], signals, forecast: true },
  })

  test('marginal stands beside average, and no figure of the ledger ever rests on it', async () => {
    const double = await open(wattTimeDouble({ username: 'ada', password: PASSWORD, token: SESSION }))
    double.now = T
    const marginal = await create(wattTime(double.url, ['co2_moer']))
    await turn(marginal, T)
    const g = 2000 * 0.45359237
    expect(await stored('US-CAL-CISO', 'marginal')).toEqual([
      { revision: 1, hours: 24, estimated: 0, source: 'WattTime v3 co2_moer CAISO_NORTH, model 2026-03-01' },
    ])
    await send(reading('r', T - 10 * HOUR, 8, 'US-CAL-CISO'))
    await postAll()
    const [before] = await entries()
    expect(before.g_per_kwh.filter((one: number | null) => one !== null && Math.abs(one - g) < 1)).toEqual([])
    expect(before.intensity_tier.filter((tier: number | null) => tier === 1)).toEqual([])

    double.lbPerMwh.co2_moer = 9000
    await turn(marginal, T + 7 * HOUR)
    expect((await stored('US-CAL-CISO', 'marginal'))[0].revision).toBe(2)
    expect(await ask('select 1 from open_day where org_id = $1 and due_at <= now()', [org.orgId])).toEqual([])

    await editConnector(
      org.orgId,
      marginal.connector_id,
      connectorFieldsSchema.parse({ ...wattTime(double.url, ['co2_moer', 'co2_aoer']), secret: undefined }),
      by,
    )
    await turn(marginal, T + 8 * HOUR)
    await postAll()
    const [after] = await entries()
    expect(after.g_per_kwh[4]).toBeCloseTo(1000 * 0.45359237, 6)
    expect(after.intensity_tier[4]).toBe(1)
    const forecasts = await ask('select distinct basis from grid_forecast where owner_id = $1 order by basis', [
      org.orgId,
    ])
    expect(forecasts.map((row) => row.basis)).toEqual(['direct', 'marginal'])
  })

  test('asks for the newest model it knows and mixes no older one in', async () => {
    const double = await open(wattTimeDouble({ username: 'ada', password: PASSWORD, token: SESSION }))
    double.now = T
    const connector = await create(wattTime(double.url, ['co2_moer']))
    await turn(connector, T)
    await turn(connector, T + 2 * HOUR)
    const models = double.requests
      .filter(({ path }) => path === '/v3/historical')
      .map(({ query }) => query.get('model'))
    expect(models).toEqual([null, '2026-03-01'])
    double.model = '2025-01-01'
    await turn(connector, T + 30 * HOUR)
    expect((await stored('US-CAL-CISO', 'marginal'))[0]).toMatchObject({ hours: 26 })
  })

  test('a refused login is told without what was refused', async () => {
    const double = await open(wattTimeDouble({ username: 'ada', password: 'another', token: SESSION }))
    const connector = await create(wattTime(double.url, ['co2_moer']))
    await turn(connector, T)
    expect((await shown(connector)).last_error).toBe(`${double.host} answered 401: no such user ada`)
  })
})

test('GB Carbon Intensity: whole hours of what was, forecasts apart, a missing half is an estimate', async () => {
  const double = await open(gbDouble((at) => (at === T - 2 * HOUR ? null : at < T - 3 * HOUR ? 200 : 260)))
  const connector = await create({
    kind: 'gb-carbon-intensity',
    name: 'GB',
    settings: { base_url: double.url, forecast: true },
  })
  await turn(connector, T + 20 * 60_000)
  expect(await stored('GB', 'direct')).toMatchObject([{ hours: 24, estimated: 1 }])
  const [forecast] = await ask('select first_hour, g_per_kwh from grid_forecast where owner_id = $1', [org.orgId])
  expect([forecast.first_hour.getTime(), forecast.g_per_kwh.length, forecast.g_per_kwh[0]]).toEqual([T + HOUR, 47, 111])
  await askBackfill(org.orgId, connector.connector_id, { from: Date.UTC(2026, 1, 1), to: Date.UTC(2026, 2, 1) }, by)
  await turn(connector, T + 21 * 60_000)
  expect((await stored('GB', 'direct')).map((row) => row.hours)).toEqual([28 * 24, 24])
})

describe('MLflow', () => {
  // Days of the last two are provisional.
  const NOW = Math.floor(Date.now() / HOUR) * HOUR
  const START = NOW - 6 * HOUR
  const gpu = (watts: number, from: number, hours: number): [number, number][] =>
    Array.from({ length: hours * 360 + 1 }, (_, i) => [from + i * 10 * SECOND, watts])
  const connectorFor = (base_url: string, settings: object = {}): ConnectorRequest => ({
    ...{ kind: 'mlflow', name: 'Tracking', secret: { token: TOKEN } },
    settings: { base_url, team: 'search', deployment: 'owned', grid_zone: 'DE', ...settings },
  })
  const totals = () =>
    ask(
      `select r.name, r.outcome, sum(e.total_it_uwh)::float8 / 1e9 as kwh, sum(e.total_location_mg)::text as mg
       from run r left join attribution a on a.org_id = r.org_id and a.run_id = r.run_id
       left join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id and e.is_current
       where r.org_id = $1 group by r.name, r.outcome order by r.name`,
      [org.orgId],
    )

  test('power becomes energy once, of the innermost runs only; outcomes and tags follow', async () => {
    const double = await open(mlflowDouble(TOKEN))
    const run = (id: string, more: object) => ({
      ...{
        id: `${id}0000000`,
        name: id,
        experiment: '7',
        status: 'FINISHED',
        start: START,
        end: START + 2 * HOUR,
        tags: {},
        history: {},
      },
      ...more,
    })
    const power = (watts: number) => ({
      'system/gpu_0_power_usage_watts': gpu(watts, START, 1),
      loss: [[START, 0.5]] as [number, number][],
    })
    double.runs = [
      run('sweep', { history: power(999) }),
      run('childA', {
        tags: { 'mlflow.parentRunId': 'sweep0000000' },
        history: { ...power(300), 'system/gpu_1_power_usage_watts': gpu(500, START, 1) },
      }),
      run('childB', {
        tags: { 'mlflow.parentRunId': 'sweep0000000', 'wattledger.team': 'vision' },
        history: power(100),
        status: 'FAILED',
        start: START + 1,
      }),
      run('nodes', {
        history: {
          'system/node-a/gpu_0_power_usage_watts': gpu(200, START, 1),
          'system/node-b/gpu_0_power_usage_watts': gpu(200, START, 1),
        },
        start: START + 2,
      }),
      run('running', { history: power(400), status: 'RUNNING', end: null, start: START + 3 }),
    ]
    const connector = await create(connectorFor(double.url, { write_back: true }))
    await turn(connector, NOW)
    await postAll()
    const found = await totals()
    expect(found.map((row) => [row.name, row.outcome, row.kwh])).toEqual([
      ['childA childA00', 'completed', expect.closeTo(0.8, 9)],
      ['childB childB00', 'failed', expect.closeTo(0.1, 9)],
      ['nodes nodes000', 'completed', expect.closeTo(0.4, 9)],
    ])

    await turn(connector, NOW + HOUR)
    await postAll()
    expect(await totals()).toEqual(found)
    const tags = double.runs.find((one) => one.name === 'childA')?.tags
    expect(tags).toMatchObject({
      'wattledger.location_kg_co2e': (Number(found[0].mg) / 1e6).toString(),
      'wattledger.status': 'provisional',
    })
    expect(Number(tags?.['wattledger.energy_kwh'])).toBeGreaterThanOrEqual(0.8)
    expect(double.runs.find((one) => one.name === 'sweep')?.tags).toEqual({})

    // The one that went on ends: only it is new.
    Object.assign(double.runs[4] as object, { status: 'KILLED', end: NOW })
    double.requests.length = 0
    await turn(connector, NOW + 2 * HOUR)
    expect(
      double.requests
        .filter(({ path }) => path.endsWith('/get-history') && !path.includes('page'))[0]
        ?.query.get('run_id'),
    ).toBe('running0000000')
    await postAll()
    expect((await totals()).at(-1)).toMatchObject({
      name: 'running running0',
      outcome: 'abandoned',
      kwh: expect.closeTo(0.4, 9),
    })

    // The past again brings the same readings: nothing is doubled.
    await askBackfill(org.orgId, connector.connector_id, { from: START - DAY, to: NOW }, by)
    await turn(connector, NOW + 3 * HOUR)
    await postAll()
    expect((await totals()).map((row) => row.kwh)).toEqual([0.8, 0.1, 0.4, 0.4].map((kwh) => expect.closeTo(kwh, 9)))
  })

  test('a value that no meter gives is refused and counted; a run without power makes no run', async () => {
    const double = await open(mlflowDouble(TOKEN))
    const base = { experiment: '7', status: 'FINISHED', start: START, end: START + HOUR, tags: {} }
    double.runs = [
      {
        ...base,
        id: 'a0000000',
        name: 'a',
        history: {
          'system/gpu_0_power_usage_watts': [
            [START, 100],
            [START + 1, -1],
            [START + 2, 1e12],
            [START + HOUR / 60, 100],
          ],
        },
      },
      { ...base, id: 'b0000000', name: 'b', start: START + 5, history: { loss: [[START, 1]] } },
    ]
    const connector = await create(connectorFor(double.url))
    await turn(connector, NOW)
    expect(
      await ask('select reason, readings::int from rejection_count where org_id = $1 order by reason', [org.orgId]),
    ).toEqual([
      { reason: 'value_negative', readings: 1 },
      { reason: 'value_too_large', readings: 1 },
    ])
    expect((await totals()).map((row) => row.name)).toEqual(['a a0000000'])
    expect(double.requests.filter(({ path }) => path.endsWith('log-batch'))).toEqual([])
  })
})

describe('a test', () => {
  test('is done by the worker, and told in words', async () => {
    const double = await open(electricityMapsDouble(TOKEN))
    double.now = T
    const connector = await create(electricityMaps(double.url))
    const asked = askTest(org.orgId, connector.connector_id, by)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await turn(connector, T)
    expect(await asked).toEqual({ ok: true, words: `DE, direct, ${isoInstant(T)}: 300 g/kWh.` })
    double.trouble = () => ({ status: 401, body: { error: `no ${TOKEN}` } })
    const again = askTest(org.orgId, connector.connector_id, by)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await turn(connector, T)
    expect(await again).toEqual({ ok: false, words: `${double.host} answered 401: no …` })
  })

  test('without a worker is an answer too', async () => {
    const connector = await create(electricityMaps('https://api.example.org'))
    await expect(askTest(org.orgId, connector.connector_id, by, { waitMs: 300 })).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
})

describe('a secret', () => {
  test('is nowhere but sealed in its row: no list, event, error or answer holds it', async () => {
    const double = await open(wattTimeDouble({ username: 'ada', password: PASSWORD, token: SESSION }))
    double.now = T
    const connector = await create({
      ...{ kind: 'watttime', name: 'Sealed', secret: { username: 'ada', password: PASSWORD } },
      settings: { base_url: double.url, regions: [{ region: 'CAISO_NORTH', zone: 'US-CAL-CISO' }] },
    })
    await turn(connector, T)
    const maps = await open(electricityMapsDouble('another token'))
    maps.trouble = ({ headers }) => ({ status: 401, body: { message: `you sent ${JSON.stringify(headers)}` } })
    const other = await create({ ...electricityMaps(maps.url), name: 'Echo' })
    await turn(other, T)
    const everything = JSON.stringify([
      await connectorList(org.orgId),
      await ask(
        `select to_jsonb(c) - 'secret' as row, encode(secret, 'escape') as secret from connector c where org_id = $1`,
        [org.orgId],
      ),
      await ask('select to_jsonb(a) as row from audit_event a where org_id = $1', [org.orgId]),
      await ask('select source from grid_intensity where owner_id = $1', [org.orgId]),
    ])
    expect(everything).toContain('Echo')
    for (const canary of CANARIES) expect(everything).not.toContain(canary)
  })

  test('cannot be selected by the role of the web, whatever a route asks', async () => {
    await create(electricityMaps('https://api.example.org'))
    const asked = withOrgSql(appPool(), org.orgId, (tx) => tx.query('select secret from connector'))
    await expect(asked).rejects.toThrow(/permission denied/)
    await expect(withOrgSql(appPool(), org.orgId, (tx) => tx.query('select * from connector'))).rejects.toThrow(
      /permission denied/,
    )
  })

  test('moved to another row does not open', async () => {
    const double = await open(electricityMapsDouble(TOKEN))
    const [one, two] = [
      await create(electricityMaps(double.url)),
      await create({ ...electricityMaps(double.url), name: 'Two' }),
    ]
    await ask(
      'update connector set secret = (select secret from connector where connector_id = $1) where connector_id = $2',
      [one.connector_id, two.connector_id],
    )
    await turn(two, T)
    expect(await shown(two)).toMatchObject({ state: 'failing', last_error: expect.stringMatching(/Enter it again/) })
    expect(double.requests).toEqual([])
  })

  test('is not sent to an address that it was not given for', async () => {
    const connector = await create(electricityMaps('https://api.example.org'))
    const moved = connectorFieldsSchema.parse({ ...electricityMaps('https://evil.example.org'), secret: undefined })
    await expect(editConnector(org.orgId, connector.connector_id, moved, by)).rejects.toMatchObject({
      code: 'invalid_input',
    })
    const same = connectorFieldsSchema.parse({ ...electricityMaps('https://api.example.org/v4'), secret: undefined })
    expect(await editConnector(org.orgId, connector.connector_id, same, by)).toMatchObject({ has_secret: true })
  })

  test('is gone with its connector', async () => {
    const connector = await create(electricityMaps('https://api.example.org'))
    await removeConnector(org.orgId, connector.connector_id, by)
    expect(
      await ask('select secret, removed_at is not null as gone from connector where connector_id = $1', [
        connector.connector_id,
      ]),
    ).toEqual([{ secret: null, gone: true }])
    await expect(removeConnector(org.orgId, connector.connector_id, by)).rejects.toMatchObject({ code: 'not_found' })
    const actions = await ask(
      `select action from audit_event where org_id = $1 and action like 'connector.%' order by event_id`,
      [org.orgId],
    )
    expect(actions.map((row) => row.action)).toEqual(['connector.create', 'connector.remove'])
  })
})

test('another organisation’s connector is not there', async () => {
  const connector = await create(electricityMaps('https://api.example.org'))
  const stranger = await createTestOrganization(database, `stranger-${made}`)
  const strange: Author = { kind: 'user', id: stranger.userId }
  expect((await connectorList(stranger.orgId)).connectors).toEqual([])
  const id = connector.connector_id
  for (const work of [
    () => removeConnector(stranger.orgId, id, strange),
    () => askBackfill(stranger.orgId, id, { from: 1.7e12, to: 1.71e12 }, strange),
    () => askTest(stranger.orgId, id, strange),
    () =>
      editConnector(
        stranger.orgId,
        id,
        connectorFieldsSchema.parse(electricityMaps('https://api.example.org')),
        strange,
      ),
  ])
    await expect(work()).rejects.toMatchObject({ code: 'not_found' })
  expect(await shown(connector)).toMatchObject({ is_active: true })
})
