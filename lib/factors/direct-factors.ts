import { type FactorRow, joinNotes, slug } from './factor-row'
import type { CrosswalkRow, DirectRow, IntensityRow } from './reference-files'

/** Comes in: rows of grid_direct.csv, the eGRID rows of grid_intensity.csv, the crosswalk. Goes out: direct annual factors. PURE. */

const PUBLISHERS: [RegExp, string][] = [
  [/^European Environment Agency/, 'eea'],
  [/^Umweltbundesamt/, 'uba'],
  [/DESNZ/, 'desnz'],
  [/^DCCEEW/, 'dcceew'],
  [/^Ministry for the Environment NZ/, 'mfe'],
  [/^Environment and Climate Change Canada/, 'eccc'],
  [/Japan$/, 'moe'],
  [/\(KR\)/, 'gir'],
  [/^Energy Administration, MOEA/, 'moea'],
  [/^Energy Market Authority/, 'ema'],
  [/^Central Electricity Authority/, 'cea'],
  [/^MEE/, 'mee'],
  [/^Energy Commission/, 'suruhanjaya-tenaga'],
  [/^EPPO/, 'eppo'],
  [/^Google/, 'google'],
  [/^Ministry of Energy and Mineral/, 'memr'],
  [/^CLP/, 'clp'],
  [/^HK Electric/, 'hk-electric'],
  [/^Dubai/, 'dewa'],
  [/^carbonfootprint/, 'carbonfootprint'],
  [/^DFFE/, 'dffe'],
  [/^SEMARNAT/, 'semarnat'],
  [/^MCTI/, 'mcti'],
  [/^NVE/, 'nve'],
  [/^US EPA/, 'epa'],
]

const publisherSlug = (publisher: string): string =>
  PUBLISHERS.find(([pattern]) => pattern.test(publisher))?.[1] ?? slug(publisher)

/** The eGRID subregion that a row of a US zone states in its name. */
export const subregionOf = (row: DirectRow): string | null => /^eGRID ([A-Z]{4}):/.exec(row.name)?.[1] ?? null

/**
 * The first row of a zone is the suggested one; further years of its publisher continue the series. Everything else about the zone
 * (another publisher, a supplier, a part of it) must not be mixed in and stays an alternative (GRID_DIRECT.md).
 */
export const isSuggested = (row: DirectRow, all: DirectRow[]): boolean => {
  const ofZone = all.filter((other) => other.zone_em === row.zone_em)
  const first = ofZone[0]
  if (!first || row.publisher !== first.publisher || row.level !== first.level) return false
  return ofZone.find((other) => other.publisher === row.publisher && other.year === row.year) === row
}

/** A national value is a zone's own only where the country is one zone and has no parts with values of their own. */
const levelOf = (row: DirectRow, all: DirectRow[], zonesOfCountry: Map<string, Set<string>>): 'zone' | 'country' => {
  const isWholeCountry = !row.zone_em.includes('-')
  if (row.level === 'subnational') return isWholeCountry ? 'country' : 'zone'
  if (!isWholeCountry || row.iso3 === null) return 'country'
  const hasParts = all.some((other) => other.iso3 === row.iso3 && other.level === 'subnational')
  return zonesOfCountry.get(row.iso3)?.size === 1 && !hasParts ? 'zone' : 'country'
}

const zonesByCountry = (direct: DirectRow[], crosswalk: CrosswalkRow[]): Map<string, Set<string>> => {
  const zones = new Map<string, Set<string>>()
  const note = (country: string | null, zone: string) => {
    if (country) zones.set(country, (zones.get(country) ?? new Set()).add(zone))
  }
  for (const row of direct) note(row.iso3, row.zone_em)
  for (const row of crosswalk) note(row.country_iso3, row.grid_zone_em)
  return zones
}

export const directFactors = (direct: DirectRow[], crosswalk: CrosswalkRow[]): FactorRow[] => {
  const zones = zonesByCountry(direct, crosswalk)
  const taken = new Set<string>()
  return direct.map((row) => {
    const plain = `grid-direct:${row.zone_em}:${row.year}:${publisherSlug(row.publisher)}`
    const id = taken.has(plain) ? `${plain}:${slug(row.name)}` : plain
    taken.add(id)
    return {
      id,
      kind: 'grid-direct-year',
      name: `Grid, direct annual average, ${row.zone_em} ${row.year}: ${row.name}`,
      zone: row.zone_em,
      countryIso3: row.iso3,
      level: isSuggested(row, direct) ? levelOf(row, direct, zones) : 'alternative',
      year: row.year,
      value: row.g_per_kwh,
      profile: null,
      unit: 'g/kWh',
      basis: 'direct',
      gases: row.gases,
      source: `${row.publisher}, ${row.title}`,
      sourceUrl: row.source_url,
      licence: row.licence,
      status: row.status,
      note: joinNotes(row.basis, `transmission and distribution losses included: ${row.td_included}`, row.note),
      // DESNZ weights its gases with AR5 (METHOD §3).
      gwpSet: /DESNZ/.test(row.publisher) ? 'AR5' : null,
      // Losses within the average are not counted a second time in category 3.
      attributes: row.td_included === 'yes' ? { losses_included: true } : null,
    }
  })
}

const egridFactor = (row: IntensityRow): FactorRow => {
  const code = row.zone.replace('eGRID:', '')
  return {
    id: `grid-direct:eGRID-${code}:${row.year}:epa`,
    kind: 'grid-direct-year',
    name: `Grid, direct annual average, eGRID ${code} ${row.year}: ${row.name}`,
    zone: row.zone,
    countryIso3: 'USA',
    // The national row repeats the one of grid_direct.csv.
    level: row.zone_type === 'egrid_national' ? 'alternative' : 'zone',
    year: row.year,
    value: row.gco2e_per_kwh,
    profile: null,
    unit: 'g/kWh',
    basis: 'direct',
    gases: row.gases,
    source: row.source,
    sourceUrl: row.source_url,
    licence: row.licence,
    status: row.status,
    note: joinNotes(row.basis, row.scope2_use),
    // eGRID2023 weights its gases with AR5 (METHOD §3).
    gwpSet: 'AR5',
  }
}

/**
 * eGRID subregions as factors of their own, and applied to each US zone that lies in exactly one of them and has no row of its own.
 * A zone across several subregions (US-NY-NYIS: 110 to 536 g/kWh) gets none: it falls back to the national average.
 */
export const egridFactors = (
  intensity: IntensityRow[],
  direct: DirectRow[],
  crosswalk: CrosswalkRow[],
): FactorRow[] => {
  const subregions = intensity.filter((row) => row.zone_type.startsWith('egrid')).map(egridFactor)
  const withRow = new Set(direct.map((row) => row.zone_em))
  const applied = crosswalk.flatMap((zone): FactorRow[] => {
    const [code, ...more] = zone.egrid_subregions_overlapping
    const factor = subregions.find((row) => row.zone === `eGRID:${code}`)
    if (!code || !factor || more.length > 0 || withRow.has(zone.grid_zone_em)) return []
    return [
      {
        ...factor,
        id: `grid-direct:${zone.grid_zone_em}:${factor.year}:epa`,
        name: `Grid, direct annual average, ${zone.grid_zone_em} ${factor.year}: eGRID ${code} applied to the zone`,
        zone: zone.grid_zone_em,
        status: 'derived',
        note: joinNotes(factor.note, `subregion by overlap of maps, approximate: ${zone.source}`),
      },
    ]
  })
  return [...subregions, ...applied]
}
