import { massAs } from '@/lib/units/measure'
import { gramsOf } from '@/lib/units/products'
import type { KilogramsCO2e } from '@/lib/units/quantity'

/** An internal price while it holds. Days are `2026-01-01`; `to` is the first day outside, null until further notice. */
export interface CarbonPrice {
  currency: string
  perTonne: number
  from: string
  to: string | null
  scopes: readonly (1 | 2 | 3)[]
  method: 'location' | 'market'
}

/**
 * cost = t × price (METHOD §12; ESRS E1-8). 2,805.88 t at 100 → 280,588 (case ICP-01). @throws RangeError for a price below
 * 0
 */
export const carbonCost = (mass: KilogramsCO2e, perTonne: number): number => {
  if (!(perTonne >= 0)) throw new RangeError(`A price starts at 0, got ${perTonne}`)
  return massAs(gramsOf(mass), 't') * perTonne
}

/** Emissions of a day, by what a price may cover. */
export interface PricedDay {
  day: string
  scope: 1 | 2 | 3
  /** Of Scope 2 by each method; the two are one figure elsewhere. null: unknown. */
  location: KilogramsCO2e | null
  market: KilogramsCO2e | null
}

export interface PricedEmissions {
  cost: number
  /** Emissions in the price's period and scopes that are unknown: the cost is the least it can be. */
  unknownDays: number
}

/** Cost of a period: each day at the price that holds on it, for the scopes and by the method that the price names. */
export const priceOf = (days: readonly PricedDay[], price: CarbonPrice): PricedEmissions => {
  const covered = days.filter(
    ({ day, scope }) => day >= price.from && (price.to === null || day < price.to) && price.scopes.includes(scope),
  )
  const masses = covered.map((day) => day[price.method])
  return {
    cost: masses.reduce((sum, mass) => (mass === null ? sum : sum + carbonCost(mass, price.perTonne)), 0),
    unknownDays: masses.filter((mass) => mass === null).length,
  }
}
