import type { Tier } from '@/lib/accounting/facts'

/** A number from the factor library, and what must be said beside it. */
export interface Known {
  value: number
  source: string
  tier: Tier
  /** Half-width of its 95 % interval as a share; null: the width of its tier. */
  u95: number | null
}

/** Hardware as asked for: a device, or a cloud instance with several. Figures are of what was asked for as one. */
export interface HardwareFacts {
  name: string
  kind: 'accelerator' | 'cpu'
  fullWatts: Known | null
  idleWatts: Known | null
  peakTflops: Known | null
  embodiedKg: Known | null
  /** List price. */
  usdPerHour: Known | null
}

/** What the library knows of the place of a part, for where the request says nothing. */
export interface PlaceFacts {
  zone: string | null
  /** How the zone was found; null where it was given as such. */
  zoneSource: string | null
  pue: Known
  /** Annual. `screening`: a life-cycle average, which has no place in Scope 2. */
  intensity: (Known & { screening: boolean }) | null
  residual: Known | null
  /** Why there is no residual mix, in words. */
  residualNote: string | null
  wue: Known | null
  sourceWue: Known | null
}

/** The grid in one UTC hour, and the part of the work that falls in it. */
export interface HourFacts {
  /** Share of the energy, 0 … 1: energy is spread evenly over the time. */
  share: number
  intensity: (Known & { screening: boolean }) | null
}

export interface PartFacts {
  hardware: HardwareFacts | null
  /** Why hardware that was named is not taken from the library, where nothing of it is needed. */
  hardwareNote: string | null
  place: PlaceFacts
  /** The hours from `start` on; null without one. */
  hours: HourFacts[] | null
}
