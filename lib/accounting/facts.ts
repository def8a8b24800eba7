import type { ReadingUnit } from '@/lib/units/convert'
import { HOUR } from '@/lib/units/time'

/** What goes into the core: one organisation's UTC day, already fetched. Instants are milliseconds since 1970, UTC. */

export type ReadingKind = 'power' | 'counter' | 'delta'
export type Boundary = 'it' | 'facility'
export type Deployment = 'owned' | 'colocation_controlled' | 'colocation' | 'cloud' | 'api' | 'customer'
export const STAGES = ['data-preparation', 'training', 'fine-tuning', 'evaluation', 'inference'] as const
export type Stage = (typeof STAGES)[number]
export type Basis = 'direct' | 'lifecycle'

/** 1 best … 5 weakest (ARCHITECTURE §10, METHOD §9). */
export type Tier = 1 | 2 | 3 | 4 | 5

/** One value from a meter as given. `start` only for a delta that names its interval. */
export interface Reading {
  at: number
  value: number
  start: number | null
  /** Index into DayFacts.attributions. Holds the meter until the next reading of its series. */
  attribution: number
}

/** How far beyond the day a reading can still bear on one of its cells, besides the nearest on either side: see SeriesReadings. */
export const READING_MARGIN = 7 * HOUR

/**
 * All readings of one series that bear on the day, in order of (at, receipt): those of the day itself and of READING_MARGIN before and
 * after it, and at least the nearest one before and after that. (A power gap may be 3 h long, is filled from the hour beside it and
 * judged by the cadence of the 3 h beside it; what lies further away changes nothing, so both days of a midnight see it alike.)
 * Repeats are still in: account-day drops them (same series, start and time: the first received wins).
 */
export interface SeriesReadings {
  seriesId: string
  kind: ReadingKind
  unit: ReadingUnit
  boundary: Boundary
  siteId: string | null
  readings: Reading[]
}

/** A factor that an entry rests on, as printed and walked to by an auditor. */
export interface FactorReference {
  id: string
  version: number
  name: string
  source: string
  basis: Basis | null
}

export interface Attribution {
  attributionId: string
  /** Run or service; null for a site's own meter. */
  workloadId: string | null
  siteId: string | null
  zone: string | null
  deployment: Deployment
  /** PUE that the sender declared with the readings; 1 is a statement, null is not. */
  declaredPue: number | null
  /** Overhead to fall back on when neither the sender nor the site knows: cloud region, provider fleet, industry average. */
  fallbackPue: { pue: number; tier: Tier; factor: FactorReference }
  /** Intensity declared by the sender, kept as such. */
  declaredGPerKwh: number | null
}

export interface SiteFacts {
  siteId: string
  zone: string | null
  deployment: Deployment | null
  declaredPue: { pue: number; source: string } | null
}

export interface HourlyIntensity {
  gPerKwh: number
  estimated: boolean
  factor: FactorReference
}

export interface YearFactor {
  level: 'zone' | 'country'
  year: number
  gPerKwh: number
  /** verified, verified-secondary, recalled …: a recalled row is used only where nothing better exists. */
  status: string
  factor: FactorReference
}

/** Everything known of one grid zone for the day; direct and life-cycle apart. */
export interface ZoneFacts {
  zone: string
  hourlyDirect: (HourlyIntensity | null)[]
  hourlyLifecycle: (HourlyIntensity | null)[]
  /** Typical hour: gPerKwh[month-1][utcHour], to be scaled to the annual direct factor chosen. */
  profile: { gPerKwh: number[][]; annualMeanGPerKwh: number; factor: FactorReference } | null
  directYears: YearFactor[]
  lifecycleYears: YearFactor[]
}

export interface DayFacts {
  /** Start of the UTC day. */
  day: number
  series: SeriesReadings[]
  attributions: Attribution[]
  sites: SiteFacts[]
  zones: ZoneFacts[]
}
