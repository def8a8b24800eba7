import { describe, expect, test } from 'vitest'
import { deliveredHours } from './delivery-profile'

const vintage = { from: '2026-01-30', to: '2026-02-02' }

describe('an instrument’s hours', () => {
  test('add up to its energy, whatever the shape', () => {
    for (const profile of [
      Array.from({ length: 24 }, (_, hour) => hour + 1),
      Array.from({ length: 288 }, (_, at) => (at % 7) + 0.1),
      Array.from({ length: 72 }, (_, at) => at % 5),
    ]) {
      const hours = deliveredHours({ ...vintage, uwh: 1_000_003n, profile })
      expect(hours).toHaveLength(72)
      expect(hours.reduce((sum, one) => sum + one, 0n)).toBe(1_000_003n)
    }
  })

  test('of a typical day are those of each day', () => {
    const profile = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 1 : 0))
    const hours = deliveredHours({ ...vintage, uwh: 30n, profile })
    expect([hours[12], hours[36], hours[60]]).toEqual([10n, 10n, 10n])
  })

  test('of months × hours follow the month', () => {
    const profile = Array.from({ length: 288 }, (_, at) => (at < 24 ? 3 : 1))
    const hours = deliveredHours({ ...vintage, uwh: 24n * 7n, profile })
    expect([hours[0], hours[71]]).toEqual([3n, 1n])
  })

  test('are refused where the profile fits nothing', () => {
    expect(() => deliveredHours({ ...vintage, uwh: 1n, profile: [1, 2] })).toThrow(RangeError)
  })
})
