import { describe, expect, test } from 'vitest'
import type { Instrument } from '@/lib/contracts/instruments'
import { shippedTables } from '@/lib/factors/fixtures'
import type { HourlyLoad } from '@/lib/rollups/hourly-load'
import { matchingAnswer } from './instrument-matching'

const MWH = 1_000_000_000_000n

/** Four hours of 10 MWh at a residual mix of 0.5 t/MWh (S2-07). */
const load: HourlyLoad[] = [0, 1, 2, 3].map((hour) => ({
  day: '2026-01-01',
  hour,
  site: null,
  zone: 'DE',
  facility_uwh: 10n * MWH,
  market_mg: 5_000_000_000n,
}))

const instrument = (more: Partial<Instrument>): Instrument => ({
  instrument_id: 'i',
  kind: 'ppa',
  name: 'PPA',
  market: 'DE',
  site: null,
  site_name: null,
  mwh: 45,
  g_per_kwh: 0,
  technology: null,
  tracking_system: null,
  serial: null,
  vintage_from: '2026-01-01',
  vintage_to: '2026-01-02',
  cancelled_on: null,
  cancelled_for: null,
  conveys_attribute: true,
  sole_claim: true,
  hourly_profile: [0, 25, 20, 0, ...Array.from({ length: 20 }, () => 0)],
  evidence: null,
  counts: true,
  failed: [],
  disclosures: [],
  covered_mwh: 40,
  surplus_mwh: 5,
  effect_kg: null,
  created_at: '2026-01-01T00:00:00Z',
  removed_at: null,
  ...more,
})

const answerWith = (register: Instrument[]) =>
  matchingAnswer({
    from: '2026-01-01',
    to: '2026-02-01',
    market: null,
    tables: shippedTables(),
    register,
    load,
    zones: ['DE'],
    cover: register.length
      ? [{ month: '2026-01-01', instrument_id: 'i', covered_uwh: 40n * MWH, effect_mg: -20_000_000_000n }]
      : [],
  })

describe('annual and hourly matching side by side', () => {
  test('say 0 t and 10 t of one contract (S2-07)', () => {
    const answer = answerWith([instrument({})])
    expect(answer.annual).toMatchObject({ score: 1, market_kg: 0, matched_kwh: 40_000 })
    expect(answer.hourly).toMatchObject({ score: 0.5, market_kg: 10_000, matched_kwh: 20_000, surplus_kwh: 25_000 })
    expect(answer.hourly.is_lower_bound).toBe(false)
    expect(answer.hours?.slice(0, 4).map((hour) => hour.matched_kwh)).toEqual([0, 10_000, 10_000, 0])
  })

  test('leave the hourly score unknown without a profile: nothing is assumed flat', () => {
    const answer = answerWith([instrument({ hourly_profile: null })])
    expect(answer.annual.score).toBe(1)
    expect(answer.hourly).toMatchObject({ score: null, market_kg: null, matched_kwh: null })
    expect(answer.months[0]).toMatchObject({ load_kwh: 40_000, matched_kwh: null })
  })

  test('say a lower bound where one of two has a profile', () => {
    const answer = answerWith([instrument({}), instrument({ instrument_id: 'j', name: 'GO', hourly_profile: null })])
    expect(answer.hourly).toMatchObject({ score: 0.5, is_lower_bound: true })
    expect(answer.hourly.notes.join()).toContain('GO')
  })

  test('match nothing elsewhere: a contract of another site or market covers no hour', () => {
    expect(answerWith([instrument({ site: 'elsewhere' })]).hourly.score).toBe(0)
    expect(answerWith([instrument({ market: 'FR' })]).hourly.score).toBe(0)
  })

  test('are the same where the supply follows the load', () => {
    const flat = Array.from({ length: 24 }, (_, hour) => (hour < 4 ? 10 : 0))
    const answer = answerWith([instrument({ mwh: 40, hourly_profile: flat })])
    expect(answer.hourly.score).toBe(answer.annual.score)
    expect(answer.hourly.market_kg).toBe(answer.annual.market_kg)
  })

  test('without instruments say so, and the load', () => {
    const answer = answerWith([])
    expect(answer).toMatchObject({ load_kwh: 40_000, annual: { score: 0 }, hourly: { score: null } })
    expect(answer.hourly.notes).toHaveLength(1)
  })
})
