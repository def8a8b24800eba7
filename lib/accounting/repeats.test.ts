import { describe, expect, it } from 'vitest'
import type { Reading } from './facts'
import { at, DAY_START, reading, series } from './fixtures'
import { withoutRepeats } from './repeats'

const clean = (readings: Reading[]) => withoutRepeats([series({ readings })], DAY_START)

describe('readings told more than once', () => {
  it('are a duplicate with the same value, a conflict with another, and the first received stands', () => {
    const {
      series: kept,
      duplicates,
      conflicts,
    } = clean([reading('06:00', 300), reading('06:00', 300), reading('06:00', 310)])
    expect(kept[0]?.readings.map(({ value }) => value)).toEqual([300])
    expect([duplicates, conflicts]).toEqual([1, [{ seriesId: 'series-a', at: at('06:00') }]])
  })

  it('conflict too when they name another attribution: which run used the energy depends on who came first', () => {
    const { duplicates, conflicts } = clean([reading('06:00', 300), reading('06:00', 300, { attribution: 1 })])
    expect([duplicates, conflicts.length]).toEqual([0, 1])
  })

  it('are two readings when they start at different times', () => {
    const { series: kept, conflicts } = clean([
      reading('06:00', 3, { start: at('05:30') }),
      reading('06:00', 5, { start: at('05:00') }),
    ])
    expect([kept[0]?.readings.map(({ value }) => value), conflicts]).toEqual([[5, 3], []])
  })

  it('are counted on their own day only', () => {
    const yesterday = reading(DAY_START - 1, 300)
    expect(clean([yesterday, yesterday])).toMatchObject({ duplicates: 0, conflicts: [] })
    expect(clean([yesterday, yesterday]).series[0]?.readings).toHaveLength(1)
  })
})

describe('a reading that no meter can give', () => {
  it('is refused', () => {
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => clean([reading('06:00', value)])).toThrow(/finite number, not below 0/)
    expect(() => clean([reading('06:00', 1, { start: at('07:00') })])).toThrow(/before it starts/)
  })
})
