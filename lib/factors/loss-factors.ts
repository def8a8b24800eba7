import { type FactorRow, kgToG, validityOf } from './factor-row'
import type { LossRow } from './library-files'

/** Comes in: td_wtt.csv. Goes out: losses of transmission and distribution, and the upstream of electricity. PURE. */

const DESNZ = /DESNZ/

const yearOf = (row: LossRow): number | null => Number(/^\d{4}$/.exec(row.year ?? '')?.[0]) || null

/** Names and places of the shares: `eGRID:CAMX`, `DEU`, `World`. */
const placeOf = (
  row: LossRow,
  iso2Of: (iso3: string) => string | null,
): { id: string; zone: string | null; iso3: string | null; level: FactorRow['level'] } => {
  if (row.zone.startsWith('eGRID:')) {
    const code = row.zone.slice(6)
    return { id: `egrid:${code}`, zone: row.zone, iso3: 'USA', level: code === 'US' ? 'country' : 'zone' }
  }
  if (row.zone === 'World') return { id: 'world', zone: null, iso3: null, level: 'world' }
  const iso2 = iso2Of(row.zone)
  return { id: iso2 ?? row.zone, zone: iso2, iso3: row.zone, level: 'country' }
}

const shareFactor = (row: LossRow, iso2Of: (iso3: string) => string | null): FactorRow => {
  const place = placeOf(row, iso2Of)
  const year = yearOf(row)
  // The ratio of a country that makes little and imports much says nothing of its grid.
  const isMisleading = row.note?.includes('misleading') ?? false
  // A published factor or the subregions stand before the country's share.
  const isSecond = /use the DESNZ|prefer the eGRID/.test(row.note ?? '')
  return {
    id: `loss:${place.id}${isSecond ? ':world-bank' : ''}`,
    kind: 'grid-loss',
    name: `Losses of transmission and distribution, ${place.zone ?? 'world'}${row.year ? `, ${row.year}` : ''}`,
    zone: place.zone,
    countryIso3: place.iso3,
    level: isMisleading || isSecond ? 'alternative' : place.level,
    subject: place.zone ?? 'world',
    year,
    value: row.value,
    profile: null,
    unit: 'fraction of generation',
    basis: null,
    gases: null,
    source: row.source,
    sourceUrl: null,
    licence: row.source.startsWith('US EPA') ? 'US public domain' : 'World Bank: CC BY 4.0 (IEA statistics)',
    status: row.status,
    note: row.note,
    ...validityOf(null),
  }
}

/** What DESNZ prints per kWh consumed, kg → g/kWh; valid for the year of its edition. */
const PUBLISHED: Record<string, { id: string; kind: FactorRow['kind']; name: string; level: FactorRow['level'] }> = {
  'T&D losses emission factor (scope 3 cat 3)': {
    id: 'loss:GB:2025',
    kind: 'grid-loss',
    name: 'Losses of transmission and distribution, GB 2025',
    level: 'country',
  },
  'WTT electricity generation': {
    id: 'wtt:GB:2025',
    kind: 'grid-upstream',
    name: 'Well-to-tank of electricity generation, GB 2025',
    level: 'country',
  },
  'WTT of T&D losses': {
    id: 'wtt-loss:GB:2025',
    kind: 'grid-upstream',
    name: 'Well-to-tank of transmission and distribution losses, GB 2025',
    level: 'alternative',
  },
  'electricity generation (scope 2 LB)': {
    id: 'grid-direct:GB:2025:desnz:td-wtt',
    kind: 'grid-direct-year',
    name: 'Grid, direct annual average, GB 2025: repeats the DESNZ row',
    level: 'alternative',
  },
  'district heat & steam T&D 5% loss': {
    id: 'loss:GB:heat:2025',
    kind: 'grid-loss',
    name: 'Losses of district heat and steam, GB 2025',
    level: 'alternative',
  },
  'WTT upstream of fossil generation when LB factor is direct-only: coal': {
    id: 'wtt:technology:coal',
    kind: 'grid-upstream',
    name: 'Upstream of coal-fired generation, generic',
    level: 'alternative',
  },
  'WTT upstream of fossil generation: gas': {
    id: 'wtt:technology:gas',
    kind: 'grid-upstream',
    name: 'Upstream of gas-fired generation, generic',
    level: 'alternative',
  },
}

const publishedFactor = (row: LossRow): FactorRow => {
  const known = PUBLISHED[row.metric]
  if (!known) throw new Error(`td_wtt.csv: what is ${row.zone}, ${row.metric}?`)
  const year = yearOf(row)
  const isBritish = row.zone === 'GB'
  return {
    ...known,
    zone: isBritish ? 'GB' : null,
    countryIso3: isBritish ? 'GBR' : null,
    subject: isBritish ? 'GB' : row.metric,
    year,
    value: row.value === null ? null : kgToG(row.value),
    profile: null,
    unit: 'g/kWh',
    basis: known.kind === 'grid-direct-year' ? 'direct' : null,
    gases: 'CO2e',
    source: row.source,
    sourceUrl: null,
    licence: DESNZ.test(row.source) ? 'Open Government Licence 3.0' : null,
    status: row.status,
    note: row.note,
    gwpSet: isBritish ? 'AR5' : null,
    ...validityOf(year),
  }
}

export const lossFactors = (rows: LossRow[], iso2Of: (iso3: string) => string | null): FactorRow[] =>
  rows.map((row) =>
    row.metric === 'T&D loss rate' || row.metric === 'grid gross loss'
      ? shareFactor(row, iso2Of)
      : publishedFactor(row),
  )
