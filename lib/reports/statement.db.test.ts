import { parse } from 'csv-parse/sync'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeploymentName } from '@/lib/contracts/common'
import { explainUrl, readAddress, statementAddress } from '@/lib/contracts/explain'
import type { LedgerMeasure, LedgerMethod } from '@/lib/contracts/ledger'
import { newId } from '@/lib/db/ids'
import { closePools, workerPool } from '@/lib/db/pool'
import { withOrg } from '@/lib/db/with-org'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { ingestReadings } from '@/lib/ingest/native'
import { acceptScreening, withdrawScreening } from '@/lib/registry/screening-acceptances'
import { emissions } from '@/lib/rollups/emissions'
import { exactKilograms } from '@/lib/units/format'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, type TestOrganization, useDatabase } from '@/scripts/testing/organization'
import { ledgerAnswer } from './ledger-answer'
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
  await record()
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

const EFFECT = -123_457n

/** An instrument with its allocation line, two activities, and hardware bought. */
const record = () =>
  withOrgSql(workerPool(), ours.orgId, async (tx) => {
    const client = new pg.Client({ connectionString: database.appUrl })
    await client.connect()
    await client.query('begin')
    await client.query("select set_config('app.org_id', $1, true)", [ours.orgId])
    const instrument = newId()
    await client.query(
      `insert into instrument (org_id, instrument_id, kind, name, market, mwh, g_per_kwh, vintage_from, vintage_to, conveys_attribute, sole_claim)
       values ($1, $2, 'ppa', 'Wind', 'DE', 1, 0, '2024-01-01', '2025-01-01', true, true)`,
      [ours.orgId, instrument],
    )
    const activity = (kind: string, more: Record<string, unknown>) =>
      client.query(
        `insert into activity (org_id, activity_id, revision, is_current, kind, name, starts_on, ends_on, quantity, unit, scope, category,
           kg_per_unit, mg, upstream_mg, biogenic_mg, primary_data, recorded_by)
         values ($1, $2, 1, true, $3, $3, $4, $5, 10, 'l', $6, $7, 1, $8, $9, $10, $11, 'test')`,
        [
          ours.orgId,
          newId(),
          kind,
          more.from,
          more.to,
          more.scope,
          more.category,
          more.mg,
          more.upstream,
          more.biogenic,
          more.primary,
        ],
      )
    const none = { category: null, upstream: null, biogenic: null, primary: false }
    await activity('fuel', {
      ...none,
      from: '2024-03-01',
      to: '2024-04-01',
      scope: 1,
      mg: '26615500001',
      upstream: '6240900000',
      biogenic: '5',
    })
    await activity('purchase', {
      ...none,
      from: '2024-07-01',
      to: '2025-07-02',
      scope: 3,
      category: 1,
      mg: '1000000007',
      primary: true,
    })
    await client.query(
      `insert into asset (org_id, asset_id, name, hardware, kind, units, purchased_on, in_service_on, life_years, embodied_kg, embodied_basis)
       values ($1, $2, 'DGX', 'DGX H100', 'server', 2, '2024-02-01', '2024-02-15', 4, 1312, 'pcf')`,
      [ours.orgId, newId()],
    )
    await client.query('commit')
    await client.end()
    await tx.query(
      `insert into allocation_line (org_id, month, instrument_id, attribution_id, unallocated, covered_uwh, replaced_mg, own_mg)
       select e.org_id, date_trunc('month', e.day), $2, e.attribution_id, e.unallocated, 1000, $3, 0
       from entry e join attribution a using (org_id, attribution_id)
       where e.org_id = $1 and e.is_current and a.deployment = 'owned' and e.total_market_mg is not null
       limit 1`,
      [ours.orgId, instrument, (-EFFECT).toString()],
    )
  })

/** Addresses that the figures of a PDF open. */
const linksOf = async (pdf: Buffer): Promise<string[]> => {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
  const links: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const found = await (await document.getPage(number)).getAnnotations()
    links.push(...found.flatMap(({ url }: { url?: string }) => url ?? []))
  }
  await document.destroy()
  return links
}

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

const csvOf = async (
  { orgId, slug }: TestOrganization,
  query: { method?: LedgerMethod; measure?: LedgerMeasure } = {},
  origin?: string,
): Promise<Record<string, string>[]> => {
  const body = ledgerCsv({
    org: { orgId, slug, isDemo: false },
    filter: WINDOW,
    query: { grain: 'day', ...query },
    origin,
    signal: new AbortController().signal,
  })
  return parse(await new Response(body).text(), { columns: true })
}

/** Decimal kilograms → milligrams, without a float. */
const milligrams = (kilograms: string): bigint => {
  const [whole = '0', fraction = ''] = kilograms.split('.')
  return BigInt(whole + fraction.padEnd(6, '0'))
}

/** Exact milligrams of some rows of a CSV. */
const booked = (rows: Record<string, string>[]): bigint =>
  rows.reduce((sum, { co2e_kg: kg }) => sum + (kg ? milligrams(kg) : 0n), 0n)

describe('one year, four ways', () => {
  test('statement, emissions, ledger CSV and PDF say the same to the milligram', async () => {
    const made = await statementOf(ours.orgId)
    expect(made.electricityMg).toBeGreaterThan(0n)
    const answer = await withOrg({ orgId: ours.orgId }, (tx) => emissions(tx, { ...WINDOW, by: [] }))
    expect(answer.total.location_kg).toBe(Number(exactKilograms(made.electricityMg as bigint)))
    expect(booked(await csvOf(ours))).toBe(made.electricityMg)

    const lines = (await textOf(await statementPdf(made))).split('\n')
    for (const { code, cell } of made.rows) {
      if (cell?.mg == null) continue
      expect(lines, code).toContain(exactKilogramText(cell.mg))
      expect(lines, `${code} low`).toContain(exactKilogramText(cell.lowMg as bigint))
    }
  })

  test.each(['location', 'market'] as const)(
    'rows of the CSV come apart into the rows of the statement, %s-based',
    async (method) => {
      const made = await statementOf(ours.orgId)
      const rows = (await csvOf(ours, { method, measure: 'all' })).filter(({ measure }) => measure !== 'embodied')
      const codes = [...new Set(rows.map(({ esrs_row_code: code }) => code as string))].sort()
      expect(codes).toEqual(['s1', 's2', 's3-1-cloud', 's3-1-other', 's3-2', 's3-3-a', 's3-3-c', 's3-8'])
      for (const code of codes) {
        const row = code === 's2' ? (method === 'market' ? 's2-mb' : 's2-lb') : code
        expect(booked(rows.filter(({ esrs_row_code: said }) => said === code)), code).toBe(cellOfRow(made.rows, row).mg)
      }
      const total = cellOfRow(made.rows, method === 'market' ? 'total-mb' : 'total-lb')
      expect(booked(rows)).toBe(total.mg)
      const answer = await withOrg({ orgId: ours.orgId }, (tx) =>
        ledgerAnswer(tx, WINDOW, { limit: 500 }, { method, measure: 'all' }),
      )
      expect(answer.total.co2e_mg).toBe(String(total.mg))
      const summed = answer.lines
        .filter(({ measure }) => measure !== 'embodied')
        .reduce((all, { co2e_mg: mg }) => all + BigInt(mg ?? 0), 0n)
      expect(summed).toBe(total.mg)
    },
  )

  test('market-based is what the instruments leave, by teams as by hours, and the API says the same', async () => {
    const made = await statementOf(ours.orgId)
    const market = cellOfRow(made.rows, 's2-mb')
    const rows = await withOrg({ orgId: ours.orgId }, (tx) => emissions(tx, { ...WINDOW, by: ['team'] }))
    const teams = made.teams.reduce((all, { marketMg }) => all + (marketMg ?? 0n), 0n)
    expect(teams).toBe(market.mg)
    expect(made.instruments.rows.map(({ effectMg }) => effectMg)).toEqual([EFFECT])
    expect(rows.total.market_kg).not.toBeNull()
    expect(market.mg).toBeGreaterThan(0n)
  })

  test('each row of the CSV and each figure of the PDF carries the address of its explanation', async () => {
    const rows = await csvOf(ours, { measure: 'all' }, 'https://ledger.example')
    for (const { explain_url: url } of rows) {
      const address = new URL(url ?? '').searchParams.get('address')
      expect(readAddress(address ?? ''), url).not.toBeNull()
    }
    const made = await statementOf(ours.orgId)
    const pdf = await statementPdf(made, { origin: 'https://ledger.example' })
    const links = await linksOf(pdf)
    for (const { code, cell } of made.rows) {
      if (cell?.mg == null) continue
      expect(links, code).toContain(explainUrl('ours', statementAddress(YEAR, code), 'https://ledger.example'))
    }
  })

  test('what has no zone is a gap, counted and not zero', async () => {
    const { quality } = await statementOf(ours.orgId)
    expect(quality.gaps).toContainEqual({ deployment: 'cloud', reason: 'zone_unknown', hours: 1 })
  })

  test('every check holds that the books can answer for', async () => {
    const { checks } = await statementOf(ours.orgId)
    const open = checks.filter(({ passed }) => !passed).map(({ words }) => words)
    expect(open.filter((words) => !/Base year|recorded thing|verified|residual mix/.test(words))).toEqual([])
  })
})

describe('what is no electricity', () => {
  test('fuels are Scope 1 and their upstream category 3, purchases category 1, hardware whole in its year', async () => {
    const { rows, bridge, biogenicMg, primaryShare } = await statementOf(ours.orgId)
    expect(cellOfRow(rows, 's1').mg).toBe(26_615_500_001n)
    expect(cellOfRow(rows, 's3-3-a').mg).toBe(6_240_900_000n)
    // 366 days from 1 July 2024: 184 of them in the year, without a remainder lost.
    expect(cellOfRow(rows, 's3-1-other').mg).toBe((1_000_000_007n * 184n) / 366n)
    expect(cellOfRow(rows, 's3-2').mg).toBe(2_624_000_000n)
    expect(bridge.purchasedMg).toBe(2_624_000_000n)
    expect(
      bridge.openingMg + bridge.purchasedMg - bridge.runOffMg - bridge.retiredMg - bridge.closingMg,
    ).toBeLessThanOrEqual(1n)
    expect(biogenicMg).toBe(5n)
    expect(primaryShare).toBeGreaterThan(0)
    const next = await statementOf(ours.orgId, YEAR + 1)
    expect(cellOfRow(next.rows, 's3-1-other').mg).toBe(1_000_000_007n - (1_000_000_007n * 184n) / 366n)
    expect(cellOfRow(next.rows, 's3-2').mg).toBeNull()
    expect(next.comparatives.rows['s3-2']?.beforeMg).toBe(2_624_000_000n)
  })
})

describe('a life-cycle average', () => {
  test('stays out of Scope 2 until somebody accepts it with a note, and leaves it again', async () => {
    const before = await statementOf(ours.orgId)
    expect(before.keptOut.mg).toBeNull()
    await send('iceland-run', 'owned', 'IS', 'nlp', [999.999])
    await postAll()
    const out = await statementOf(ours.orgId)
    const apart = out.keptOut.mg as bigint
    expect(apart).toBeGreaterThan(0n)
    expect(cellOfRow(out.rows, 's2-lb').mg).toBe(cellOfRow(before.rows, 's2-lb').mg)
    expect(out.screening).toMatchObject([{ zone: 'IS', year: YEAR, note: null }])
    const by = { kind: 'user' as const, id: ours.userId }
    await acceptScreening(ours.orgId, { zone: 'IS', year: YEAR, note: 'No direct factor is published.' }, by)
    const taken = await statementOf(ours.orgId)
    expect(cellOfRow(taken.rows, 's2-lb').mg).toBe((cellOfRow(out.rows, 's2-lb').mg as bigint) + apart)
    expect(taken.keptOut.mg).toBeNull()
    expect(taken.electricityMg).toBe((out.electricityMg as bigint) + apart)
    expect(taken.checks.filter(({ words }) => words.includes('add up')).every(({ passed }) => passed)).toBe(true)
    expect(await textOf(await statementPdf(taken))).toContain('No direct factor is published.')
    const lines = await csvOf(ours)
    expect(lines.filter(({ grid_zone: zone }) => zone === 'IS').map((row) => row.esrs_row_code)).toEqual(['s2'])
    await expect(acceptScreening(ours.orgId, { zone: 'IS', year: YEAR, note: 'again' }, by)).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(acceptScreening(ours.orgId, { zone: 'DE', year: YEAR, note: 'direct' }, by)).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await withdrawScreening(ours.orgId, { zone: 'IS', year: YEAR }, by)
    expect((await statementOf(ours.orgId)).factsSha256).toBe(out.factsSha256)
    await expect(withdrawScreening(ours.orgId, { zone: 'IS', year: YEAR }, by)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(
      acceptScreening(theirs.orgId, { zone: 'IS', year: YEAR, note: 'not mine' }, { kind: 'user', id: theirs.userId }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
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
