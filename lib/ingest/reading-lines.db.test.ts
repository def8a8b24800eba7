import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appPool, closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { log } from '@/lib/log'
import { createApiKey } from '@/lib/registry/api-keys'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, useDatabase } from '@/scripts/testing/organization'

let database: TestDatabase
let handler: (request: Request) => Promise<Response>
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  log.level = 'silent'
  handler = (await import('@/app/api/v1/readings/route')).POST
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

let made = 0
const newOrganization = async () => {
  const { orgId } = await createTestOrganization(database, `lines-${++made}`)
  const { secret } = await withOrgSql(appPool(), orgId, (tx) =>
    createApiKey(tx, orgId, { name: 'k', scopes: ['ingest'], expiresAt: null, by: { kind: 'system', id: 'test' } }),
  )
  const post = async (
    body: BodyInit,
    { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
  ) => {
    const response = await handler(
      new Request(`http://localhost/api/v1/readings${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/x-ndjson', ...headers },
        body,
        ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
      } as RequestInit),
    )
    return { status: response.status, body: await response.json() }
  }
  const readings = () =>
    withOrgSql(workerPool(), orgId, async (tx) =>
      Number((await tx.query('select coalesce(sum(readings), 0) as n from reading_batch')).rows[0].n),
    )
  return { orgId, post, readings }
}

const CONTEXT = { run: 'r', model: 'm', team: 't', stage: 'training', grid_zone: 'DE', deployment: 'owned' }
const reading = (minute: number, more: object = {}) => ({
  meter: 'gpu0',
  kind: 'power',
  unit: 'W',
  at: `2026-11-01T10:${String(minute).padStart(2, '0')}:00Z`,
  value: 300 + minute,
  ...more,
})
const lines = (...items: unknown[]) =>
  items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n')

describe('readings, one a line', () => {
  it('with their context on the first line, in the query or on each line', async () => {
    const { post, readings } = await newOrganization()
    const stored = { status: 200, body: { accepted: 2, duplicate: 0, rejected: [] } }
    expect(await post(lines(CONTEXT, reading(0), reading(1)))).toEqual(stored)
    const query = `?${new URLSearchParams({ ...CONTEXT, pue: '1.2' })}`
    expect(await post(lines(reading(2), reading(3)), { query })).toEqual(stored)
    expect(await post(`\r\n${lines(reading(4, CONTEXT), reading(5, CONTEXT))}\r\n\r\n`)).toEqual(stored)
    expect(await readings()).toBe(6)
  })

  it('gzipped, and in chunks that break lines anywhere', async () => {
    const { post, readings } = await newOrganization()
    const body = lines(CONTEXT, reading(0, { meter: 'Gerät 0' }), reading(1))
    expect((await post(gzipSync(body), { headers: { 'content-encoding': 'gzip' } })).body.accepted).toBe(2)
    const bytes = Buffer.from(lines(CONTEXT, reading(2, { meter: 'Gerät 0' }), reading(3)))
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < bytes.length; i += 7) controller.enqueue(bytes.subarray(i, i + 7))
        controller.close()
      },
    })
    expect((await post(chunks)).body).toEqual({ accepted: 2, duplicate: 0, rejected: [] })
    expect(await readings()).toBe(4)
  })

  it('that are refused are named by their line, and the others are stored', async () => {
    const { post, readings } = await newOrganization()
    const { body } = await post(
      lines(
        CONTEXT,
        reading(0),
        '{"meter":',
        '',
        '[]',
        reading(1, { value: -1 }),
        'x'.repeat(70_000),
        reading(2),
        reading(3, { at: 'now' }),
      ),
    )
    expect(body).toEqual({
      accepted: 2,
      duplicate: 0,
      rejected: [
        { index: 1, line: 3, reason: 'not_an_object' },
        { index: 2, line: 5, reason: 'not_an_object' },
        { index: 3, line: 6, reason: 'value_negative' },
        { index: 4, line: 7, reason: 'not_an_object' },
        { index: 6, line: 9, reason: 'time_invalid' },
      ],
    })
    expect(await readings()).toBe(2)
  })

  it.each([
    ['a wrong context', lines({ ...CONTEXT, stage: 'party' }, reading(0)), {}, 422],
    ['a wrong query', lines(reading(0)), { query: '?stage=party' }, 400],
    ['an unknown query', lines(reading(0)), { query: '?colour=red' }, 400],
    ['broken gzip', lines(CONTEXT, reading(0)), { headers: { 'content-encoding': 'gzip' } }, 400],
    ['another encoding', lines(CONTEXT, reading(0)), { headers: { 'content-encoding': 'br' } }, 415],
    ['none that is good', lines(CONTEXT, reading(0, { value: -1 })), {}, 422],
    ['more than 64 MiB', `${lines(CONTEXT)}\n${`${' '.repeat(65_000)}\n`.repeat(1040)}`, {}, 413],
  ])('%s stores nothing', async (_, body, options, status) => {
    const { post, readings } = await newOrganization()
    expect((await post(body, options)).status).toBe(status)
    expect(await readings()).toBe(0)
  })

  it('again with the same Idempotency-Key are answered as before', async () => {
    const { post, readings } = await newOrganization()
    const headers = { 'idempotency-key': 'k1' }
    const first = await post(lines(CONTEXT, reading(0), reading(1, { value: -1 })), { headers })
    expect(await post(lines(CONTEXT, reading(0), reading(1, { value: -1 })), { headers })).toEqual(first)
    expect((await post(lines(CONTEXT, reading(2)), { headers })).status).toBe(422)
    expect(await readings()).toBe(1)
  })
})
