import { describe, expect, it } from 'vitest'
import { isDay, rangeLabel, rangeOf, resolveRange, shiftRange } from './range'

const today = '2026-11-23'

describe('rangeOf', () => {
  it.each([
    ['fytd', '2026-01-01', '2026-11-24'],
    ['7d', '2026-11-17', '2026-11-24'],
    ['12m', '2025-11-24', '2026-11-24'],
    ['this-month', '2026-11-01', '2026-12-01'],
    ['prev-month', '2026-10-01', '2026-11-01'],
    ['prev-year', '2025-01-01', '2026-01-01'],
    ['2025', '2025-01-01', '2026-01-01'],
    ['2026-02', '2026-02-01', '2026-03-01'],
  ])('%s is half-open', (key, from, to) => {
    expect(rangeOf(key, today)).toEqual({ from, to })
  })

  it('counts the fiscal year from its own month', () => {
    expect(rangeOf('fytd', '2026-03-10', 4)).toEqual({ from: '2025-04-01', to: '2026-03-11' })
    expect(rangeOf('prev-year', '2026-03-10', 4)).toEqual({ from: '2024-04-01', to: '2025-04-01' })
  })
})

describe('resolveRange', () => {
  it('falls back to the default and keeps what it could not read', () => {
    expect(resolveRange({ range: 'bogus' }, { today, defaultKey: '30d' })).toMatchObject({ key: '30d', dead: 'bogus' })
    expect(resolveRange({ from: '2026-02-31', to: '2026-03-02' }, { today, defaultKey: '30d' }).dead).toBeDefined()
    expect(resolveRange({ from: '2026-03-02', to: '2026-03-02' }, { today, defaultKey: '30d' }).dead).toBeDefined()
  })

  it('takes custom days', () => {
    const range = resolveRange({ from: '2025-11-23', to: '2026-11-23' }, { today, defaultKey: '30d' })
    expect(range).toMatchObject({ key: 'custom', label: '23 Nov 2025 to 22 Nov 2026' })
    expect(range.dead).toBeUndefined()
  })
})

it('whole months shift by months, other windows by their days', () => {
  expect(shiftRange({ from: '2026-03-01', to: '2026-04-01' }, -1)).toEqual({ from: '2026-02-01', to: '2026-03-01' })
  expect(shiftRange({ from: '2026-11-17', to: '2026-11-24' }, 1)).toEqual({ from: '2026-11-24', to: '2026-12-01' })
})

it('labels name the last day inside', () => {
  expect(rangeLabel({ from: '2026-09-01', to: '2026-10-01' })).toBe('September 2026')
  expect(rangeLabel({ from: '2026-09-05', to: '2026-09-06' })).toBe('5 Sep 2026')
})

it('a day is a real day', () => {
  expect(isDay('2024-02-29')).toBe(true)
  expect(isDay('2025-02-29')).toBe(false)
})
