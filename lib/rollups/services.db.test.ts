import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { functionalUnitsRequestSchema } from '@/lib/contracts/functional-units'
import { scoresAnswerSchema } from '@/lib/contracts/services'
import { closePools } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { type OrgTx, withOrg } from '@/lib/db/with-org'
import { ingestReadings } from '@/lib/ingest/native'
import { stateUnits } from '@/lib/registry/functional-units'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { serviceDays, serviceUnitDays } from './service-days'
import { serviceParts } from './service-parts'
import { GPU_HOUR, serviceSci } from './service-sci'
import { serviceScores } from './service-scores'
import { serviceSpread } from './service-spread'
import { services } from './services'
import { totals } from './totals'

let database: TestDatabase
let orgId: string
let strangerId: string
const HOUR = 3_600_000
const START = Date.parse('2024-05-30T00:00:00Z')
const WINDOW = { from: '2024-05-30', to: '2024-06-03' }
const iso = (at: number) => new Date(at).toISOString()

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  orgId = (await createTestOrganization(database, 'services')).orgId
  strangerId = (await createTestOrganization(database, 'stranger')).orgId
  const said = { service: 'chat', team: 'Assistants', model: 'm70', stage: 'inference', deployment: 'owned' } as const
  const delta = (meter: string, hours: number, value: number) =>
    Array.from({ length: hours }, (_, i) => ({
      meter,
      kind: 'delta',
      unit: 'kWh',
      boundary: 'it',
      start: iso(START + i * HOUR),
      at: iso(START + (i + 1) * HOUR),
      value,
    }))
  const send = (more: Record<string, unknown>, readings: unknown[]) =>
    ingestReadings({ orgId, keyId: null, idempotencyKey: null }, { ...said, ...more, readings })
  // Two meters side by side: the eight devices are held once.
  await send({ grid_zone: 'DE', pue: 1.2, hardware: 'X1', count: 8 }, [...delta('a', 72, 5), ...delta('b', 72, 5)])
  await send({ grid_zone: 'SE', pue: 1.1, hardware: 'X1', count: 4 }, delta('c', 48, 3))
  // Nobody knows where this one stood on the last day.
  await send(
    { hardware: 'X1', count: 4 },
    delta('d', 24, 1).map((one) => ({
      ...one,
      start: iso(Date.parse(one.start) + 72 * HOUR),
      at: iso(Date.parse(one.at) + 72 * HOUR),
    })),
  )
  await postAll()
  const units = ['2024-05-30', '2024-05-31', '2024-06-02'].map((day) => ({
    service: 'chat',
    day,
    unit: 'request',
    count: 5000,
  }))
  await stateUnits(orgId, functionalUnitsRequestSchema.parse({ units }).units, {
    by: { kind: 'system', id: 'test' },
    idempotencyKey: null,
  })
}, 120_000)
afterAll(async () => {
  await prisma().$disconnect()
  await closePools()
  await database.drop()
})

const asked = <T>(work: (tx: OrgTx) => Promise<T>, org = orgId) => withOrg({ orgId: org }, work)
const sum = (amounts: (bigint | null)[]) => amounts.reduce<bigint>((all, amount) => all + (amount ?? 0n), 0n)

describe('a service', () => {
  test('adds up over its days and its places to the ledger, to the milligram', async () => {
    const all = await asked((tx) => totals(tx, WINDOW))
    const days = await asked((tx) => serviceDays(tx, WINDOW))
    const [service] = await asked(services)
    expect(service).toMatchObject({ name: 'chat', models: ['m70'], hardware: ['X1'], units: ['request'] })
    const parts = await asked((tx) => serviceParts(tx, service?.service_id as string, WINDOW))
    for (const of of ['location_mg', 'it_uwh', 'facility_uwh'] as const) {
      expect(sum(days.map((day) => day[of])), of).toBe(all[of])
      expect(sum(parts.map((part) => part[of])), of).toBe(all[of])
    }
    expect(days.map((day) => day.device_hours)).toEqual([24 * 12, 24 * 12, 24 * 8, 24 * 4])
  })

  test('divides the emissions of the days whose units are known by the units of the same days', async () => {
    const days = await asked((tx) => serviceDays(tx, WINDOW))
    const units = await asked((tx) => serviceUnitDays(tx, WINDOW))
    const sci = serviceSci(days, units, 'request')
    // 1 June has no statement, 2 June no emissions.
    expect(sci.operational?.days).toEqual(['2024-05-30', '2024-05-31'])
    expect(sci.operational?.count).toBe(10_000)
    const mg = sum(days.slice(0, 2).map((day) => day.location_mg))
    expect(sci.operational?.locationMg).toBe(mg)
    expect(sci.operationalGrams).toBeCloseTo(Number(mg) / 1e7, 12)
    expect(sci.kilowattHours).toBeCloseTo((24 * 2 * (10 * 1.2 + 3 * 1.1)) / 10_000, 9)
    expect(sci.activeDays).toBe(4)
    const spread = await asked((tx) => serviceSpread(tx, days[0]?.service_id as string, sci.operational?.days ?? []))
    expect(spread?.location.total).toBe(mg)
    expect(spread?.location.low).toBeLessThan(mg)
  })

  test('has no score while its hardware is not known, and says so; unknown is never zero', async () => {
    const days = await asked((tx) => serviceDays(tx, WINDOW))
    const units = await asked((tx) => serviceUnitDays(tx, WINDOW))
    expect(serviceSci(days, units, 'request')).toMatchObject({
      whole: null,
      grams: null,
      litres: null,
      lacks: 'embodied',
    })
    expect(serviceSci(days, [], 'request')).toMatchObject({ operationalGrams: null, lacks: 'units' })
    const known = days.map((day) => ({ ...day, embodied_mg: 1_000_000n, lacks_embodied: 0 }))
    const sci = serviceSci(known, units, 'request')
    expect(sci.grams).toBeCloseTo((Number(sci.whole?.locationMg) + 2_000_000) / 1e7, 12)
    expect(serviceSci([{ ...(known[0] as (typeof known)[0]), lacks_embodied: 1 }], units, 'request').grams).toBeNull()
    expect(
      serviceSci(
        known,
        units.map((one) => ({ ...one, count: 0 })),
        'request',
      ).grams,
    ).toBeNull()
  })

  test('has device-hours without being told, unless its sender names no count', async () => {
    const days = await asked((tx) => serviceDays(tx, WINDOW))
    expect(serviceSci(days, [], GPU_HOUR).operational?.count).toBe(24 * (12 + 12 + 8))
    expect(
      serviceSci(
        days.map((day) => ({ ...day, lacks_devices: 1 })),
        [],
        GPU_HOUR,
      ).lacks,
    ).toBe('units')
  })

  test('is told by the API in each of its units', async () => {
    const answer = await asked((tx) => serviceScores(tx, WINDOW))
    expect(scoresAnswerSchema.safeParse(answer).success).toBe(true)
    const [chat] = answer.services
    expect(chat).toMatchObject({ service: 'chat', models: ['m70'] })
    expect(chat?.scores.map(({ unit, unit_source, lacks, sci_g }) => [unit, unit_source, lacks, sci_g])).toEqual([
      ['request', 'stated', 'embodied', null],
      ['gpu-hour', 'ledger', 'embodied', null],
    ])
    expect(chat?.scores[0]).toMatchObject({ count: 10_000, days_known: 2, days_active: 4, embodied_g: null })
    expect((await asked((tx) => serviceScores(tx, WINDOW), strangerId)).services).toEqual([])
  })

  test('is nothing to another organisation', async () => {
    await asked(async (tx) => {
      expect(await services(tx)).toEqual([])
      expect(await serviceDays(tx, WINDOW)).toEqual([])
      expect(await serviceUnitDays(tx, WINDOW)).toEqual([])
    }, strangerId)
  })
})
