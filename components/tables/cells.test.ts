import { describe, expect, it } from 'vitest'
import { type Row, sortRows, textOf } from './cells'
import { csvOf } from './csv'

const columns = [
  { key: 'run', label: 'Run' },
  { key: 'mass', label: 'Emissions', unit: 'kg CO2e', align: 'right' as const },
]
const rows: Row[] = [
  { id: 'a', cells: { run: '=cmd()', mass: 12.345678 } },
  { id: 'b', cells: { run: 'b, "two"', mass: null } },
  { id: 'c', cells: { run: 'c', mass: 0 } },
  { id: 'd', cells: { run: 'd', mass: { nothing: 'below-resolution', sort: 0.04 } } },
]

describe('sortRows', () => {
  it('puts nothing last in both directions, and zero among the numbers', () => {
    expect(sortRows(rows, 'mass', 1).map((row) => row.id)).toEqual(['c', 'd', 'a', 'b'])
    expect(sortRows(rows, 'mass', -1).map((row) => row.id)).toEqual(['a', 'd', 'c', 'b'])
  })
})

it('tells the kinds of nothing apart', () => {
  const mass = { key: 'mass', label: '' }
  expect([0, null, { nothing: 'not-applicable' as const }].map((cell) => textOf(cell, mass))).toEqual([
    '0',
    null,
    'n/a',
  ])
})

it('exports unrounded, a gap as an empty field, a formula as text', () => {
  expect(csvOf(columns, rows).split('\r\n')).toEqual([
    'Run,Emissions (kg CO2e)',
    "'=cmd(),12.345678",
    '"b, ""two""",',
    'c,0',
    'd,0.04',
  ])
})
