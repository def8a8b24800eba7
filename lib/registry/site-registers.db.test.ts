import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MeterFields } from '@/lib/contracts/meters'
import { appPool, closePools } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import type { Author } from '@/lib/ledger/audit'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { editSite } from './edit-site'
import { importMeters } from './import-meters'
import { addMeter, deleteMeter, editMeter, registeredMeters } from './meters'
import { importMeasurements, recordMeasurement, siteMeasurements } from './site-measurements'
import { sitesOfNames } from './sites'

let database: TestDatabase
let org: TestOrganization
let other: TestOrganization
let by: Author
const SITE = 'fra-2'

const INTAKE: MeterFields = {
  meter: 'M-01',
  quantity: 'facility_energy',
  serial: 'SN 4711',
  accuracy_class: '0.5S',
  note: null,
  calibrated_on: '2024-02-01',
  installed_on: '2024-01-01',
  removed_on: null,
}
const WATER = { month: '2024-05', quantity: 'water_l', value: 120_000, source: 'Water bill May' } as const

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  org = await createTestOrganization(database, 'places')
  other = await createTestOrganization(database, 'others')
  by = { kind: 'user', id: org.userId }
  const said = new Map([['FRA 2', { zone: 'DE', deployment: 'owned', cloudRegion: null }]])
  for (const { orgId } of [org, other]) await withOrgSql(appPool(), orgId, (tx) => sitesOfNames(tx, orgId, said))
  // The other organisation has no place of that name, so that an answer could only come from this one.
  await withOrgSql(appPool(), other.orgId, (tx) =>
    tx.query(`update site set slug = 'elsewhere' where org_id = $1`, [other.orgId]),
  )
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AppError)
  return error as AppError
}
const bytes = (...lines: string[]) => Buffer.from(lines.join('\n'))

describe('meters', () => {
  test('are added, changed and taken out, field for field', async () => {
    const { meter_id: meterId } = await addMeter(org.orgId, SITE, INTAKE, by)
    const address = { slug: SITE, meterId }
    await editMeter(org.orgId, address, { ...INTAKE, removed_on: '2024-09-01' }, by)
    expect(await registeredMeters(org.orgId, SITE)).toEqual([
      { ...INTAKE, meter_id: meterId, removed_on: '2024-09-01' },
    ])
    await deleteMeter(org.orgId, address, by)
    expect(await registeredMeters(org.orgId, SITE)).toEqual([])
  })

  test('one meter is not registered twice from the same day', async () => {
    const { meter_id: meterId } = await addMeter(org.orgId, SITE, INTAKE, by)
    expect((await refusal(addMeter(org.orgId, SITE, INTAKE, by))).code).toBe('conflict')
    await deleteMeter(org.orgId, { slug: SITE, meterId }, by)
  })

  test('a dry run stores nothing; a real import stores all of it or nothing', async () => {
    const good = 'M-01,facility_energy,2024-01-01,'
    const header = 'meter,quantity,installed_on,removed_on'
    const dry = await importMeters(org.orgId, SITE, by, { dryRun: true, bytes: bytes(header, good) })
    expect(dry).toMatchObject({ stored: false, new: 1 })
    const bad = bytes(header, good, 'M-02,steam,2024-01-01,2023-01-01')
    const error = await refusal(importMeters(org.orgId, SITE, by, { dryRun: false, bytes: bad }))
    expect(error.options.issues?.[0]?.path).toBe('line 3, quantity')
    expect(await registeredMeters(org.orgId, SITE)).toEqual([])
    await importMeters(org.orgId, SITE, by, { dryRun: false, bytes: bytes(header, good) })
    const again = await importMeters(org.orgId, SITE, by, { dryRun: false, bytes: bytes(header, good) })
    expect(again).toMatchObject({ stored: true, unchanged: 1, new: 0 })
    expect(await registeredMeters(org.orgId, SITE)).toHaveLength(1)
  })
})

describe('monthly measurements', () => {
  test('a correction is the next revision; the earlier one stays; the same again changes nothing', async () => {
    expect(await recordMeasurement(org.orgId, SITE, WATER, by)).toMatchObject({ revision: 1, stored: true })
    expect(await recordMeasurement(org.orgId, SITE, WATER, by)).toMatchObject({ revision: 1, stored: false })
    const corrected = { ...WATER, value: 118_500, source: 'Corrected bill' }
    expect(await recordMeasurement(org.orgId, SITE, corrected, by)).toMatchObject({ revision: 2, stored: true })
    const history = await siteMeasurements(org.orgId, SITE)
    expect(history.map(({ revision, value, is_current }) => [revision, value, is_current])).toEqual([
      [2, 118_500, true],
      [1, 120_000, false],
    ])
    expect(history[0]?.recorded_by).toBe(`user:${org.userId}`)
  })

  test('nobody can change or take away a revision', async () => {
    const attempt = (sql: string) => withOrgSql(appPool(), org.orgId, (tx) => tx.query(sql))
    await expect(attempt('update site_measurement set value = 1')).rejects.toThrow(/permission denied/)
    await expect(attempt('delete from site_measurement')).rejects.toThrow(/permission denied/)
  })

  test('an import names each month new, changed or unchanged, and corrects by revision', async () => {
    const file = bytes(
      'month,quantity,value,source',
      '2024-05,water_l,118500,Corrected bill',
      '2024-06,water_l,125000,Water bill June',
      '2024-06,renewable_kwh,91000,Roof',
    )
    const dry = await importMeasurements(org.orgId, SITE, by, { dryRun: true, bytes: file })
    expect(dry).toMatchObject({ stored: false, new: 2, unchanged: 1, refused: 0 })
    expect(await siteMeasurements(org.orgId, SITE)).toHaveLength(2)
    await importMeasurements(org.orgId, SITE, by, { dryRun: false, bytes: file })
    const next = bytes('month,quantity,value,source', '2024-06,water_l,124000,Second bill')
    const answer = await importMeasurements(org.orgId, SITE, by, { dryRun: false, bytes: next })
    expect(answer.rows[0]?.changes).toContainEqual({ column: 'value', before: '125000', after: '124000' })
    const june = (await siteMeasurements(org.orgId, SITE)).filter(
      ({ month, quantity }) => month === '2024-06' && quantity === 'water_l',
    )
    expect(june.map(({ revision }) => revision)).toEqual([2, 1])
  })

  test('an empty value is refused, because unknown is not zero; two rows of one month are refused', async () => {
    const file = bytes(
      'month,quantity,value,source',
      '2024-07,water_l,,Bill',
      '2024-08,water_l,1,Bill',
      '2024-08,water_l,2,Bill',
    )
    const answer = await importMeasurements(org.orgId, SITE, by, { dryRun: true, bytes: file })
    expect(answer.rows.map(({ outcome }) => outcome)).toEqual(['refused', 'new', 'refused'])
    expect(answer.rows[0]?.issues[0]?.column).toBe('value')
  })
})

test('what the form of a site leaves out stays as it is', async () => {
  const fields = {
    name: 'FRA 2',
    zone: 'DE',
    deployment: 'owned' as const,
    declared_pue: 1.3,
    declared_pue_source: 'Contract',
  }
  await editSite(
    org.orgId,
    SITE,
    { ...fields, operator: 'Nordhaus', declared_wue: 0.4, declared_wue_source: 'Report' },
    by,
  )
  await editSite(org.orgId, SITE, { ...fields, pue_category: 2 }, by)
  const [row] = await withOrgSql(appPool(), org.orgId, async (tx) => {
    const { rows } = await tx.query(
      'select operator, declared_wue, declared_wue_source, pue_category from site where slug = $1',
      [SITE],
    )
    return rows
  })
  expect(row).toEqual({ operator: 'Nordhaus', declared_wue: 0.4, declared_wue_source: 'Report', pue_category: 2 })
})

test('another organisation reaches neither meters nor measurements', async () => {
  const them: Author = { kind: 'user', id: other.userId }
  const [meter] = await registeredMeters(org.orgId, SITE)
  const mine = { slug: SITE, meterId: meter?.meter_id ?? '' }
  const theirs = { ...mine, slug: 'elsewhere' }
  for (const attempt of [
    () => registeredMeters(other.orgId, SITE),
    () => addMeter(other.orgId, SITE, INTAKE, them),
    () => editMeter(other.orgId, mine, INTAKE, them),
    () => editMeter(other.orgId, theirs, INTAKE, them),
    () => deleteMeter(other.orgId, theirs, them),
    () => siteMeasurements(other.orgId, SITE),
    () => recordMeasurement(other.orgId, SITE, WATER, them),
    () =>
      importMeasurements(other.orgId, SITE, them, {
        dryRun: false,
        bytes: bytes('month,quantity,value,source', '2024-05,water_l,1,x'),
      }),
  ])
    expect((await refusal(attempt())).code).toBe('not_found')
  expect(await siteMeasurements(other.orgId, 'elsewhere')).toEqual([])
})
