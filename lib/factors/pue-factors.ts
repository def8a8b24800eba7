import { type FactorRow, joinNotes, slug } from './factor-row'
import type { CloudRegionRow, ProviderRow } from './reference-files'

/** Comes in: provider and region rows. Goes out: PUE to fall back on, each a factor with a version. PURE. */

const UNITLESS = {
  kind: 'pue',
  zone: null,
  countryIso3: null,
  profile: null,
  unit: 'ratio',
  basis: null,
  gases: null,
} as const

export const INDUSTRY_AVERAGE_PUE = 'pue:industry-average'
export const fleetPueId = (provider: string): string => `pue:${provider.toLowerCase()}:fleet`
export const regionPueId = (provider: string, region: string): string =>
  `pue:${provider.toLowerCase()}:${region.toLowerCase()}`

const lastYear = (years: string | null): number | null => Number(years?.match(/\d{4}/g)?.at(-1)) || null

const fleetLevel = (row: ProviderRow): 'fleet' | 'industry' | 'alternative' =>
  row.boundary === 'fleet' || row.boundary.startsWith('fleet ')
    ? 'fleet'
    : row.provider === 'Industry survey'
      ? 'industry'
      : 'alternative'

export const providerPueFactors = (providers: ProviderRow[]): FactorRow[] => {
  const newestFirst = providers
    .filter((row) => row.metric === 'PUE')
    .sort((a, b) => (lastYear(b.year) ?? 0) - (lastYear(a.year) ?? 0))
  const taken = new Set<string>()
  return newestFirst.map((row) => {
    const level = fleetLevel(row)
    const plain =
      level === 'industry'
        ? INDUSTRY_AVERAGE_PUE
        : level === 'fleet'
          ? fleetPueId(row.provider)
          : `pue:${slug(row.provider)}:${slug(row.boundary)}`
    const id = taken.has(plain) ? `${plain}:${slug(row.year ?? '')}` : plain
    const isOlder = taken.has(plain)
    taken.add(id)
    return {
      ...UNITLESS,
      id,
      name:
        level === 'industry'
          ? `PUE, industry average ${row.year}`
          : `PUE, ${row.provider} ${row.boundary}, ${row.year ?? 'undated'}`,
      level: isOlder ? 'alternative' : level,
      year: lastYear(row.year),
      value: row.value,
      source: row.source,
      sourceUrl: null,
      licence: null,
      status: row.status,
      note: joinNotes(row.note, row.boundary),
    }
  })
}

export const regionPueFactors = (regions: CloudRegionRow[]): FactorRow[] =>
  regions
    .filter((row) => row.pue !== null)
    .map((row) => ({
      ...UNITLESS,
      id: regionPueId(row.provider, row.region),
      name: `PUE, ${row.provider} ${row.region}${row.pue_year === null ? '' : `, ${row.pue_year}`}`,
      level: 'cloud-region',
      year: row.pue_year,
      value: row.pue,
      source: row.source,
      sourceUrl: null,
      licence: null,
      status: row.status,
      note: null,
    }))
