import type { ReadingUnit } from '@/lib/units/convert'
import { HOUR } from '@/lib/units/time'

/** What goes into the core: one organisation's UTC day, already fetched. Instants are milliseconds since 1970, UTC. */

export type ReadingKind = 'power' | 'counter' | 'delta'
export type Boundary = 'it' | 'facility'
export type Deployment = 'owned' | 'colocation_controlled' | 'colocation' | 'cloud' | 'api' | 'customer'
export const STAGES = ['data-preparation', 'training', 'fine-tuning', 'evaluation', 'inference'] as const
export type Stage = (typeof STAGES)[number]
export type Basis = 'direct' | 'lifecycle'

/** Which part of a machine a meter measures: a whole and its parts are never both counted. */
export const COMPONENTS = ['host', 'cpu', 'gpu', 'memory', 'storage', 'network', 'pod', 'other'] as const
export type Component = (typeof COMPONENTS)[number]
/** Of several meters of one device the lowest goes first; a meter that says nothing of itself has this. */
export const PLAIN_PREFERENCE = 100

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

/** How the energy of a series is known, best first (METHOD §1.5): a model never stands beside a meter of the same workload and hour. */
export const ENERGY_METHODS = ['metered', 'utilisation', 'usage_report', 'device_hours', 'flops', 'spend'] as const
export type EnergyMethod = (typeof ENERGY_METHODS)[number]

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
  /** As its source names it; what the site's register of meters knows it by. */
  meter: string
  method: EnergyMethod
  kind: ReadingKind
  unit: ReadingUnit
  boundary: Boundary
  siteId: string | null
  /** What the meter measures, where its source tells; left out or null, it stands for itself. */
  measured?: Measured | null
  readings: Reading[]
}

/** The physical thing that a meter measures, so that several meters of it count once. */
export interface Measured {
  sourceId: string
  /** As every exporter names it. */
  device: string | null
  component: Component
  /** The machine that it is part of. */
  machine: string | null
  /** The lowest of a device's meters goes first; each exporter has ten, so that one of a lower ten goes before all of a higher. */
  preference: number
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
  /** As the sender names it, folded by `hardwareKey`: what the asset register finds it by. */
  hardware: string | null
  /** Devices that the workload holds; null was not said and counts as one. */
  hardwareCount: number | null
  /** Litres per IT kWh where the site does not know its own: cloud region, provider fleet. */
  fallbackWue: Rated | null
  /** Of the factor library, where the asset register does not know the hardware: kg CO2e of one device and the life it is spread over. */
  fallbackEmbodied: { kgPerDevice: number; lifeYears: number; tier: Tier; factor: FactorReference } | null
}

/** A constant of the day, how good it is and what it rests on. */
export interface Rated {
  value: number
  tier: Tier
  factor: FactorReference
}

export interface SiteFacts {
  siteId: string
  zone: string | null
  deployment: Deployment | null
  declaredPue: { pue: number; source: string } | null
  /** g/kWh of the supplier's contract in force on the day that passes its quality criteria. */
  supplierRate: Rated | null
  /** Litres per IT kWh: measured over the year to the day, else declared. */
  wue: Rated | null
  /** Meters that the site is known to have. Empty: nobody registered any, and those that run are all there are. */
  meters: ExpectedMeter[]
}

/** A meter in service on [from, to); null is open. Expected and silent, it makes an hour incomplete. */
export interface ExpectedMeter {
  meter: string
  boundary: Boundary
  from: number | null
  to: number | null
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

/** What else is known of a zone's electricity, beside its intensity. */
export interface ZoneTerms {
  zone: string
  /** g/kWh of the zone's market in the year (Scope 2 Guidance §6.11). A market without one is unknown, never 0. */
  residualMix: Rated | null
  /** Transmission and distribution: a share of generation, or a published g per kWh delivered. */
  loss: { fraction: number | null; gPerKwh: number | null; tier: Tier; factor: FactorReference } | null
  /** Well-to-tank of the fuels burnt, g per kWh delivered; only where it is published. */
  upstream: Rated | null
  /** Litres at the power stations per kWh delivered. */
  sourceWater: Rated | null
  /** Ids of the annual direct factors that hold the grid's losses already: no line for the same kWh. */
  lossesIncludedIn: string[]
}

/** Hardware of the register, in service on [from, to); null is open. */
export interface AssetFacts {
  assetId: string
  /** Folded by `hardwareKey`. */
  hardware: string
  siteId: string | null
  devices: number
  from: number
  to: number | null
  /** kg CO2e of one device, cradle to gate; null is unknown. */
  kgPerDevice: number | null
  lifeYears: number
  /** U of METHOD §4. */
  plannedUse: number
  tier: Tier
  factor: FactorReference
}

export interface DayFacts {
  /** Start of the UTC day. */
  day: number
  series: SeriesReadings[]
  attributions: Attribution[]
  sites: SiteFacts[]
  zones: ZoneFacts[]
  zoneTerms: ZoneTerms[]
  assets: AssetFacts[]
}
