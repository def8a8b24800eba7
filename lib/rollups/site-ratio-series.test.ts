import { describe, expect, test } from 'vitest'
import type { SiteRatioMonth } from './site-ratio-months'
import { ratioMonths, ratiosIn } from './site-ratio-series'

const month = (name: string, fields: Partial<SiteRatioMonth> = {}): SiteRatioMonth => ({
  month: name,
  paired_it_uwh: null,
  paired_facility_uwh: null,
  cue_mg: null,
  cue_it_uwh: null,
  paired_hours: 0,
  it_uwh: null,
  facility_uwh: null,
  location_mg: null,
  screening_mg: null,
  water_l: null,
  facility_kwh: null,
  it_kwh: null,
  renewable_kwh: null,
  reused_kwh: null,
  ...fields,
})
const uwh = (kwh: number) => BigInt(kwh) * 1_000_000_000n
const declared = { pue: { value: 1.4, basis: 'declared', tier: 2, source: 'contract' } } as const

describe('each ratio says what it rests on, best first', () => {
  test('hourly meters before monthly readings before what is declared before nothing', () => {
    const hourly = { paired_it_uwh: uwh(100), paired_facility_uwh: uwh(130) }
    const monthly = { it_kwh: 100, facility_kwh: 125 }
    expect(ratiosIn([month('2026-01', { ...hourly, ...monthly })], declared).pue).toMatchObject({
      value: 1.3,
      basis: 'hourly',
      tier: 1,
    })
    expect(ratiosIn([month('2026-01', monthly)], declared).pue).toMatchObject({
      value: 1.25,
      basis: 'monthly',
      tier: 2,
    })
    expect(ratiosIn([month('2026-01')], declared).pue).toMatchObject({ value: 1.4, basis: 'declared', months: 0 })
    expect(ratiosIn([month('2026-01')], {}).pue).toBeNull()
  })

  test('a missing side is no zero: the month is in no sum', () => {
    const months = [month('2026-01', { water_l: 50, it_kwh: 100 }), month('2026-02', { it_kwh: 900 })]
    expect(ratiosIn(months, {}).wue).toMatchObject({ value: 0.5, months: 1, tier: 1 })
    expect(ratiosIn(months, {}).erf).toBeNull()
  })

  test('water over energy that was only booked says so', () => {
    const { wue } = ratiosIn([month('2026-01', { water_l: 50, it_uwh: uwh(100) })], {})
    expect(wue).toMatchObject({ value: 0.5, source: 'monthly water over IT energy as booked' })
  })

  test('a screening figure makes no CUE', () => {
    const booked = { location_mg: 40_000_000n, it_uwh: uwh(100) }
    expect(ratiosIn([month('2026-01', { ...booked, screening_mg: 0n })], {}).cue).toMatchObject({
      value: 0.4,
      basis: 'booked',
    })
    expect(ratiosIn([month('2026-01', { ...booked, screening_mg: 1n })], {}).cue).toBeNull()
  })

  test('REF is at most 1', () => {
    expect(ratiosIn([month('2026-01', { renewable_kwh: 200, facility_kwh: 100 })], {}).ref?.value).toBe(1)
  })
})

test('the rolling year is energy-weighted over twelve months (KPI-01: 370 ÷ 300, never 1.25), the month before them left out', () => {
  const months = [
    month('2025-01', { paired_it_uwh: uwh(1000), paired_facility_uwh: uwh(5000) }),
    month('2025-02', { paired_it_uwh: uwh(100), paired_facility_uwh: uwh(130) }),
    month('2026-01', { paired_it_uwh: uwh(200), paired_facility_uwh: uwh(240) }),
  ]
  const [last] = ratioMonths(months, { from: '2026-01-01', to: '2026-02-01' }, {})
  expect(last?.alone.pue?.value).toBeCloseTo(1.2, 12)
  expect(last?.year.pue).toMatchObject({ months: 2 })
  expect(last?.year.pue?.value).toBeCloseTo(370 / 300, 12)
})
