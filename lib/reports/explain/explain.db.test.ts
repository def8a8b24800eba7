import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recompute } from '@/components/explain/recompute'
import {
  EXPLAINED_MEASURES,
  type ExplainedMeasure,
  type ExplainFilters,
  type FigureRatioName,
  figureAddress,
  figureRatioAddress,
  lineAddress,
  readAddress,
} from '@/lib/contracts/explain'
import { type ExplainAnswer, explainAnswerSchema } from '@/lib/contracts/explain-answer'
import { closePools } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { withOrg } from '@/lib/db/with-org'
import { ingestReadings } from '@/lib/ingest/native'
import { totals } from '@/lib/rollups/totals'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, useDatabase } from '@/scripts/testing/organization'
import { explain } from './explain'

let database: TestDatabase
let org: { orgId: string }
let stranger: { orgId: string }
let owner: pg.Client

const HOUR = 3_600_000
const START = Date.parse('2024-05-30T00:00:00Z')
const WINDOW = { from: '2024-05-30', to: '2024-06-03' }
const iso = (at: number) => new Date(at).toISOString()
const send = (said: Record<string, unknown>, readings: unknown[]) =>
  ingestReadings({ orgId: org.orgId, keyId: null, idempotencyKey: null }, { ...said, readings })
const power = (meter: string, from: number, hours: number, watts: number) =>
  Array.from({ length: hours * 4 + 1 }, (_, i) => ({
    meter,
    kind: 'power',
    unit: 'W',
    at: iso(from + (i * HOUR) / 4),
    value: watts + (i % 7) * 3,
  }))
const delta = (meter: string, from: number, hours: number, kilowattHours: number, boundary = 'it') =>
  Array.from({ length: hours }, (_, i) => ({
    meter,
    kind: 'delta',
    unit: 'kWh',
    boundary,
    start: iso(from + i * HOUR),
    at: iso(from + (i + 1) * HOUR),
    value: kilowattHours,
  }))
const site = { site: 'Hall 1', grid_zone: 'DE', deployment: 'owned' }

beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  org = await createTestOrganization(database, 'explained')
  stranger = await createTestOrganization(database, 'stranger')
  await send(
    { run: 'a', team: 'Search', model: 'embed', stage: 'training', hardware: 'A100', count: 4, ...site },
    power('g0', START, 60, 900),
  )
  await send(
    { run: 'b', team: 'Vision', model: 'tag', stage: 'evaluation', grid_zone: 'SE', deployment: 'cloud', pue: 1.1 },
    delta('n', START + 5 * HOUR, 20, 1.25),
  )
  await send(
    { run: 'no-zone', team: 'Vision', model: 'embed', stage: 'training', deployment: 'colocation' },
    power('g', START, 4, 500),
  )
  await send(
    { service: 'api', team: 'Search', model: 'embed', stage: 'inference', ...site },
    delta('rack', START, 90, 2.5),
  )
  await send({ ...site }, [...delta('ups', START, 90, 7), ...delta('msb', START, 90, 8.5, 'facility')])
  await postAll()
  owner = new pg.Client({ connectionString: database.adminUrl })
  await owner.connect()
}, 120_000)
afterAll(async () => {
  await owner?.end()
  await prisma().$disconnect()
  await closePools()
  await database.drop()
})

const ask = (address: string, page = {}, orgId = org.orgId): Promise<ExplainAnswer> =>
  explain({ orgId }, readAddress(address), page)
const sumOf = (amounts: (string | null)[]): string | null => {
  const known = amounts.flatMap((amount) => (amount === null ? [] : BigInt(amount)))
  return known.length === 0 ? null : known.reduce((sum, amount) => sum + amount, 0n).toString()
}

const VECTORS: Record<ExplainedMeasure, string[]> = {
  location: ['location_mg'],
  market: ['market_mg'],
  energy: ['it_uwh'],
  facility: ['facility_uwh'],
  loss: ['loss_mg'],
  upstream: ['upstream_mg'],
  embodied: ['embodied_mg'],
  water: ['water_ul'],
  'source-water': ['source_water_ul'],
  'total-location': ['location_mg', 'upstream_mg', 'loss_mg', 'embodied_mg'],
  before: ['upstream_mg', 'loss_mg'],
  'total-water': ['water_ul', 'source_water_ul'],
  'total-market': ['market_mg', 'upstream_mg', 'loss_mg', 'embodied_mg'],
}

/** The same, cell by cell and without any of the code under test. */
const byHand = async (measure: ExplainedMeasure, window: { from: string; to: string }, filters: ExplainFilters) => {
  const cells = VECTORS[measure].map((vector) => `select x from unnest(e.${vector}) x`).join(' union all ')
  const { rows } = await owner.query<{ sum: string | null }>(
    `select sum(u.x)::text as sum
     from entry e
     join attribution a using (org_id, attribution_id)
     left join team t on t.org_id = a.org_id and t.team_id = a.team_id
     left join site p on p.org_id = a.org_id and p.site_id = a.site_id
     cross join lateral (${cells}) u
     where e.org_id = $1 and e.is_current and e.day >= $2 and e.day < $3
       and ($4::text is null or t.name = $4) and ($5::text is null or a.stage = $5) and ($6::text is null or a.zone = $6)
       and ($7::text is null or a.deployment = $7)`,
    [
      org.orgId,
      window.from,
      window.to,
      filters.team ?? null,
      filters.stage ?? null,
      filters.zone ?? null,
      filters.deployment ?? null,
    ],
  )
  return rows[0]?.sum ?? null
}

const days = ['2024-05-29', '2024-05-30', '2024-05-31', '2024-06-01', '2024-06-02', '2024-06-03', '2024-07-01']
const windows = fc.tuple(fc.nat(days.length - 2), fc.nat(days.length - 1)).map(([first, more]) => ({
  from: days[first] as string,
  to: days[Math.min(first + 1 + more, days.length - 1)] as string,
}))
const some = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
const filtersOf = fc.record({
  team: some('Search', 'Vision', 'Nobody'),
  stage: some('training', 'inference'),
  zone: some('DE', 'SE'),
  deployment: some('owned', 'cloud'),
})

describe('a figure', () => {
  test('is the sum over the cells of its entries, and follows from the terms it shows, for any filter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...EXPLAINED_MEASURES), windows, filtersOf, async (measure, window, filters) => {
        const answer = explainAnswerSchema.parse(await ask(figureAddress(measure, window, filters)))
        expect(answer.figure.exact).toBe(await byHand(measure, window, filters))
        expect(recompute(answer)).toMatchObject({ isEqual: true, difference: '0' })
        expect(readAddress(answer.address)).not.toBeNull()
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  test('is the figure of the page that shows the cube', async () => {
    const cube = await withOrg(org, (tx) => totals(tx, WINDOW))
    for (const [measure, amount] of [
      ['location', cube.location_mg],
      ['energy', cube.it_uwh],
      ['facility', cube.facility_uwh],
    ] as const)
      expect((await ask(figureAddress(measure, WINDOW))).figure.exact, measure).toBe(amount?.toString())
  })

  test('has ratios that are quotients of the sums that the cube holds', async () => {
    const cube = await withOrg(org, (tx) => totals(tx, WINDOW))
    const numberOf = async (ratio: Exclude<FigureRatioName, 'share'>) => {
      const answer = explainAnswerSchema.parse(await ask(figureRatioAddress(ratio, WINDOW)))
      expect(recompute(answer)?.isEqual ?? true, ratio).toBe(true)
      return answer.figure.number
    }
    expect(await numberOf('coverage')).toBe(Number(cube.covered_ms) / Number(cube.elapsed_ms))
    expect(await numberOf('grade')).toBe(Number(cube.tier1_mg + cube.tier2_mg) / Number(cube.location_mg))
    expect(await numberOf('intensity')).toBeGreaterThan(0)
    await numberOf('pue')
    const run = await owner.query<{ run_id: string }>('select run_id from run where org_id = $1', [org.orgId])
    let shares = 0
    for (const { run_id } of run.rows) {
      const share = { measure: 'energy', of: 'run' } as const
      const answer = await ask(figureRatioAddress('share', WINDOW, { run: run_id }, share))
      expect(recompute(answer)?.isEqual ?? true).toBe(true)
      shares += answer.figure.number ?? 0
    }
    expect(shares).toBeGreaterThan(0)
    expect(shares).toBeLessThanOrEqual(1 + 1e-12)
  }, 60_000)

  test('opens term by term down to lines, each of which is the number that was added', async () => {
    const walk = async (address: string, depth: number): Promise<void> => {
      const answer = await ask(address)
      expect(recompute(answer)?.isEqual, address).toBe(true)
      if (answer.derivation.kind !== 'sum' || depth === 0) return
      for (const term of answer.derivation.terms) {
        if (term.address === null) continue
        expect((await ask(term.address)).figure.exact, term.address).toBe(term.exact)
        await walk(term.address, depth - 1)
      }
    }
    await walk(figureAddress('location', WINDOW), 3)
    await walk(figureAddress('total-location', { from: '2024-05-30', to: '2024-05-31' }), 1)
  }, 60_000)

  test('names every line once, largest first, page by page', async () => {
    const address = figureAddress('location', WINDOW)
    const first = await ask(address)
    const rows = [...(first.lines?.rows ?? [])]
    for (let after = first.lines?.next_cursor; after; ) {
      const { lines } = await ask(address, { linesAfter: after })
      rows.push(...(lines?.rows ?? []))
      after = lines?.next_cursor
    }
    expect(new Set(rows.map((row) => row.ledger_id)).size).toBe(first.lines?.count)
    expect(sumOf(rows.map((row) => row.exact))).toBe(first.figure.exact)
    const known = rows.flatMap((row) => (row.exact === null ? [] : Number(row.exact)))
    expect(known).toEqual([...known].sort((a, b) => b - a))
    const ninety = known.slice(0, first.lines?.ninety_percent ?? 0).reduce((sum, mg) => sum + mg, 0)
    expect(ninety).toBeGreaterThanOrEqual(0.9 * Number(first.figure.exact))
  })

  test('says what its interval is made of and which hours have no figure', async () => {
    const answer = await ask(figureAddress('location', WINDOW))
    const { exact, low, high } = answer.figure
    expect(BigInt(low as string) < BigInt(exact as string) && BigInt(high as string) > BigInt(exact as string)).toBe(
      true,
    )
    const shares = answer.quality.contributions.reduce((sum, { share }) => sum + (share ?? 0), 0)
    expect(shares).toBeCloseTo(1, 9)
    expect(answer.quality.gaps).toEqual(expect.arrayContaining([expect.objectContaining({ reason: 'zone_unknown' })]))
    expect(sumOf(answer.quality.tiers.map((tier) => tier.exact))).toBe(exact)
    expect(answer.sentence).toMatch(/ = .* IT × .* PUE × .* g\/kWh, location-based, /)
  })
})

describe('a ledger line', () => {
  const linesIn = async (day: string) => {
    const to = iso(Date.parse(day) + 24 * HOUR).slice(0, 10)
    return (await ask(figureAddress('location', { from: day, to }))).lines?.rows ?? []
  }

  test('is multiplied out hour by hour in every measure', async () => {
    const lines = await linesIn('2024-05-31')
    expect(lines.length).toBeGreaterThan(2)
    for (const { ledger_id } of lines)
      for (const measure of EXPLAINED_MEASURES) {
        const answer = await ask(lineAddress(ledger_id, measure))
        expect(recompute(answer), `${ledger_id} ${measure}`).toMatchObject({ isEqual: true })
        const isOfParts = measure === 'before' || measure.startsWith('total')
        if (answer.derivation.kind !== 'sum' || measure === 'energy' || isOfParts) continue
        for (const term of answer.derivation.terms)
          if (term.exact !== null && measure !== 'facility')
            expect(term.product.by, `${measure} ${term.label}`).not.toBe('given')
      }
  }, 60_000)

  test('has hours that add up to it', async () => {
    const [line] = await linesIn('2024-05-31')
    const whole = await ask(line?.address as string)
    const hours = await Promise.all(
      Array.from({ length: 24 }, (_, hour) => ask(lineAddress(line?.ledger_id as string, 'location', hour))),
    )
    expect(sumOf(hours.map((hour) => hour.figure.exact))).toBe(whole.figure.exact)
  })

  test('shows the readings as they were sent, with the requests that carried them, page by page', async () => {
    const lines = await linesIn('2024-05-31')
    const of = lines.find((line) => line.name === 'a')
    const first = await ask(of?.address as string)
    expect(first.readings?.series).toBe(1)
    const rows = [...(first.readings?.rows ?? [])]
    for (let after = first.readings?.next_cursor; after; ) {
      const { readings } = await ask(of?.address as string, { readingsAfter: after })
      rows.push(...(readings?.rows ?? []))
      after = readings?.next_cursor
    }
    expect(rows).toHaveLength(first.readings?.count as number)
    const sent = power('g0', START, 60, 900).map(({ at, value }) => [at.replace('.000Z', 'Z'), value])
    const inside = rows.filter((row) => !row.outside).map((row) => [row.at, row.value])
    expect(inside).toEqual(sent.filter(([at]) => String(at).startsWith('2024-05-31')))
    // One on either side: energy flows between readings.
    expect(rows.filter((row) => row.outside).map((row) => row.at)).toEqual([
      '2024-05-30T23:45:00Z',
      '2024-06-01T00:00:00Z',
    ])
    expect(first.readings?.batches[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a market-based figure', () => {
  const INSTRUMENT = '01900000-0000-7000-8000-0000000000aa'
  const EFFECT = -1_234_567n
  beforeAll(async () => {
    await owner.query(
      `insert into instrument (org_id, instrument_id, kind, name, market, mwh, g_per_kwh, vintage_from, vintage_to, cancelled_on,
         cancelled_for, conveys_attribute, sole_claim)
       values ($1, $2, 'go', 'Wind of the North', 'DE', 0.05, 0, '2024-05-01', '2024-06-01', '2024-07-01', 'us', true, true)`,
      [org.orgId, INSTRUMENT],
    )
    await owner.query(
      `insert into allocation_line (org_id, month, instrument_id, attribution_id, unallocated, covered_uwh, replaced_mg, own_mg)
       select a.org_id, '2024-05-01', $2, a.attribution_id, false, 50000000000, $3, 0
       from attribution a join run r using (org_id, run_id) where a.org_id = $1 and r.name = 'a'`,
      [org.orgId, INSTRUMENT, (-EFFECT).toString()],
    )
  })

  test('is what its instruments leave, in the whole and in every part', async () => {
    const window = { from: '2024-05-01', to: '2024-06-01' }
    const whole = await ask(figureAddress('market', window))
    const before = await byHand('market', window, {})
    expect(BigInt(whole.figure.exact as string)).toBe(BigInt(before as string) + EFFECT)
    expect(whole.allocations).toMatchObject([{ effect_mg: EFFECT.toString(), workload: 'a' }])
    const days = whole.derivation.kind === 'sum' ? whole.derivation.terms : []
    expect(days.map(({ label }) => label)).toEqual(['30 May 2024', '31 May 2024'])
    let effects = 0n
    for (const day of days) {
      const answer = await ask(day.address as string)
      expect(answer.figure.exact).toBe(day.exact)
      for (const line of answer.derivation.kind === 'sum' ? answer.derivation.terms : []) {
        const one = await ask(line.address as string)
        expect(one.figure.exact, line.label).toBe(line.exact)
        expect(recompute(one)?.isEqual, line.label).toBe(true)
        const terms = one.derivation.kind === 'sum' ? one.derivation.terms : []
        for (const term of terms) if (term.label.startsWith('Instruments')) effects += BigInt(term.exact as string)
        const ledgerId = /led_[0-9a-f]{32}/.exec(one.address)?.[0] as string
        const hours = await Promise.all(
          Array.from({ length: 24 }, (_, hour) => ask(lineAddress(ledgerId, 'market', hour))),
        )
        expect(sumOf(hours.map((hour) => hour.figure.exact)), line.label).toBe(one.figure.exact)
      }
    }
    expect(effects).toBe(EFFECT)
    expect((await ask(`instrument/${INSTRUMENT}`)).figure.exact).toBe(EFFECT.toString())
  }, 60_000)
})

describe('an address', () => {
  test('of another organisation says the same as one that nobody has', async () => {
    const [line] = (await ask(figureAddress('location', WINDOW))).lines?.rows ?? []
    const run = await owner.query<{ run_id: string }>('select run_id from run where org_id = $1 limit 1', [org.orgId])
    const others = [
      line?.address as string,
      figureAddress('location', WINDOW, { run: run.rows[0]?.run_id }),
      'line/led_00000000000080008000000000000000',
      figureAddress('location', WINDOW, { run: '01900000-0000-7000-8000-000000000000' }),
      'factor/no-such-factor@1',
      'nonsense',
    ]
    const told = await Promise.all(others.map((address) => ask(address, {}, stranger.orgId).catch((error) => error)))
    expect(new Set(told.map((error) => `${error.code} ${error.publicMessage}`)).size).toBe(1)
    expect(told[0].code).toBe('not_found')
    expect((await ask(figureAddress('location', WINDOW), {}, stranger.orgId)).figure.exact).toBeNull()
  })

  test('of a factor leads to its source', async () => {
    const { factors } = await ask(figureAddress('location', WINDOW))
    const library = factors.find((factor) => factor.address !== null)
    const answer = await ask(library?.address as string)
    expect(answer.facts.map(({ name }) => name)).toEqual(expect.arrayContaining(['Source', 'Status', 'SHA-256']))
    expect(recompute(answer)).toBeNull()
  })
})
