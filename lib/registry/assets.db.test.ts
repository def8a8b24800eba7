import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AssetFields } from '@/lib/contracts/assets'
import { appPool, closePools } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { ingestReadings } from '@/lib/ingest/native'
import type { Author } from '@/lib/ledger/audit'
import { registerCsv } from '@/lib/reports/register-csv'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { assets, createAsset, editAsset, oneAsset, removeAsset, restoreAsset } from './assets'
import { ASSET_COLUMNS, importAssets } from './import-assets'

let database: TestDatabase
let org: TestOrganization
let other: TestOrganization
let by: Author

const HGX: AssetFields = {
  name: 'Training hall',
  hardware: 'H100-SXM5-80GB',
  kind: 'server',
  site: 'fra-2',
  units: 2,
  devices_per_unit: 8,
  purchased_on: '2024-01-15',
  in_service_on: '2024-02-01',
  retired_on: null,
  retirement: null,
  is_second_life: false,
  life_years: 4,
  planned_use: 1,
  embodied_kg: 1312,
  embodied_basis: 'pcf',
  embodied_source: 'Maker’s footprint',
  embodied_factor: null,
  embodied_u95: 0.3,
  mass_kg: 130.5,
  tdp_w: 700,
  idle_w: 75,
  peak_tflops: 989.4,
  note: null,
}

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  org = await createTestOrganization(database, 'owners')
  other = await createTestOrganization(database, 'others')
  by = { kind: 'user', id: org.userId }
  await ingestReadings(
    { orgId: org.orgId, keyId: null, idempotencyKey: null },
    {
      site: 'FRA 2',
      run: 'r',
      team: 't',
      model: 'm',
      stage: 'training',
      grid_zone: 'DE',
      deployment: 'owned',
      hardware: 'H100-SXM5-80GB',
      count: 8,
      readings: [
        {
          meter: 'gpu0',
          kind: 'delta',
          unit: 'kWh',
          boundary: 'it',
          value: 6,
          start: '2024-05-01T10:00:00Z',
          at: '2024-05-01T11:00:00Z',
        },
      ],
    },
  )
  await postAll()
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const dueDays = () =>
  withOrgSql(appPool(), org.orgId, async (tx) => {
    const { rows } = await tx.query<{ day: string; due: boolean }>(
      `select to_char(day, 'YYYY-MM-DD') as day, due_at <= now() as due from open_day where org_id = $1`,
      [org.orgId],
    )
    return rows.filter((row) => row.due).map((row) => row.day)
  })
const auditOf = (id: string) =>
  withOrgSql(appPool(), org.orgId, async (tx) => {
    const { rows } = await tx.query<{ action: string }>(
      'select action from audit_event where org_id = $1 and object_id = $2 order by event_id',
      [org.orgId, id],
    )
    return rows.map(({ action }) => action)
  })
const csv = (...rows: string[]) =>
  Buffer.from(
    ['name,hardware,kind,units,purchased_on,in_service_on,embodied_kg,embodied_basis,embodied_source', ...rows].join(
      '\n',
    ),
  )
const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AppError)
  return error as AppError
}

describe('the register', () => {
  test('an asset is created, read back field for field, and opens the days of its hardware', async () => {
    const made = await createAsset(org.orgId, HGX, by)
    const { asset_id: _, removed_at, ...fields } = await oneAsset(org.orgId, made.asset_id)
    expect(fields).toEqual(HGX)
    expect(removed_at).toBeNull()
    expect(made.reopened_days).toBe(1)
    expect(await dueDays()).toEqual(['2024-05-01'])
  })

  test('a change that no figure rests on opens nothing; a changed life does; each is one audit event', async () => {
    const { asset_id: id } = await createAsset(org.orgId, { ...HGX, name: 'Changing' }, by)
    await postAll()
    expect(
      (await editAsset(org.orgId, id, { ...HGX, name: 'Changing', note: 'moved to row 4' }, by)).reopened_days,
    ).toBe(0)
    expect((await editAsset(org.orgId, id, { ...HGX, name: 'Changing', life_years: 6 }, by)).reopened_days).toBe(1)
    expect((await editAsset(org.orgId, id, { ...HGX, name: 'Changing', life_years: 6 }, by)).reopened_days).toBe(0)
    expect(await auditOf(id)).toEqual(['asset.create', 'asset.edit', 'asset.edit'])
    await removeAsset(org.orgId, id, by)
  })

  test('a removed asset leaves the list, cannot be edited, and can be taken back', async () => {
    const { asset_id: id } = await createAsset(org.orgId, { ...HGX, name: 'Removed' }, by)
    await removeAsset(org.orgId, id, by)
    expect((await assets(org.orgId)).map(({ name }) => name)).not.toContain('Removed')
    expect((await refusal(editAsset(org.orgId, id, HGX, by))).code).toBe('conflict')
    await restoreAsset(org.orgId, id, by)
    expect((await assets(org.orgId)).map(({ name }) => name)).toContain('Removed')
    await removeAsset(org.orgId, id, by)
  })

  test('a site that is none is refused by its field', async () => {
    const error = await refusal(createAsset(org.orgId, { ...HGX, site: 'nowhere' }, by))
    expect(error.options.issues).toEqual([expect.objectContaining({ path: 'site' })])
  })
})

describe('the import', () => {
  test('a dry run judges every row and stores nothing', async () => {
    const before = await assets(org.orgId)
    const answer = await importAssets(org.orgId, by, {
      dryRun: true,
      bytes: csv(
        'Edge box,L40S,accelerator,4,2024-03-01,2024-03-01,80,pcf,Maker',
        'Training hall,H100-SXM5-80GB,server,3,2024-01-15,2024-02-01,1312,pcf,Maker’s footprint',
        'Broken,L40S,accelerator,0,2024-03-01,2024-02-01,,,',
        'Edge box,L40S,accelerator,5,2024-03-01,2024-03-01,80,pcf,Maker',
      ),
    })
    expect(answer.rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'new'],
      [3, 'changed'],
      [4, 'refused'],
      [5, 'refused'],
    ])
    expect(answer.rows[1]?.changes).toEqual([{ column: 'units', before: '2', after: '3' }])
    expect(answer.rows[2]?.issues.map(({ column }) => column)).toContain('units')
    expect(answer.rows[3]?.issues[0]?.message).toContain('line 2')
    expect(answer).toMatchObject({ stored: false, new: 1, changed: 1, refused: 2, reopened_days: null })
    expect(await assets(org.orgId)).toEqual(before)
  })

  test('one refused row, and nothing of the file is stored', async () => {
    const before = await assets(org.orgId)
    const error = await refusal(
      importAssets(org.orgId, by, {
        dryRun: false,
        bytes: csv(
          'Edge box,L40S,accelerator,4,2024-03-01,2024-03-01,80,pcf,Maker',
          'Broken,L40S,accelerator,two,2024-03-01,2024-03-01,,,',
        ),
      }),
    )
    expect(error.options.issues?.map(({ path }) => path)).toEqual(['line 3, units'])
    expect(await assets(org.orgId)).toEqual(before)
  })

  test('a misspelt column is refused, not lost', async () => {
    const error = await refusal(
      importAssets(org.orgId, by, {
        dryRun: true,
        bytes: Buffer.from('name,hardware,kind,units,purchased_on,in_service_on,life_year\n'),
      }),
    )
    expect(error.options.issues?.[0]?.message).toContain('life_year')
  })

  test('a column that the file lacks keeps what is known; the empty cell is unknown, not zero', async () => {
    const answer = await importAssets(org.orgId, by, {
      dryRun: false,
      bytes: csv('Training hall,H100-SXM5-80GB,server,2,2024-01-15,2024-02-01,,,'),
    })
    expect(answer).toMatchObject({ stored: true, changed: 1, reopened_days: 1 })
    const hall = (await assets(org.orgId)).find(({ name }) => name === 'Training hall')
    expect(hall).toMatchObject({ embodied_kg: null, embodied_basis: null, mass_kg: 130.5, tdp_w: 700, life_years: 4 })
  })

  test('what is exported is imported again as unchanged, formulas in text included', async () => {
    await createAsset(org.orgId, { ...HGX, name: '=1+1', note: '+ two spare, "cold"' }, by)
    const text = registerCsv(['asset_id', ...Object.keys(ASSET_COLUMNS)], await assets(org.orgId))
    const answer = await importAssets(org.orgId, by, { dryRun: true, bytes: Buffer.from(text) })
    expect(answer.rows.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([])
    expect(answer.unchanged).toBe((await assets(org.orgId)).length)
  })
})

test('another organisation neither sees, changes, removes nor imports over them', async () => {
  const [mine] = await assets(org.orgId)
  const id = mine?.asset_id ?? ''
  const them: Author = { kind: 'user', id: other.userId }
  expect(await assets(other.orgId)).toEqual([])
  for (const attempt of [
    () => oneAsset(other.orgId, id),
    () => editAsset(other.orgId, id, HGX, them),
    () => removeAsset(other.orgId, id, them),
    () => restoreAsset(other.orgId, id, them),
  ])
    expect((await refusal(attempt())).code).toBe('not_found')
  const text = registerCsv(['asset_id', ...Object.keys(ASSET_COLUMNS)], [{ ...mine, site: null }])
  const answer = await importAssets(other.orgId, them, { dryRun: true, bytes: Buffer.from(text) })
  expect(answer.rows[0]?.issues).toEqual([{ column: 'asset_id', message: 'is no asset of this organisation' }])
})
