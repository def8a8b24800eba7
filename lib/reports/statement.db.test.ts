import { parse } from 'csv-parse/sync'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeploymentName } from '@/lib/contracts/common'
import { closePools } from '@/lib/db/pool'
import { withOrg } from '@/lib/db/with-org'
import { ingestReadings } from '@/lib/ingest/native'
import { emissions } from '@/lib/rollups/emissions'
import { exactKilograms } from '@/lib/units/format'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { ledgerCsv } from './ledger-export'
import { statementPdf } from './pdf/statement-pdf'
import { cellOfRow } from './scope-table'
import { statement } from './statement'
import { exactKilogramText } from './tonnes'

const YEAR = 2024
const WINDOW = { from: Date.UTC(YEAR, 0, 1), to: Date.UTC(YEAR + 1, 0, 1) }

let database: TestDatabase
let ours: TestOrganization
let theirs: TestOrganization
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  ours = await createTestOrganization(database, 'ours')
  theirs = await createTestOrganization(database, 'theirs')
  // Sums that no rounding hides: odd watt-hours, three lines of the scope table, and a time that falls into a gap.
  await send('owned-run', 'owned', 'DE', 'nlp', [1234.567, 87.001])
  await send('landlord-run', 'colocation', 'FR', 'vision', [333.333])
  await send('cloud-run', 'cloud', 'IE', 'nlp', [7.77])
  await send('nowhere-run', 'cloud', undefined, 'nlp', [5])
  await postAll()
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const send = (run: string, deployment: DeploymentName, zone: string | undefined, team: string, wattHours: number[]) =>
  ingestReadings(
    { orgId: ours.orgId, keyId: null, idempotencyKey: null },
    {
      run,
      model: `model of ${team}`,
      team,
      stage: 'training',
      deployment,
      ...(zone ? { grid_zone: zone } : {}),
      readings: wattHours.map((value, index) => ({
        meter: 'gpu0',
        kind: 'delta',
        unit: 'Wh',
        start: `${YEAR}-05-0${index + 1}T10:00:00Z`,
        at: `${YEAR}-05-0${index + 1}T11:00:00Z`,
        value,
      })),
    },
  )

const statementOf = (orgId: string, year = YEAR) =>
  withOrg({ orgId }, (tx) => statement(tx, { year }), { snapshot: true })

const textOf = async (pdf: Buffer): Promise<string> => {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join('\n'))
  }
  await document.destroy()
  return pages.join('\n')
}

const csvOf = async ({ orgId, slug }: TestOrganization): Promise<Record<string, string>[]> => {
  const body = ledgerCsv({
    org: { orgId, slug, isDemo: false },
    filter: WINDOW,
    query: { grain: 'day' },
    signal: new AbortController().signal,
  })
  return parse(await new Response(body).text(), { columns: true })
}

/** Decimal kilograms → milligrams, without a float. */
const milligrams = (kilograms: string): bigint => {
  const [whole = '0', fraction = ''] = kilograms.split('.')
  return BigInt(whole + fraction.padEnd(6, '0'))
}

describe('one year, four ways', () => {
  test('statement, emissions, ledger CSV and PDF say the same to the milligram', async () => {
    const made = await statementOf(ours.orgId)
    const total = made.total.mg as bigint
    expect(total).toBeGreaterThan(0n)

    const answer = await withOrg({ orgId: ours.orgId }, (tx) => emissions(tx, { ...WINDOW, by: [] }))
    expect(answer.total.location_kg).toBe(Number(exactKilograms(total)))

    const rows = await csvOf(ours)
    const booked = rows.reduce((sum, { co2e_kg: kg }) => sum + (kg ? milligrams(kg) : 0n), 0n)
    expect(booked).toBe(total)

    const text = await textOf(await statementPdf(made))
    const lines = text.split('\n')
    expect(lines).toContain(exactKilogramText(total))
    for (const code of ['s2-lb', 's3-1-cloud', 's3-8']) {
      const { mg } = cellOfRow(made.rows, code)
      expect(mg, code).not.toBeNull()
      expect(lines, code).toContain(exactKilogramText(mg as bigint))
    }
    // Lines of the appendix come apart into the CSV's row codes.
    for (const [code, row] of [
      ['s2', 's2-lb'],
      ['s3-8', 's3-8'],
      ['s3-1-cloud', 's3-1-cloud'],
    ] as const) {
      const mine = rows.filter(({ esrs_row_code: said, co2e_kg: kg }) => said === code && kg)
      expect(
        mine.reduce((sum, { co2e_kg: kg }) => sum + milligrams(kg ?? '0'), 0n),
        code,
      ).toBe(cellOfRow(made.rows, row).mg)
    }
  })

  test('what has no zone is a gap, counted and not zero', async () => {
    const { quality } = await statementOf(ours.orgId)
    expect(quality.gaps).toContainEqual({ deployment: 'cloud', reason: 'zone_unknown', hours: 1 })
  })

  test('the checks that can hold do', async () => {
    const { checks } = await statementOf(ours.orgId)
    const open = checks.filter(({ passed }) => !passed).map(({ words }) => words)
    expect(
      open.filter((words) => words.includes('add up') || words.includes('agrees') || words.includes('milligram')),
    ).toEqual([])
  })
})

describe('the document', () => {
  test('is the same to the byte when it is made again', async () => {
    const [first, second] = [await statementOf(ours.orgId), await statementOf(ours.orgId)]
    expect(second.factsSha256).toBe(first.factsSha256)
    expect((await statementPdf(second)).equals(await statementPdf(first))).toBe(true)
  })

  test('is tagged, titled, in English and has an outline', async () => {
    const pdf = await statementPdf(await statementOf(ours.orgId))
    const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
    const { info } = await document.getMetadata()
    expect(info).toMatchObject({ Title: `Climate statement ${YEAR}, Organisation ours`, Language: 'en-GB' })
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true })
    expect((await document.getOutline()).length).toBeGreaterThan(5)
    await document.destroy()
  })

  test('of a year without data says so', async () => {
    const made = await statementOf(ours.orgId, 2019)
    expect(made.status).toBe('no-data')
    expect((await textOf(await statementPdf(made))).replaceAll('\n', ' ')).toContain('holds no hour of 2019')
  })

  test('of the demo organisation is marked on every page', async () => {
    const made = await statementOf(ours.orgId)
    const pdf = await statementPdf({ ...made, entity: { ...made.entity, isDemo: true } })
    const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent()
      expect(items.map((item) => ('str' in item ? item.str : ''))).toContain('DEMO')
    }
    await document.destroy()
  })
})

test('another organisation sees nothing of it', async () => {
  const made = await statementOf(theirs.orgId)
  expect(made).toMatchObject({ status: 'no-data', teams: [], models: [], factors: [] })
  expect(made.total.mg).toBeNull()
  expect(await csvOf(theirs)).toEqual([])
  const text = await textOf(await statementPdf(made))
  expect(text).not.toContain('model of vision')
  expect(text).not.toContain('Organisation ours')
})
