import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ModelFields } from '@/lib/contracts/models'
import { modelFieldsSchema } from '@/lib/contracts/models'
import { runFieldsSchema } from '@/lib/contracts/runs'
import { appPool, closePools } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, useDatabase } from '@/scripts/testing/organization'
import { editModel } from './edit-model'
import { editRun } from './edit-run'
import { idsOfNames } from './names'
import { runsOfNames } from './runs'

let database: TestDatabase
let orgId: string
let strangerId: string
let runId: string
const by = { kind: 'system', id: 'test' } as const
const fields = (more: Partial<ModelFields> = {}): ModelFields => ({
  parent: null,
  inherited_share: 0,
  parameters: null,
  active_parameters: null,
  ...more,
})

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  orgId = (await createTestOrganization(database, 'models')).orgId
  strangerId = (await createTestOrganization(database, 'stranger')).orgId
  await withOrgSql(appPool(), orgId, async (tx) => {
    await idsOfNames(tx, orgId, 'model', new Set(['base', 'tuned', 'chat']))
    const run = { teamId: null, modelId: null, stage: null, hardware: null, hardwareCount: null }
    runId = (await runsOfNames(tx, orgId, new Map([['train-1', run]]))).get('train-1') as string
  })
}, 60_000)
afterAll(async () => {
  await closePools()
  await database.drop()
})

const issuesOf = async (work: Promise<unknown>) => {
  const thrown = await work.catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(AppError)
  return (thrown as AppError).options.issues?.map(({ path, message }) => `${path}: ${message}`)
}

describe('parents of models', () => {
  test('are set and taken back; a circle of any length is refused, also where two edits meet', async () => {
    const tuned = fields({ parent: 'base', inherited_share: 0.25, parameters: 7e9 })
    expect(await editModel(orgId, 'tuned', tuned, by)).toEqual({ model: 'tuned', ...tuned })
    await editModel(orgId, 'chat', fields({ parent: 'tuned' }), by)
    expect(await issuesOf(editModel(orgId, 'base', fields({ parent: 'base' }), by))).toEqual([
      'parent: a model is not its own parent',
    ])
    expect(await issuesOf(editModel(orgId, 'base', fields({ parent: 'chat' }), by))).toEqual([
      'parent: chat was itself made from base: that would be a circle',
    ])
    expect(await issuesOf(editModel(orgId, 'base', fields({ parent: 'nobody' }), by))).toEqual([
      'parent: no model has this name',
    ])
    await editModel(orgId, 'tuned', fields(), by)
    await editModel(orgId, 'chat', fields(), by)
    const both = await Promise.allSettled([
      editModel(orgId, 'tuned', fields({ parent: 'chat' }), by),
      editModel(orgId, 'chat', fields({ parent: 'tuned' }), by),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('belong to one organisation', async () => {
    await expect(editModel(strangerId, 'base', fields(), by)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('come with a share of 0 to 1, none without a parent, and parameters that can be', () => {
    const read = (more: Partial<ModelFields>) => modelFieldsSchema.safeParse(fields(more)).success
    expect(read({ parent: 'a', inherited_share: 1 })).toBe(true)
    expect(read({ parent: 'a', inherited_share: 1.1 })).toBe(false)
    expect(read({ inherited_share: 0.5 })).toBe(false)
    expect(read({ parameters: 0 })).toBe(false)
    expect(read({ parameters: 1e9, active_parameters: 2e9 })).toBe(false)
  })
})

describe('what is said of a run', () => {
  const said = { outcome: 'failed', flops: 3e21, flops_source: '6ND', tokens: 1e12 } as const

  test('is kept by id or by name', async () => {
    expect(await editRun(orgId, runId, said, by)).toEqual({ run_id: runId, name: 'train-1', ...said })
    const none = { outcome: null, flops: null, flops_source: null, tokens: null }
    expect(await editRun(orgId, 'train-1', none, by)).toMatchObject({ run_id: runId, outcome: null })
    await expect(editRun(strangerId, runId, said, by)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('FLOPs say how they are known', () => {
    expect(runFieldsSchema.safeParse(said).success).toBe(true)
    expect(runFieldsSchema.safeParse({ ...said, flops_source: null }).success).toBe(false)
    expect(runFieldsSchema.safeParse({ ...said, flops: null }).success).toBe(false)
    expect(runFieldsSchema.safeParse({ ...said, outcome: 'fine' }).success).toBe(false)
  })
})
