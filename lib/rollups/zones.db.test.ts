import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePools } from '@/lib/db/pool'
import { withOrg } from '@/lib/db/with-org'
import { importIntensityFile } from '@/lib/grid/import-file'
import { ingestReadings } from '@/lib/ingest/native'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { intensityOfSums } from './site-ratios'
import { statisticsOf } from './zone-hours'
import { zoneLoadDays } from './zone-load'
import { isOlderThanAYear, yearsOf } from './zone-revisions'
import { zoneList, zoneOfName, zoneWindow } from './zones'

let database: TestDatabase
let org: TestOrganization
let other: TestOrganization
const NOW = Date.parse('2024-05-03T12:30:00Z')
const RANGE = { from: '2024-05-01', to: '2024-05-03', now: NOW }

const importCsv = (lines: string[], basis: 'direct' | 'lifecycle' = 'direct') =>
  importIntensityFile(
    org.orgId,
    { kind: 'user', id: org.userId },
    { zone: 'DE', basis, bytes: Buffer.from(['hour,g_per_kwh,estimated', ...lines].join('\n')) },
  )

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  org = await createTestOrganization(database, 'places')
  other = await createTestOrganization(database, 'others')
  await importCsv(['2024-05-01T10:00:00Z,400,false', '2024-05-01T11:00:00Z,999,false'])
  await importCsv(['2024-05-01T11:00:00Z,100,true'])
  await importCsv(['2024-05-01T10:00:00Z,450,false'], 'lifecycle')
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
        { meter: 'g', kind: 'delta', unit: 'kWh', start: '2024-05-01T10:00:00Z', at: '2024-05-01T11:00:00Z', value: 3 },
        { meter: 'g', kind: 'delta', unit: 'kWh', start: '2024-05-01T11:00:00Z', at: '2024-05-01T12:00:00Z', value: 1 },
      ],
    },
  )
  await postAll()
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

describe('the hours of a zone', () => {
  test('are those that the ledger takes: the newest revision, else a fallback with its tier', async () => {
    const { hours, statistics } = await zoneWindow({ orgId: org.orgId, zone: 'DE', ...RANGE })
    expect(hours).toHaveLength(48)
    expect(hours[10]).toEqual({ gPerKwh: 400, tier: 1, screening: false })
    expect(hours[11]).toEqual({ gPerKwh: 100, tier: 2, screening: false })
    expect(hours[12]?.tier).toBeGreaterThanOrEqual(3)
    expect(statistics.counts).toEqual({ all: 48, measured: 1, estimated: 1, modelled: 46, leftOut: 0, unknown: 0 })
    expect(statistics.lowest).toEqual({ index: 11, gPerKwh: 100 })
  })

  test('end with the hour that has begun', async () => {
    const { hours } = await zoneWindow({ orgId: org.orgId, zone: 'DE', ...RANGE, to: '2024-06-01' })
    expect(hours).toHaveLength(61)
  })

  test('of a zone that nobody knows are unknown, never zero', async () => {
    const { hours, statistics, fallbacks } = await zoneWindow({ orgId: org.orgId, zone: 'ZZ', ...RANGE })
    expect(hours.every((hour) => hour.gPerKwh === null)).toBe(true)
    expect(statistics).toMatchObject({ meanGPerKwh: null, lowest: null, highest: null })
    expect(fallbacks).toEqual([])
  })
})

test('direct and life cycle are never mixed: beside direct hours a life-cycle average is left out', () => {
  const direct = { gPerKwh: 300, tier: 1, screening: false } as const
  const lifecycle = { gPerKwh: 28, tier: 5, screening: true } as const
  expect(statisticsOf([direct, lifecycle])).toMatchObject({
    basis: 'direct',
    meanGPerKwh: 300,
    counts: { measured: 1, leftOut: 1, unknown: 0 },
  })
  expect(statisticsOf([lifecycle, lifecycle])).toMatchObject({ basis: 'lifecycle', meanGPerKwh: 28 })
  expect(statisticsOf([])).toMatchObject({ basis: null, meanGPerKwh: null })
})

test('the load-weighted mean is that of the entries: (3 × 400 + 1 × 100) ÷ 4', async () => {
  const [day, ...more] = await withOrg(org, (tx) => zoneLoadDays(tx, { zone: 'DE', ...RANGE }))
  expect(more).toEqual([])
  expect(intensityOfSums(day?.location_mg ?? null, day?.facility_uwh ?? null)).toBe(325)
})

test('a zone lists every revision, direct and life cycle apart, and how far its data reach', async () => {
  const zone = await zoneOfName({ orgId: org.orgId, zone: 'de' })
  expect(zone).toMatchObject({ zone: 'DE', name: 'Germany' })
  expect(zone?.revisions.map((one) => [one.basis, one.revision, one.hours, one.estimated, one.isCurrent])).toEqual([
    ['direct', 2, 2, 1, true],
    ['direct', 1, 2, 0, false],
    ['lifecycle', 1, 1, 0, true],
  ])
  const direct = zone?.own.find((one) => one.basis === 'direct')
  expect(direct).toMatchObject({
    revision: 2,
    knownUntil: '2024-05-01T12:00:00Z',
    measuredUntil: '2024-05-01T11:00:00Z',
  })
  expect(yearsOf(zone?.own ?? [])).toEqual(['2024'])
  expect(isOlderThanAYear(direct?.knownUntil ?? null, NOW)).toBe(false)
  expect(isOlderThanAYear(direct?.knownUntil ?? null, Date.parse('2026-01-01'))).toBe(true)
})

test('the list holds zones in use with their fallback', async () => {
  const zones = await zoneList({ orgId: org.orgId, ...RANGE })
  expect(zones.map((zone) => [zone.zone, zone.isUsed])).toEqual([['DE', true]])
  expect(zones[0]?.fallbacks[0]).toMatchObject({ basis: 'direct' })
  expect(zones[0]?.fallbacks.at(-1)).toMatchObject({ basis: 'lifecycle', tier: 5 })
})

test('another organisation sees neither zones in use nor hours of one’s own', async () => {
  expect(await zoneList({ orgId: other.orgId, ...RANGE })).toEqual([])
  const zone = await zoneOfName({ orgId: other.orgId, zone: 'DE' })
  expect(zone).toMatchObject({ own: [], revisions: [] })
  const { statistics } = await zoneWindow({ orgId: other.orgId, zone: 'DE', ...RANGE })
  expect(statistics.counts).toMatchObject({ measured: 0, estimated: 0 })
  expect(await withOrg(other, (tx) => zoneLoadDays(tx, { zone: 'DE', ...RANGE }))).toEqual([])
  expect(await zoneOfName({ orgId: other.orgId, zone: 'no-such-zone' })).toBeNull()
})
