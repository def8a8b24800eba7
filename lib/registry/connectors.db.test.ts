import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { POST as backfill } from '@/app/api/v1/connectors/[connector]/backfill/route'
import { PUT as edit, DELETE as remove } from '@/app/api/v1/connectors/[connector]/route'
import { POST as create, GET as list } from '@/app/api/v1/connectors/route'
import type { ConnectorView } from '@/lib/contracts/connectors'
import { appPool, closePools } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { log } from '@/lib/log'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, useDatabase } from '@/scripts/testing/organization'
import { createApiKey } from './api-keys'

const CANARY = 'canary-of-a-route-48f1'

let database: TestDatabase
beforeAll(async () => {
  process.env.SEALING_KEY = 's'.repeat(43)
  database = await createTestDatabase()
  useDatabase(database)
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

let made = 0
const callerOf = async (scopes: ('read' | 'ingest' | 'admin')[]) => {
  const { orgId } = await createTestOrganization(database, `connected-${++made}`)
  const { secret } = await withOrgSql(appPool(), orgId, (tx) =>
    createApiKey(tx, orgId, { name: 'test', scopes, expiresAt: null, by: { kind: 'system', id: 'test' } }),
  )
  return (method: string, body?: unknown) =>
    new Request('http://localhost/api/v1/connectors', {
      method,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
}
const at = (connector: string) => ({ params: Promise.resolve({ connector }) })
const MAPS = {
  ...{ kind: 'electricity-maps', name: 'Grid', secret: { token: CANARY } },
  settings: { zones: ['DE', 'FR'] },
}
const NOBODY = '01a21f40-5a45-70df-a83d-5e1ff897eab1'

describe('connectors over the API', () => {
  test('are added with their defaults, changed, back-filled and removed', async () => {
    const ask = await callerOf(['admin'])
    const answer = await create(ask('POST', MAPS))
    expect(answer.status).toBe(201)
    const added = (await answer.json()) as ConnectorView
    expect(added).toMatchObject({
      ...{ kind: 'electricity-maps', state: 'waiting', has_secret: true, last_error: null, backfill: null },
      settings: {
        base_url: 'https://api.electricitymaps.com/v3',
        zones: ['DE', 'FR'],
        bases: ['direct'],
        every_minutes: 60,
      },
    })
    const { secret: _, ...kept } = MAPS
    const changed = await edit(ask('PUT', { ...kept, name: 'Grid of ours', is_active: false }), at(added.connector_id))
    expect(await changed.json()).toMatchObject({ name: 'Grid of ours', state: 'paused', has_secret: true })
    const range = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }
    expect((await backfill(ask('POST', range), at(added.connector_id))).status).toBe(409)
    await edit(ask('PUT', kept), at(added.connector_id))
    const asked = await backfill(ask('POST', range), at(added.connector_id))
    expect([asked.status, ((await asked.json()) as ConnectorView).backfill]).toEqual([
      202,
      { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z', done: '2026-01-01T00:00:00Z' },
    ])
    expect((await remove(ask('DELETE'), at(added.connector_id))).status).toBe(200)
    expect(await (await list(ask('GET'))).json()).toMatchObject({ connectors: [] })
  })

  test.each([
    ['no key', { ...MAPS, secret: undefined }, 'secret'],
    ['no zone', { ...MAPS, settings: { zones: [] } }, 'settings.zones'],
    ['a key of another shape', { ...MAPS, secret: { username: 'a', password: CANARY } }, 'secret'],
    ['a key of two lines', { ...MAPS, secret: { token: `${CANARY}\r\nX-Evil: 1` } }, 'secret.token'],
    ['another protocol', { ...MAPS, settings: { zones: ['DE'], base_url: 'file:///etc/passwd' } }, 'settings.base_url'],
    [
      'a name in the address',
      { ...MAPS, settings: { zones: ['DE'], base_url: `https://ada:${CANARY}@example.org` } },
      'settings.base_url',
    ],
    ['an unknown setting', { ...MAPS, settings: { zones: ['DE'], token: CANARY } }, 'settings'],
    [
      'a key where none is',
      { kind: 'gb-carbon-intensity', name: 'GB', settings: {}, secret: { token: CANARY } },
      'secret',
    ],
    [
      'no place',
      { kind: 'mlflow', name: 'M', settings: { base_url: 'https://m.example.org', team: 't' } },
      'settings.deployment',
    ],
    [
      'a marginal direct',
      { kind: 'watttime', name: 'W', settings: { regions: [], signals: ['health_damage'] } },
      'settings.regions',
    ],
  ])('%s is refused by field, and the refusal repeats no secret', async (_, body, path) => {
    const ask = await callerOf(['admin'])
    const answer = await create(ask('POST', body))
    const text = await answer.text()
    expect(answer.status).toBe(422)
    expect((JSON.parse(text).issues as { path: string }[]).map((issue) => issue.path)).toContain(path)
    expect(text).not.toContain(CANARY)
  })

  test('a reader may look and change nothing; another’s connector and a made-up one are equally not there', async () => {
    const owner = await callerOf(['admin'])
    const { connector_id: id } = (await (await create(owner('POST', MAPS))).json()) as ConnectorView
    const reader = await callerOf(['read'])
    expect((await list(reader('GET'))).status).toBe(200)
    expect((await create(reader('POST', MAPS))).status).toBe(403)
    expect((await remove(reader('DELETE'), at(id))).status).toBe(403)
    const stranger = await callerOf(['admin'])
    for (const connector of [id, NOBODY, 'x'])
      expect((await remove(stranger('DELETE'), at(connector))).status).toBe(404)
    expect((await (await list(owner('GET'))).json()).connectors).toHaveLength(1)
  })

  test('two of one name are refused', async () => {
    const ask = await callerOf(['admin'])
    await create(ask('POST', MAPS))
    expect((await create(ask('POST', MAPS))).status).toBe(409)
  })

  test('no answer and no line of log holds the secret', async () => {
    const lines: unknown[] = []
    const spies = (['info', 'warn', 'error', 'debug'] as const).map((level) =>
      vi.spyOn(log, level).mockImplementation((...said: unknown[]) => void lines.push(said)),
    )
    const ask = await callerOf(['admin'])
    const texts: string[] = []
    const added = await create(ask('POST', MAPS))
    const { connector_id: id } = (await added.clone().json()) as ConnectorView
    for (const answer of [
      added,
      await create(ask('POST', MAPS)),
      await edit(ask('PUT', MAPS), at(id)),
      await edit(ask('PUT', { ...MAPS, settings: { zones: 7 } }), at(id)),
      await edit(ask('PUT', MAPS), at(NOBODY)),
      await list(ask('GET')),
      await remove(ask('DELETE'), at(id)),
    ])
      texts.push(await answer.text())
    for (const spy of spies) spy.mockRestore()
    expect(lines.length).toBeGreaterThan(5)
    expect(JSON.stringify([texts, lines])).not.toContain(CANARY)
  })
})
