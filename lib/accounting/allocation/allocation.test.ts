import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idleOfPool, idleOfReserved } from './idle'
import { splitByWeights, splitSigned } from './largest-remainder'
import { reconcile } from './reconcile'

const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n)
const whole = fc.bigInt({ min: 0n, max: 10n ** 24n })
const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 40 })

describe('a split', () => {
  it('gives the worked lines', () => {
    expect(splitByWeights(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(splitByWeights(100n, [0n, 0n])).toBeNull()
    expect(splitSigned(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n])
    expect(() => splitByWeights(-1n, [1n])).toThrow(RangeError)
    expect(() => splitByWeights(1n, [-1n])).toThrow(RangeError)
  })

  it('re-adds to the whole, within a unit of the exact share, nothing to a weight of 0', () => {
    fc.assert(
      fc.property(whole, weights, (amount, by) => {
        const parts = splitByWeights(amount, by)
        const total = sum(by)
        if (parts === null) return expect(total).toBe(0n)
        expect(sum(parts)).toBe(amount)
        parts.forEach((part, i) => {
          const off = part * total - amount * (by[i] as bigint)
          expect(off < total && off > -total).toBe(true)
          if (by[i] === 0n) expect(part).toBe(0n)
        })
      }),
    )
  })

  it('of a split is that of the whole: teams, then their runs, re-add', () => {
    fc.assert(
      fc.property(whole, weights, weights, (amount, teams, runs) => {
        const split = splitByWeights(amount, teams)
        if (split === null) return
        const leaves = split.flatMap((part) => splitByWeights(part, runs) ?? [part])
        expect(sum(leaves)).toBe(amount)
      }),
    )
  })
})

describe('idle capacity', () => {
  it('of a reservation goes to who reserved it (case EN-04)', () => {
    expect(idleOfReserved(30n, [60n, 40n])).toEqual({ parts: [18n, 12n], unallocated: 0n })
    expect(idleOfReserved(30n, [])).toEqual({ parts: [], unallocated: 30n })
  })

  it('of a pool follows its rule and is conserved under each', () => {
    const users = [
      { consumed: 1n, reserved: 3n },
      { consumed: 3n, reserved: 1n },
    ]
    expect(idleOfPool(100n, users, 'consumed').parts).toEqual([25n, 75n])
    expect(idleOfPool(100n, users, 'reserved').parts).toEqual([75n, 25n])
    expect(idleOfPool(100n, users, 'unallocated')).toEqual({ parts: [0n, 0n], unallocated: 100n })
    fc.assert(
      fc.property(whole, weights, fc.constantFrom('consumed', 'reserved', 'unallocated'), (idle, by, rule) => {
        const split = idleOfPool(
          idle,
          by.map((consumed) => ({ consumed, reserved: 0n })),
          rule,
        )
        expect(sum(split.parts) + split.unallocated).toBe(idle)
      }),
    )
  })
})

describe('reconciliation', () => {
  it('accounts for every unit of the meter and of its parts', () => {
    expect(reconcile(10n, [6n, 3n])).toEqual({ unallocated: 1n, excess: 0n })
    expect(reconcile(10n, [6n, 5n])).toEqual({ unallocated: 0n, excess: 1n })
    fc.assert(
      fc.property(whole, weights, (metered, parts) => {
        const { unallocated, excess } = reconcile(metered, parts)
        expect(metered + excess).toBe(sum(parts) + unallocated)
        expect(unallocated === 0n || excess === 0n).toBe(true)
      }),
    )
  })
})
