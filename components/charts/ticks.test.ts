import { expect, it } from 'vitest'
import { rollingMedian } from './rolling-median'
import { niceTicks, timeTicks } from './ticks'

it('ticks are round, start at the base and reach the largest value', () => {
  expect(niceTicks(490, 0, 5)).toEqual([0, 100, 200, 300, 400, 500])
  expect(niceTicks(26, 0, 2)).toEqual([0, 15, 30])
  expect(niceTicks(1.41, 1.2, 5)).toEqual([1.2, 1.25, 1.3, 1.35, 1.4, 1.45])
  expect(niceTicks(0)).toEqual([0, 1])
})

it('a year has twelve months and names the new one', () => {
  const ticks = timeTicks(Date.UTC(2025, 10, 23), Date.UTC(2026, 10, 23), 12)
  expect(ticks.map((tick) => tick.label)).toHaveLength(12)
  expect(ticks.filter((tick) => tick.strong)).toMatchObject([{ label: 'Jan', strong: '2026' }])
})

it('a median over too little is nothing', () => {
  expect(rollingMedian([1, 3, 2], 3)).toEqual([1, 2, 2])
  expect(rollingMedian([null, null, 5, 7], 4)).toEqual([null, null, null, 6])
})
