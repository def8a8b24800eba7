import { attributesOf, type FactorRow, joinNotes, slug } from './factor-row'
import type { CloudRegionRow, ProviderRow } from './reference-files'

/** Comes in: provider and region rows. Goes out: WUE to fall back on, and the carbon-free share of a region. PURE. */

const PLACELESS = { zone: null, countryIso3: null, profile: null, basis: null, gases: null, sourceUrl: null } as const

export const regionWueId = (provider: string, region: string): string =>
  `wue:${provider.toLowerCase()}:${region.toLowerCase()}`
export const fleetWueId = (provider: string): string => `wue:${provider.toLowerCase()}:fleet`

const yearOf = (years: string | null): number | null => Number(years?.match(/\d{4}/g)?.at(-1)) || null

export const providerWueFactors = (providers: ProviderRow[]): FactorRow[] =>
  providers
    .filter((row) => row.metric === 'WUE')
    .map((row) => {
      const isFleet = row.boundary === 'fleet'
      return {
        ...PLACELESS,
        id: isFleet ? fleetWueId(row.provider) : `wue:${slug(row.provider)}:${slug(row.boundary)}`,
        kind: 'wue',
        name: `WUE, ${row.provider} ${row.boundary}, ${row.year ?? 'undated'}`,
        level: isFleet ? 'fleet' : 'alternative',
        subject: `${row.provider} ${row.boundary}`,
        year: yearOf(row.year),
        value: row.value,
        unit: row.unit,
        source: row.source,
        licence: 'single published figures',
        status: row.status,
        note: row.note,
      }
    })

/** The provider's fleet value printed beside each region is no value of that region. */
const isFleetDefault = (row: CloudRegionRow): boolean => /fleet default/.test(row.note ?? '')

export const regionWueFactors = (regions: CloudRegionRow[]): FactorRow[] =>
  regions
    .filter((row) => row.wue_l_per_kwh !== null)
    .map((row) => ({
      ...PLACELESS,
      id: regionWueId(row.provider, row.region),
      kind: 'wue',
      name: `WUE, ${row.provider} ${row.region}${row.wue_year === null ? '' : `, ${row.wue_year}`}`,
      level: isFleetDefault(row) ? 'alternative' : 'cloud-region',
      subject: `${row.provider} ${row.region}`,
      year: row.wue_year,
      value: row.wue_l_per_kwh,
      unit: 'L/kWh',
      source: row.source,
      licence: 'facts',
      status: row.status,
      note: row.note,
    }))

/** Hourly share where published (24/7), else the annual one, which counts certificates and is never used in a figure. */
export const regionCfeFactors = (regions: CloudRegionRow[]): FactorRow[] =>
  regions
    .filter((row) => row.cfe_hourly_fraction !== null || row.cfe_annual_fraction !== null)
    .map((row) => ({
      ...PLACELESS,
      id: `cfe:${row.provider.toLowerCase()}:${row.region.toLowerCase()}`,
      kind: 'cfe',
      name: `Carbon-free share, ${row.provider} ${row.region}`,
      level: 'alternative',
      subject: `${row.provider} ${row.region}`,
      year: row.cfe_year,
      value: row.cfe_hourly_fraction ?? row.cfe_annual_fraction,
      unit: 'fraction',
      source: row.source,
      licence: 'facts',
      status: row.status,
      note: joinNotes(
        row.cfe_hourly_fraction === null ? 'annual claim of the provider, certificates included' : 'hour by hour',
        row.note,
      ),
      attributes: attributesOf({ hourly_share: row.cfe_hourly_fraction, annual_share: row.cfe_annual_fraction }),
    }))
