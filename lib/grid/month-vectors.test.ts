import { describe, expect, it } from 'vitest'
import { HOUR } from '@/lib/units/time'
import { type MonthVector, mergeMonths } from './month-vectors'

const FEBRUARY = Date.UTC(2024, 1, 1)
const hour = (index: number, gPerKwh: number | null, estimated = false) => ({
  at: FEBRUARY + index * HOUR,
  gPerKwh,
  estimated,
})
const storedBy = (months: MonthVector[]) => new Map(months.map((month) => [month.month, month]))

describe('mergeMonths', () => {
  it('makes a vector as long as the month, unknown where nothing is stated', () => {
    const { months, changedDays } = mergeMonths(new Map(), [hour(0, 10), hour(30, 20, true), hour(31, null)], 'a')
    expect(months).toHaveLength(1)
    expect(months[0]?.gPerKwh).toHaveLength(29 * 24)
    expect(months[0]?.gPerKwh.filter((g) => g !== null)).toEqual([10, 20])
    expect(months[0]?.estimated.indexOf(true)).toBe(30)
    expect(changedDays).toEqual(['2024-02-01', '2024-02-02'])
  })

  it('keeps what the file leaves out or empty, and says where that came from', () => {
    const first = mergeMonths(new Map(), [hour(0, 10), hour(1, 11), hour(2, 12)], 'a')
    const { months } = mergeMonths(storedBy(first.months), [hour(0, 99), hour(1, null)], 'b')
    expect(months[0]?.gPerKwh.slice(0, 4)).toEqual([99, 11, 12, null])
    expect(months[0]?.source).toBe('b; other hours as before from: a')
  })

  it('names the new file alone where it states every hour', () => {
    const first = mergeMonths(new Map(), [hour(0, 10)], 'a')
    expect(mergeMonths(storedBy(first.months), [hour(0, 99)], 'b').months[0]?.source).toBe('b')
  })

  it('changes nothing for the same values again, and only the months and days that differ', () => {
    const hours = [hour(0, 10), hour(40, 20), hour(29 * 24, 30)]
    const stored = storedBy(mergeMonths(new Map(), hours, 'a').months)
    expect(mergeMonths(stored, hours, 'b')).toEqual({ months: [], changedDays: [] })
    const better = mergeMonths(stored, [hour(0, 10), hour(40, 20, true), hour(29 * 24, 30)], 'b')
    expect(better.months.map((month) => month.month)).toEqual(['2024-02'])
    expect(better.changedDays).toEqual(['2024-02-02'])
  })
})
