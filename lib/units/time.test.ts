import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DAY,
  dayName,
  dayOf,
  dayStart,
  daysBetween,
  HOUR,
  hourStart,
  hoursInMonth,
  isoInstant,
  monthHour,
  monthName,
} from './time'

const T = Date.UTC(2024, 1, 29, 13, 14, 15, 678)

describe('instants', () => {
  it('are named in UTC by the start of their hour, day and month', () => {
    expect(hourStart(T)).toBe(Date.UTC(2024, 1, 29, 13))
    expect(dayStart(T)).toBe(Date.UTC(2024, 1, 29))
    expect([dayName(T), monthName(T), isoInstant(T)]).toEqual(['2024-02-29', '2024-02', '2024-02-29T13:14:15.678Z'])
    expect(isoInstant(hourStart(T))).toBe('2024-02-29T13:00:00Z')
    expect(dayOf('2024-02-29')).toBe(dayStart(T))
  })

  it('before 1970 belong to the hour and day that hold them', () => {
    expect([hourStart(-1), dayStart(-1)]).toEqual([-HOUR, -DAY])
  })

  it('know their hour of the month, and the month its hours', () => {
    expect(monthHour(T)).toEqual({ month: '2024-02', index: 28 * 24 + 13 })
    expect([hoursInMonth(2024, 2), hoursInMonth(2023, 2), hoursInMonth(2023, 12)]).toEqual([696, 672, 744])
  })
})

describe('daysBetween', () => {
  it('names every day that a half-open interval touches, and one when it is empty', () => {
    const [first, second] = [dayOf('2024-02-28'), dayOf('2024-02-29')]
    expect(daysBetween(first, second)).toEqual([first])
    expect(daysBetween(first, second + 1)).toEqual([first, second])
    expect(daysBetween(T, T)).toEqual([second])
  })

  it('covers the interval without a hole', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 2e12 }), fc.integer({ min: 0, max: 9 * DAY }), (start, length) => {
        const days = daysBetween(start, start + length)
        expect(days[0]).toBe(dayStart(start))
        expect(days.at(-1)).toBe(dayStart(Math.max(start + length - 1, start)))
        days.slice(1).forEach((day, i) => {
          expect(day - (days[i] as number)).toBe(DAY)
        })
      }),
    )
  })
})
