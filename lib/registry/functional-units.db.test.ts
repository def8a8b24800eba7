import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { functionalUnitsRequestSchema } from '@/lib/contracts/functional-units'
import { appPool, closePools } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { ingestReadings } from '@/lib/ingest/native'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, useDatabase } from '@/scripts/testing/organization'
import { stateUnits } from './functional-units'
import { importUnitsCsv } from './functional-units-csv'

let database: TestDatabase
let orgId: string
let strangerId: string
const by = { kind: 'system', id: 'test' } as const

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  orgId = (await createTestOrganization(database, 'units')).orgId
  strangerId = (await createTestOrganization(database, 'stranger')).orgId
  for (const said of [{ service: 'chat' }, { run: 'train-1' }])
    await ingestReadings(
      { orgId, keyId: null, idempotencyKey: null },
      {
        ...said,
        team: 'Search',
        model: 'm1',
        stage: 'inference',
        grid_zone: 'DE',
        deployment: 'owned',
        readings: [
          {
            meter: 'm',
            kind: 'delta',
            unit: 'kWh',
            boundary: 'it',
            start: '2024-05-30T00:00:00Z',
            at: '2024-05-30T01:00:00Z',
            value: 1,
          },
        ],
      },
    )
}, 60_000)
afterAll(async () => {
  await closePools()
  await database.drop()
})

const state = (units: unknown[], idempotencyKey: string | null = null, org = orgId) =>
  stateUnits(org, functionalUnitsRequestSchema.parse({ units }).units, { by, idempotencyKey })
const known = (org = orgId) =>
  withOrgSql(appPool(), org, async (tx) => {
    const { rows } = await tx.query(
      `select coalesce(s.name, r.name) as name, to_char(u.day, 'YYYY-MM-DD') as day, u.unit, u.count from functional_unit u
       left join service s using (org_id, service_id) left join run r on r.org_id = u.org_id and r.run_id = u.run_id
       order by 2, 3, 1`,
    )
    return rows
  })
const issuesOf = async (work: Promise<unknown>) => {
  const thrown = await work.catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(AppError)
  return (thrown as AppError).options.issues
}

describe('statements of what was delivered', () => {
  test('are kept once, the last of a name, day and unit stands, and start names its UTC day', async () => {
    const units = [
      { service: 'chat', day: '2024-05-30', unit: 'request', count: 1000 },
      { service: 'chat', start: '2024-05-31T00:30:00+02:00', unit: 'output-token', count: 5e5 },
      { run: 'train-1', day: '2024-05-30', unit: 'training-token', count: 2.5e9 },
    ]
    expect(await state(units)).toEqual({ accepted: 3, changed: 3 })
    expect(await state(units)).toEqual({ accepted: 3, changed: 0 })
    expect(await state([{ ...units[0], count: 1200 }])).toEqual({ accepted: 1, changed: 1 })
    expect(await known()).toEqual([
      { name: 'chat', day: '2024-05-30', unit: 'output-token', count: 5e5 },
      { name: 'chat', day: '2024-05-30', unit: 'request', count: 1200 },
      { name: 'train-1', day: '2024-05-30', unit: 'training-token', count: 2.5e9 },
    ])
    expect(await known(strangerId)).toEqual([])
  })

  test('with an Idempotency-Key a late repeat does not take back a newer count', async () => {
    const first = [{ service: 'chat', day: '2024-06-01', unit: 'request', count: 10 }]
    expect(await state(first, 'k1')).toEqual({ accepted: 1, changed: 1 })
    await state([{ ...first[0], count: 20 }], 'k2')
    expect(await state(first, 'k1')).toEqual({ accepted: 1, changed: 1 })
    expect((await known()).find((row) => row.day === '2024-06-01')?.count).toBe(20)
  })

  test('are refused whole, and every reason is named by its place', async () => {
    const before = await known()
    expect(
      await issuesOf(
        state([
          { service: 'chat', day: '2024-07-01', unit: 'request', count: 1 },
          { service: 'chatt', day: '2024-07-01', unit: 'request', count: 1 },
          { service: 'chat', day: '2099-01-01', unit: 'request', count: 1 },
          { service: 'chat', day: '2024-07-01', unit: 'request', count: 2 },
        ]),
      ),
    ).toEqual([
      { path: 'units.1.service', message: 'no service named chatt has sent readings' },
      { path: 'units.2.day', message: 'lies in the future' },
      {
        path: 'units.3',
        message: 'is of the same name, day and unit as units.0: send one count for the whole UTC day',
      },
    ])
    expect(
      await issuesOf(state([{ service: 'chat', day: '2024-05-30', unit: 'request', count: 1 }], null, strangerId)),
    ).toHaveLength(1)
    expect(await known()).toEqual(before)
  })

  test.each([
    [{ service: 'chat', run: 'train-1', day: '2024-05-30', unit: 'request', count: 1 }],
    [{ day: '2024-05-30', unit: 'request', count: 1 }],
    [{ service: 'chat', unit: 'request', count: 1 }],
    [{ service: 'chat', day: '2024-05-30', start: '2024-05-30T00:00:00Z', unit: 'request', count: 1 }],
    [{ service: 'chat', day: '2024-02-30', unit: 'request', count: 1 }],
    [{ service: 'chat', day: '2024-05-30', unit: 'Request!', count: 1 }],
    [{ service: 'chat', day: '2024-05-30', unit: 'request', count: -1 }],
    [{ service: 'chat', day: '2024-05-30', unit: 'request', count: null }],
    [{ service: 'chat', day: '2024-05-30', unit: 'request', count: 1, colour: 'red' }],
  ])('that cannot be read are refused: %j', (one) => {
    expect(functionalUnitsRequestSchema.safeParse({ units: [one] }).success).toBe(false)
  })
})

describe('a CSV file of them', () => {
  const file = (text: string, dryRun = false) => importUnitsCsv(orgId, Buffer.from(text), { by, dryRun })

  test('is tried without storing, then stored; columns may stand in any order', async () => {
    const text = '\ufeffday,count,unit,service,run\n2024-08-01,10,image,chat,\n2024-08-02,11,run,,train-1\n'
    const told = {
      accepted: 2,
      changed: 2,
      first_day: '2024-08-01',
      last_day: '2024-08-02',
      names: ['chat', 'train-1'],
    }
    expect(await file(text, true)).toMatchObject({ ...told, dry_run: true, units: ['image', 'run'] })
    expect((await known()).filter((row) => row.day.startsWith('2024-08'))).toEqual([])
    expect(await file(text)).toMatchObject({ ...told, dry_run: false })
    expect(await file(text)).toMatchObject({ changed: 0 })
    expect((await known()).filter((row) => row.day.startsWith('2024-08'))).toHaveLength(2)
  })

  test.each([
    ['', [{ path: 'line 1', message: 'the file is empty' }]],
    ['service,day,unit\n', [{ path: 'line 1', message: 'the column count is missing' }]],
    ['service,day,unit,count,hue\n', [{ path: 'line 1', message: 'no column is named hue' }]],
    [
      'service,day,unit,count\nchat,2024-08-03,request,\n',
      [{ path: 'line 2', message: expect.stringContaining('count') }],
    ],
    [
      'service,day,unit,count\nchat,2024-08-03,request,5\nnobody,2024-08-03,request,1\n',
      [{ path: 'line 3.service', message: 'no service named nobody has sent readings' }],
    ],
  ])('is refused by line: %j', async (text, issues) => {
    expect(await issuesOf(file(text))).toEqual(issues)
  })
})
