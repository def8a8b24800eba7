import type { FactorReference, Tier } from './facts'

/** What comes out of the core. Each vector has 24 cells, one per UTC hour; null is unknown and never zero. */

export const METHOD_VERSION = 'wl-2026.1'

/** Why an hour has no figure. Closed set; shown to people and listed by the API. */
export const GAP_REASONS = [
  'no_reading',
  'single_reading',
  'implausible',
  'workloads_exceed_meter',
  'zone_unknown',
  'no_intensity',
] as const
export type GapReason = (typeof GAP_REASONS)[number]

export type Cells<T> = (T | null)[]

export interface EntryDraft {
  /** Index into DayFacts.attributions. */
  attribution: number
  /** True for the part of a site's IT meter that no workload claims. */
  unallocated: boolean
  itUwh: Cells<number>
  facilityUwh: Cells<number>
  locationMg: Cells<number>
  pue: Cells<number>
  gPerKwh: Cells<number>
  energyTier: Cells<Tier>
  overheadTier: Cells<Tier>
  intensityTier: Cells<Tier>
  /** The intensity is a life-cycle average: shown, kept out of Scope 2 rows. */
  screening: Cells<boolean>
  factors: FactorReference[]
  /** Index into factors. */
  intensityFactor: Cells<number>
  overheadFactor: Cells<number>
  gap: Cells<GapReason>
  coveredMs: number[]
  elapsedMs: number[]
  firstAt: number | null
  lastAt: number | null
  seriesIds: string[]
}

/** A site's day from its own meters: what PUE and CUE are made of (ISO/IEC 30134-2, -8). */
export interface FacilityDraft {
  siteId: string
  zone: string | null
  /** Over the hours in which both sides are known. */
  itUwh: number | null
  facilityUwh: number | null
  cueMg: number | null
  cueItUwh: number | null
  itBasis: 'meter' | 'workloads'
  pairedHours: number
  facilityHours: number
}

/** A reading that says another value for a time already told: the first received stands, the conflict is shown. */
export interface Conflict {
  seriesId: string
  at: number
}

export interface AccountedDay {
  entries: EntryDraft[]
  facilities: FacilityDraft[]
  duplicates: number
  conflicts: Conflict[]
}
