import { expect, it } from 'vitest'
import { factorEffect } from './factor-effect'
import type { FactorUsage } from './factor-usage'

const USAGE: FactorUsage = {
  lines: 3,
  days: 2,
  intensityUwh: 0,
  intensityMg: 0,
  intensityMarketUwh: 0,
  intensityLossUwh: 0,
  scaledMg: 0,
  overheadItUwh: 0,
  overheadMg: 0,
  overheadLocationMg: 0,
  marketUwh: 0,
  marketMg: 0,
  lossUwh: 0,
  lossBaseMg: 0,
  lossMg: 0,
  upstreamUwh: 0,
  upstreamMg: 0,
  waterItUwh: 0,
  waterUl: 0,
  sourceWaterUwh: 0,
  embodiedMg: 0,
  activities: 0,
  activityQuantity: 0,
  activityUpstreamQuantity: 0,
  activityMg: 0,
}
const MWH = 1e12
const side = (value: number | null, unit = 'g/kWh', status = 'verified') => ({ value, unit, status })

it('a grid average moves its hours, the typical hours scaled to it, and what follows them', () => {
  const usage = {
    ...USAGE,
    intensityUwh: MWH,
    intensityMarketUwh: MWH / 2,
    intensityLossUwh: MWH / 20,
    scaledMg: 100e6,
  }
  const effect = factorEffect('grid-direct-year', usage, side(320), side(336))
  expect(effect).toMatchObject({ market_kg: 8, lines: 3, days: 2, not_quantified: null })
  // 1 MWh × 16 g/kWh = 16 kg; typical hours of 100 kg by 336 ÷ 320.
  expect(effect.location_kg).toBeCloseTo(21, 9)
  expect(effect.loss_kg).toBeCloseTo(0.8, 9)
})

it('losses follow f ÷ (1 − f), or the published rate', () => {
  const usage = { ...USAGE, lossBaseMg: 1000e6, lossUwh: MWH }
  expect(
    factorEffect('grid-loss', usage, side(0.05, 'fraction of generation'), side(0.1, 'fraction of generation')).loss_kg,
  ).toBeCloseTo(1000 * (0.1 / 0.9 - 0.05 / 0.95), 9)
  expect(factorEffect('grid-loss', usage, side(18), side(20)).loss_kg).toBeCloseTo(2, 9)
})

it('overhead, water, market and embodied each in their own unit', () => {
  expect(
    factorEffect('pue', { ...USAGE, overheadItUwh: MWH, overheadMg: 400e6 }, side(1.1, 'ratio'), side(1.2, 'ratio'))
      .location_kg,
  ).toBeCloseTo(40, 9)
  expect(
    factorEffect('wue', { ...USAGE, waterItUwh: MWH }, side(0.15, 'L/kWh'), side(0.25, 'L/kWh')).water_l,
  ).toBeCloseTo(100, 9)
  expect(factorEffect('residual-mix', { ...USAGE, marketUwh: MWH }, side(700), side(690)).market_kg).toBeCloseTo(-10, 9)
  expect(
    factorEffect('embodied', { ...USAGE, embodiedMg: 50e6 }, side(150, 'kg/device'), side(300, 'kg/device'))
      .embodied_kg,
  ).toBeCloseTo(50, 9)
})

it('nothing resting on it is no effect, not an effect of zero', () => {
  const effect = factorEffect('residual-mix', { ...USAGE, lines: 0, days: 0 }, side(700), side(690))
  expect(Object.values(effect).filter((part) => typeof part === 'number' && part !== 0)).toEqual([])
  expect(effect.market_kg).toBeNull()
})

it('what cannot be told beforehand is said to be not quantified', () => {
  for (const after of [side(329, 'g/kWh', 'withdrawn'), side(null, 'g/kWh', 'not-published')]) {
    const effect = factorEffect('grid-direct-year', { ...USAGE, intensityUwh: MWH }, side(329), after)
    expect([effect.location_kg, effect.not_quantified !== null]).toEqual([null, true])
  }
  expect(factorEffect('coefficient', USAGE, side(1), side(2)).not_quantified).toMatch(/cannot be told/)
})
