import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEPLOYMENTS } from '@/lib/contracts/common'
import type { ScopeHours } from '@/lib/rollups/scope-hours'
import { factsSha256 } from './facts'
import { ADDENDS, cellOf, cellOfRow, keptOutOf, SCOPE_2, scopeTable } from './scope-table'
import { assembleStatement } from './statement-model'

const tier = fc.constantFrom(1, 2, 3, 4, 5)
/** An hour as the ledger can hold it: a figure with all of its tiers, or a gap with a reason. */
const hoursRow: fc.Arbitrary<ScopeHours> = fc
  .record({
    deployment: fc.constantFrom(...DEPLOYMENTS),
    provisional: fc.boolean(),
    screening: fc.boolean(),
    energy_tier: tier,
    overhead_tier: tier,
    intensity_tier: tier,
    hours: fc.integer({ min: 1, max: 9000 }),
    it_uwh: fc.option(fc.bigInt({ min: 0n, max: 10n ** 15n })),
    facility_uwh: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    location_mg: fc.bigInt({ min: 0n, max: 10n ** 14n }),
    gap: fc.constantFrom(null, null, 'no_reading', 'zone_unknown'),
  })
  .map((row) => {
    if (row.gap === null) return row.screening ? { ...row, intensity_tier: 5 } : row
    return { ...row, screening: false, location_mg: null, intensity_tier: null }
  })
const year = fc.array(hoursRow, { maxLength: 30 })

const sum = (values: (bigint | null)[]): bigint => values.reduce<bigint>((total, value) => total + (value ?? 0n), 0n)

describe('the scope table', () => {
  test('its lines add up to the total, to the milligram', () => {
    fc.assert(
      fc.property(year, (hours) => {
        const rows = scopeTable(hours)
        const total = cellOfRow(rows, 'total-lb')
        expect(sum(ADDENDS.map((code) => cellOfRow(rows, code).mg))).toBe(total.mg ?? 0n)
        expect(sum(['s2-lb', 's3'].map((code) => cellOfRow(rows, code).mg))).toBe(total.mg ?? 0n)
        expect(cellOfRow(rows, 's3-1').mg).toBe(cellOfRow(rows, 's3-1-cloud').mg)
      }),
    )
  })

  test('total and what is kept out are all that the ledger holds', () => {
    fc.assert(
      fc.property(year, (hours) => {
        const total = cellOfRow(scopeTable(hours), 'total-lb')
        expect((total.mg ?? 0n) + keptOutOf(hours).mg).toBe(sum(hours.map((row) => row.location_mg)))
      }),
    )
  })

  test('the tiers of a cell are its mass, split', () => {
    fc.assert(
      fc.property(year, (hours) => {
        for (const { cell } of scopeTable(hours)) if (cell) expect(sum(cell.tiersMg)).toBe(cell.mg ?? 0n)
      }),
    )
  })

  test('no life-cycle average is in Scope 2', () => {
    fc.assert(
      fc.property(year, (hours) => {
        expect(cellOf(hours, SCOPE_2).screeningMg).toBe(0n)
      }),
    )
  })

  test('what is not covered has a reason and no figure; what has no hour is no zero', () => {
    for (const { code, cell } of scopeTable([])) {
      if (cell === null) continue
      expect(cell.mg, code).toBeNull()
      expect(cell.reason, code).not.toBeNull()
    }
  })

  test('a measured zero is a figure', () => {
    const hour: ScopeHours = {
      deployment: 'owned',
      provisional: false,
      screening: false,
      gap: null,
      energy_tier: 1,
      overhead_tier: 1,
      intensity_tier: 1,
      hours: 1,
      it_uwh: 0n,
      facility_uwh: 0n,
      location_mg: 0n,
    }
    expect(cellOfRow(scopeTable([hour]), 's2-lb')).toMatchObject({ state: 'computed', mg: 0n })
  })

  test('the rows stand in the order of AR 48', () => {
    expect(scopeTable([]).map(({ code }) => code)).toEqual(
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
  const input = (hours: ScopeHours[]) => ({
    year: 2025,
    entity: { orgId: 'o', slug: 'acme', name: 'Acme', isDemo: false },
    books: {
      entries: hours.length,
      restated: 0,
      first_day: null,
      last_day: null,
      posted_at: null,
      method_versions: [],
    },
    hours,
    teams: [],
    models: [],
    sites: [],
    factors: [],
  })

  test('its quality shares sum to 100.0 %, each kind of tier apart', () => {
    fc.assert(
      fc.property(year, (hours) => {
        const { quality, total } = assembleStatement(input(hours))
        for (const kind of ['overall', 'energy', 'overhead', 'intensity'] as const) {
          const shares = quality[kind].reduce((all, { sharePerMille }) => all + sharePerMille, 0)
          expect(shares).toBe((total.mg ?? 0n) > 0n ? 1000 : 0)
          expect(sum(quality[kind].map(({ mg }) => mg))).toBe(total.mg ?? 0n)
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
