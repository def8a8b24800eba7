import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activityMassOf, statedMassOf } from './activity-mass'

describe('the mass of an activity', () => {
  test('is quantity × factor, rounded half-even once (S1-01)', () => {
    expect(activityMassOf(10_000, { kgPerUnit: 2.66155, gasesKg: null }).mg).toBe(26_615_500_000n)
    expect(activityMassOf(10_000, { kgPerUnit: 0.62409, gasesKg: null }).mg).toBe(6_240_900_000n)
  })

  test('of a refrigerant is its mass × GWP (S1-02)', () => {
    expect(activityMassOf(12, { kgPerUnit: 1923.5, gasesKg: null }).mg).toBe(23_082_000_000n)
    expect(activityMassOf(12, { kgPerUnit: 2255.5, gasesKg: null }).mg).toBe(27_066_000_000n)
  })

  test('of hardware by mass (S3-03)', () => {
    expect(activityMassOf(1.2, { kgPerUnit: 24865.47556, gasesKg: null }).mg).toBe(29_838_570_672n)
  })

  test('is shared to its gases without losing a milligram', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (quantity) => {
        const { mg, gasesMg } = activityMassOf(quantity, {
          kgPerUnit: 2.66155,
          gasesKg: { co2: 2.62818, ch4: 0.00029, n2o: 0.03308 },
        })
        expect(Object.values(gasesMg ?? {}).reduce((sum, part) => sum + part, 0n)).toBe(mg)
      }),
    )
  })

  test('below zero is refused', () => {
    expect(() => activityMassOf(-1, { kgPerUnit: 1, gasesKg: null })).toThrow(RangeError)
    expect(() => statedMassOf(Number.NaN)).toThrow(RangeError)
  })
})
