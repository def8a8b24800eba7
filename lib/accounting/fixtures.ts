import { dayOf, HOUR } from '@/lib/units/time'
import { accountDay } from './account-day'
import type { EntryDraft } from './entries'
import type {
  AssetFacts,
  Attribution,
  DayFacts,
  FactorReference,
  HourlyIntensity,
  Rated,
  Reading,
  SeriesReadings,
  SiteFacts,
  Tier,
  YearFactor,
  ZoneFacts,
  ZoneTerms,
} from './facts'

/** Small facts for tests: a full shape in which a test says only what it is about. */

export const DAY_START = dayOf('2023-06-15')
/** `at('06:30')`: an instant of the test day. */
export const at = (clock: string): number => {
  const [hours, minutes, seconds] = clock.split(':').map(Number)
  return DAY_START + (hours as number) * HOUR + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1000
}

export const factor = (id: string, more: Partial<FactorReference> = {}): FactorReference => ({
  id,
  version: 1,
  name: id,
  source: `source of ${id}`,
  basis: null,
  ...more,
})

export const attribution = (more: Partial<Attribution> = {}): Attribution => ({
  attributionId: 'attribution-a',
  workloadId: 'run-a',
  siteId: null,
  zone: 'DE',
  deployment: 'owned',
  declaredPue: null,
  fallbackPue: { pue: 1.2, tier: 4, factor: factor('fallback-pue') },
  declaredGPerKwh: null,
  hardware: null,
  hardwareCount: null,
  fallbackWue: null,
  fallbackEmbodied: null,
  ...more,
})

/** The meter of a site itself: no workload. */
export const ownMeter = (more: Partial<Attribution> = {}): Attribution =>
  attribution({ attributionId: 'own-meter', workloadId: null, siteId: 'site-1', ...more })

export const reading = (when: string | number, value: number, more: Partial<Reading> = {}): Reading => ({
  at: typeof when === 'number' ? when : at(when),
  value,
  start: null,
  attribution: 0,
  ...more,
})

/** A delta that names its interval. */
export const delta = (start: string, end: string, value: number, of = 0): Reading =>
  reading(end, value, { start: at(start), attribution: of })

export const series = (more: Partial<SeriesReadings> = {}): SeriesReadings => ({
  seriesId: 'series-a',
  meter: 'meter-a',
  method: 'metered',
  kind: 'power',
  unit: 'W',
  boundary: 'it',
  siteId: null,
  readings: [],
  ...more,
})

export const hourly = (gPerKwh: number, estimated = false): HourlyIntensity => ({
  gPerKwh,
  estimated,
  factor: factor(estimated ? 'hourly-estimated' : 'hourly-measured', { basis: 'direct' }),
})

export const yearFactor = (more: Partial<YearFactor> = {}): YearFactor => ({
  level: 'zone',
  year: 2023,
  gPerKwh: 400,
  status: 'verified',
  factor: factor('zone-year', { basis: 'direct' }),
  ...more,
})

export const noHours = (): null[] => new Array<null>(24).fill(null)

export const zone = (more: Partial<ZoneFacts> = {}): ZoneFacts => ({
  zone: 'DE',
  hourlyDirect: new Array<HourlyIntensity>(24).fill(hourly(400)),
  hourlyLifecycle: noHours(),
  profile: null,
  directYears: [],
  lifecycleYears: [],
  ...more,
})

export const site = (more: Partial<SiteFacts> = {}): SiteFacts => ({
  siteId: 'site-1',
  zone: 'DE',
  deployment: 'owned',
  declaredPue: null,
  supplierRate: null,
  wue: null,
  meters: [],
  ...more,
})

export const rated = (value: number, id: string, tier: Tier = 4): Rated => ({ value, tier, factor: factor(id) })

export const zoneTerms = (more: Partial<ZoneTerms> = {}): ZoneTerms => ({
  zone: 'DE',
  residualMix: null,
  loss: null,
  upstream: null,
  sourceWater: null,
  lossesIncludedIn: [],
  ...more,
})

/** 164 kg a device over 35,040 h. */
export const asset = (more: Partial<AssetFacts> = {}): AssetFacts => ({
  assetId: 'asset-1',
  hardware: 'h100',
  siteId: null,
  devices: 8,
  from: dayOf('2023-01-01'),
  to: null,
  kgPerDevice: 164,
  lifeYears: 4,
  plannedUse: 1,
  tier: 3,
  factor: factor('asset:asset-1'),
  ...more,
})

export const facts = (more: Partial<DayFacts> = {}): DayFacts => ({
  day: DAY_START,
  series: [],
  attributions: [attribution()],
  sites: [],
  zones: [zone()],
  zoneTerms: [],
  assets: [],
  ...more,
})

/** The only entry of a day that is to have one. */
export const onlyEntry = (given: DayFacts): EntryDraft => {
  const { entries } = accountDay(given)
  if (entries.length !== 1) throw new Error(`Expected one entry, got ${entries.length}`)
  return entries[0] as EntryDraft
}

export const sum = (cells: (number | null)[]): number => cells.reduce<number>((total, cell) => total + (cell ?? 0), 0)
