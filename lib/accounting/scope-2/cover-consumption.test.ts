import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coverConsumption, emissionsAtRate } from './cover-consumption'

const GWH = 1_000_000_000_000_000n
const sum = (list: readonly bigint[]) => list.reduce((total, one) => total + one, 0n)

test('10 GWh at the German residual mix, 6 GWh of guarantees of origin: 2,805.88 t are left (S2-03)', () => {
  const marketMg = emissionsAtRate(10n * GWH, 701.47)
  const { covers, surplusUwh } = coverConsumption(
    [{ uwh: 10n * GWH, marketMg }],
    [{ uwh: 6n * GWH, gPerKwh: 0, covers: [0] }],
  )
  expect(marketMg - sum(covers.map((one) => one.replacedMg))).toBe(2_805_880_000_000n)
  expect(surplusUwh).toEqual([0n])
})

const consumption = fc.array(
  fc.record({ uwh: fc.bigInt({ min: 0n, max: 10n ** 16n }), marketMg: fc.bigInt({ min: 0n, max: 10n ** 13n }) }),
  { minLength: 1, maxLength: 6 },
)
const offersFor = (count: number) =>
  fc.array(
    fc.record({
      uwh: fc.option(fc.bigInt({ min: 0n, max: 3n * 10n ** 16n }), { nil: null, freq: 5 }),
      gPerKwh: fc.double({ min: 0, max: 1000, noNaN: true }),
      covers: fc.uniqueArray(fc.nat(count - 1), { maxLength: count }),
    }),
    { maxLength: 5 },
  )

describe('whatever is offered', () => {
  const cases = consumption.chain((list) => fc.tuple(fc.constant(list), offersFor(list.length)))

  test('no energy is covered twice, nothing nets below zero, and what is not taken is surplus', () => {
    fc.assert(
      fc.property(cases, ([list, offers]) => {
        const { covers, surplusUwh } = coverConsumption(list, offers)
        list.forEach((one, index) => {
          const own = covers.filter((cover) => cover.consumption === index)
          const covered = sum(own.map((cover) => cover.coveredUwh))
          const replaced = sum(own.map((cover) => cover.replacedMg))
          expect(covered <= one.uwh && replaced <= one.marketMg && replaced >= 0n).toBe(true)
          if (covered === one.uwh && one.uwh > 0n) expect(replaced).toBe(one.marketMg)
        })
        offers.forEach((offer, at) => {
          const covered = sum(covers.filter((cover) => cover.offer === at).map((cover) => cover.coveredUwh))
          expect(surplusUwh[at]).toBe(offer.uwh === null ? null : offer.uwh - covered)
        })
      }),
    )
  })

  test('an offer that could cover more is never left while its consumption is uncovered', () => {
    fc.assert(
      fc.property(cases, ([list, offers]) => {
        const { covers, surplusUwh } = coverConsumption(list, offers)
        offers.forEach((offer, at) => {
          if ((surplusUwh[at] ?? 0n) === 0n) return
          for (const index of offer.covers) {
            const covered = sum(covers.filter((cover) => cover.consumption === index).map((cover) => cover.coveredUwh))
            expect(covered).toBe(list[index]?.uwh)
          }
        })
      }),
    )
  })
})
