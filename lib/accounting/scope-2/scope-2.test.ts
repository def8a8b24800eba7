import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intensityIn, massAs } from '@/lib/units/measure'
import { type GramsCO2e, gramsPerKilowattHour, kilowattHours, share, value } from '@/lib/units/quantity'
import { avoidedOf, bestWindow, regretOf, windowIntensity } from './avoided'
import { lossesOf, perDelivered } from './energy-category-3'
import { hourlyMarketBased, matchHours } from './hourly-matching'
import { experiencedIntensity, locationBasedOf, refuseLifecycle } from './location-based'
import { marketBasedOf } from './market-based'

const kwh = (amounts: number[]) => amounts.map((amount) => kilowattHours(amount))
const g = gramsPerKilowattHour
const tonnes = (mass: GramsCO2e | null) => (mass === null ? null : massAs(mass, 't'))

describe('the market-based method', () => {
  const rates = { supplier: null, residual: g(701.47), location: g(342.06) }
  const load = kilowattHours(1e7)

  it('takes instruments first and the residual mix for the rest (case S2-03)', () => {
    const { mass, uncovered, remainder } = marketBasedOf(load, [{ energy: kilowattHours(6e6), rate: g(0) }], rates)
    expect(tonnes(mass)).toBeCloseTo(2805.88, 6)
    expect([value(uncovered), remainder?.from]).toEqual([4e6, 'residual'])
  })

  it('takes the grid average and says so where no residual mix is known; unknown where that is unknown too', () => {
    expect(marketBasedOf(load, [], { ...rates, residual: null }).remainder?.from).toBe('location')
    const nothing = { supplier: null, residual: null, location: null }
    expect(marketBasedOf(load, [], nothing).mass).toBeNull()
    expect(marketBasedOf(load, [{ energy: load, rate: g(0) }], nothing).mass).toBe(0)
  })

  it('puts a supplier’s rate before a residual mix', () => {
    expect(marketBasedOf(load, [], { ...rates, supplier: g(94) }).remainder).toEqual({ rate: 94, from: 'supplier' })
  })

  it('nets nothing below zero: what instruments hold beyond the load is surplus', () => {
    const energy = fc.double({ min: 0, max: 1e9, noNaN: true })
    const rate = fc.double({ min: 0, max: 2000, noNaN: true })
    fc.assert(
      fc.property(energy, fc.array(fc.tuple(energy, rate), { maxLength: 8 }), (used, offers) => {
        const instruments = offers.map(([amount, at]) => ({ energy: kilowattHours(amount), rate: g(at) }))
        const { mass, covered, uncovered, surplus } = marketBasedOf(kilowattHours(used), instruments, rates)
        for (const each of [covered, uncovered, surplus]) expect(value(each)).toBeGreaterThanOrEqual(-1e-6)
        expect(value(mass as GramsCO2e)).toBeGreaterThanOrEqual(0)
        expect(value(covered) + value(uncovered)).toBeCloseTo(used, 3)
      }),
    )
  })
})

describe('the location-based method', () => {
  const hours = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 2000, noNaN: true })),
    {
      minLength: 1,
      maxLength: 48,
    },
  )
  const of = (pairs: [number, number][]) =>
    locationBasedOf(pairs.map(([energy, intensity]) => ({ energy: kilowattHours(energy), intensity: g(intensity) })))

  it('gives the worked lines', () => {
    expect(of([[30, 400]])).toBe(12_000)
    expect(
      experiencedIntensity([
        { energy: kilowattHours(1), intensity: g(100) },
        { energy: kilowattHours(3), intensity: g(300) },
      ]),
    ).toBe(250)
    expect(experiencedIntensity([])).toBeNull()
    expect(() => refuseLifecycle('lifecycle')).toThrow(/refused in Scope 2/)
    expect(() => refuseLifecycle('direct')).not.toThrow()
  })

  it('is additive over sub-hours, linear, and blind to the order of its hours', () => {
    fc.assert(
      fc.property(hours, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (pairs, at) => {
        const whole = value(of(pairs))
        const near = 1e-9 * (1 + whole)
        const halves = pairs.flatMap(([energy, intensity]): [number, number][] => [
          [energy * at, intensity],
          [energy * (1 - at), intensity],
        ])
        expect(Math.abs(value(of(halves)) - whole)).toBeLessThanOrEqual(near)
        expect(Math.abs(value(of([...pairs].reverse())) - whole)).toBeLessThanOrEqual(near)
        const doubled = pairs.map(([energy, intensity]): [number, number] => [energy * 2, intensity])
        expect(Math.abs(value(of(doubled)) - 2 * whole)).toBeLessThanOrEqual(2 * near)
      }),
    )
  })

  it('is the same hourly and annually when the grid is flat', () => {
    fc.assert(
      fc.property(hours, fc.double({ min: 0, max: 2000, noNaN: true }), (pairs, flat) => {
        const hourly = value(of(pairs.map(([energy]) => [energy, flat])))
        const annual = value(of([[pairs.reduce((sum, [energy]) => sum + energy, 0), flat]]))
        expect(Math.abs(hourly - annual)).toBeLessThanOrEqual(1e-9 * (1 + annual))
      }),
    )
  })
})

describe('matching', () => {
  it('by the hour and by the year gives case S2-07', () => {
    const matching = matchHours(kwh([10, 10, 10, 10]), kwh([0, 25, 20, 0]))
    expect([matching.annualScore, matching.hourlyScore]).toEqual([1, 0.5])
    expect([matching.hourlyUnmatched, matching.annualUnmatched]).toEqual([20, 0])
    expect(hourlyMarketBased(matching.hours, [g(500), null, null, g(500)])).toBe(10_000)
    expect(hourlyMarketBased(matching.hours, [null, null, null, g(500)])).toBeNull()
    expect(matchHours([], []).hourlyScore).toBeNull()
  })

  it('by the hour never scores better than by the year, and every kWh is somewhere', () => {
    const hour = fc.tuple(fc.nat(1e6), fc.nat(1e6))
    fc.assert(
      fc.property(fc.array(hour, { minLength: 1, maxLength: 100 }), (pairs) => {
        const load = kwh(pairs.map(([used]) => used))
        const clean = kwh(pairs.map(([, supplied]) => supplied))
        const { hours, hourlyScore, annualScore, hourlyUnmatched, annualUnmatched } = matchHours(load, clean)
        hours.forEach((each, i) => {
          expect(value(each.matched) + value(each.unmatched)).toBe(pairs[i]?.[0])
          expect(value(each.matched) + value(each.surplus)).toBe(pairs[i]?.[1])
          expect(Math.min(value(each.unmatched), value(each.surplus))).toBe(0)
        })
        expect(value(hourlyUnmatched)).toBeGreaterThanOrEqual(value(annualUnmatched))
        if (hourlyScore !== null) expect(hourlyScore).toBeLessThanOrEqual(annualScore as number)
      }),
    )
  })
})

describe('avoided emissions', () => {
  it('give the worked line (case HR-08) and may be negative', () => {
    const energy = kilowattHours(3000)
    const {
      mass,
      share: part,
      label,
    } = avoidedOf([{ energy, intensity: g(453.21) }], [{ energy, intensity: g(270.175) }], 'average-based')
    expect(massAs(mass, 'kg')).toBeCloseTo(549.105, 9)
    expect([part && Math.round(part * 1000), label]).toEqual([404, 'average-based'])
    expect(value(avoidedOf([], [{ energy, intensity: g(1) }], 'marginal-based').mass)).toBe(-3000)
  })

  it('of the best window are never less than of any other', () => {
    const series = [5, 4, 1, 1, 9, null, 1, 1].map((each) => (each === null ? null : g(each)))
    expect(bestWindow(series, { release: 0, deadline: 8, hours: 2 })).toEqual({ start: 2, intensity: 1 })
    expect(bestWindow(series, { release: 4, deadline: 6, hours: 2 })).toBeNull()
    expect(windowIntensity(series, 4, 2)).toBeNull()
    expect(windowIntensity(series, 7, 2)).toBeNull()
    expect(regretOf(kilowattHours(2), g(3), g(1))).toBe(4)
  })
})

describe('category 3 of electricity', () => {
  it('gives the worked lines (case S3-01)', () => {
    const energy = kilowattHours(1e6)
    expect(massAs(lossesOf(energy, g(400), share(0.05)), 't')).toBeCloseTo(21.0526, 4)
    expect(massAs(perDelivered(energy, intensityIn(0.01853, 'kg', 'kWh')), 't')).toBeCloseTo(18.53, 9)
    expect(() => lossesOf(energy, g(400), share(1))).toThrow(RangeError)
  })
})
