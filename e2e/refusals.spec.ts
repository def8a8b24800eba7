import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { apiOf } from './support/api'
import { createOrganization } from './support/operator'

const context = { run: 'r', model: 'm', team: 't', stage: 'training', deployment: 'owned', grid_zone: 'DE', pue: 1 }
const reading = { meter: 'gpu0', kind: 'delta', unit: 'kWh', at: '2026-02-01T11:00:00Z', start: '2026-02-01T10:00:00Z' }
const good = { ...context, readings: [{ ...reading, value: 1 }] }
const text = JSON.stringify(good)

const json = { 'content-type': 'application/json' }
const refusals: {
  name: string
  body: string | Buffer
  headers: Record<string, string>
  status: number
  code: string
}[] = [
  { name: 'a malformed body', body: text.slice(0, -2), headers: json, status: 400, code: 'malformed_body' },
  { name: 'a NaN', body: text.replace('"value":1', '"value":NaN'), headers: json, status: 400, code: 'malformed_body' },
  {
    name: 'a negative',
    body: text.replace('"value":1', '"value":-1'),
    headers: json,
    status: 422,
    code: 'all_rejected',
  },
  { name: 'an unknown field', body: text.replace('"run"', '"rnu"'), headers: json, status: 422, code: 'invalid_input' },
  {
    name: 'a 32 MiB body',
    body: Buffer.alloc(32 * 1024 * 1024, 32),
    headers: json,
    status: 413,
    code: 'body_too_large',
  },
  {
    name: 'a gzip bomb',
    body: gzipSync(Buffer.alloc(512 * 1024 * 1024), { level: 9 }),
    headers: { ...json, 'content-encoding': 'gzip' },
    status: 413,
    code: 'body_too_large',
  },
  {
    name: 'another type',
    body: text,
    headers: { 'content-type': 'text/plain' },
    status: 415,
    code: 'unsupported_media_type',
  },
]

test('each bad request is refused in a problem, stores nothing, and the next good request works', async ({
  request,
}) => {
  const { key } = createOrganization('refusals')
  const authorization = `Bearer ${key}`
  for (const { name, body, headers, status, code } of refusals) {
    await test.step(name, async () => {
      // Playwright writes a string as JSON; bytes go out as they are.
      const data = Buffer.from(body)
      const response = await request.post('/api/v1/readings', { headers: { authorization, ...headers }, data })
      expect(response.status()).toBe(status)
      expect(response.headers()['content-type']).toContain('application/problem+json')
      expect(await response.json()).toMatchObject({ code, status, request_id: expect.stringMatching(/^req_/) })
    })
  }
  const api = apiOf(request, key)
  const before = await api.emissions('2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z')
  expect(before.total).toMatchObject({ energy_kwh: null, location_kg: null })

  const stored = await api.post('/api/v1/readings', good)
  expect([stored.status(), await stored.json()]).toEqual([200, { accepted: 1, duplicate: 0, rejected: [] }])
  const after = await api.settledEmissions(
    '2026-02-01T00:00:00Z',
    '2026-02-02T00:00:00Z',
    '',
    (a) => a.total.energy_kwh !== null,
  )
  expect(after.total.energy_kwh).toBe(1)
})

test('a key that is unknown, mistyped or without the scope is refused, and the secret is not told back', async ({
  request,
}) => {
  const { key } = createOrganization('keys')
  const post = (authorization: string) => request.post('/api/v1/readings', { headers: { authorization }, data: good })
  for (const wrong of [`Bearer ${key.slice(0, -1)}x`, 'Bearer wl_', 'Bearer ', 'Basic abc']) {
    const response = await post(wrong)
    expect(response.status()).toBe(401)
    expect(await response.text()).not.toContain(key.slice(3, 40))
  }
  const noScope = await request.get('/api/v1/keys', { headers: { authorization: `Bearer ${key}` } })
  expect([noScope.status(), (await noScope.json()).code]).toEqual([403, 'forbidden'])
})

test('an idempotency key gives the first answer again, and refuses another request', async ({ request }) => {
  const api = apiOf(request, createOrganization('idempotency').key)
  const activity = {
    ...context,
    start: '2026-02-01T10:00:00Z',
    end: '2026-02-01T12:00:00Z',
    energy_kwh: 2,
    grid_g_per_kwh: 100,
  }
  const header = { 'idempotency-key': 'one-and-only' }
  const answers = await Promise.all([1, 2, 3, 4].map(() => api.post('/api/v1/activities', activity, header)))
  const bodies = await Promise.all(answers.map((answer) => answer.json()))
  expect(answers.map((answer) => answer.status())).toEqual([201, 201, 201, 201])
  for (const body of bodies) expect(body).toEqual(bodies[0])
  const other = await api.post('/api/v1/activities', { ...activity, energy_kwh: 3 }, header)
  expect([other.status(), (await other.json()).code]).toEqual([422, 'idempotency_mismatch'])
  const { total } = await api.settledEmissions(
    '2026-02-01T00:00:00Z',
    '2026-02-02T00:00:00Z',
    '',
    (a) => a.total.energy_kwh !== null,
  )
  expect(total.energy_kwh).toBe(2)
})
