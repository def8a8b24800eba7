import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_WIDTHS } from '@/lib/accounting/uncertainty/tier-widths'
import { DEPLOYMENTS } from '@/lib/contracts/common'
import { DEFAULT_SETTINGS } from '@/lib/contracts/settings'
import type { ScopeHours } from '@/lib/rollups/scope-hours'
import type { StatementActivity } from '@/lib/rollups/statement-activities'
import type { StatementAsset } from '@/lib/rollups/statement-assets'
import { factsSha256 } from './facts'
import {
  addendsOf,
  cellOfRow,
  keptOutOf,
  SCOPE_2,
  type ScopeChoices,
  scopeTable,
  softwareUseApart,
  type YearFacts,
} from './scope-table'
import { electricityLeaf } from './statement-leaves'
import { assembleStatement, type StatementInput } from './statement-model'

const YEAR = 2025
const tier = fc.constantFrom(1, 2, 3, 4, 5)
const mass = fc.bigInt({ min: 0n, max: 10n ** 14n })
/** An hour as the ledger can hold it: a figure with all of its tiers, or a gap with a reason. */
const hoursRow: fc.Arbitrary<ScopeHours> = fc
  .record({
    deployment: fc.constantFrom(...DEPLOYMENTS),
    provisional: fc.boolean(),
    screening: fc.boolean(),
    accepted: fc.boolean(),
    energy_tier: tier,
    overhead_tier: tier,
    intensity_tier: tier,
    market_rate: fc.constantFrom('supplier' as const, 'residual' as const, 'location' as const),
    market_tier: tier,
    loss_tier: tier,
    upstream_tier: tier,
    hours: fc.integer({ min: 1, max: 9000 }),
    it_uwh: fc.option(fc.bigInt({ min: 0n, max: 10n ** 15n })),
    facility_uwh: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    location_mg: mass,
    market_mg: mass,
    loss_mg: fc.option(mass),
    upstream_mg: fc.option(mass),
    embodied_mg: fc.option(mass),
    registered_mg: fc.constant(null),
    water_ul: fc.option(mass),
    source_water_ul: fc.option(mass),
    gap: fc.constantFrom(null, null, 'no_reading', 'zone_unknown'),
  })
  .map((row) => {
    const known = { ...row, accepted: row.screening && row.accepted }
    if (row.gap === null) return row.screening ? { ...known, intensity_tier: 5, upstream_mg: null } : known
    const unknown = { location_mg: null, market_mg: null, loss_mg: null, upstream_mg: null, intensity_tier: null }
    return { ...known, ...unknown, screening: false, accepted: false }
  })
const day = fc.constantFrom('2024-12-31', '2025-01-01', '2025-07-15', '2025-12-31')
const asset: fc.Arbitrary<StatementAsset> = fc.record({
  asset_id: fc.uuid(),
  name: fc.constant('rack'),
  hardware: fc.constantFrom('h100', 'a100'),
  kind: fc.constant('server'),
  site: fc.constant(null),
  units: fc.integer({ min: 1, max: 500 }),
  purchased_on: day,
  in_service_on: fc.constant('2025-01-15'),
  retired_on: fc.constantFrom(null, '2025-08-01'),
  retirement: fc.constant('recycled'),
  is_second_life: fc.boolean(),
  life_years: fc.constant(4),
  planned_use: fc.constant(1),
  embodied_kg: fc.option(fc.double({ min: 0, max: 5000, noNaN: true })),
  embodied_basis: fc.constantFrom('pcf' as const, 'bottom-up' as const, 'proxy' as const),
  embodied_source: fc.constant(null),
  embodied_factor: fc.constant(null),
  embodied_u95: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  mass_kg: fc.option(fc.double({ min: 1, max: 900, noNaN: true })),
})
const activity: fc.Arbitrary<StatementActivity> = fc
  .record({
    activity_id: fc.uuid(),
    revision: fc.constant(1),
    kind: fc.constantFrom('fuel' as const, 'purchase' as const, 'cloud_statement' as const, 'waste' as const),
    name: fc.constant('an activity'),
    site: fc.constant(null),
    starts_on: fc.constant('2025-01-01'),
    ends_on: fc.constant('2025-02-01'),
    quantity: fc.constant(1),
    unit: fc.constantFrom('l', 'kg', 'EUR'),
    scope: fc.constantFrom(1 as const, 2 as const, 3 as const),
    category: fc.integer({ min: 1, max: 15 }),
    factor_id: fc.constant(null),
    factor_version: fc.constant(null),
    kg_per_unit: fc.option(fc.constant(1)),
    gwp_set: fc.constant('AR6'),
    gases_mg: fc.constant(null),
    u95: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    primary_data: fc.boolean(),
    supplier: fc.constant(null),
    recorded_at: fc.constant('2025-02-01T00:00:00Z'),
    mg: fc.option(mass),
    upstream_mg: fc.option(mass),
    biogenic_mg: fc.option(mass),
    days_inside: fc.constant(31),
    days: fc.constant(31),
  })
  .map((one) => ({ ...one, category: one.scope === 3 ? one.category : null }))

const factsOf = (hours: ScopeHours[], more: Partial<YearFacts> = {}): YearFacts => ({
  year: YEAR,
  hours,
  spread: [],
  effects: [],
  activities: [],
  assets: [],
  endOfLife: [{ retirement: 'recycled', id: 'end-of-life:weee', version: 1, kgPerTonne: 4.7, u95: 0.5 }],
  ...more,
})
const choices = fc.record({
  settings: fc.record({
    cloud_category: fc.constantFrom(1 as const, 8 as const),
    software_use_in_category_11: fc.boolean(),
  }),
  widths: fc.constant(DEFAULT_WIDTHS),
})
const DEFAULTS: ScopeChoices = { settings: DEFAULT_SETTINGS, widths: DEFAULT_WIDTHS }
const year = fc.array(hoursRow, { maxLength: 30 })

const sum = (values: (bigint | null)[]): bigint => values.reduce<bigint>((total, value) => total + (value ?? 0n), 0n)

const books = fc
  .record({ hours: year, activities: fc.array(activity, { maxLength: 8 }), assets: fc.array(asset, { maxLength: 6 }) })
  .map(({ hours, ...more }) => factsOf(hours, more))

describe('the scope table', () => {
  test('its scopes and categories add up to both totals, to the milligram, whatever is chosen', () => {
    fc.assert(
      fc.property(books, choices, (facts, chosen) => {
        const rows = scopeTable(facts, chosen)
        const of = (codes: string[]) => sum(codes.map((code) => cellOfRow(rows, code).mg))
        for (const method of ['lb', 'mb'] as const) {
          const total = cellOfRow(rows, `total-${method}`).mg
          if (total === null) continue
          expect(of(addendsOf(method))).toBe(total)
          expect(of(['s1', `s2-${method}`, 's3'])).toBe(total)
        }
      }),
    )
  })

  test('Scope 3 is the same in both totals, and its sub-lines are parts of their category', () => {
    fc.assert(
      fc.property(books, choices, (facts, chosen) => {
        const rows = scopeTable(facts, chosen)
        const [lb, mb] = [cellOfRow(rows, 'total-lb').mg, cellOfRow(rows, 'total-mb').mg]
        if (lb !== null && mb !== null) {
          expect(lb - (cellOfRow(rows, 's2-lb').mg ?? 0n)).toBe(mb - (cellOfRow(rows, 's2-mb').mg ?? 0n))
        }
        const parts = rows.filter(({ code }) => /^s3-3-[abc]$/.test(code)).map(({ cell }) => cell?.mg ?? null)
        expect(sum(parts)).toBe(cellOfRow(rows, 's3-3').mg ?? 0n)
      }),
    )
  })

  test('the electricity of the rows, what is kept out and what is not counted are all that the ledger holds', () => {
    fc.assert(
      fc.property(year, choices, (hours, chosen) => {
        const rows = scopeTable(factsOf(hours), chosen)
        const upstream = hours
          .filter(({ deployment }) => !SCOPE_2.includes(deployment))
          .filter(({ deployment }) => deployment !== 'customer' || chosen.settings.software_use_in_category_11)
          .flatMap((row) => [row.loss_mg, row.upstream_mg])
        const electricity =
          sum([
            cellOfRow(rows, 's2-lb').mg,
            cellOfRow(rows, 's3-1').mg,
            cellOfRow(rows, 's3-8').mg,
            cellOfRow(rows, 's3-11').mg,
          ]) - sum(upstream)
        const apart = sum([keptOutOf(hours).mg, softwareUseApart(hours, chosen).mg])
        expect(electricity + apart).toBe(sum(hours.map((row) => row.location_mg)))
      }),
    )
  })

  test('the tiers of a cell are its mass, split, and its interval holds it', () => {
    fc.assert(
      fc.property(books, choices, (facts, chosen) => {
        for (const { cell } of scopeTable(facts, chosen)) {
          if (!cell) continue
          expect(sum(cell.tiersMg)).toBe(cell.mg ?? 0n)
          if (cell.mg !== null) {
            expect(cell.lowMg !== null && cell.lowMg <= cell.mg && cell.lowMg >= 0n).toBe(true)
            expect(cell.highMg !== null && cell.highMg >= cell.mg).toBe(true)
          }
        }
      }),
    )
  })

  test('no life-cycle average is in Scope 2 that nobody accepted, by either method', () => {
    fc.assert(
      fc.property(year, (hours) => {
        const unaccepted = hours.map((row) => ({ ...row, accepted: false }))
        const facts = { hours: unaccepted, spread: [], widths: DEFAULT_WIDTHS }
        expect(electricityLeaf(facts, SCOPE_2, 'location').screeningMg).toBe(0n)
        expect(electricityLeaf(facts, SCOPE_2, 'market').screeningMg).toBe(0n)
        const accepted = hours.filter((row) => row.accepted && SCOPE_2.includes(row.deployment))
        expect(cellOfRow(scopeTable(factsOf(hours), DEFAULTS), 's2-lb').screeningMg).toBe(
          sum(accepted.map((row) => row.location_mg)),
        )
      }),
    )
  })

  test('an instrument takes off the market-based figure what its lines say, and nothing off any other', () => {
    fc.assert(
      fc.property(year, fc.bigInt({ min: 0n, max: 100n }), (hours, percent) => {
        const before = scopeTable(factsOf(hours), DEFAULTS)
        const market = cellOfRow(before, 's2-mb').mg
        fc.pre(market !== null)
        const effect = -((market as bigint) * percent) / 100n
        const after = scopeTable(factsOf(hours, { effects: [{ deployment: 'owned', effect_mg: effect }] }), DEFAULTS)
        expect(cellOfRow(after, 's2-mb').mg).toBe((market as bigint) + effect)
        expect(sum(cellOfRow(after, 's2-mb').tiersMg)).toBe((market as bigint) + effect)
        for (const code of ['s1', 's2-lb', 's3', 'total-lb']) {
          expect(cellOfRow(after, code).mg, code).toBe(cellOfRow(before, code).mg)
        }
      }),
    )
  })

  test('hardware is booked whole in the year of purchase, and what has no value is told and no zero', () => {
    fc.assert(
      fc.property(fc.array(asset, { maxLength: 6 }), (assets) => {
        const cell = cellOfRow(scopeTable(factsOf([], { assets }), DEFAULTS), 's3-2')
        const mine = assets.filter(({ purchased_on: on }) => on.startsWith('2025'))
        const known = mine.filter(({ embodied_kg: kg }) => kg !== null)
        expect(cell.mg === null).toBe(known.length === 0)
        expect(cell.unknown.reduce((all, { count }) => all + count, 0)).toBe(mine.length - known.length)
        const kg = known.reduce((all, one) => all + one.units * (one.embodied_kg as number), 0)
        expect(Math.abs(Number(cell.mg ?? 0n) / 1e6 - kg)).toBeLessThan(1e-3)
      }),
    )
  })

  test('what is not covered has a reason and no figure; what has no hour is no zero', () => {
    for (const { code, cell } of scopeTable(factsOf([]), DEFAULTS)) {
      if (cell === null) continue
      expect(cell.mg, code).toBeNull()
      expect(cell.reason, code).not.toBeNull()
    }
  })

  test('a measured zero is a figure; a market-based figure that is unknown leaves its total unknown', () => {
    const [zero] = fc.sample(hoursRow, { numRuns: 1, seed: 7 })
    const hour: ScopeHours = {
      ...(zero as ScopeHours),
      deployment: 'owned',
      provisional: false,
      screening: false,
      accepted: false,
      gap: null,
      hours: 1,
      it_uwh: 0n,
      facility_uwh: 0n,
      location_mg: 0n,
      market_mg: null,
      market_rate: null,
      intensity_tier: 1,
    }
    const rows = scopeTable(factsOf([hour]), DEFAULTS)
    expect(cellOfRow(rows, 's2-lb')).toMatchObject({ state: 'computed', mg: 0n })
    expect(cellOfRow(rows, 'total-lb')).toMatchObject({ mg: expect.anything() })
    expect(cellOfRow(rows, 'total-mb')).toMatchObject({ state: 'no-data', mg: null })
  })

  test('the rows stand in the order of AR 48', () => {
    expect(scopeTable(factsOf([]), DEFAULTS).map(({ code }) => code)).toEqual(
      's1 s1-ets s2-lb s2-mb s3 s3-1 s3-1-cloud s3-2 s3-3 s3-4 s3-5 s3-6 s3-7 s3-8 s3-9 s3-10 s3-11 s3-12 s3-13 s3-14 s3-15 total-lb total-mb'
        .split(' ')
        .flatMap((code) => {
          const groups: Record<string, string> = { s1: 'g1', 's2-lb': 'g2', s3: 'g3', 'total-lb': 'g4' }
          return groups[code] ? [groups[code], code] : [code]
        }),
    )
  })
})

describe('the statement', () => {
  const input = (hours: ScopeHours[]): StatementInput => ({
    entity: { orgId: 'o', slug: 'acme', name: 'Acme', isDemo: false },
    books: {
      entries: hours.length,
      restated: 0,
      first_day: null,
      last_day: null,
      posted_at: null,
      method_versions: [],
    },
    settings: DEFAULT_SETTINGS,
    facts: factsOf(hours),
    before: null,
    base: null,
    beforeFrom: null,
    instruments: [],
    screening: [],
    prices: [],
    teams: [],
    models: [],
    further: [],
    sites: [],
    factors: [],
  })

  test('its quality shares sum to 100.0 %, each kind of tier apart', () => {
    fc.assert(
      fc.property(year, (hours) => {
        const { quality, electricityMg } = assembleStatement(input(hours))
        for (const kind of ['overall', 'energy', 'overhead', 'intensity'] as const) {
          const shares = quality[kind].reduce((all, { sharePerMille }) => all + sharePerMille, 0)
          expect(shares).toBe((electricityMg ?? 0n) > 0n ? 1000 : 0)
          expect(sum(quality[kind].map(({ mg }) => mg))).toBe(electricityMg ?? 0n)
        }
      }),
    )
  })

  test('the same facts have the same digest, other facts another', () => {
    fc.assert(
      fc.property(year, (hours) => {
        expect(assembleStatement(input(hours)).factsSha256).toBe(
          assembleStatement(input(structuredClone(hours))).factsSha256,
        )
      }),
    )
    expect(factsSha256({ a: 1n, b: [2] })).toBe(factsSha256({ b: [2], a: 1n }))
    expect(factsSha256({ a: 1n })).not.toBe(factsSha256({ a: 2n }))
  })

  test('compares with the year before and the base year, and aims from the base', () => {
    const hour = (mg: bigint): ScopeHours => ({
      deployment: 'owned',
      provisional: false,
      screening: false,
      accepted: false,
      gap: null,
      energy_tier: 1,
      overhead_tier: 1,
      intensity_tier: 1,
      market_rate: 'residual',
      market_tier: 4,
      loss_tier: null,
      upstream_tier: null,
      hours: 1,
      it_uwh: 1n,
      facility_uwh: 1n,
      location_mg: mg,
      market_mg: mg,
      loss_mg: null,
      upstream_mg: null,
      embodied_mg: null,
      registered_mg: null,
      water_ul: null,
      source_water_ul: null,
    })
    const { comparatives } = assembleStatement({
      ...input([hour(110n * 10n ** 9n)]),
      settings: { ...DEFAULT_SETTINGS, base_year: 2020, target_year: 2030, target_reduction: 0.42 },
      before: factsOf([hour(100n * 10n ** 9n)]),
      base: factsOf([hour(200n * 10n ** 9n)]),
    })
    expect(comparatives.rows['s2-lb']).toEqual({
      baseMg: 200n * 10n ** 9n,
      beforeMg: 100n * 10n ** 9n,
      change: expect.closeTo(0.1, 12),
    })
    expect(comparatives.target?.rows['total-lb']).toEqual({
      mg: 116n * 10n ** 9n,
      annualPercent: expect.closeTo(-4.2, 9),
    })
    const alone = assembleStatement(input([hour(1n)])).comparatives
    expect([alone.rows['s2-lb']?.change, alone.isBeforeKnown, alone.target]).toEqual([null, false, null])
  })

  test('an open hour makes the year provisional, and no hour makes no statement of zero', () => {
    expect(assembleStatement(input([])).status).toBe('no-data')
    fc.assert(
      fc.property(year, (hours) => {
        fc.pre(hours.length > 0)
        const open = hours.some(({ provisional }) => provisional)
        expect(assembleStatement(input(hours)).status).toBe(open ? 'provisional' : 'settled')
      }),
    )
  })
})
