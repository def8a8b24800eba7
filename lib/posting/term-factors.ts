import { hardwareKey } from '@/lib/accounting/embodied-hours'
import type { Attribution, Deployment, Rated, ResidualMix, Tier, ZoneTerms } from '@/lib/accounting/facts'
import { cloudRegionNamed, splitCloudRegion } from '@/lib/factors/cloud-region'
import { type FactorKind, isUnfit, verifiedFirst } from '@/lib/factors/factor-kinds'
import type { ReferenceTables, StoredFactor } from '@/lib/factors/reference-tables'
import { countryOf } from '@/lib/factors/year-factors'

/** Comes in: the factor library. Goes out: what a day's terms rest on, by place and by hardware, with its tier. */
export interface TermFactors {
  zoneTermsOf(zone: string): ZoneTerms
  wueOf(place: { cloudRegion: string | null; deployment: Deployment }): Rated | null
  embodiedOf(hardware: string | null): Attribution['fallbackEmbodied']
}

/** METHOD §4: servers 4 years, where nobody says otherwise. */
const DEFAULT_LIFE_YEARS = 4

interface Known extends StoredFactor {
  value: number
}

type ByKind = (kind: FactorKind) => Known[]

const indexed = new WeakMap<ReferenceTables, TermFactors>()

/** Indexed once for each reading of the tables. */
export const termFactorsOf = (tables: ReferenceTables): TermFactors => {
  const found = indexed.get(tables)
  if (found) return found
  const made = indexTerms(tables)
  indexed.set(tables, made)
  return made
}

const indexTerms = (tables: ReferenceTables): TermFactors => {
  const kinds = new Map<FactorKind, Known[]>()
  for (const row of new Set(tables.factors.values())) {
    if (row.value === null || isUnfit(row.status) || row.level === 'alternative') continue
    kinds.set(row.kind, [...(kinds.get(row.kind) ?? []), row as Known])
  }
  const ofKind: ByKind = (kind) => kinds.get(kind) ?? []
  const zones = new Map<string, ZoneTerms>()
  const lossesIncludedIn = ofKind('grid-direct-year')
    .filter((row) => row.attributes?.losses_included === true)
    .map((row) => row.factor.id)
  const embodied = ofKind('embodied').filter((row) => row.subject !== null && row.unit === 'kg/device')

  return {
    zoneTermsOf: (zone) => {
      const known = zones.get(zone) ?? { ...zoneTerms(tables, ofKind, zone), lossesIncludedIn }
      zones.set(zone, known)
      return known
    },
    wueOf: (place) => wueOf(tables, place),
    embodiedOf: (hardware) => (hardware === null ? null : embodiedOf(embodied, hardwareKey(hardware))),
  }
}

const zoneTerms = (tables: ReferenceTables, ofKind: ByKind, zone: string): Omit<ZoneTerms, 'lossesIncludedIn'> => {
  const at = (kind: FactorKind) => rowsAt(tables, ofKind(kind), zone)
  return {
    zone,
    // A life-cycle mix is none that the market-based method may use.
    residualMixes: at('residual-mix')
      .filter((row) => row.basis !== 'lifecycle')
      .flatMap(asMix),
    loss: lossOf(at('grid-loss')),
    // Only what is published: the difference of two publishers' averages is no upstream factor.
    upstream: newest(at('grid-upstream').filter((row) => row.status !== 'derived')),
    sourceWater: newest(at('source-water')),
  }
}

/** The zone's own rows, else those of the eGRID subregion it lies in as a whole, else its country's. */
const rowsAt = (tables: ReferenceTables, rows: Known[], zone: string): Known[] => {
  const own = rows.filter((row) => row.zone === zone)
  if (own.length > 0) return own
  const codes = [...tables.egridAliases].flatMap(([code, target]) => (target === zone ? [`EGRID:${code}`] : []))
  const subregion = codes.length === 1 ? rows.filter((row) => row.zone?.toUpperCase() === codes[0]) : []
  if (subregion.length > 0) return subregion
  const country = countryOf(tables, zone)
  const nation = country === 'US' ? 'eGRID:US' : country
  return nation === null ? [] : rows.filter((row) => row.zone === nation && row.level === 'country')
}

const asMix = (row: Known): ResidualMix[] =>
  row.year === null
    ? []
    : [
        {
          year: row.year,
          gPerKwh: row.value,
          status: row.status,
          outdated: /\boutdated\b/i.test(`${row.status} ${row.note}`),
          factor: row.factor,
        },
      ]

const newestOf = (rows: Known[]): Known | undefined =>
  verifiedFirst([...rows].sort((a, b) => (b.year ?? 0) - (a.year ?? 0) || (a.factor.id < b.factor.id ? -1 : 1)))[0]

const newest = (rows: Known[]): Rated | null => {
  const row = newestOf(rows)
  return row ? { value: row.value, tier: tierOf(row), factor: row.factor } : null
}

/** Published per kWh delivered before a share of generation: the share says less of the fuels that made up the losses. */
const lossOf = (rows: Known[]): ZoneTerms['loss'] => {
  const published = newestOf(rows.filter((row) => row.unit === 'g/kWh'))
  const row = published ?? newestOf(rows)
  if (!row) return null
  const amount = published ? { fraction: null, gPerKwh: row.value } : { fraction: row.value, gPerKwh: null }
  return { ...amount, tier: published ? 4 : tierOf(row), factor: row.factor }
}

/** As intensities: an average of the zone 4, of the country 5 (ARCHITECTURE §10). */
const tierOf = (row: Known): Tier => (row.level === 'zone' ? 4 : 5)

const FLEETS: Record<string, string> = { aws: 'aws', gcp: 'google', azure: 'microsoft' }
const PROVIDERS_BUILDINGS: Deployment[] = ['cloud', 'api', 'customer']

/** The cloud region's own figure (tier 3), else its provider's fleet (4). An owned or colocated building is not the provider's. */
const wueOf = (
  tables: ReferenceTables,
  { cloudRegion, deployment }: { cloudRegion: string | null; deployment: Deployment },
): Rated | null => {
  if (cloudRegion === null || !PROVIDERS_BUILDINGS.includes(deployment)) return null
  const rated = (id: string, tier: Tier): Rated | null => {
    const row = tables.factors.get(id)
    if (!row || row.value === null || row.level === 'alternative') return null
    return { value: row.value, tier, factor: row.factor }
  }
  const region = cloudRegionNamed(tables, cloudRegion)
  const owner = region?.provider.toLowerCase() ?? splitCloudRegion(cloudRegion).provider
  const fleet = owner ? FLEETS[owner] : undefined
  return (
    (region && rated(`wue:${region.provider.toLowerCase()}:${region.region.toLowerCase()}`, 3)) ??
    (fleet ? rated(`wue:${fleet}:fleet`, 4) : null)
  )
}

/** By name; a short name (`h100`) counts where every product that it begins says the same. */
const embodiedOf = (rows: Known[], asked: string): Attribution['fallbackEmbodied'] => {
  const key = asked.replace(/^(nvidia|amd|intel|google|aws)-/, '')
  const named = (row: Known) => hardwareKey(row.subject as string)
  const exact = verifiedFirst(rows.filter((row) => named(row) === key))
  const family = exact.length > 0 ? exact : verifiedFirst(rows.filter((row) => named(row).startsWith(`${key}-`)))
  const [first] = family
  if (!first || (exact.length === 0 && family.some((row) => row.value !== first.value))) return null
  return { kgPerDevice: first.value, lifeYears: DEFAULT_LIFE_YEARS, tier: 5, factor: first.factor }
}
