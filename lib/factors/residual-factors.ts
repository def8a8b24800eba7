import { type FactorRow, joinNotes, slug, validityOf } from './factor-row'
import type { ResidualRow } from './library-files'

/** A row of life-cycle factors is not the direct residual mix that the market-based method asks for. */
const isOtherBasis = (row: ResidualRow): boolean => /life-cycle/i.test(row.gases ?? '')

/**
 * Residual mixes, g/kWh, by country and year, and by eGRID subregion for the US. A country of full disclosure (AT, NL) and one whose mix
 * was not found stay as rows without a value: null, never 0. PURE.
 */
export const residualFactors = (rows: ResidualRow[]): FactorRow[] =>
  rows.map((row) => {
    const region = row.region?.replace('eGRID:', '') ?? null
    const zone = row.region ?? row.country
    const place = region === null ? row.country : `egrid:${region}`
    const isLifecycle = isOtherBasis(row)
    const plain = `residual:${place}${row.year === null ? '' : `:${row.year}`}`
    return {
      id: isLifecycle ? `${plain}:${slug(row.source?.split(' ')[0] ?? 'other')}` : plain,
      kind: 'residual-mix',
      name: `Residual mix, ${zone}${row.year === null ? '' : ` ${row.year}`}`,
      zone,
      countryIso3: row.iso3,
      level: isLifecycle ? 'alternative' : region === null || region === 'US' ? 'country' : 'zone',
      subject: zone,
      year: row.year,
      value: row.residual_gco2_per_kwh,
      profile: null,
      unit: 'g/kWh',
      basis: isLifecycle ? 'lifecycle' : 'residual',
      gases: row.gases,
      source: row.source ?? 'no publication found',
      sourceUrl: null,
      licence: row.licence,
      // A mix that does not exist is no row without a figure by accident.
      status: row.residual_gco2_per_kwh === null && row.status !== 'not-found' ? 'not-published' : row.status,
      note: joinNotes(row.note, row.source_read_in),
      ...validityOf(row.year),
    }
  })
