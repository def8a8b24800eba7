import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { functionalUnitsRequestSchema } from '@/lib/contracts/functional-units'
import { modelLifeSchema } from '@/lib/contracts/models'
import { closePools } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { type OrgTx, withOrg } from '@/lib/db/with-org'
import { ingestReadings } from '@/lib/ingest/native'
import { editModel } from '@/lib/registry/edit-model'
import { editRun } from '@/lib/registry/edit-run'
import { stateUnits } from '@/lib/registry/functional-units'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { hardwareEfficiency } from './hardware-efficiency'
import { makingMg } from './model-carried'
import { inferenceDays, modelCrossover } from './model-crossover'
import { modelLife } from './model-life'
import { modelLifeAnswer } from './model-life-answer'
import { modelServed } from './model-served'
import { modelSpread } from './model-spread'
import { lostStages, modelStages } from './model-stages'
import { models } from './models'
import { runOutcomes } from './run-outcomes'
import { runWork } from './run-work'
import { runCount, runs } from './runs'
import { totals, totalsBy } from './totals'

let database: TestDatabase
let orgId: string
let strangerId: string
const HOUR = 3_600_000
const START = Date.parse('2024-05-30T00:00:00Z')
const WINDOW = { from: '2024-05-30', to: '2024-06-05' }
const iso = (at: number) => new Date(at).toISOString()
const by = { kind: 'system', id: 'test' } as const

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  orgId = (await createTestOrganization(database, 'models')).orgId
  strangerId = (await createTestOrganization(database, 'stranger')).orgId
  const send = (said: Record<string, unknown>, fromHour: number, hours: number, kilowattHours: number, meter = 'm') =>
    ingestReadings({ orgId, keyId: null, idempotencyKey: null }, {
      team: 'Lab',
      grid_zone: 'DE',
      deployment: 'owned',
      pue: 1.2,
      hardware: 'X1',
      count: 8,
      ...said,
      readings: Array.from({ length: hours }, (_, i) => ({
        meter,
        kind: 'delta',
        unit: 'kWh',
        boundary: 'it',
        start: iso(START + (fromHour + i) * HOUR),
        at: iso(START + (fromHour + i + 1) * HOUR),
        value: kilowattHours,
      })),
    } as Parameters<typeof ingestReadings>[1])
  await send({ run: 'train-1', model: 'base', stage: 'training' }, 0, 20, 5)
  await send({ run: 'train-2', model: 'base', stage: 'training' }, 20, 10, 5)
  await send({ run: 'tune-1', model: 'base', stage: 'fine-tuning' }, 30, 6, 4)
  await send({ run: 'eval-1', model: 'base', stage: 'evaluation' }, 40, 3, 2)
  await send({ service: 'chat', model: 'base', stage: 'inference' }, 24, 72, 4)
  // The same service answers a part with another model: units are shared by energy.
  await send({ service: 'chat', model: 'small', stage: 'inference' }, 72, 24, 1, 'n')
  await postAll()
  await editRun(orgId, 'train-1', { outcome: 'completed', flops: 3.6e18, flops_source: 'profiler', tokens: 1e9 }, by)
  await editRun(orgId, 'train-2', { outcome: 'failed', flops: null, flops_source: null, tokens: null }, by)
  await editRun(orgId, 'eval-1', { outcome: 'abandoned', flops: null, flops_source: null, tokens: null }, by)
  const units = ['2024-05-31', '2024-06-01', '2024-06-02'].map((day) => ({
    service: 'chat',
    day,
    unit: 'request',
    count: 1000,
  }))
  await stateUnits(orgId, functionalUnitsRequestSchema.parse({ units }).units, { by, idempotencyKey: null })
}, 120_000)
afterAll(async () => {
  await prisma().$disconnect()
  await closePools()
  await database.drop()
})

const asked = <T>(work: (tx: OrgTx) => Promise<T>, org = orgId) => withOrg({ orgId: org }, work)
const sum = (amounts: (bigint | null)[]) => amounts.reduce<bigint>((all, amount) => all + (amount ?? 0n), 0n)
const lifeOf = async (name: string) =>
  asked(async (tx) => {
    const model = (await models(tx)).find((one) => one.name === name)
    if (!model) throw new Error(`no model ${name}`)
    return {
      model,
      life: modelLife(await modelStages(tx, model.model_id), await lostStages(tx, model.model_id)),
      spread: await modelSpread(tx, model.model_id),
    }
  })

describe('the life of a model', () => {
  test('adds up over its parts to the cube, to the milligram, and what was lost stands apart', async () => {
    const { life, spread } = await lifeOf('base')
    expect([...life.parts.keys()].sort()).toEqual(['abandoned', 'failed', 'fine-tuning', 'inference', 'training'])
    const all = (await asked((tx) => totalsBy(tx, WINDOW, 'model'))).find((row) => row.name === 'base')
    expect(sum([...life.parts.values()].map((part) => part.locationMg))).toBe(all?.location_mg)
    expect(life.locationMg).toBe(all?.location_mg)
    expect(life.facilityUwh).toBe(all?.facility_uwh)
    expect(sum([...life.months.values()].flatMap((parts) => [...parts.values()].map((part) => part.locationMg)))).toBe(
      all?.location_mg,
    )
    expect(sum([life.developmentMg, life.inferenceMg])).toBe(all?.location_mg)
    expect(life.totalMg).toBe(sum([life.locationMg, life.upstreamMg, life.embodiedMg]))
    expect(spread?.total).toBe(life.totalMg)
    const failed = (await asked((tx) => runs(tx, WINDOW, 20))).find((run) => run.name === 'train-2')
    expect(life.parts.get('failed')?.locationMg).toBe(failed?.location_mg)
  })

  test('all models together are the organisation', async () => {
    const rows = await asked((tx) => modelStages(tx))
    expect(sum(rows.map((row) => row.location_mg))).toBe((await asked((tx) => totals(tx, WINDOW))).location_mg)
  })

  test('its use overtakes its making on a day, or is expected to', async () => {
    const { model, life } = await lifeOf('base')
    const days = await asked((tx) => inferenceDays(tx, model.model_id))
    expect(sum(days.map((day) => day.location_mg))).toBe(life.inferenceMg)
    // 150 + 24 + 6 kWh of making against 96 kWh a day of use.
    expect(modelCrossover(life.developmentMg, days)?.day).toBe('2024-06-01')
    const early = modelCrossover(life.developmentMg, days.slice(0, 1))
    expect(early).toMatchObject({ day: null })
    expect(early?.expected?.startsWith('2024-06')).toBe(true)
    expect(modelCrossover(null, days)).toBeNull()
    expect(modelCrossover(life.developmentMg, [])).toBeNull()
  })

  test('units of a service with two models are shared by their energy, and add up to what was stated', async () => {
    const served = await asked((tx) => modelServed(tx))
    expect(served.map((row) => row.count).reduce((all, one) => all + one, 0)).toBeCloseTo(3000, 9)
    const small = served.find((row) => row.count < 1000)
    expect(small).toMatchObject({ unit: 'request', is_shared: true, days: 1 })
    expect(small?.count).toBeCloseTo(200, 9)
    expect(sum(served.map((row) => row.location_mg))).toBe(
      sum((await asked((tx) => inferenceDays(tx))).map((row) => row.location_mg)),
    )
  })
})

describe('as the API says it', () => {
  test('parts add up to the total, and a child carries its share of the making', async () => {
    const fields = { parent: 'base', inherited_share: 0.25, parameters: 7e9, active_parameters: null }
    await editModel(orgId, 'small', fields, by)
    const answer = await asked((tx) => modelLifeAnswer(tx, 'base'))
    expect(modelLifeSchema.safeParse(answer).success).toBe(true)
    const { life } = await lifeOf('base')
    expect(answer.total_kg).toBe(Number(life.totalMg) / 1e6)
    expect(answer.parts.map((part) => part.part)).toEqual([
      'training',
      'fine-tuning',
      'failed',
      'abandoned',
      'inference',
    ])
    expect(answer).toMatchObject({ crossover_day: '2024-06-01', parent: null, inherited_kg: 0 })
    const child = await asked((tx) => modelLifeAnswer(tx, 'small'))
    expect(child).toMatchObject({ ...fields, model: 'small' })
    expect(child.inherited_kg).toBeCloseTo((Number(makingMg(life)) / 1e6) * 0.25, 5)
    const [served] = answer.served
    expect(served?.marginal_g).toBeGreaterThan(0)
    expect(served?.amortised_g).toBeGreaterThan(served?.marginal_g as number)
    await expect(asked((tx) => modelLifeAnswer(tx, 'base'), strangerId)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('what runs ended as', () => {
  test('splits the runs of a window, services left out', async () => {
    const outcomes = await asked((tx) => runOutcomes(tx, WINDOW))
    expect(outcomes.map(({ outcome, runs: count }) => [outcome, count])).toEqual([
      ['abandoned', 1],
      ['completed', 1],
      ['failed', 1],
      [null, 1],
    ])
    const listed = await asked((tx) => runs(tx, WINDOW, 20))
    expect(sum(outcomes.map((row) => row.location_mg))).toBe(
      sum(listed.filter((run) => !run.is_service).map((run) => run.location_mg)),
    )
    for (const outcome of ['failed', 'none'] as const) {
      const rows = await asked((tx) => runs(tx, { ...WINDOW, outcome }, 20))
      expect(rows.map((run) => run.name)).toEqual([outcome === 'failed' ? 'train-2' : 'tune-1'])
      expect(await asked((tx) => runCount(tx, { ...WINDOW, outcome }))).toEqual({ rows: 1, runs: 1 })
    }
    expect(listed.find((run) => run.name === 'train-1')?.device_hours).toBe(160)
  })
})

describe('work per device, time and watt', () => {
  test('is known where FLOPs, hours, energy and peak are', async () => {
    const { model } = await lifeOf('base')
    const peak = () => ({ tflops: 25, source: 'test' })
    const work = await asked((tx) => runWork(tx, { model: model.model_id }, peak))
    const one = work.find((run) => run.name === 'train-1')
    // 3.6e18 FLOP in 160 device-hours of 2.5e13 FLOP/s, and from 100 kWh of IT energy.
    expect(one?.mfu).toBeCloseTo(3.6e18 / (160 * 3600 * 2.5e13), 12)
    expect(one?.flops_per_joule).toBeCloseTo(3.6e18 / 3.6e8, 0)
    expect(work.find((run) => run.name === 'tune-1')).toMatchObject({ flops: null, mfu: null, flops_per_joule: null })
    const [hardware] = await asked((tx) => hardwareEfficiency(tx, peak))
    expect(hardware).toMatchObject({ hardware: 'X1', flops_runs: 1, flops_device_hours: 160, mfu: one?.mfu })
    expect(hardware?.it_uwh).toBe((await asked((tx) => totals(tx, WINDOW))).it_uwh)
    // More than the peak can do is a mistake in one of the three, and no ratio.
    const impossible = await asked((tx) => hardwareEfficiency(tx, () => ({ tflops: 0.001, source: 'test' })))
    expect(impossible[0]?.mfu).toBeNull()
  })
})

describe('another organisation', () => {
  test('sees nothing of it', async () => {
    await asked(async (tx) => {
      expect(await models(tx)).toEqual([])
      expect(await modelStages(tx)).toEqual([])
      expect(await lostStages(tx)).toEqual([])
      expect(await modelServed(tx)).toEqual([])
      expect(await inferenceDays(tx)).toEqual([])
      expect(await hardwareEfficiency(tx)).toEqual([])
      expect(await runOutcomes(tx, WINDOW)).toEqual([])
    }, strangerId)
  })
})
