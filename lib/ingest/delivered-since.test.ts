import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveredSince, type FunctionalCounter } from './delivered-since'

const sample = (at: number, value: number, start: number | null = null) => ({ at, start, value })
const total = (delivered: { count: number }[]) => delivered.reduce((sum, { count }) => sum + count, 0)

describe('a counter of functional units', () => {
  it('begins where it is first seen, unless it says that it has just begun', () => {
    expect(deliveredSince(null, [sample(1000, 50)], 'cumulative').delivered).toEqual([])
    expect(deliveredSince(null, [sample(1000, 50, 500)], 'cumulative').delivered).toEqual([{ at: 1000, count: 50 }])
  })

  it('that falls, or has a newer start, has been reset', () => {
    const before = { start: null, at: 1000, value: 50 }
    expect(total(deliveredSince(before, [sample(2000, 20)], 'cumulative').delivered)).toBe(20)
    expect(total(deliveredSince(before, [sample(2000, 60, 1500)], 'cumulative').delivered)).toBe(60)
    expect(total(deliveredSince(before, [sample(2000, 60, 900)], 'cumulative').delivered)).toBe(10)
  })

  it('counts a gauge of the last request when it changes', () => {
    const given = [sample(1, 10), sample(2, 10), sample(3, 7)]
    expect(total(deliveredSince(null, given, 'lossy').delivered)).toBe(17)
  })

  it('gives the same however its samples are cut into requests, and nothing when one comes again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 2, maxLength: 20 }), fc.nat(20), (steps, cut) => {
        const samples = steps.map((_, i) =>
          sample(
            1000 + i,
            steps.slice(0, i + 1).reduce((sum, each) => sum + each, 0),
          ),
        )
        const whole = deliveredSince(null, samples, 'cumulative')
        let counter: FunctionalCounter | null = null
        let sum = 0
        const [a, b] = [samples.slice(0, cut), samples.slice(cut)]
        for (const request of [a, a, b, a, b]) {
          const told: ReturnType<typeof deliveredSince> = deliveredSince(counter, request, 'cumulative')
          counter = told.counter ?? counter
          sum += total(told.delivered)
        }
        expect(sum).toBe(total(whole.delivered))
      }),
    )
  })
})
