import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appPool, closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { log } from '@/lib/log'
import { createApiKey } from '@/lib/registry/api-keys'
import { experimentOfId, updateExperiment } from '@/lib/registry/experiments'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import older from './codecarbon.fixtures/3.2.9-pue-1.3.json'
import recent from './codecarbon.fixtures/3.3.0-plain.json'
import withPue from './codecarbon.fixtures/3.3.0-pue-1.3.json'
import serverAway from './codecarbon.fixtures/3.3.0-server-away.json'

type Recorded = typeof recent
type Body = Record<string, unknown>

let database: TestDatabase
// Imported once the database is known.
let handlers: Record<'runs' | 'emissions', (request: Request) => Promise<Response>>
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  log.level = 'silent'
  handlers = {
    runs: (await import('@/app/api/codecarbon/runs/route')).POST,
    emissions: (await import('@/app/api/codecarbon/emissions/route')).POST,
  }
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

let made = 0
const newOrganization = async (scopes: ('ingest' | 'read')[] = ['ingest']) => {
  const { orgId } = await createTestOrganization(database, `carbon-${++made}`)
  const { secret } = await withOrgSql(appPool(), orgId, (tx) =>
    createApiKey(tx, orgId, { name: 'tracker', scopes, expiresAt: null, by: { kind: 'system', id: 'test' } }),
  )
  return { orgId, secret }
}

const post = async (path: 'runs' | 'emissions', secret: string | null, body: Body | string) => {
  const response = await handlers[path](
    new Request(`http://localhost/api/codecarbon/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(secret === null ? {} : { 'x-api-token': secret }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  )
  return { status: response.status, body: await response.json() }
}

/** Registers the recorded run and returns its id and its emissions as they are to be sent. */
const begin = async (secret: string, recorded: Recorded, run: Body = {}) => {
  const { status, body } = await post('runs', secret, { ...recorded.run, ...run })
  expect(status).toBe(201)
  return { runId: body.id as string, emissions: recorded.emissions.map((one): Body => ({ ...one, run_id: body.id })) }
}

const sendAll = async (secret: string, emissions: Body[]) => {
  for (const emission of emissions) {
    const { status, body } = await post('emissions', secret, emission)
    expect(status).toBe(201)
    expect(body).toMatch(/^[0-9a-f-]{36}$/)
  }
}

const rowsOf = (orgId: string, sql: string) =>
  withOrgSql(workerPool(), orgId, async (tx) => (await tx.query<Record<string, unknown>>(sql)).rows)

/** What the ledger says of all of an organisation: energies in µWh, time in ms. */
const ledgerOf = async (orgId: string) => {
  await postAll()
  const [sums] = await rowsOf(
    orgId,
    `select sum(u.it) as it, sum(u.facility) as facility, sum(u.covered) as covered, sum(u.elapsed) as elapsed,
       array_agg(distinct a.zone) as zones, array_agg(distinct a.zone_source) as zone_sources,
       array_agg(distinct u.gap) filter (where u.gap is not null) as gaps
     from entry e join attribution a using (org_id, attribution_id)
     cross join lateral unnest(e.it_uwh, e.facility_uwh, e.covered_ms, e.elapsed_ms, e.gap) as u(it, facility, covered, elapsed, gap)
     where e.is_current`,
  )
  const number = (value: unknown) => (value === null ? null : Number(value))
  return {
    it: number(sums?.it),
    facility: number(sums?.facility),
    covered: number(sums?.covered),
    elapsed: number(sums?.elapsed),
    zones: sums?.zones,
    zoneSources: sums?.zone_sources,
    gaps: sums?.gaps ?? [],
  }
}
const detailsOf = async (orgId: string) =>
  (await rowsOf(orgId, 'select details from run')).map(
    (row) => row.details as { reported: { posts: number; energy_kwh: number } },
  )
const evidenceOf = async (orgId: string) => (await rowsOf(orgId, 'select batch_id from reading_batch')).length
const microwattHours = (kwh: number) => Math.round(kwh * 1e9)

describe.each([
  ['3.3.0', recent],
  ['3.3.0 with pue=1.3', withPue],
  ['3.2.9 with pue=1.3', older],
])('a run of client %s', (_, recorded) => {
  it('is in the ledger with the energy of its own CSV, as facility energy, and no PUE on top', async () => {
    const { orgId, secret } = await newOrganization()
    await sendAll(secret, (await begin(secret, recorded)).emissions)
    const ledger = await ledgerOf(orgId)
    expect(ledger.facility).toBe(microwattHours(recorded.csv.energy_consumed))
    expect(ledger.it).toBeNull()
    expect(ledger.covered).toBe(ledger.elapsed)
    const [details] = await detailsOf(orgId)
    expect(details?.reported.posts).toBe(recorded.emissions.length)
    expect(details?.reported.energy_kwh).toBeCloseTo(recorded.csv.energy_consumed, 15)
  })
})

it('a PUE that someone named for the experiment divides: IT energy = energy ÷ PUE', async () => {
  const { orgId, secret } = await newOrganization()
  const { emissions } = await begin(secret, withPue)
  await withOrgSql(appPool(), orgId, (tx) =>
    updateExperiment(tx, orgId, 'e2e-pue', { pue_at_source: 1.3 }, { kind: 'user', id: 'owner' }),
  )
  await sendAll(secret, emissions)
  const ledger = await ledgerOf(orgId)
  expect(ledger.facility).toBe(microwattHours(withPue.csv.energy_consumed))
  expect(ledger.it).toBe(microwattHours(withPue.csv.energy_consumed / 1.3))
})

describe('sent again', () => {
  it('a run is the same run, also by two at once', async () => {
    const { orgId, secret } = await newOrganization()
    const answers = await Promise.all([1, 2, 3].map(() => post('runs', secret, recent.run)))
    answers.push(await post('runs', secret, recent.run))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(await detailsOf(orgId)).toHaveLength(1)
  })

  it('a run that began a microsecond later is another', async () => {
    const { secret } = await newOrganization()
    const first = await begin(secret, recent)
    const second = await begin(secret, recent, { timestamp: recent.run.timestamp.replace(/(\d{5})\d\+/, '$10+') })
    expect(second.runId).not.toBe(first.runId)
  })

  it('emissions change nothing, in whatever order', async () => {
    const { orgId, secret } = await newOrganization()
    const { emissions } = await begin(secret, recent)
    await sendAll(secret, emissions)
    const before = [await ledgerOf(orgId), await detailsOf(orgId), await evidenceOf(orgId)]
    await sendAll(secret, [...emissions].reverse())
    await begin(secret, recent)
    expect([await ledgerOf(orgId), await detailsOf(orgId), await evidenceOf(orgId)]).toEqual(before)
  })
})

it('emissions that arrive all at once or in reverse add up alike', async () => {
  for (const send of [
    (secret: string, emissions: Body[]) => Promise.all(emissions.map((one) => post('emissions', secret, one))),
    (secret: string, emissions: Body[]) => sendAll(secret, [...emissions].reverse()),
  ]) {
    const { orgId, secret } = await newOrganization()
    await send(secret, (await begin(secret, recent)).emissions)
    expect((await ledgerOf(orgId)).facility).toBe(microwattHours(recent.csv.energy_consumed))
    expect((await detailsOf(orgId))[0]?.reported.posts).toBe(recent.emissions.length)
  }
})

it('what the client lost while the server was away is time that nobody covered', async () => {
  const { orgId, secret } = await newOrganization()
  const { emissions } = await begin(secret, serverAway)
  await sendAll(secret, emissions)
  const sent = serverAway.emissions.reduce((kwh, one) => kwh + one.energy_consumed, 0)
  const ledger = await ledgerOf(orgId)
  expect(ledger.facility).toBe(microwattHours(sent))
  expect(Number(ledger.covered) / Number(ledger.elapsed)).toBeCloseTo(0.77, 2)
  await sendAll(secret, emissions)
  expect(await ledgerOf(orgId)).toEqual(ledger)
})

it('an hour’s energy is spread from the emission before, across the hour', async () => {
  const { orgId, secret } = await newOrganization()
  const { runId } = await begin(secret, recent, { timestamp: '2024-03-05T09:30:00+01:00' })
  const emission = { ...recent.emissions[0], run_id: runId, duration: 3600 }
  await sendAll(secret, [
    { ...emission, timestamp: '2024-03-05T09:30:00+00:00', energy_consumed: 2 },
    { ...emission, timestamp: '2024-03-05T10:30:00+00:00', energy_consumed: 4 },
  ])
  await postAll()
  const [entry] = await rowsOf(orgId, 'select facility_uwh[9:11] as hours from entry where is_current')
  expect(entry?.hours).toEqual([1_000_000_000n, 3_000_000_000n, 2_000_000_000n])
})

describe('the grid zone', () => {
  const of = async (run: Body, prepare?: (orgId: string) => Promise<void>) => {
    const { orgId, secret } = await newOrganization()
    const { emissions } = await begin(secret, recent, run)
    await prepare?.(orgId)
    await sendAll(secret, emissions)
    return ledgerOf(orgId)
  }
  const atSite = async (orgId: string) => {
    await withOrgSql(appPool(), orgId, async (tx) => {
      await tx.query(
        `insert into site (org_id, site_id, slug, name, zone) values ($1, gen_random_uuid(), 'frankfurt', 'Frankfurt', 'DE')`,
        [orgId],
      )
      await updateExperiment(tx, orgId, 'e2e-plain', { site: 'frankfurt' }, { kind: 'user', id: 'owner' })
    })
  }

  it('comes from the coordinates', async () => {
    expect(await of({ latitude: 48.9, longitude: 2.4 })).toMatchObject({ zones: ['FR'], zoneSources: ['country FR'] })
  })
  it('comes from the cloud region, which says more', async () => {
    const ledger = await of({ latitude: 37.8, longitude: -122.4, provider: 'gcp', region: 'europe-west3' })
    expect(ledger.zones).toEqual(['DE'])
  })
  it('comes from the site that people named, before what the client guessed', async () => {
    expect(await of({}, atSite)).toMatchObject({ zones: ['DE'], zoneSources: ['site'] })
  })
  it('is unknown without any of them: a gap, and the energy stays', async () => {
    const ledger = await of({ latitude: null, longitude: null })
    expect(ledger).toMatchObject({ zones: [null], gaps: ['zone_unknown'] })
    expect(ledger.facility).toBe(microwattHours(recent.csv.energy_consumed))
  })
  it('two runs at one site are two meters', async () => {
    const { orgId, secret } = await newOrganization()
    const first = await begin(secret, recent)
    const second = await begin(secret, recent, { cpu_model: 'another machine' })
    await atSite(orgId)
    await sendAll(secret, [...first.emissions, ...second.emissions])
    expect((await ledgerOf(orgId)).facility).toBeCloseTo(2e9 * recent.csv.energy_consumed, -1)
  })
})

describe('an experiment', () => {
  it('is made when its id is new, as training on owned machines, or in the cloud where the client names a provider', async () => {
    const { orgId, secret } = await newOrganization()
    await begin(secret, recent)
    await begin(secret, recent, { experiment_id: 'in the cloud', provider: 'aws', region: 'eu-west-1' })
    const found = await withOrgSql(appPool(), orgId, async (tx) => [
      await experimentOfId(tx, orgId, 'e2e-plain'),
      await experimentOfId(tx, orgId, 'in the cloud'),
    ])
    expect(found).toMatchObject([
      { stage: 'training', deployment: 'owned', team: null, model: null, site: null },
      { stage: 'training', deployment: 'cloud' },
    ])
  })

  it('says from now on what its readings belong to, and the change is in the audit trail', async () => {
    const { orgId, secret } = await newOrganization()
    const { emissions } = await begin(secret, recent)
    await withOrgSql(appPool(), orgId, (tx) =>
      updateExperiment(
        tx,
        orgId,
        'e2e-plain',
        { team: 'Research', model: 'tiny', stage: 'evaluation', deployment: 'colocation' },
        { kind: 'user', id: 'owner' },
      ),
    )
    await sendAll(secret, emissions)
    const [attribution] = await rowsOf(
      orgId,
      'select t.name as team, m.name as model, a.stage, a.deployment from attribution a join team t using (org_id, team_id) join model m using (org_id, model_id)',
    )
    expect(attribution).toEqual({ team: 'Research', model: 'tiny', stage: 'evaluation', deployment: 'colocation' })
    const audit = await rowsOf(orgId, `select action, object_id from audit_event where object_kind = 'experiment'`)
    expect(audit).toEqual([{ action: 'experiment.update', object_id: 'e2e-plain' }])
  })

  it('cannot be put at a site that is not there', async () => {
    const { orgId, secret } = await newOrganization()
    await begin(secret, recent)
    const change = withOrgSql(appPool(), orgId, (tx) =>
      updateExperiment(tx, orgId, 'e2e-plain', { site: 'nowhere' }, { kind: 'user', id: 'owner' }),
    )
    await expect(change).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('refused in CodeCarbon’s manner, and nothing is stored:', () => {
  it('403 without a key, with a wrong key, and with one that may only read', async () => {
    const reader = await newOrganization(['read'])
    for (const secret of [null, 'cpt_of-codecarbon-io', reader.secret]) {
      const { status, body } = await post('runs', secret, recent.run)
      expect(status).toBe(403)
      expect(body).toEqual({ detail: expect.stringContaining('Not allowed to perform this action') })
    }
    expect(await detailsOf(reader.orgId)).toEqual([])
  })

  it('403 for a run of another organisation, as for one that is nobody’s', async () => {
    const first = await newOrganization()
    const second = await newOrganization()
    const { emissions } = await begin(first.secret, recent)
    const others = await post('emissions', second.secret, emissions[0] as Body)
    const nobodys = await post('emissions', second.secret, {
      ...emissions[0],
      run_id: '11111111-2222-4333-8444-555555555555',
    })
    expect(others).toEqual({ status: 403, body: { detail: 'Not allowed to perform this action. No such run.' } })
    expect(nobodys).toEqual(others)
    expect([await evidenceOf(first.orgId), await evidenceOf(second.orgId)]).toEqual([0, 0])
  })

  it('422 with the places, for what is no emission', async () => {
    const { orgId, secret } = await newOrganization()
    const { emissions } = await begin(secret, recent)
    const good = emissions[0] as Body
    const wrong: [Body | string, string[]][] = [
      ['{', ['body']],
      [JSON.stringify(good).replace(/"energy_consumed":[^,]+/, '"energy_consumed":NaN'), ['body']],
      [{ ...good, energy_consumed: -1 }, ['body', 'energy_consumed']],
      [{ ...good, energy_consumed: 1e9 }, ['body', 'energy_consumed']],
      [{ ...good, timestamp: '2024-03-05T10:00:00' }, ['body', 'timestamp']],
      [{ ...good, timestamp: '2124-03-05T10:00:00+00:00' }, ['body', 'timestamp']],
      [[good] as unknown as Body, ['body']],
    ]
    for (const [body, loc] of wrong) {
      const answer = await post('emissions', secret, body)
      expect(answer.status).toBe(422)
      expect(answer.body.detail[0]).toMatchObject({ loc, msg: expect.any(String), type: expect.any(String) })
    }
    expect(await evidenceOf(orgId)).toBe(0)
    expect((await post('emissions', secret, good)).status).toBe(201)
  })

  it('413 for a body beyond any emission', async () => {
    const { orgId, secret } = await newOrganization()
    expect((await post('runs', secret, ' '.repeat(300 * 1024))).status).toBe(413)
    expect(await detailsOf(orgId)).toEqual([])
  })
})

it('text that PostgreSQL cannot hold does not keep a run out', async () => {
  const { orgId, secret } = await newOrganization()
  await begin(secret, recent, { cpu_model: 'EPYC\u0000 \ud800', os: 'x'.repeat(1000) })
  expect(await detailsOf(orgId)).toMatchObject([{ cpu_model: 'EPYC ', os: 'x'.repeat(300) }])
})

it('a run’s row that is locked makes its emission late, not lost: 503 within the client’s two seconds', async () => {
  const { orgId, secret } = await newOrganization()
  const { emissions } = await begin(secret, recent)
  const holder = new pg.Client({ connectionString: database.adminUrl })
  await holder.connect()
  await holder.query('begin')
  await holder.query('select 1 from run where org_id = $1 for update', [orgId])
  const startedAt = performance.now()
  const answer = await post('emissions', secret, emissions[0] as Body)
  expect(answer.status).toBe(503)
  expect(performance.now() - startedAt).toBeLessThan(2000)
  await holder.query('rollback')
  await holder.end()
  await sendAll(secret, emissions)
  expect((await ledgerOf(orgId)).facility).toBe(microwattHours(recent.csv.energy_consumed))
  expect((await detailsOf(orgId))[0]?.reported.posts).toBe(emissions.length)
})
