import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf } from './bounds'
import { intervalOf } from './interval'
import { widthOfCorrelatedSum, widthOfProduct, widthOfSum } from './propagation'
import type { Contribution } from './spread'
import { DEFAULT_WIDTHS, UNCERTAIN_IN, widthsWith } from './tier-widths'

const part = (source: string, group: string, amount: bigint, u95: number): Contribution<bigint> => ({
  source,
  group,
  amount,
  u95,
})

describe('an interval', () => {
  it('gives the worked line: ±5 % and ±10 % on all of 1,000 mg', () => {
    const interval = intervalOf(1000n, [part('energy', 'run', 1000n, 0.05), part('intensity', 'DE', 1000n, 0.1)])
    expect([interval.low, interval.high, interval.distribution]).toEqual([888n, 1112n, 'normal'])
    expect(interval.u95).toBeCloseTo(0.111803, 6)
    expect(interval.shares.map(({ source, share }) => [source, share && Math.round(share * 100)])).toEqual([
      ['intensity', 80],
      ['energy', 20],
    ])
  })

  it('adds what errs together and squares what does not', () => {
    const together = intervalOf(150n, [part('intensity', 'DE', 100n, 0.1), part('intensity', 'DE', 50n, 0.1)])
    const apart = intervalOf(150n, [part('intensity', 'DE', 100n, 0.1), part('intensity', 'FR', 50n, 0.1)])
    expect(together.u95).toBeCloseTo(0.1, 12)
    expect(apart.u95).toBeCloseTo(Math.hypot(10, 5) / 150, 12)
  })

  it('is lognormal beyond ±30 % and never reaches below 0', () => {
    const interval = intervalOf(1000n, [part('energy', 'run', 1000n, 1.5)])
    expect(interval.distribution).toBe('lognormal')
    expect(interval.low > 0n).toBe(true)
    expect(intervalOf(1000n, [part('energy', 'run', 1000n, 0.5)])).toMatchObject({ low: 592n, high: 1585n })
  })

  it('of nothing has no relative width', () => {
    expect(intervalOf(0n, [])).toMatchObject({ low: 0n, high: 0n, u95: null })
    expect(intervalOf(5n, []).u95).toBe(0)
    expect(() => intervalOf(-1n, [])).toThrow(RangeError)
  })

  it('holds its total, re-adds its shares and widens with every width', () => {
    const contributions = fc.array(
      fc.record({
        source: fc.constantFrom('energy', 'overhead', 'intensity'),
        group: fc.constantFrom('a', 'b', 'c'),
        amount: fc.bigInt({ min: 0n, max: 10n ** 15n }),
        // Below it a half-width vanishes when it is divided by the total: nothing is uncertain to so few digits.
        u95: fc.double({ min: 0, max: 2, noNaN: true }).map((width) => (width < 1e-300 ? 0 : width)),
      }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(contributions, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (parts, index, wider) => {
        const total = parts.reduce((sum, { amount }) => sum + amount, 1n)
        const interval = intervalOf(total, parts)
        expect(interval.low >= 0n && interval.low <= total && interval.high >= total).toBe(true)
        const shares = interval.shares.map(({ share }) => share ?? 0)
        const readded = shares.reduce((sum, share) => sum + share, 0)
        expect(interval.u95 === 0 ? readded : Math.abs(readded - 1)).toBeLessThan(1e-9)
        const widened = parts.map((each, i) => (i === index % parts.length ? { ...each, u95: each.u95 + wider } : each))
        expect(intervalOf(total, widened).u95 as number).toBeGreaterThanOrEqual((interval.u95 as number) * (1 - 1e-12))
        expect(intervalOf(total, widened).high >= interval.high).toBe(true)
        const reordered = intervalOf(total, [...parts].reverse()).u95 as number
        expect(Math.abs(reordered - (interval.u95 as number))).toBeLessThanOrEqual(1e-12 * (1 + reordered))
      }),
    )
  })

  it('meets its symmetric form at the border within a few per cent', () => {
    const just = boundsOf(0.3)
    const beyond = boundsOf(0.3000001)
    expect(Math.abs(just.high - beyond.high)).toBeLessThan(0.04)
    expect(Math.abs(just.low - beyond.low)).toBeLessThan(0.04)
  })
})

describe('propagation (IPCC 2006, vol. 1, ch. 3)', () => {
  it('gives the worked lines', () => {
    expect(widthOfProduct([0.05, 0.1])).toBeCloseTo(0.1118034, 7)
    const terms = [
      { amount: 100, u95: 0.111803 },
      { amount: 50, u95: 0.3 },
    ]
    expect(widthOfSum(terms)).toBeCloseTo(0.12472, 5)
    expect(widthOfCorrelatedSum(terms.map((term) => ({ ...term, u95: 0.1 })))).toBeCloseTo(0.1, 12)
    expect(widthOfSum([])).toBeNull()
  })
})

describe('the widths of tiers', () => {
  it('never narrow as the tier falls', () => {
    for (const kind of UNCERTAIN_IN)
      for (const tier of [1, 2, 3, 4] as const)
        expect(DEFAULT_WIDTHS[kind][(tier + 1) as 2]).toBeGreaterThanOrEqual(DEFAULT_WIDTHS[kind][tier])
  })

  it('take an organisation’s own in their place, and refuse what means nothing', () => {
    const widths = widthsWith({ energy: { '1': 0.02 } })
    expect([widths.energy[1], widths.energy[2], widths.intensity[1]]).toEqual([0.02, 0.05, 0.05])
    expect(widthsWith({})).toEqual(DEFAULT_WIDTHS)
    for (const wrong of [{ mood: { '1': 1 } }, { energy: { '6': 1 } }, { energy: { '1': -1 } }])
      expect(() => widthsWith(wrong)).toThrow(RangeError)
  })
})
