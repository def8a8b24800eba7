import { describe, expect, test } from 'vitest'
import { amountIn, massPerOf, unitsLike } from './amounts'

describe('a quantity in another unit', () => {
  test.each([
    [2, 'm3', 'l', 2000],
    [1, 'US gal', 'l', 3.785411784],
    [1200, 'kg', 't', 1.2],
    [1, 'GJ gross', 'kWh gross', 277.77777777777777],
    [3, 'L', 'l', 3],
    [5, 'EUR', 'eur', 5],
  ])('%f %s → %s is %f', (amount, from, to, expected) => {
    expect(amountIn(amount, from, to)).toBeCloseTo(expected, 9)
  })

  test.each([
    ['kWh gross', 'kWh net'],
    ['kWh', 'kWh gross'],
    ['l', 'kg'],
    ['EUR', 'USD'],
    ['bananas', 'l'],
  ])('is refused between %s and %s', (from, to) => {
    expect(amountIn(1, from, to)).toBeNull()
  })
})

test('lists what may be told in place of a unit, and the unit alone where it is of no known measure', () => {
  expect(unitsLike('l')).toContain('m3')
  expect(unitsLike('EUR')).toEqual(['EUR'])
})

test('takes a factor’s unit apart, and refuses one that is no mass per something', () => {
  expect(massPerOf('kg/l')).toEqual({ kg: 1, per: 'l' })
  expect(massPerOf('g/kWh gross')).toEqual({ kg: 0.001, per: 'kWh gross' })
  expect(massPerOf('kWh/GB')).toBeNull()
})
