import type { Tier } from '@/lib/accounting/facts'
import type { EstimateAssumption } from '@/lib/contracts/estimate'
import type { Known } from './estimate-facts'

/** Which figure an assumption moves. `devices`: energy and embodied, as device-hours do. */
export type Bearing = 'operational' | 'embodied' | 'devices' | 'market' | 'none'

/** An assumption before the figures are known that its effect is a share of. */
export interface Assumed {
  field: string
  value: number | string | null
  source: string
  tier: Tier | null
  bearing: Bearing
  /** What the figure changes by, as a share of itself; null where that cannot be told. */
  relative: number | null
}

export interface Moved {
  operationalKg: number | null
  embodiedKg: number | null
  marketKg: number | null
}

export const assumed = (
  field: string,
  value: Assumed['value'],
  source: string,
  rest: { tier?: Tier; bearing?: Bearing; relative?: number | null } = {},
): Assumed => ({
  field,
  value,
  source,
  tier: rest.tier ?? null,
  bearing: rest.bearing ?? 'none',
  relative: rest.relative ?? null,
})

/** A number that the library gives, at the width that it or its tier has. */
export const assumedFrom = (field: string, known: Known, width: number, bearing: Bearing): Assumed =>
  assumed(field, known.value, known.source, { tier: known.tier, bearing, relative: width })

/** A figure that is left out moves nothing; one that is unknown moves by what cannot be told. */
export const withEffect = (
  { bearing, relative, ...told }: Assumed,
  moved: Moved,
  prefix: string,
): EstimateAssumption => {
  const base = baseOf(bearing, moved)
  return {
    ...told,
    field: `${prefix}${told.field}`,
    effect_kg: relative === null || base === null ? null : base * relative,
  }
}

const baseOf = (bearing: Bearing, { operationalKg, embodiedKg, marketKg }: Moved): number | null => {
  if (bearing === 'operational') return operationalKg
  if (bearing === 'embodied') return embodiedKg
  if (bearing === 'market') return marketKg
  if (bearing === 'none' || operationalKg === null) return null
  return embodiedKg === null ? operationalKg : operationalKg + embodiedKg
}
