import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePools } from '@/lib/db/pool'
import { withOrg } from '@/lib/db/with-org'
import { ingestReadings } from '@/lib/ingest/native'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { ledgerAnswer } from './ledger-answer'
import { type ExportRequest, ledgerCsv } from './ledger-export'

const DAY = { from: Date.UTC(2024, 4, 1), to: Date.UTC(2024, 4, 2) }

let database: TestDatabase
let ours: TestOrganization
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  ours = await createTestOrganization(database, 'ours')
  await send('corrected', 'gpu0', [4, 5, 6, 7])
  await send('=cmd', 'gpu0', [5])
  // Iceland is known by a life-cycle average only: shown, and no part of Scope 2.
  await send('screened', 'gpu0', [9], 'IS')
  await postAll()
  // A second meter, told late: the settled entry gets a second revision.
  await send('corrected', 'gpu1', [5])
  await postAll()
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const at = (hour: number): string => new Date(DAY.from + hour * 3_600_000).toISOString()
const send = (run: string, meter: string, hours: number[], zone = 'DE') =>
  ingestReadings(
    { orgId: ours.orgId, keyId: null, idempotencyKey: null },
    {
      run,
      model: '@model',
      team: '-5',
      stage: 'training',
      deployment: 'owned',
      grid_zone: zone,
      readings: hours.map((hour) => ({
        meter,
        kind: 'delta',
        unit: 'Wh',
        start: at(hour),
        at: at(hour + 1),
        value: 1000.001 + hour,
      })),
    },
  )

type Row = Record<string, string>
const bodyOf = (query: Partial<ExportRequest['query']> = {}, filter: LedgerFilter = DAY, signal?: AbortSignal) =>
  ledgerCsv({
    org: { orgId: ours.orgId, slug: ours.slug, isDemo: false },
    filter,
    query: { grain: 'day', ...query },
    signal: signal ?? new AbortController().signal,
  })
const rowsOf = async (query: Partial<ExportRequest['query']> = {}, filter: LedgerFilter = DAY): Promise<Row[]> =>
  parse(await new Response(bodyOf(query, filter)).text(), { columns: true, bom: true })

const milligrams = (row: Row): bigint => {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(row.co2e_kg || '0') ?? []
  return BigInt(`${sign}${whole}${fraction.padEnd(6, '0')}`)
}
const sum = (rows: Row[]): bigint => rows.reduce((total, row) => total + milligrams(row), 0n)

describe('a corrected line', () => {
  test('stands once by default, with the version before it named', async () => {
    const [row, ...more] = (await rowsOf()).filter((one) => one.workload_name === 'corrected')
    expect(more).toEqual([])
    expect(row).toMatchObject({ line_version: '2', supersedes_id: `${row?.ledger_id}@1`, reversal_of_id: '' })
  })

  test('has its reversal and replacement in the history, and they sum to what stands', async () => {
    const history = await rowsOf({ history: true })
    const mine = history.filter((one) => one.workload_name === 'corrected')
    expect(mine.map((row) => [row.line_version, row.supersedes_id !== '', row.reversal_of_id !== ''])).toEqual([
      ['1', false, false],
      ['2', false, true],
      ['2', true, false],
    ])
    const [original, reversal, replacement] = mine as [Row, Row, Row]
    expect(milligrams(reversal)).toBe(-milligrams(original))
    expect(reversal.facility_energy_kwh).toBe(`-${original.facility_energy_kwh}`)
    expect(milligrams(replacement)).not.toBe(milligrams(original))
    expect(sum(history)).toBe(sum(await rowsOf()))
  })
})

describe('a row', () => {
  test('of a day is the sum of its hours', async () => {
    const hours = await rowsOf({ grain: 'hour' })
    expect(hours.length).toBe(6)
    expect(
      hours.every((row) => Date.parse(row.period_end_utc ?? '') - Date.parse(row.period_start_utc ?? '') === 3_600_000),
    ).toBe(true)
    expect(sum(hours)).toBe(sum(await rowsOf()))
  })

  test('of a day that the window cuts holds the hours inside', async () => {
    const cut = { from: DAY.from + 5 * 3_600_000, to: DAY.from + 7 * 3_600_000 }
    const hours = (await rowsOf({ grain: 'hour' })).filter((row) =>
      ['2024-05-01T05:00:00Z', '2024-05-01T06:00:00Z'].includes(row.period_start_utc ?? ''),
    )
    const rows = await rowsOf({}, cut)
    expect(sum(rows)).toBe(sum(hours))
    expect(sum(rows)).toBeLessThan(sum(await rowsOf()))
    const answer = await withOrg({ orgId: ours.orgId }, (tx) => ledgerAnswer(tx, cut, { limit: 10 }))
    expect(answer.total.location_mg).toBe(sum(rows).toString())
  })

  test('of a screening figure has no scope', async () => {
    const [row] = (await rowsOf()).filter((one) => one.workload_name === 'screened')
    expect(row).toMatchObject({
      esrs_row_code: 's2-screening',
      ghg_scope: '',
      scope2_method: '',
      data_quality_grade: 'D',
    })
  })

  test('shows names as text, never as a formula', async () => {
    const [row] = (await rowsOf()).filter((one) => one.workload_name === "'=cmd")
    expect(row).toMatchObject({ team: "'-5", model: "'@model" })
  })
})

test('the page shows every line of the export, however it is paged, with one total', async () => {
  const pages = []
  let cursor: string | undefined
  do {
    const page = await withOrg({ orgId: ours.orgId }, (tx) => ledgerAnswer(tx, DAY, { cursor, limit: 1 }))
    pages.push(page)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  const lines = pages.flatMap((page) => page.lines)
  const rows = await rowsOf()
  expect(lines.map((line) => line.ledger_id).sort()).toEqual(rows.map((row) => row.ledger_id).sort())
  expect(new Set(pages.map((page) => page.total.location_mg))).toEqual(new Set([sum(rows).toString()]))
})

describe('a broken export', () => {
  test('ends abnormally when its reader leaves, and makes room for the next', async () => {
    for (let round = 0; round < 6; round += 1) {
      const leaving = new AbortController()
      const reader = bodyOf({ grain: 'hour' }, DAY, leaving.signal).getReader()
      await reader.read()
      leaving.abort()
      await expect(
        (async () => {
          while (!(await reader.read()).done);
        })(),
      ).rejects.toThrow()
    }
    expect((await rowsOf()).length).toBeGreaterThan(0)
  })

  test('is refused while four others run', async () => {
    const open = Array.from({ length: 4 }, () => new AbortController())
    const bodies = open.map(({ signal }) => bodyOf({}, DAY, signal))
    expect(() => bodyOf()).toThrow(/Too many exports/)
    for (const one of open) one.abort()
    await Promise.allSettled(bodies.map((body) => new Response(body).text()))
    expect((await rowsOf()).length).toBeGreaterThan(0)
  })
})

test('starts with a byte order mark when asked to', async () => {
  const bytes = new Uint8Array(await new Response(bodyOf({ bom: true })).arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
})
