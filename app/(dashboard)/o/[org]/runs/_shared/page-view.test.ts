import { describe, expect, test } from 'vitest'
import { resolveRange } from '@/components/shell/range'
import { inRange, ledgerHref, pageView, windowBefore } from './page-view'

const today = '2026-11-24'
const options = {
  team: ['Search'],
  model: ['embed & rank'],
  site: [{ slug: 'hall-1', name: 'Hall 1' }],
  stage: ['training'],
  deployment: ['owned'],
  zone: ['DE'],
}
const keys = ['team', 'model', 'stage'] as const
const rangeOf = (key: string) => resolveRange({ range: key }, { today, defaultKey: '30d' })

describe('the window to compare with', () => {
  test('is the same days of the year before for a year to date', () => {
    expect(windowBefore(rangeOf('fytd'), today)).toEqual({
      from: '2025-01-01',
      to: '2025-11-25',
      words: 'on the same days of 2025',
    })
  })
  test('is as many days of the month before as this month has had', () => {
    expect(windowBefore(rangeOf('this-month'), today)).toMatchObject({ from: '2026-10-01', to: '2026-10-25' })
    expect(windowBefore({ from: '2026-03-01', to: '2026-04-01' }, '2026-03-31')).toMatchObject({
      from: '2026-02-01',
      to: '2026-03-01',
    })
  })
  test('is the days just before for anything else', () => {
    expect(windowBefore(rangeOf('30d'), today)).toEqual({
      from: '2026-09-26',
      to: '2026-10-26',
      words: 'on the 30 days before',
    })
    expect(windowBefore({ from: '2024-02-29', to: '2025-02-28' }, today)).toMatchObject({
      from: '2023-02-28',
      to: '2024-02-28',
    })
  })
})

describe('the address', () => {
  test('filters by live values only; dead ones stay as chips', () => {
    const view = pageView({ team: ['Search', 'Gone'], stage: 'unassigned', range: 'nonsense', zone: 'DE' }, options, {
      today,
      defaultKey: '30d',
      keys,
    })
    expect(view.filter).toEqual({ from: '2026-10-26', to: '2026-11-25', team: ['Search'], stage: ['unassigned'] })
    expect(view.active.filter(({ dead }) => dead).map(({ key, value }) => [key, value])).toEqual([
      ['team', 'Gone'],
      ['zone', 'DE'],
    ])
  })
  test('of the ledger spells the window out and keeps live filters', () => {
    const view = pageView({ model: 'embed & rank', team: 'Gone' }, options, { today, defaultKey: '30d', keys })
    expect(ledgerHref('acme', view, { gap: '1' })).toBe(
      '/o/acme/ledger?from=2026-10-26&gap=1&model=embed+%26+rank&to=2026-11-25',
    )
  })
  test('reads as a phrase', () => {
    expect(['fytd', '30d', 'this-month', '2026-10', '2025'].map((key) => inRange(rangeOf(key)))).toEqual([
      'in 2026 so far',
      'in the last 30 days',
      'this month',
      'in October 2026',
      'in 2025',
    ])
  })
})
