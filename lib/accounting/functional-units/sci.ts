import { add, type GramsCO2e, gramsCO2e, value } from '@/lib/units/quantity'

/** What a score is made of. */
export interface SciTerms {
  /** O = E × I: all energy in the boundary, at the grid's own intensity. */
  operational: GramsCO2e
  /** M: embodied emissions of what is reserved. */
  embodied: GramsCO2e
  /** Market-based figures, certificates and offsets have no place in a score: `market` is refused. */
  intensity: 'location' | 'marginal' | 'market'
}

/**
 * SCI = (E × I + M) ÷ R, g CO2e per functional unit (ISO/IEC 21031; METHOD §6). Null for R = 0: a score of nothing is unknown.
 * 5 g + 0.02 g over 100 requests → 0.0502 g (case SCI-14). @throws RangeError for a market-based intensity, or R below 0
 */
export const sciOf = ({ operational, embodied, intensity }: SciTerms, units: number): GramsCO2e | null => {
  if (intensity === 'market')
    throw new RangeError('SCI takes no market-based intensity, certificate or offset (ISO/IEC 21031)')
  if (!(Number.isFinite(units) && units >= 0)) throw new RangeError(`Functional units start at 0, got ${units}`)
  return units === 0 ? null : gramsCO2e(value(add(operational, embodied)) / units)
}
