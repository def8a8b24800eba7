import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OwnFactorFields } from '@/lib/contracts/factors'
import { appPool, closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { loadReference, SHARED_OWNER } from '@/lib/factors/load-reference'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import { readReferenceFiles } from '@/lib/factors/reference-files'
import { forgetReferenceTables } from '@/lib/factors/reference-tables'
import { residualOf } from '@/lib/factors/residual-of'
import { ingestReadings } from '@/lib/ingest/native'
import type { Author } from '@/lib/ledger/audit'
import { registerCsv } from '@/lib/reports/register-csv'
import { factorDetail, pendingUpdates } from '@/lib/rollups/factor-detail'
import { factorPage } from '@/lib/rollups/factor-list'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { acceptFactor } from './accept-factor'
import { editFactor, ownFactors, withdrawFactor } from './edit-factor'
import { FACTOR_COLUMNS, importFactors } from './import-factors'

let database: TestDatabase
let org: TestOrganization
let other: TestOrganization
let by: Author
let owner: pg.Client

const YEAR = { from: '2024-01-01', to: '2025-01-01' }
const DE = 'grid-direct:DE:2023:eea'

const RATE: OwnFactorFields = {
  overrides: null,
  kind: 'residual-mix',
  name: 'Residual mix of our register, AT 2024',
  zone: 'AT',
  subject: null,
  year: 2024,
  valid_from: '2024-01-01',
  valid_to: '2025-01-01',
  value: 480,
  unit: 'g/kWh',
  basis: 'residual',
  gases: 'CO2',
  gwp_set: null,
  u95: 0.1,
  source: 'Supplier disclosure',
  source_url: null,
  licence: null,
  status: 'supplier',
  note: null,
}

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  owner = new pg.Client(database.ownerUrl)
  await owner.connect()
  await loadReference(owner)
  forgetReferenceTables()
  org = await createTestOrganization(database, 'owners')
  other = await createTestOrganization(database, 'others')
  by = { kind: 'user', id: org.userId }
  await ingestReadings(
    { orgId: org.orgId, keyId: null, idempotencyKey: null },
    {
      run: 'r',
      team: 't',
      model: 'm',
      stage: 'training',
      grid_zone: 'DE',
      deployment: 'owned',
      pue: 1,
      readings: [
        {
          meter: 'gpu0',
          kind: 'delta',
          unit: 'kWh',
          boundary: 'it',
          value: 1000,
          start: '2024-05-01T10:00:00Z',
          at: '2024-05-01T11:00:00Z',
        },
      ],
    },
  )
  await postAll()
})
afterAll(async () => {
  await owner.end()
  await closePools()
  await database.drop()
})

const openDays = () =>
  withOrgSql(workerPool(), org.orgId, async (tx) => {
    const { rows } = await tx.query<{ day: string }>(
      "select to_char(day, 'YYYY-MM-DD') as day from open_day where org_id = $1 and due_at <= now() order by day",
      [org.orgId],
    )
    return rows.map(({ day }) => day)
  })

const massOf = () =>
  withOrgSql(workerPool(), org.orgId, async (tx) => {
    const { rows } = await tx.query<{ mg: string }>(
      'select sum(total_location_mg)::text as mg from entry where org_id = $1 and is_current',
      [org.orgId],
    )
    return Number(rows[0]?.mg)
  })

const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => {
      throw new Error('was not refused')
    },
    (error) => {
      if (error instanceof AppError) return error
      throw error
    },
  )

describe('an organisation’s own factor', () => {
  test('stands where the library has none, for this organisation alone', async () => {
    const before = await tablesOfOrganization(org.orgId)
    expect(residualOf(before, 'AT', 2024)).toBeNull()
    expect(await editFactor(org.orgId, RATE, by)).toMatchObject({
      factor_id: 'own:residual-mix:AT:2024',
      version: 1,
      outcome: 'new',
    })
    expect(residualOf(await tablesOfOrganization(org.orgId), 'AT', 2024)?.value).toBe(480)
    expect(residualOf(await tablesOfOrganization(other.orgId), 'AT', 2024)).toBeNull()
  })

  test('the same again is no new version; a change is version 2, and version 1 stays as it was', async () => {
    expect((await editFactor(org.orgId, RATE, by)).outcome).toBe('unchanged')
    expect(await editFactor(org.orgId, { ...RATE, value: 470 }, by)).toMatchObject({ version: 2, outcome: 'changed' })
    const detail = await factorDetail({ orgId: org.orgId, id: 'own:residual-mix:AT:2024', ...YEAR })
    expect(detail?.versions.map(({ version, value }) => [version, value])).toEqual([
      [2, 470],
      [1, 480],
    ])
  })

  test('what it is of stays with it', async () => {
    const error = await refusal(editFactor(org.orgId, { ...RATE, name: 'Another name' }, by))
    expect([error.code, error.options.issues?.[0]?.path]).toEqual(['conflict', 'name'])
  })

  test('no version can be changed or removed, by the web or by the worker', async () => {
    for (const pool of [appPool(), workerPool()]) {
      for (const sql of [
        'update factor_version set value = 1',
        'delete from factor_version',
        'update factor set name = name',
      ]) {
        await expect(withOrgSql(pool, org.orgId, (tx) => tx.query(sql))).rejects.toThrow(/permission denied/)
      }
    }
    await expect(
      withOrgSql(appPool(), org.orgId, (tx) =>
        tx.query(
          `insert into factor_version (owner_id, factor_id, version, value, unit, source, status, sha256)
           values ($1, $2, 9, 1, 'g/kWh', 'forged', 'verified', '\\x00')`,
          [SHARED_OWNER, DE],
        ),
      ),
    ).rejects.toThrow(/row-level security/)
  })

  test('a life-cycle intensity is refused in Scope 2, in words', async () => {
    const direct = await refusal(
      editFactor(
        org.orgId,
        { ...RATE, kind: 'grid-direct-year', name: 'IEA, DE 2024', zone: 'DE', basis: 'lifecycle' },
        by,
      ),
    )
    expect(direct.options.issues?.[0]).toMatchObject({ path: 'basis', message: expect.stringContaining('Scope 3') })
    expect((await refusal(editFactor(org.orgId, { ...RATE, basis: 'lifecycle' }, by))).options.issues?.[0]?.path).toBe(
      'basis',
    )
    expect(
      (
        await refusal(
          editFactor(org.orgId, { ...RATE, kind: 'pue', unit: 'ratio', value: 0.9, zone: null, subject: 'Hall' }, by),
        )
      ).options.issues?.[0]?.message,
    ).toMatch(/at least 1/)
  })

  test('an override stands before the shared factor in the books, and its withdrawal takes that back', async () => {
    expect(await massOf()).toBe(329_000_000)
    const mine = {
      ...RATE,
      overrides: DE,
      kind: 'grid-direct-year' as const,
      name: 'IEA, DE 2023',
      zone: 'DE',
      year: 2023,
      basis: 'direct' as const,
      value: 340,
    }
    const answer = await editFactor(org.orgId, mine, by)
    expect(answer).toMatchObject({ factor_id: `own:${DE}`, reopened_days: 1 })
    expect(await openDays()).toEqual(['2024-05-01'])
    await postAll()
    expect(await massOf()).toBe(340_000_000)
    const listed = await factorPage({ orgId: org.orgId, ...YEAR, q: DE, limit: 10 })
    expect(listed.factors.map((row) => [row.factor_id, row.overridden_by, row.lines])).toEqual([
      [DE, `own:${DE}`, 0],
      [`own:${DE}`, null, 1],
    ])
    await withdrawFactor(org.orgId, `own:${DE}`, by)
    await postAll()
    expect(await massOf()).toBe(329_000_000)
    expect((await refusal(withdrawFactor(org.orgId, DE, by))).code).toBe('not_found')
  })
})

describe('CSV import', () => {
  const csv = (text: string) => Buffer.from(text)
  const file = csv(
    `overrides,kind,name,zone,year,value,unit,basis,source\n` +
      `wue:aws:fleet,,,,,0.12,,,AWS report 2025\n` +
      `,residual-mix,,NL,2024,510,g/kWh,residual,Supplier disclosure\n` +
      `,grid-direct-year,IEA DE,DE,2024,350,g/kWh,lifecycle,IEA\n` +
      `pue:nobody,,,,,1.2,,,us\n`,
  )

  test('a dry run says what would become of each row, and changes nothing', async () => {
    const before = await factorPage({ orgId: org.orgId, ...YEAR, status: 'own', limit: 100 })
    const answer = await importFactors(org.orgId, by, { bytes: file, dryRun: true })
    expect(answer.rows.map(({ outcome, issues }) => [outcome, issues.map(({ column }) => column)])).toEqual([
      ['new', []],
      ['refused', ['name']],
      ['refused', ['basis']],
      ['refused', expect.arrayContaining(['kind'])],
    ])
    expect(answer).toMatchObject({ stored: false, new: 1, refused: 3, reopened_days: null })
    expect(await factorPage({ orgId: org.orgId, ...YEAR, status: 'own', limit: 100 })).toEqual(before)
  })

  test('a real import with a refused row stores nothing of it', async () => {
    expect((await refusal(importFactors(org.orgId, by, { bytes: file, dryRun: false }))).code).toBe('invalid_input')
    expect((await tablesOfOrganization(org.orgId)).factors.get('wue:aws:fleet')?.value).toBe(0.15)
  })

  test('new, then unchanged, then changed: a licensed collection is an override with what it leaves out from the library', async () => {
    const good = (value: number) =>
      csv(`overrides,value,source,licence\nwue:aws:fleet,${value},AWS report 2025,licensed to us\n`)
    expect((await importFactors(org.orgId, by, { bytes: good(0.12), dryRun: false })).new).toBe(1)
    expect((await importFactors(org.orgId, by, { bytes: good(0.12), dryRun: false })).unchanged).toBe(1)
    const changed = await importFactors(org.orgId, by, { bytes: good(0.11), dryRun: true })
    expect(changed.rows[0]).toMatchObject({
      outcome: 'changed',
      changes: [{ column: 'value', before: '0.12', after: '0.11' }],
    })
    expect((await tablesOfOrganization(org.orgId)).factors.get('wue:aws:fleet')).toMatchObject({
      value: 0.12,
      unit: 'L/kWh',
      isOwn: true,
      factor: { id: 'own:wue:aws:fleet' },
    })
  })
})

test('what is exported is read again as unchanged', async () => {
  const own = (await ownFactors(org.orgId)).map(({ id, fields }) => ({ factor_id: id, ...fields }))
  expect(own.length).toBeGreaterThan(1)
  const bytes = Buffer.from(registerCsv(['factor_id', ...Object.keys(FACTOR_COLUMNS)], own))
  expect(await importFactors(org.orgId, by, { bytes, dryRun: true })).toMatchObject({
    unchanged: own.length,
    new: 0,
    changed: 0,
    refused: 0,
  })
})

describe('a newer shipped version', () => {
  const files = readReferenceFiles()
  const ship = async (value: number) => {
    await loadReference(owner, {
      ...files,
      direct: files.direct.map((row) =>
        row.zone_em === 'DE' && row.year === 2023 ? { ...row, g_per_kwh: value } : row,
      ),
    })
    forgetReferenceTables()
  }

  test('waits for acceptance, with its effect on the year, and changes no figure until then', async () => {
    await ship(331)
    expect((await tablesOfOrganization(org.orgId)).factors.get(DE)).toMatchObject({
      value: 329,
      factor: { version: 1 },
    })
    const pending = await pendingUpdates({ orgId: org.orgId, ...YEAR })
    expect(pending).toEqual([
      expect.objectContaining({
        factor_id: DE,
        in_force: 1,
        newest: 2,
        lines: 1,
        // 1,000 kWh × (331 − 329) g/kWh.
        effect: expect.objectContaining({ location_kg: 2, lines: 1, days: 1, not_quantified: null }),
      }),
    ])
    await openDaysAgain()
    await postAll()
    expect(await massOf()).toBe(329_000_000)
  })

  test('once accepted it counts, from the days that rest on it', async () => {
    expect(await acceptFactor(org.orgId, { id: DE, version: 2, note: 'checked' }, by)).toMatchObject({
      reopened_days: 1,
    })
    await postAll()
    expect(await massOf()).toBe(331_000_000)
    expect(await pendingUpdates({ orgId: org.orgId, ...YEAR })).toEqual([])
    expect((await refusal(acceptFactor(org.orgId, { id: DE, version: 2, note: null }, by))).code).toBe('conflict')
    expect((await refusal(acceptFactor(org.orgId, { id: DE, version: 7, note: null }, by))).code).toBe('not_found')
  })

  test('an organisation made after it was shipped starts with it', async () => {
    const young = await createTestOrganization(database, 'young')
    expect((await tablesOfOrganization(young.orgId)).factors.get(DE)).toMatchObject({ value: 331 })
    expect((await tablesOfOrganization(other.orgId)).factors.get(DE)).toMatchObject({ value: 329 })
  })

  const openDaysAgain = () =>
    withOrgSql(workerPool(), org.orgId, (tx) =>
      tx.query('insert into open_day (org_id, day) values ($1, $2) on conflict do nothing', [org.orgId, '2024-05-01']),
    )
})

test('the list is searched, filtered and paged by keyset', async () => {
  const page = (more: object) => factorPage({ orgId: org.orgId, ...YEAR, limit: 50, ...more })
  const first = await page({ kind: 'instance' })
  expect([first.total, first.factors.length]).toEqual([106, 50])
  const second = await page({ kind: 'instance', cursor: first.next_cursor ?? '' })
  const third = await page({ kind: 'instance', cursor: second.next_cursor ?? '' })
  const ids = [first, second, third].flatMap(({ factors }) => factors.map((row) => row.factor_id))
  expect([new Set(ids).size, third.next_cursor]).toEqual([106, null])
  expect((await page({ q: 'h100 sxm5' })).factors.map((row) => row.factor_id)).toContain('accelerator:h100-sxm5-80gb')
  const german = await page({ place: 'DE' })
  expect(german.factors.every((row) => row.zone === 'DE' || row.zone?.startsWith('DE-'))).toBe(true)
  expect((await page({ status: 'without-value' })).factors.every((row) => row.value === null && row.u95 === null)).toBe(
    true,
  )
  const unverified = await page({ status: 'unverified', kind: 'pue' })
  expect(unverified.factors.map((row) => row.status)).toContain('recalled')
  expect((await page({ status: 'used' })).factors.map((row) => row.factor_id)).toContain(DE)
  expect((await refusal(page({ cursor: 'x' }))).code).toBe('bad_request')
})
