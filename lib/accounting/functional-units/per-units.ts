import { type Quantity, scale } from '@/lib/units/quantity'

/**
 * A figure per so many units: x ÷ n × per; null for n = 0. 1.14 g over 400 tokens → 2.85 g per 1,000 (case MIS-01). @throws
 * RangeError for n below 0
 */
export const perUnits = <U extends string>(figure: Quantity<U>, units: number, per = 1): Quantity<U> | null => {
  if (!(Number.isFinite(units) && units >= 0)) throw new RangeError(`Functional units start at 0, got ${units}`)
  return units === 0 ? null : scale(figure, per / units)
}

/** Per 1,000 units: tokens, requests. */
export const perThousand = <U extends string>(figure: Quantity<U>, units: number): Quantity<U> | null =>
  perUnits(figure, units, 1000)
