import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from '@babel/parser'
import { describe, expect, it } from 'vitest'
import { CASES, givenOf } from './case'
import { ADAPTERS, CONTRADICTIONS, isWithin, results } from './results'
import { accuracyPage } from './table'

const all = results()

describe('the published cases', () => {
  it('are all there, each with its source and an adapter', () => {
    expect(CASES).toHaveLength(101)
    expect(new Set(CASES.map(({ id }) => id)).size).toBe(101)
    for (const { id, source, status } of CASES) {
      expect(
        [source, status].every((text) => text.length > 0),
        id,
      ).toBe(true)
      expect(ADAPTERS[id], id).toBeDefined()
    }
    expect(Object.keys(ADAPTERS)).toHaveLength(101)
  })

  it.each(all.map((each) => [`${each.case.id} ${each.figure}`, each] as const))(
    '%s is within its tolerance',
    (name, each) => {
      if (name in CONTRADICTIONS) return expect(each.status).toBe('contradiction')
      expect(
        isWithin(each.formula, each.expected, each.tolerance),
        `formula: ${each.formula} of ${each.expected}`,
      ).toBe(true)
      if (each.estimate !== undefined)
        expect(
          isWithin(each.estimate, each.expected, each.tolerance),
          `estimate: ${each.estimate} of ${each.expected}`,
        ).toBe(true)
    },
  )

  it('never give the mean of the months for a PUE, nor the unit error of the farm', () => {
    const ours = (name: string) => all.find((each) => `${each.case.id} ${each.figure}` === name)
    expect(ours('KPI-01 wrong_mean')?.formula).not.toBeCloseTo(1.25, 3)
    expect(ours('SCI-16 kg_total')?.estimate).not.toBeCloseTo(339.7, 0)
  })

  it('that contradict themselves follow when they are entered as printed', () => {
    const printed = all.find((each) => `${each.case.id} ${each.figure}` === 'SCI-06 o_g')
    expect(printed?.formula).toBeCloseTo(18_468.3, 1)
    expect(printed?.estimate).toBeCloseTo(18_517.2, 6)
  })

  it('ask for an input that is not there only by mistake', () => {
    const [first] = CASES
    if (first === undefined) throw new Error('no cases')
    expect(() => givenOf(first).number('nothing')).toThrow(/SEED-01 has no number nothing/)
  })
})

describe('an adapter', () => {
  const ARITHMETIC = ['+', '-', '*', '/', '%', '**']
  type Node = Record<string, unknown> & { type: string }
  const nodesIn = (value: unknown): Node[] => {
    if (Array.isArray(value)) return value.flatMap(nodesIn)
    if (typeof value !== 'object' || value === null) return []
    const children = Object.values(value).flatMap(nodesIn)
    return 'type' in value && typeof value.type === 'string' ? [value as Node, ...children] : children
  }
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('-cases.ts'))

  it.each(files)('of %s holds no arithmetic', (file) => {
    const source = readFileSync(path.join(import.meta.dirname, file), 'utf8')
    const nodes = nodesIn(parse(source, { sourceType: 'module', plugins: ['typescript'] }).program)
    const found = nodes.filter(
      ({ type, operator, object }) =>
        (type === 'BinaryExpression' && ARITHMETIC.includes(operator as string)) ||
        (type === 'AssignmentExpression' && operator !== '=') ||
        type === 'UpdateExpression' ||
        (type === 'MemberExpression' && (object as { name?: string }).name === 'Math'),
    )
    expect(found).toEqual([])
  })
})

describe('docs/method/accuracy.md', () => {
  it('is what the command writes', () => {
    const page = path.resolve(import.meta.dirname, '../../docs/method/accuracy.md')
    expect(readFileSync(page, 'utf8')).toBe(accuracyPage())
  })
})
