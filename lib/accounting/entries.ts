import type { FactorReference, Tier } from './facts'

/** What comes out of the core. Each vector has 24 cells, one per UTC hour; null is unknown and never zero. */

export const METHOD_VERSION = 'wl-2026.2'

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

/** A constant of the day behind one of an entry's vectors. `factor` is an index into the entry's factors. */
export interface Term {
  tier: Tier
  factor: number
}

/**
 * What an entry's further vectors were multiplied by. A term that is null leaves its vector unknown, never 0. With them and the
 * hourly vectors each milligram can be computed again (lib/units/physics).
 */
export interface EntryTerms {
  /**
   * Market-based rate before instruments. `location`: no residual mix is known, so the hour's own grid intensity stands in, flagged
   * (Scope 2 Guidance, table 6.3); gPerKwh is then null, the tier the worst of the day's hours and the factor that of such an hour.
   */
  market: (Term & { rate: 'supplier' | 'residual' | 'location'; gPerKwh: number | null }) | null
  /**
   * Category 3c. A share of generation: loss_mg = facility × CI × f ÷ (1 − f); or a published factor in g per kWh delivered. A fraction
   * of 0 is a known zero: the intensity itself holds the losses, and its factor says so.
   */
  loss: (Term & ({ fraction: number; gPerKwh: null } | { fraction: null; gPerKwh: number })) | null
  /** Category 3b: well-to-tank of the fuels burnt, g per kWh delivered. */
  upstream: (Term & { gPerKwh: number }) | null
  /** On site, per IT kWh. */
  water: (Term & { lPerKwh: number }) | null
  /** At the power stations, per kWh delivered to the facility. */
  sourceWater: (Term & { lPerKwh: number }) | null
  /**
   * Amortised hardware: kg of one device, the life it is spread over, U (planned use), how many are reserved, and for how much of each
   * hour: the union of the times in which any of the entry's meters was held, so eight meters side by side reserve an hour once.
   */
  embodied:
    | (Term & { kgPerDevice: number; lifeHours: number; plannedUse: number; devices: number; reservedMs: number[] })
    | null
}

export const NO_TERMS: EntryTerms = {
  market: null,
  loss: null,
  upstream: null,
  water: null,
  sourceWater: null,
  embodied: null,
}

export interface EntryDraft {
  /** Index into DayFacts.attributions. */
  attribution: number
  /** True for the part of a site's IT meter that no workload claims. */
  unallocated: boolean
  itUwh: Cells<number>
  facilityUwh: Cells<number>
  locationMg: Cells<number>
  /** Before instruments: those act by month (allocation_line). */
  marketMg: Cells<number>
  /** Category 3c, losses of transmission and distribution. */
  lossMg: Cells<number>
  /** Category 3b, upstream of the fuels of purchased electricity. */
  upstreamMg: Cells<number>
  /** Amortised, a management figure: the inventory books capital goods in the year of purchase. */
  embodiedMg: Cells<number>
  waterUl: Cells<number>
  sourceWaterUl: Cells<number>
  terms: EntryTerms
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

/** A modelled energy that counts for nothing because a better evidence of the same workload and hours stands (METHOD §1.5). */
export interface SetAside {
  seriesId: string
  attribution: number
  hours: number
}

/** Hours of a meter whose energy another one tells already. */
export interface LeftOutMeter {
  seriesId: string
  attribution: number
  hours: number
  /** same_device: another meter of the same thing stands. inside_host, inside_site_meter: a meter of the whole holds it. */
  because: 'same_device' | 'inside_host' | 'inside_site_meter'
}

export interface AccountedDay {
  entries: EntryDraft[]
  facilities: FacilityDraft[]
  duplicates: number
  conflicts: Conflict[]
  setAside: SetAside[]
  leftOut: LeftOutMeter[]
}
