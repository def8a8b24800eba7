import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as history, PUT as putLine, DELETE as voidLine } from '@/app/api/v1/activity-lines/[activity]/route'
import { POST as importLines } from '@/app/api/v1/activity-lines/import/route'
import { GET as listLines, POST as postLine } from '@/app/api/v1/activity-lines/route'
import { GET as exportLines } from '@/app/api/v1/exports/activities.csv/route'
import { PUT as putSettings } from '@/app/api/v1/settings/route'
import type { ActivityFields, ActivityLine } from '@/lib/contracts/activity-lines'
import { DEFAULT_SETTINGS } from '@/lib/contracts/settings'
import { appPool, closePools } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, useDatabase } from '@/scripts/testing/organization'
import { createApiKey } from './api-keys'

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
/** An organisation and a key that may do everything in it. */
const sender = async () => {
  const { orgId } = await createTestOrganization(database, `lines-${++made}`)
  const { secret } = await withOrgSql(appPool(), orgId, (tx) =>
    createApiKey(tx, orgId, { name: 'test', scopes: ['admin'], expiresAt: null, by: { kind: 'system', id: 'test' } }),
  )
  const headers = { authorization: `Bearer ${secret}` }
  const ask = (method: string, path: string, body?: unknown) =>
    new Request(`http://localhost/api/v1/${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const file = (path: string, text: string) =>
    new Request(`http://localhost/api/v1/${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/csv' },
      body: text,
    })
  return { orgId, ask, file }
}

const line = (more: Partial<ActivityFields>): ActivityFields => ({
  kind: 'fuel',
  name: 'Generator tests',
  site: null,
  starts_on: '2026-01-01',
  ends_on: '2026-02-01',
  quantity: 10_000,
  unit: 'l',
  factor_id: 'fuel:diesel-mineral',
  stated_kg: null,
  biogenic_kg: null,
  scope: null,
  category: null,
  u95: null,
  supplier: null,
  evidence: null,
  note: null,
  ...more,
})

const at = (activity: string) => ({ params: Promise.resolve({ activity }) })
const stored = async (answer: Response): Promise<ActivityLine> => {
  const body = await answer.json()
  expect(body).not.toHaveProperty('code')
  return body as ActivityLine
}

describe('an activity line', () => {
  test('of diesel stands in Scope 1, with its upstream in category 3 (S1-01)', async () => {
    const { ask } = await sender()
    const one = await stored(await postLine(ask('POST', 'activity-lines', line({}))))
    expect(one).toMatchObject({ scope: 1, category: null, kg: 26_615.5, upstream_kg: 6240.9, primary_data: false })
    expect(one.upstream_factor_id).toBe('fuel-wtt:diesel-mineral')
    expect(Object.values(one.gases_kg ?? {}).reduce((sum, kg) => sum + kg, 0)).toBeCloseTo(26_615.5, 6)
  })

  test('of a refrigerant follows the set of warming potentials, each change a revision (S1-02)', async () => {
    const { ask } = await sender()
    const leak = line({ kind: 'refrigerant', name: 'Leak', quantity: 12, unit: 'kg', factor_id: 'gwp:AR6:R-410A' })
    const one = await stored(await postLine(ask('POST', 'activity-lines', leak)))
    expect(one).toMatchObject({ scope: 1, kg: 27_066, gwp_set: 'AR6', upstream_kg: null })
    const changed = await putSettings(ask('PUT', 'settings', { ...DEFAULT_SETTINGS, gwp_set: 'AR5' }))
    expect(await changed.json()).toMatchObject({ reopened_days: 0, revised_activities: 1 })
    const { revisions } = (await (await history(ask('GET', 'x'), at(one.activity_id))).json()) as {
      revisions: ActivityLine[]
    }
    expect(revisions.map(({ revision, kg, gwp_set }) => [revision, kg, gwp_set])).toEqual([
      [2, 23_082, 'AR5'],
      [1, 27_066, 'AR6'],
    ])
  })

  test('of hardware by mass is told in kilograms of a factor per tonne (S3-03)', async () => {
    const { ask } = await sender()
    const one = await stored(
      await postLine(
        ask(
          'POST',
          'activity-lines',
          line({
            kind: 'purchase',
            name: 'Servers by mass',
            quantity: 1200,
            unit: 'kg',
            factor_id: 'embodied-part:it-equipment-by-mass',
            category: 2,
          }),
        ),
      ),
    )
    expect(one).toMatchObject({ scope: 3, category: 2 })
    expect(one.kg).toBeCloseTo(29_838.57, 1)
  })

  test('is refused in a unit that does not convert, with those that do', async () => {
    const { ask } = await sender()
    const answer = await postLine(ask('POST', 'activity-lines', line({ unit: 'kg' })))
    expect(answer.status).toBe(422)
    const { issues } = (await answer.json()) as { issues: { path: string; message: string }[] }
    expect(issues[0]?.path).toBe('unit')
    expect(issues[0]?.message).toContain('m3')
  })

  test('is refused with a factor that is of another kind, or both with a factor and a total', async () => {
    const { ask } = await sender()
    const wrong = await postLine(ask('POST', 'activity-lines', line({ factor_id: 'gwp:AR6:R-410A' })))
    expect(wrong.status).toBe(422)
    expect((await postLine(ask('POST', 'activity-lines', line({ stated_kg: 5 })))).status).toBe(422)
  })

  test('is corrected by a revision, voided with a reason and brought back', async () => {
    const { ask } = await sender()
    const { activity_id: id } = await stored(await postLine(ask('POST', 'activity-lines', line({}))))
    const same = await stored(await putLine(ask('PUT', 'x', line({})), at(id)))
    expect(same.revision).toBe(1)
    const second = await stored(await putLine(ask('PUT', 'x', line({ quantity: 9000 })), at(id)))
    expect(second).toMatchObject({ revision: 2, kg: 23_953.95 })
    expect((await voidLine(ask('DELETE', 'x', { reason: '' }), at(id))).status).toBe(422)
    const ended = await stored(await voidLine(ask('DELETE', 'x', { reason: 'entered twice' }), at(id)))
    expect(ended).toMatchObject({ revision: 3, voided: true, note: 'entered twice' })
    expect(await (await listLines(ask('GET', 'activity-lines'))).json()).toEqual({ activities: [] })
    const back = await stored(await putLine(ask('PUT', 'x', line({ quantity: 9000 })), at(id)))
    expect(back).toMatchObject({ revision: 4, voided: false })
  })

  test('keeps the supplier’s own total as primary data', async () => {
    const { ask } = await sender()
    const one = await stored(
      await postLine(
        ask(
          'POST',
          'activity-lines',
          line({ kind: 'purchase', quantity: 400, unit: 'EUR', factor_id: null, stated_kg: 38.4, supplier: 'S' }),
        ),
      ),
    )
    expect(one).toMatchObject({ scope: 3, category: 1, kg: 38.4, primary_data: true, factor_id: null })
  })
})

describe('a file of lines', () => {
  const FILE = [
    'kind,name,starts_on,ends_on,quantity,unit,factor_id',
    'fuel,Diesel,2026-01-01,2026-02-01,10000,l,fuel:diesel-mineral',
    'water,Mains,2026-01-01,2026-02-01,12,m3,water-supply:mains',
  ].join('\n')

  test('is judged first, stored as a whole, and changes nothing the second time', async () => {
    const { ask, file } = await sender()
    const tried = await (await importLines(file('activity-lines/import?dry_run=1', FILE))).json()
    expect(tried).toMatchObject({ dry_run: true, stored: false, new: 2, refused: 0 })
    expect(await (await listLines(ask('GET', 'activity-lines'))).json()).toEqual({ activities: [] })
    expect(await (await importLines(file('activity-lines/import', FILE))).json()).toMatchObject({
      stored: true,
      new: 2,
    })
    expect(await (await importLines(file('activity-lines/import', FILE))).json()).toMatchObject({ unchanged: 2 })
    const exported = await (await exportLines(ask('GET', 'exports/activities.csv'))).text()
    expect(await (await importLines(file('activity-lines/import?dry_run=1', exported))).json()).toMatchObject({
      unchanged: 2,
      refused: 0,
    })
  })

  test('with one wrong unit is refused as a whole, naming the line', async () => {
    const { ask, file } = await sender()
    const answer = await importLines(file('activity-lines/import', FILE.replace('12,m3', '12,kWh')))
    expect(answer.status).toBe(422)
    expect(JSON.stringify(await answer.json())).toContain('line 3')
    expect(await (await listLines(ask('GET', 'activity-lines'))).json()).toEqual({ activities: [] })
  })
})
