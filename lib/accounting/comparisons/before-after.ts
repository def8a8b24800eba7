import { type Quantity, subtract, value } from '@/lib/units/quantity'

export interface Change<U extends string> {
  /** after − before. */
  delta: Quantity<U> | null
  /** (after − before) ÷ before; null without a before. 0.1 = +10 %. */
  relative: number | null
}

/** What changed from one figure to another of the same unit; unknown on either side is unknown. 120 → 90 t: −30 t, −25 %. */
export const changeOf = <U extends string>(
  before: Quantity<U> | null,
  after: Quantity<NoInfer<U>> | null,
): Change<U> => {
  if (before === null || after === null) return { delta: null, relative: null }
  const delta = subtract(after, before)
  return { delta, relative: value(before) === 0 ? null : value(delta) / Math.abs(value(before)) }
}
