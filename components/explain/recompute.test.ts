import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Derivation, ExplainAnswer } from '@/lib/contracts/explain-answer'
import { productAgain, recompute } from './recompute'

const figure = (exact: string | null, number: number | null = null): ExplainAnswer['figure'] => ({
  value: null,
  unit: 'kg CO2e',
  number,
  exact,
  exact_unit: 'mg',
  interval: null,
  low: null,
  high: null,
  u95: null,
})
const term = (exact: string | null, product: Parameters<typeof productAgain>[0] = { by: 'given' }) => ({
  label: 'x',
  product,
  exact,
  address: null,
  count: null,
  note: null,
})
const sum = (...terms: ReturnType<typeof term>[]): Derivation => ({ kind: 'sum', of: 'hour', terms })

describe('a multiplication', () => {
  it.each([
    [{ by: 'facility', it_uwh: 1_000_000_000, pue: 1.2 }, 1_200_000_000n],
    [{ by: 'emissions', uwh: 1_200_000_000, g_per_kwh: 400 }, 480_000n],
    [{ by: 'losses', uwh: 1_000_000_000, g_per_kwh: 400, fraction: 0.05 }, 21_053n],
    [{ by: 'water', uwh: 1_000_000_000, l_per_kwh: 0.27 }, 270_000n],
    [{ by: 'embodied', kg_per_device: 164, ms: 3_600_000, devices: 1, life_hours: 35_040, planned_use: 1 }, 4_680n],
    [{ by: 'activity', quantity: 10_000, kg_per_unit: 2.66155 }, 26_615_500_000n],
    [{ by: 'given' }, null],
  ] as const)('gives what the ledger gave: %j', (product, expected) => {
    expect(productAgain(product)).toBe(expected)
  })
})

describe('a sum', () => {
  it('is added as whole numbers, in any order, beyond what a double holds', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 30n }), { minLength: 1, maxLength: 20 }), (amounts) => {
        const whole = amounts.reduce((all, amount) => all + amount, 0n).toString()
        const terms = amounts.map((amount) => term(amount.toString()))
        expect(recompute({ figure: figure(whole), derivation: sum(...terms.reverse()) })?.isEqual).toBe(true)
        const off = (BigInt(whole) + 1n).toString()
        expect(recompute({ figure: figure(off), derivation: sum(...terms) })).toMatchObject({
          isEqual: false,
          difference: '-1',
        })
      }),
    )
  })

  it('of nothing known is unknown, never 0', () => {
    expect(recompute({ figure: figure(null), derivation: sum(term(null)) })?.isEqual).toBe(true)
    expect(recompute({ figure: figure('0'), derivation: sum(term(null)) })?.isEqual).toBe(false)
  })

  it('names the first term that came out otherwise, even where two errors cancel', () => {
    const product = { by: 'emissions', uwh: 1_200_000_000, g_per_kwh: 400 } as const
    const derivation = sum(term('480001', product), term('479999', product))
    expect(recompute({ figure: figure('960000'), derivation })).toMatchObject({ isEqual: false, fault: 'x' })
  })
})

describe('a quotient', () => {
  const side = (amount: string | null) => ({ label: 'side', amount, unit: 'µWh', address: null })
  const piece = (above: string, below: string) => ({ label: above, above, below, address: null })
  it('is the quotient of sums, not the mean of quotients', () => {
    const derivation: Derivation = {
      kind: 'quotient',
      above: side('370'),
      below: side('300'),
      scale: 1,
      of: 'month',
      pieces: [piece('130', '100'), piece('240', '200')],
    }
    expect(recompute({ figure: figure(null, 370 / 300), derivation })?.isEqual).toBe(true)
    expect(recompute({ figure: figure(null, 1.25), derivation })?.isEqual).toBe(false)
    expect(
      recompute({ figure: figure(null, 370 / 300), derivation: { ...derivation, above: side('371') } }),
    ).toMatchObject({
      isEqual: false,
      fault: 'side',
    })
  })
  it('without a denominator is unknown', () => {
    const derivation: Derivation = {
      kind: 'quotient',
      above: side('1'),
      below: side('0'),
      scale: 1,
      of: '',
      pieces: [],
    }
    expect(recompute({ figure: figure(null, null), derivation })?.isEqual).toBe(true)
  })
})

it('does not pretend to derive a factor', () => {
  expect(recompute({ figure: figure(null, 1), derivation: { kind: 'none' } })).toBeNull()
})
