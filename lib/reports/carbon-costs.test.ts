import { expect, test } from 'vitest'
import type { PricedDay } from '@/lib/accounting/comparisons/carbon-price'
import type { CarbonPrice } from '@/lib/contracts/settings'
import { kilogramsCO2e } from '@/lib/units/quantity'
import { costOf } from './carbon-costs'

const price = (more: Partial<CarbonPrice>): CarbonPrice => ({
  price_id: 'p',
  name: 'Shadow price',
  kind: 'shadow',
  currency: 'EUR',
  price_per_t: 100,
  valid_from: '2026-01-01',
  valid_to: null,
  scopes: [1, 2, 3],
  method: 'market',
  created_at: '2026-01-01T00:00:00Z',
  removed_at: null,
  ...more,
})
const day = (on: string, scope: 1 | 2 | 3, location: number | null, market = location): PricedDay => ({
  day: on,
  scope,
  location: location === null ? null : kilogramsCO2e(location),
  market: market === null ? null : kilogramsCO2e(market),
})

test('2,805.88 t at 100 EUR cost 280,588 EUR (ICP-01)', () => {
  const { cost, volume_t, share } = costOf(price({}), [day('2026-05-01', 2, 3_420_600, 2_805_880)])
  expect(cost).toBeCloseTo(280_588, 6)
  expect(volume_t).toBeCloseTo(2805.88, 9)
  expect(share).toBe(1)
})

test('a price bears on the days and scopes that it names, and says what is unknown', () => {
  const days = [
    day('2026-01-01', 1, 1000),
    day('2026-07-01', 2, 2000),
    day('2026-07-01', 3, 5000),
    day('2026-08-01', 2, null),
  ]
  const { cost, volume_t, share, unknownDays } = costOf(price({ valid_from: '2026-06-01', scopes: [2] }), days)
  expect([cost, volume_t, share, unknownDays]).toEqual([200, 2, 0.25, 1])
})

test('nothing emitted has no share', () => {
  expect(costOf(price({}), []).share).toBeNull()
})
