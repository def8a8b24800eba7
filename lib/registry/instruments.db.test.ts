import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as exportAll } from '@/app/api/v1/exports/instruments.csv/route'
import { POST as restore } from '@/app/api/v1/instruments/[instrument]/restore/route'
import { DELETE as remove } from '@/app/api/v1/instruments/[instrument]/route'
import { POST as importAll } from '@/app/api/v1/instruments/import/route'
import { GET as matching } from '@/app/api/v1/instruments/matching/route'
import { GET as list } from '@/app/api/v1/instruments/route'
import type { Instrument } from '@/lib/contracts/instruments'
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
const keyOf = async (scopes: ('read' | 'admin')[]) => {
  const { orgId } = await createTestOrganization(database, `register-${++made}`)
  const { secret } = await withOrgSql(appPool(), orgId, (tx) =>
    createApiKey(tx, orgId, { name: 'test', scopes, expiresAt: null, by: { kind: 'system', id: 'test' } }),
  )
  return (method: string, path: string, body?: string) =>
    new Request(`http://localhost/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, ...(body === undefined ? {} : { 'content-type': 'text/csv' }) },
      ...(body === undefined ? {} : { body }),
    })
}

const FILE = [
  'kind,name,market,mwh,g_per_kwh,tracking_system,vintage_from,vintage_to,conveys_attribute,sole_claim,hourly_profile',
  `ppa,Wind,SE,1450,0,,2026-01-01,2027-01-01,true,true,${Array.from({ length: 24 }, (_, hour) => hour).join(' ')}`,
  'go,Hydro,EU,600,0,EECS,2026-01-01,2027-01-01,true,true,',
].join('\n')

const instrumentsOf = async (ask: Awaited<ReturnType<typeof keyOf>>) =>
  ((await (await list(ask('GET', 'instruments'))).json()) as { instruments: Instrument[] }).instruments

describe('the register of instruments', () => {
  test('is imported after a dry run, exported, and read again unchanged', async () => {
    const ask = await keyOf(['admin'])
    const tried = await (await importAll(ask('POST', 'instruments/import?dry_run=1', FILE))).json()
    expect(tried).toMatchObject({ stored: false, new: 2, refused: 0 })
    expect(await instrumentsOf(ask)).toEqual([])
    expect(await (await importAll(ask('POST', 'instruments/import', FILE))).json()).toMatchObject({
      stored: true,
      new: 2,
    })
    const stored = await instrumentsOf(ask)
    expect(stored.map(({ name, hourly_profile }) => [name, hourly_profile?.length ?? null])).toEqual([
      ['Hydro', null],
      ['Wind', 24],
    ])
    expect(stored.map(({ failed }) => failed.map(({ criterion }) => criterion))).toEqual([
      ['tracked_and_cancelled'],
      ['contract_transfers_claims'],
    ])
    const text = await (await exportAll(ask('GET', 'exports/instruments.csv'))).text()
    expect(await (await importAll(ask('POST', 'instruments/import?dry_run=1', text))).json()).toMatchObject({
      unchanged: 2,
      changed: 0,
      refused: 0,
    })
  })

  test('refuses a profile that fits nothing, by line and column', async () => {
    const ask = await keyOf(['admin'])
    const answer = await importAll(ask('POST', 'instruments/import?dry_run=1', FILE.replace('0 1 2', '0 1')))
    expect(JSON.stringify(await answer.json())).toContain('hourly_profile')
  })

  test('lets an instrument go and takes it back', async () => {
    const ask = await keyOf(['admin'])
    await importAll(ask('POST', 'instruments/import', FILE))
    const [first] = await instrumentsOf(ask)
    const at = { params: Promise.resolve({ instrument: first?.instrument_id }) }
    expect((await remove(ask('DELETE', 'x'), at)).status).toBe(200)
    expect((await remove(ask('DELETE', 'x'), at)).status).toBe(409)
    expect(await instrumentsOf(ask)).toHaveLength(1)
    expect((await restore(ask('POST', 'x'), at)).status).toBe(200)
    expect(await instrumentsOf(ask)).toHaveLength(2)
  })

  test('of another organisation is not there', async () => {
    const ours = await keyOf(['admin'])
    const theirs = await keyOf(['admin'])
    await importAll(ours('POST', 'instruments/import', FILE))
    const [first] = await instrumentsOf(ours)
    const at = { params: Promise.resolve({ instrument: first?.instrument_id }) }
    expect((await remove(theirs('DELETE', 'x'), at)).status).toBe(404)
    expect(await instrumentsOf(theirs)).toEqual([])
  })

  test('is read with the scope read and written with admin', async () => {
    const ask = await keyOf(['read'])
    expect((await list(ask('GET', 'instruments'))).status).toBe(200)
    expect((await importAll(ask('POST', 'instruments/import', FILE))).status).toBe(403)
    expect(
      await (await matching(ask('GET', 'instruments/matching?from=2026-01-01&to=2026-02-01'))).json(),
    ).toMatchObject({
      load_kwh: null,
      hourly: { score: null },
    })
  })
})
