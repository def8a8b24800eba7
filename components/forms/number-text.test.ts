import { expect, test } from 'vitest'
import { numberOf, textOfNumber } from './number-text'

test('a number is read as people write it, and an empty field stays unknown', () => {
  expect(['7e10', '70,6', '1 200', '1,200,000', "1'200", '1,200.5', '', ' '].map(numberOf)).toEqual([
    7e10,
    70.6,
    1200,
    1_200_000,
    1200,
    1200.5,
    null,
    null,
  ])
  expect(numberOf('many')).toBeNaN()
})

test('what is shown reads back as the same number', () => {
  for (const value of [70.6e9, 435e6, 0.25, 12_345, 3.1e24]) expect(numberOf(textOfNumber(value))).toBe(value)
})
