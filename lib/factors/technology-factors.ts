import { type FactorRow, slug } from './factor-row'
import type { TechnologyRow } from './library-files'

const publisherOf = (row: TechnologyRow): string =>
  /EIA/.test(row.source)
    ? 'eia'
    : /codecarbon/.test(row.source)
      ? 'codecarbon'
      : /Electricity Maps/.test(row.source)
        ? 'em'
        : 'ipcc'

/** g/kWh by generation technology; a family that mixes direct and life-cycle figures has no basis and is never chosen. PURE. */
export const technologyFactors = (rows: TechnologyRow[]): FactorRow[] =>
  rows.map((row) => {
    const isMixed = row.basis.startsWith('mixed')
    const basis = isMixed ? null : row.basis.startsWith('direct') ? ('direct' as const) : ('lifecycle' as const)
    const isEia = publisherOf(row) === 'eia'
    return {
      id: `technology:${slug(row.technology.replaceAll('_', ' '))}:${basis ?? 'mixed'}${isEia || isMixed ? `:${publisherOf(row)}` : ''}`,
      kind: 'technology',
      name: `${row.technology.replaceAll('_', ' ')}, ${basis === 'direct' ? 'direct' : basis === 'lifecycle' ? 'life cycle' : 'mixed basis'}`,
      zone: isEia ? 'US' : null,
      countryIso3: isEia ? 'USA' : null,
      level: isMixed || isEia ? 'alternative' : 'item',
      subject: row.technology,
      year: isEia ? 2022 : null,
      value: row.gco2e_per_kwh,
      profile: null,
      unit: 'g/kWh',
      basis,
      gases: isEia ? 'CO2' : 'CO2e',
      source: row.source,
      sourceUrl: null,
      licence: isEia
        ? 'US public domain'
        : isMixed
          ? 'MIT (CodeCarbon)'
          : publisherOf(row) === 'em'
            ? 'AGPL-3.0 (facts)'
            : 'IPCC',
      status: row.status,
      note: isMixed ? `${row.basis}; ${row.note ?? ''}` : row.note,
    }
  })
