import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { POST as importFile } from '@/app/api/v1/imports/cloud-footprint/route'
import type { CloudAccount, CloudMonth } from '@/lib/contracts/cloud-footprints'
import { appPool, closePools } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { ingestReadings } from '@/lib/ingest/native'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { createApiKey } from './api-keys'
import { cloudAccounts, editCloudAccount } from './cloud-accounts'
import { postStatements, withdrawStatements } from './post-cloud-statements'

let database: TestDatabase
let orgId: string
let secret: string
let made = 0
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
})
beforeEach(async () => {
  ;({ orgId } = await createTestOrganization(database, `cloud-${++made}`))
  ;({ secret } = await withOrgSql(appPool(), orgId, (tx) =>
    createApiKey(tx, orgId, { name: 'test', scopes: ['admin'], expiresAt: null, by: { kind: 'system', id: 'test' } }),
  ))
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const BY = { kind: 'system', id: 'test' } as const
const AWS = { provider: 'aws', account: '111122223333' } as const

const HEADER =
  'model_version,product_code,region_code,total_lbm_emissions_unit,total_lbm_emissions_value,total_mbm_emissions_unit,total_mbm_emissions_value,total_scope_1_emissions_unit,total_scope_1_emissions_value,total_scope_2_lbm_emissions_unit,total_scope_2_lbm_emissions_value,total_scope_2_mbm_emissions_unit,total_scope_2_mbm_emissions_value,usage_account_id,usage_period_start'
const row = (month: string, tonnes: number, version = 'v3.0.0', service = 'AmazonEC2') =>
  `${version},${service},us-east-1,MTCO2e,${tonnes},MTCO2e,0.1,MTCO2e,0,MTCO2e,${tonnes / 2},MTCO2e,0.1,${AWS.account},${month}-01 00:00:00Z`
const file = (...rows: string[]) => [HEADER, ...rows].join('\n')

const send = async (body: string, query = 'provider=aws') => {
  const answer = await importFile(
    new Request(`http://localhost/api/v1/imports/cloud-footprint?${query}`, {
      ...{ method: 'POST', body },
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/csv' },
    }),
  )
  return { status: answer.status, body: await answer.json() }
}
const account = async (): Promise<CloudAccount> => (await cloudAccounts(orgId))[0] as CloudAccount
const month = async (name: string): Promise<CloudMonth> =>
  (await account()).months.find((one) => one.month === name) as CloudMonth
const post = (months: string[], dryRun = false) => postStatements(orgId, AWS, { months, dryRun, by: BY })
const counted = async () =>
  (
    await withOrgSql(appPool(), orgId, (tx) =>
      tx.query<{ month: string; mg: string }>(
        `select to_char(starts_on, 'YYYY-MM') as month, mg::text from activity
         where org_id = $1 and kind = 'cloud_statement' and is_current and not voided order by 1`,
        [orgId],
      ),
    )
  ).rows

/** A day of a workload at a site in us-east-1. */
const measure = async (day: string) => {
  await ingestReadings(
    { orgId, keyId: null, idempotencyKey: null },
    {
      ...{ run: 'r', model: 'm', team: 't', stage: 'training', site: 'AWS us-east-1', cloud_region: 'aws:us-east-1' },
      deployment: 'cloud',
      readings: [
        { meter: 'vm', kind: 'delta', unit: 'kWh', start: `${day}T00:00:00Z`, at: `${day}T12:00:00Z`, value: 10 },
      ],
    },
  )
}

test('a footprint is tried, stored, and changes nothing when it is sent again', async () => {
  const text = file(row('2026-02', 2), row('2026-03', 3), row('2026-03', 0.5, 'v3.0.0', 'AmazonS3'))
  expect((await send(text, 'provider=aws&dry_run=1')).body).toMatchObject({ stored: false, new: 2, refused: 0 })
  expect(await cloudAccounts(orgId)).toEqual([])
  expect((await send(text)).body).toMatchObject({ stored: true, new: 2 })
  expect((await send(text)).body).toMatchObject({ new: 0, changed: 0, unchanged: 2 })
  expect((await month('2026-03')).provider.total_location_kg).toBe(3500)
  const bad = await send(file(row('2026-04', 1).replace('MTCO2e', 'tons')))
  expect(bad.status).toBe(422)
  expect((await account()).months).toHaveLength(2)
})

test('two versions of one month are kept and the newest counts', async () => {
  await send(file(row('2026-03', 3, 'v2.9.0')))
  await send(file(row('2026-03', 4, 'v3.0.0'), row('2026-03', 5, 'v10.0.0')))
  expect(await month('2026-03')).toMatchObject({
    model_version: 'v10.0.0',
    other_versions: ['v3.0.0', 'v2.9.0'],
    provider: { total_location_kg: 5000 },
  })
})

test('a month without telemetry is posted once, also by two at once, and follows the provider', async () => {
  await send(file(row('2026-03', 3)))
  expect((await post(['2026-03'], true)).lines).toMatchObject([{ outcome: 'new', kg: 3000 }])
  expect(await counted()).toEqual([])
  const both = await Promise.all([post(['2026-03']), post(['2026-03'])])
  expect(both.map(({ lines }) => lines[0]?.outcome).sort()).toEqual(['new', 'unchanged'])
  expect(await counted()).toEqual([{ month: '2026-03', mg: '3000000000' }])
  await send(file(row('2026-03', 2.5)))
  expect((await month('2026-03')).statement.state).toBe('changed')
  expect((await post(['2026-03'])).lines).toMatchObject([{ outcome: 'changed', kg: 2500 }])
  expect(await counted()).toEqual([{ month: '2026-03', mg: '2500000000' }])
  const withdrawn = await withdrawStatements(orgId, AWS, { months: ['2026-03'], reason: 'told otherwise', by: BY })
  expect(withdrawn.lines[0]?.outcome).toBe('withdrawn')
  expect(await counted()).toEqual([])
  await post(['2026-03'])
  expect(await counted()).toHaveLength(1)
})

test('what telemetry covers is never posted: mapped, not yet mapped, and not yet in a cube', async () => {
  await send(file(row('2026-02', 2), row('2026-03', 3)))
  await measure('2026-03-10')
  // In the evidence and in no cube, at a site of the provider that no account claims.
  expect((await post(['2026-03'])).lines[0]?.outcome).toBe('refused')
  await postAll()
  expect((await month('2026-03')).statement).toMatchObject({ state: 'blocked' })
  expect((await account()).suggested).toEqual([{ slug: 'aws-us-east-1', name: 'AWS us-east-1' }])
  expect((await post(['2026-03'])).lines[0]?.outcome).toBe('refused')
  await editCloudAccount(orgId, AWS, { name: 'Training', sites: ['aws-us-east-1'] }, BY)
  expect((await month('2026-03')).statement).toMatchObject({ state: 'covered' })
  expect((await post(['2026-02', '2026-03'])).lines.map(({ outcome }) => outcome)).toEqual(['new', 'refused'])
  expect(await counted()).toEqual([{ month: '2026-02', mg: '2000000000' }])
})

test('telemetry that arrives later overtakes a posted line: shown, and withdrawn by a person only', async () => {
  await send(file(row('2026-03', 3)))
  await editCloudAccount(orgId, AWS, { name: null, sites: [] }, BY)
  await post(['2026-03'])
  await measure('2026-03-10')
  await postAll()
  await editCloudAccount(orgId, AWS, { name: null, sites: ['aws-us-east-1'] }, BY)
  const overtaken = await month('2026-03')
  expect(overtaken.statement).toMatchObject({ state: 'overtaken', posted_kg: 3000 })
  expect(overtaken.ours.electricity_location_kg).toBeGreaterThan(0)
  expect(overtaken.difference.electricity).toBeNull()
  expect(await counted()).toHaveLength(1)
  expect((await post(['2026-03'])).lines[0]?.outcome).toBe('refused')
  await withdrawStatements(orgId, AWS, { months: ['2026-03'], reason: 'telemetry has arrived', by: BY })
  expect(await counted()).toEqual([])
  expect((await month('2026-03')).statement.state).toBe('covered')
})

test('Azure is told scope by scope, and a month counts once all three are known', async () => {
  const items = (kg: number) =>
    JSON.stringify({
      value: [{ dataType: 'ItemDetailsData', itemName: 's-1', categoryType: 'Subscription', latestMonthEmissions: kg }],
    })
  const azure = { provider: 'azure', account: 's-1' } as const
  const query = (scope: string) => `provider=azure&month=2026-03&scope=${scope}`
  expect((await send(items(1), 'provider=azure&month=2026-03')).status).toBe(422)
  for (const [scope, kg] of [
    ['Scope1', 1],
    ['Scope2', 20],
  ] as const)
    expect((await send(items(kg), query(scope))).status).toBe(200)
  expect((await month('2026-03')).statement.state).toBe('blocked')
  await send(items(4), query('Scope3'))
  await send(items(30), query('Scope2'))
  expect(await month('2026-03')).toMatchObject({
    basis: 'not_told',
    provider: { electricity_location_kg: null, total_location_kg: null },
    untold: { electricity_kg: 30, total_kg: 35 },
  })
  const { lines } = await postStatements(orgId, azure, { months: ['2026-03'], dryRun: false, by: BY })
  expect(lines).toMatchObject([{ outcome: 'new', kg: 35 }])
})
