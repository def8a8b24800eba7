import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePools } from '@/lib/db/pool'
import { withOrg } from '@/lib/db/with-org'
import { importIntensityFile } from '@/lib/grid/import-file'
import { ingestReadings } from '@/lib/ingest/native'
import { recordMeasurement } from '@/lib/registry/site-measurements'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { siteDays, siteMonths } from './site-days'
import { siteIdle } from './site-idle'
import { siteMeters } from './site-meters'
import { siteRatioMonths } from './site-ratio-months'
import { siteSummaries } from './sites'

let database: TestDatabase
let org: TestOrganization
let other: TestOrganization
const RANGE = { from: '2024-05-01', to: '2024-06-01' }

/** One hour of a meter. */
const hour = (meter: string, boundary: 'it' | 'facility', day: number, value: number) => ({
  meter,
  kind: 'delta',
  unit: 'kWh',
  boundary,
  start: `2024-05-0${day}T10:00:00Z`,
  at: `2024-05-0${day}T11:00:00Z`,
  value,
})

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  org = await createTestOrganization(database, 'places')
  other = await createTestOrganization(database, 'others')
  const csv = 'hour,g_per_kwh\n2024-05-01T10:00:00Z,400\n2024-05-02T10:00:00Z,200\n'
  await importIntensityFile(
    org.orgId,
    { kind: 'user', id: org.userId },
    { zone: 'DE', basis: 'direct', bytes: Buffer.from(csv) },
  )
  const sender = { orgId: org.orgId, keyId: null, idempotencyKey: null }
  await ingestReadings(sender, {
    site: 'FRA 2',
    grid_zone: 'DE',
    deployment: 'owned',
    readings: [
      hour('intake', 'facility', 1, 130),
      hour('ups', 'it', 1, 100),
      hour('intake', 'facility', 2, 240),
      hour('ups', 'it', 2, 200),
      // Without its pair: in no quotient.
      hour('intake', 'facility', 3, 999),
    ],
  })
  await ingestReadings(sender, {
    site: 'FRA 2',
    run: 'r',
    team: 't',
    model: 'm',
    stage: 'training',
    grid_zone: 'DE',
    deployment: 'owned',
    readings: [hour('gpu0', 'it', 1, 60)],
  })
  await ingestReadings(sender, {
    site: 'Cloud',
    run: 'c',
    team: 't',
    model: 'm',
    stage: 'inference',
    cloud_region: 'gcp:europe-west4',
    deployment: 'cloud',
    readings: [hour('vm', 'it', 1, 10)],
  })
  await postAll()
  const by = { kind: 'user', id: org.userId } as const
  for (const value of [500, 150])
    await recordMeasurement(org.orgId, 'fra-2', { month: '2024-05', quantity: 'water_l', value, source: 'Bill' }, by)
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const summaries = (whose: TestOrganization, slug?: string) => withOrg(whose, (tx) => siteSummaries(tx, RANGE, slug))

describe('a metered site', () => {
  test('PUE is Σ facility ÷ Σ IT (KPI-01: 370 ÷ 300, never the mean 1.25), CUE weighs the hours', async () => {
    const [site] = await summaries(org, 'fra-2')
    expect(site?.overhead.basis).toBe('metered')
    expect(site?.overhead.pue).toBeCloseTo(1.23333, 5)
    expect(site?.paired_facility_uwh).toBe(370_000_000_000n)
    expect(site?.paired_it_uwh).toBe(300_000_000_000n)
    expect(site?.paired_hours).toBe(2)
    // (130 × 0.4 + 240 × 0.2) ÷ 300
    expect(site?.cue).toBeCloseTo(100 / 300, 9)
  })

  test('what no workload claims is unallocated', async () => {
    const [site] = await summaries(org, 'fra-2')
    expect(site?.it_uwh).toBe(300_000_000_000n)
    expect(site?.unallocated_it_uwh).toBe(240_000_000_000n)
  })

  test('its days and months add up to it', async () => {
    const [site] = await summaries(org, 'fra-2')
    const window = { siteId: site?.site_id ?? '', ...RANGE }
    const days = await withOrg(org, (tx) => siteDays(tx, window))
    expect(days.map((day) => [day.day, day.paired_hours])).toEqual([
      ['2024-05-01', 1],
      ['2024-05-02', 1],
      ['2024-05-03', 0],
    ])
    const [month, ...more] = await withOrg(org, (tx) => siteMonths(tx, window))
    expect(more).toEqual([])
    expect(month).toMatchObject({
      month: '2024-05',
      paired_facility_uwh: site?.paired_facility_uwh,
      it_uwh: site?.it_uwh,
      location_mg: site?.location_mg,
    })
  })

  test('tells its own meters from those of workloads', async () => {
    const [site] = await summaries(org, 'fra-2')
    const meters = await withOrg(org, (tx) => siteMeters(tx, site?.site_id ?? ''))
    expect(meters.map(({ meter, is_own, last_day }) => [meter, is_own, last_day])).toEqual([
      ['intake', true, '2024-05-03'],
      ['ups', true, '2024-05-02'],
      ['gpu0', false, '2024-05-01'],
    ])
    expect(meters[0]).toMatchObject({ meters: 3, own_meters: 2, boundary: 'facility' })
  })
})

describe('a site’s registers', () => {
  test('its months hold meters, books and the newest revision of each measurement', async () => {
    const [site] = await summaries(org, 'fra-2')
    const window = { siteId: site?.site_id ?? '', ...RANGE }
    expect(await withOrg(org, (tx) => siteRatioMonths(tx, window))).toEqual([
      expect.objectContaining({
        month: '2024-05',
        paired_it_uwh: 300_000_000_000n,
        it_uwh: 300_000_000_000n,
        water_l: 150,
        it_kwh: null,
        reused_kwh: null,
      }),
    ])
    // 150 L over the 300 kWh that were booked.
    expect(site?.wue).toMatchObject({ value: 0.5, basis: 'monthly' })
  })

  test('its idle energy is what no workload claims, shared by nobody unless the organisation says so', async () => {
    const [site] = await summaries(org, 'fra-2')
    const idle = await withOrg(org, (tx) => siteIdle(tx, { siteId: site?.site_id ?? '', ...RANGE }))
    expect(idle).toMatchObject({ rule: 'unallocated', idle_uwh: 240_000_000_000n, unallocated_uwh: 240_000_000_000n })
    expect(idle?.users).toMatchObject([{ team: 't', it_uwh: 60_000_000_000n, by_consumed_uwh: 240_000_000_000n }])
  })
})

test('a site without meters falls back on what is published of its region; what is unknown is null, not 0', async () => {
  const [site] = await summaries(org, 'cloud')
  expect(site?.overhead).toMatchObject({ basis: 'fallback', tier: 3 })
  expect(site?.cue).toBeNull()
  expect(site?.unallocated_it_uwh).toBeNull()
  expect(site?.paired_it_uwh).toBeNull()
  expect(site?.it_uwh).toBe(10_000_000_000n)
})

test('outside the range there is no figure', async () => {
  const [site] = await withOrg(org, (tx) => siteSummaries(tx, { from: '2023-01-01', to: '2024-01-01' }, 'fra-2'))
  expect(site).toMatchObject({ it_uwh: null, facility_uwh: null, location_mg: null, cue: null, paired_hours: 0 })
  expect(site?.overhead.basis).toBe('fallback')
})

test('another organisation sees nothing', async () => {
  const [site] = await summaries(org, 'fra-2')
  const window = { siteId: site?.site_id ?? '', ...RANGE }
  expect(await summaries(other)).toEqual([])
  expect(await summaries(other, 'fra-2')).toEqual([])
  expect(await withOrg(other, (tx) => siteDays(tx, window))).toEqual([])
  expect(await withOrg(other, (tx) => siteMonths(tx, window))).toEqual([])
  expect(await withOrg(other, (tx) => siteMeters(tx, window.siteId))).toEqual([])
  expect(await withOrg(other, (tx) => siteRatioMonths(tx, window))).toEqual([])
  expect(await withOrg(other, (tx) => siteIdle(tx, window))).toBeNull()
})
