import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CodecarbonCsvAnswer } from '@/lib/contracts/codecarbon-files'
import { appPool, closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { log } from '@/lib/log'
import { createApiKey } from '@/lib/registry/api-keys'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import recent from './codecarbon.fixtures/3.3.0-plain.json'
import oldEndpoint from './codecarbon.fixtures/endpoint-2.8.4.json'
import endpoint from './codecarbon.fixtures/endpoint-3.3.0.json'

type Handler = (request: Request, context?: { params: Promise<unknown> }) => Promise<Response>
type Scope = 'ingest' | 'read' | 'admin'

let database: TestDatabase
// Imported once the database is known.
const handlers: Record<string, Record<string, Handler>> = {}
const addresses = [
  'v1/imports/codecarbon.csv',
  ...[
    'runs',
    'emissions',
    'runs/[id]',
    'runs/[id]/emissions',
    'emissions/[id]',
    'endpoint/[key]',
    'lastrun/project/[id]',
  ].map((one) => `codecarbon/${one}`),
  ...['organizations', 'projects'].flatMap((one) => [`codecarbon/${one}/[id]`, `codecarbon/${one}/[id]/sums`]),
  ...['users', 'add-user'].map((one) => `codecarbon/organizations/[id]/${one}`),
  ...['api-tokens', 'api-tokens/[token]', 'experiments/sums'].map((one) => `codecarbon/projects/[id]/${one}`),
  'codecarbon/experiments/[id]/runs/sums',
]
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  log.level = 'silent'
  for (const address of addresses)
    handlers[address] = (await import(pathToFileURL(path.resolve('app/api', address, 'route.ts')).href)) as Record<
      string,
      Handler
    >
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

let made = 0
const newOrganization = async () => {
  const { orgId } = await createTestOrganization(database, `files-${++made}`)
  const keyOf = async (...scopes: Scope[]) =>
    (
      await withOrgSql(appPool(), orgId, (tx) =>
        createApiKey(tx, orgId, { name: 'tracker', scopes, expiresAt: null, by: { kind: 'system', id: 'test' } }),
      )
    ).secret
  return { orgId, keyOf, secret: await keyOf('ingest', 'read') }
}

const call = async (
  secret: string,
  method: string,
  address: string,
  {
    params = {},
    query = '',
    body,
    type = 'application/json',
  }: { params?: object; query?: string; body?: unknown; type?: string } = {},
) => {
  const handler = handlers[address]?.[method]
  if (!handler) throw new Error(`no ${method} ${address}`)
  const response = await handler(
    new Request(`http://localhost/api/${address}${query}`, {
      method,
      headers: { 'content-type': type, authorization: `Bearer ${secret}` },
      ...(body === undefined ? {} : { body: type === 'text/csv' ? (body as string) : JSON.stringify(body) }),
    }),
    { params: Promise.resolve(params) },
  )
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, 'codecarbon.fixtures', name), 'utf8')
const upload = async (secret: string, body: string, query = '?time_zone=UTC') => {
  const { status, body: answer } = await call(secret, 'POST', 'v1/imports/codecarbon.csv', {
    body,
    query,
    type: 'text/csv',
  })
  expect(status).toBe(200)
  return answer as CodecarbonCsvAnswer
}

const ledgerOf = async (orgId: string) => {
  await postAll()
  return withOrgSql(workerPool(), orgId, async (tx) => {
    const { rows } = await tx.query<Record<string, string | null>>(
      `select sum(u.it) as it, sum(u.facility) as facility, sum(u.covered) as covered, sum(u.elapsed) as elapsed
       from entry e cross join lateral unnest(e.it_uwh, e.facility_uwh, e.covered_ms, e.elapsed_ms) as u(it, facility, covered, elapsed)
       where e.is_current`,
    )
    return Object.fromEntries(
      Object.entries(rows[0] ?? {}).map(([name, sum]) => [name, sum === null ? null : Number(sum)]),
    )
  })
}
const microwattHours = (kwh: number) => Math.round(kwh * 1e9)
/** The last total of each run of a file. */
const totalOf = (text: string) => {
  const [header, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const at = (name: string) => header?.indexOf(name) as number
  return [...new Map(rows.map((row) => [row[at('run_id')], Number(row[at('energy_consumed')])])).values()].reduce(
    (a, b) => a + b,
    0,
  )
}

describe.each(['2.8.4', '3.0.8', '3.2.9', '3.3.0'])('emissions.csv of client %s', (version) => {
  const text = fixture(`emissions-${version}.csv`)

  it('is in the ledger with its last totals as facility energy, and again adds nothing', async () => {
    const { orgId, secret } = await newOrganization()
    const tried = await upload(secret, text, '?time_zone=UTC&dry_run=1')
    expect(tried).toMatchObject({ dry_run: true, stored: false, new: 3, known: 0, refused: 0 })
    expect(await ledgerOf(orgId)).toMatchObject({ facility: null })
    const answer = await upload(secret, text)
    expect(answer).toMatchObject({ stored: true, new: 3, refused: 0 })
    expect(answer.energy_kwh).toBeCloseTo(totalOf(text), 15)
    const ledger = await ledgerOf(orgId)
    expect(Math.abs((ledger.facility as number) - microwattHours(totalOf(text)))).toBeLessThanOrEqual(2)
    expect(ledger.it).toBeNull()
    expect(ledger.covered).toBe(ledger.elapsed)
    expect(await upload(secret, text)).toMatchObject({ stored: false, new: 0, known: 3, energy_kwh: 0 })
    expect(await ledgerOf(orgId)).toEqual(ledger)
  })

  it('and its tasks, but never both', async () => {
    const { orgId, secret } = await newOrganization()
    const tasks = fixture(`tasks-${version}.csv`)
    const answer = await upload(secret, tasks)
    expect(answer).toMatchObject({ new: 2, refused: 0, runs: [{ told: 'tasks', experiment: 'rec-tasks' }] })
    expect(
      Math.abs(((await ledgerOf(orgId)).facility as number) - microwattHours(answer.energy_kwh)),
    ).toBeLessThanOrEqual(2)
    expect(await upload(secret, text)).toMatchObject({ new: 2, refused: 1 })
    expect(await upload(secret, tasks)).toMatchObject({ new: 0, known: 2 })
  })
})

describe('a file', () => {
  const text = fixture('emissions-3.3.0.csv')
  const [header, first, second] = text.split('\n')

  it('that has grown adds only what is new, in whatever order its parts come', async () => {
    const { orgId, secret } = await newOrganization()
    expect(await upload(secret, [header, second].join('\n'))).toMatchObject({ new: 1 })
    expect(await upload(secret, [header, first, second].join('\n'))).toMatchObject({ new: 1, known: 1, energy_kwh: 0 })
    const ledger = await ledgerOf(orgId)
    expect(ledger.facility).toBe(microwattHours(totalOf([header, first, second].join('\n'))))
  })

  it('needs the time zone, and asks for it', async () => {
    const { secret } = await newOrganization()
    const { status, body } = await call(secret, 'POST', 'v1/imports/codecarbon.csv', { body: text, type: 'text/csv' })
    expect(status).toBe(400)
    expect(body.issues).toEqual([{ path: 'time_zone', message: expect.stringContaining('In which time zone') }])
    const wrong = await call(secret, 'POST', 'v1/imports/codecarbon.csv', {
      body: text,
      type: 'text/csv',
      query: '?time_zone=Mars',
    })
    expect(wrong.status).toBe(400)
  })

  it('of a run that was sent over the API is not counted again', async () => {
    const { orgId, secret } = await newOrganization()
    const { body: run } = await call(secret, 'POST', 'codecarbon/runs', { body: recent.run })
    for (const emission of recent.emissions)
      await call(secret, 'POST', 'codecarbon/emissions', { body: { ...emission, run_id: run.id } })
    const before = await ledgerOf(orgId)
    const end = recent.emissions.at(-1)?.timestamp.slice(0, 19)
    const row = (runId: string) => `timestamp,project_name,run_id,experiment_id,duration,energy_consumed
${end},p,${runId},${recent.run.experiment_id},10,0.5`
    expect((await upload(secret, row(run.id))).rows[0]?.message).toContain('sent over the API already')
    expect((await upload(secret, row('None'))).rows[0]?.message).toContain('does not tell them apart')
    expect(await ledgerOf(orgId)).toEqual(before)
  })

  it('with a PUE of its own says the IT energy too', async () => {
    const { orgId, secret } = await newOrganization()
    await upload(
      secret,
      `timestamp,project_name,run_id,duration,energy_consumed,pue
2026-03-01T09:30:00,p,7daa7dab-1248-43e2-941b-7936af6e6bd9,600,1.3,1.3`,
    )
    expect(await ledgerOf(orgId)).toMatchObject({ facility: 1.3e9, it: 1e9 })
  })
})

describe('emissions_endpoint', () => {
  const now = () => new Date(Date.now() - 1000).toISOString().slice(0, 19)
  const post = (key: string, body: object, query = '') =>
    call('', 'POST', 'codecarbon/endpoint/[key]', { params: { key }, body, query })

  it('takes totals with a key in its address that can do nothing else', async () => {
    const { orgId, keyOf, secret } = await newOrganization()
    expect((await post(secret, endpoint[0] as object)).status).toBe(403)
    expect((await post('nobody', endpoint[0] as object)).status).toBe(403)
    const key = await keyOf('ingest')
    const [first, last] = [
      { ...endpoint[0], timestamp: now() },
      { ...endpoint[1], timestamp: now() },
    ]
    expect((await post(key, first)).status).toBe(201)
    expect((await post(key, last)).status).toBe(201)
    expect((await post(key, last)).body).toMatchObject({ known: true })
    expect((await ledgerOf(orgId)).facility).toBe(microwattHours(endpoint[1]?.energy_consumed as number))
  })

  it('agrees with the file of the same run', async () => {
    const { orgId, keyOf, secret } = await newOrganization()
    const key = await keyOf('ingest')
    for (const total of oldEndpoint) expect((await post(key, total, '?time_zone=UTC')).status).toBe(201)
    const before = await ledgerOf(orgId)
    expect(await upload(secret, fixture('emissions-2.8.4.csv'))).toMatchObject({ known: 2, new: 1 })
    const text = fixture('emissions-2.8.4.csv')
    expect(((await ledgerOf(orgId)).facility as number) - (before.facility as number)).toBeGreaterThan(0)
    expect(Math.abs(((await ledgerOf(orgId)).facility as number) - microwattHours(totalOf(text)))).toBeLessThanOrEqual(
      2,
    )
  })

  it('asks for the zone when a time is not of just now', async () => {
    const { keyOf } = await newOrganization()
    const { status, body } = await post(await keyOf('ingest'), { ...endpoint[0], timestamp: '2026-03-01T09:07:00' })
    expect(status).toBe(422)
    expect(body.detail[0].msg).toContain('time_zone')
  })
})

describe('the rest of the API', () => {
  it('tells runs, emissions by page, sums and the last run', async () => {
    const { orgId, secret } = await newOrganization()
    expect((await call(secret, 'GET', 'codecarbon/lastrun/project/[id]', { params: { id: orgId } })).body).toEqual({})
    const { body: run } = await call(secret, 'POST', 'codecarbon/runs', { body: recent.run })
    const ids: string[] = []
    for (const emission of recent.emissions)
      ids.push((await call(secret, 'POST', 'codecarbon/emissions', { body: { ...emission, run_id: run.id } })).body)
    const from = '?start_date=2000-01-01T00:00:00'
    const of = (address: string, id: string, query = from) =>
      call(secret, 'GET', `codecarbon/${address}`, { params: { id }, query })
    const energy = recent.emissions.reduce((sum, { energy_consumed }) => sum + energy_consumed, 0)
    for (const address of ['organizations/[id]/sums', 'projects/[id]/sums']) {
      const { status, body } = await of(address, orgId)
      expect(status).toBe(200)
      expect(body.energy_consumed).toBeCloseTo(energy, 15)
      expect(body.emissions_rate).toBeCloseTo(body.emissions / body.duration, 15)
      expect(body.emissions_count ?? recent.emissions.length).toBe(recent.emissions.length)
    }
    expect((await of('projects/[id]/experiments/sums', orgId)).body[0].experiment_id).toBe(recent.run.experiment_id)
    expect((await of('experiments/[id]/runs/sums', recent.run.experiment_id)).body[0].run_id).toBe(run.id)
    expect((await of('lastrun/project/[id]', orgId)).body.id).toBe(run.id)
    expect((await call(secret, 'GET', 'codecarbon/runs')).body).toHaveLength(1)
    const page = await of('runs/[id]/emissions', run.id, '?page=1&size=2')
    expect(page.body).toMatchObject({
      total: recent.emissions.length,
      page: 1,
      size: 2,
      pages: Math.ceil(recent.emissions.length / 2),
    })
    expect(page.body.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2))
    expect((await of('emissions/[id]', ids[1] as string, '')).body).toEqual(page.body.items[1])
    expect((await of('runs/[id]/emissions', run.id, '?size=10001')).status).toBe(422)
    expect((await of('projects/[id]/sums', orgId, '?start_date=then')).status).toBe(422)
    const elsewhere = await newOrganization()
    expect((await call(elsewhere.secret, 'GET', 'codecarbon/emissions/[id]', { params: { id: ids[1] } })).status).toBe(
      404,
    )
  })

  it('makes project tokens that are keys, shows them once and ends them', async () => {
    const { orgId, keyOf, secret } = await newOrganization()
    const params = { id: orgId }
    // As the command line sends it.
    const body = { project_id: orgId, name: 'api token', x_token: '???' }
    expect((await call(secret, 'POST', 'codecarbon/projects/[id]/api-tokens', { params, body })).status).toBe(403)
    const admin = await keyOf('admin')
    const { status, body: token } = await call(admin, 'POST', 'codecarbon/projects/[id]/api-tokens', { params, body })
    expect(status).toBe(201)
    expect(token).toMatchObject({ project_id: orgId, name: 'api token', access: 2, revoked: false })
    expect((await call(token.token, 'POST', 'codecarbon/runs', { body: recent.run })).status).toBe(201)
    expect((await call(token.token, 'GET', 'codecarbon/runs')).status).toBe(403)
    const { body: listed } = await call(admin, 'GET', 'codecarbon/projects/[id]/api-tokens', { params })
    expect(listed.find(({ id }: { id: string }) => id === token.id)).toMatchObject({ token: null, revoked: false })
    const ended = { params: { ...params, token: token.id } }
    expect((await call(admin, 'DELETE', 'codecarbon/projects/[id]/api-tokens/[token]', ended)).status).toBe(204)
    expect((await call(admin, 'DELETE', 'codecarbon/projects/[id]/api-tokens/[token]', ended)).status).toBe(404)
  })

  it('names people to a key that manages, and lets no key add or rename', async () => {
    const { orgId, keyOf, secret } = await newOrganization()
    const params = { id: orgId }
    const admin = await keyOf('admin')
    expect((await call(secret, 'GET', 'codecarbon/organizations/[id]/users', { params })).status).toBe(403)
    const { body: users } = await call(admin, 'GET', 'codecarbon/organizations/[id]/users', { params })
    expect(users).toEqual([
      expect.objectContaining({ email: expect.stringContaining('@'), is_admin: true, organization_id: orgId }),
    ])
    const { body: known } = await call(admin, 'GET', 'codecarbon/organizations/[id]', { params })
    const patch = (body: object) => call(admin, 'PATCH', 'codecarbon/organizations/[id]', { params, body })
    expect(await patch({ name: known.name })).toEqual({ status: 200, body: known })
    expect((await patch({ name: 'Other' })).body.detail).toContain('named in Wattledger')
    expect((await call(admin, 'DELETE', 'codecarbon/projects/[id]', { params })).status).toBe(403)
    const user = { params, body: { email: 'a@b.example' } }
    expect((await call(admin, 'POST', 'codecarbon/organizations/[id]/add-user', user)).body.detail).toContain(
      'by an owner',
    )
  })
})
