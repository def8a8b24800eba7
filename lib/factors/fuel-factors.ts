import { type FactorRow, type GasesKg, slug, wholeSlug } from './factor-row'
import type { FuelRow } from './library-files'

/** Comes in: fuels_refrigerants.csv. Goes out: fuels, their upstream, GWP, leak rates, water supply. PURE. */

/** Readable ids of what people use every day; the rest is named by its publisher. */
const FUEL_IDS: Record<string, string> = {
  'Diesel, 100% mineral': 'diesel-mineral',
  'Diesel 100% mineral': 'diesel-mineral',
  'Diesel, average biofuel blend': 'diesel-blend',
  'Diesel average blend': 'diesel-blend',
  'Gas oil (red diesel, gensets)': 'gas-oil',
  'Gas oil': 'gas-oil',
  'HVO (scope 1 CH4+N2O only)': 'hvo',
  HVO: 'hvo',
}

const UNIT_IDS: Record<string, string> = {
  'kgCO2e/m3': 'm3',
  'kgCO2e/kWh gross CV': 'kwh-gross',
  'kgCO2e/kWh gross': 'kwh-gross',
  'kgCO2e/kWh net': 'kwh-net',
  'kgCO2/US gal': 'us-gal',
  'kgCO2/MMBtu': 'mmbtu',
  'kgCO2/GJ NCV': 'gj-net',
}

/** `kgCO2e/kWh gross CV` → `kg/kWh gross`. */
const unitOf = (unit: string): string =>
  unit
    .replace(/kgCO2e?/, 'kg')
    .replace(' CV', '')
    .replace(' NCV', ' net')

/** Never chosen by itself: another programme's figure for the same fuel. */
const isSecond = (row: FuelRow): boolean => !/DESNZ/.test(row.source)

const publisherOf = (row: FuelRow): string =>
  /EPA/.test(row.source) ? 'epa' : /^IPCC 2006/.test(row.source) ? 'ipcc-2006' : 'ghg-protocol-2017'

const fuelId = (row: FuelRow): string => {
  const known = FUEL_IDS[row.item]
  if (known) return known
  const plain = `${slug(row.item)}:${UNIT_IDS[row.unit] ?? wholeSlug(unitOf(row.unit))}`
  return isSecond(row) ? `${plain}:${publisherOf(row)}` : plain
}

/** `CO2 2.62818 + CH4 0.00029 + N2O 0.03308` → kg CO2e by gas, as published. */
export const gasesOf = (note: string | null): GasesKg | null => {
  const found = [...(note ?? '').matchAll(/\b(CO2|CH4|N2O) ([\d.]+)/g)]
  return found.length > 1
    ? Object.fromEntries(found.map(([, gas, kg]) => [(gas ?? '').toLowerCase(), Number(kg)]))
    : null
}

/** `HFC-134a (R-134a)` → `HFC-134a`; `CH4 (fossil)` → `CH4-fossil`; `CH4 (generic, blended)` → `CH4`. */
export const gasName = (item: string): string => {
  const methane = /^CH4 \((fossil|non-fossil)/.exec(item)?.[1]
  if (methane) return `CH4-${methane}`
  return item
    .replace(/ \(.*$/, '')
    .replace('(E)', '-E')
    .replace(' CO2', '')
}

const UNPLACED = { zone: null, countryIso3: null, profile: null, basis: null, sourceUrl: null } as const

const licenceOf = (row: FuelRow): string | null =>
  /DESNZ/.test(row.source)
    ? 'Open Government Licence 3.0'
    : /EPA/.test(row.source)
      ? 'US public domain'
      : /IPCC/.test(row.source)
        ? 'IPCC'
        : null

const common = (row: FuelRow): Pick<FactorRow, 'value' | 'source' | 'licence' | 'status' | 'note' | 'subject'> => ({
  value: row.value,
  source: row.source,
  licence: licenceOf(row),
  status: row.status,
  note: row.note,
  subject: row.item,
})

const fuelFactor = (row: FuelRow): FactorRow => {
  const isUpstream = row.type === 'fuel_wtt_scope3_cat3'
  const isBritish = /DESNZ/.test(row.source)
  return {
    ...UNPLACED,
    ...common(row),
    id: `${isUpstream ? 'fuel-wtt' : 'fuel'}:${fuelId(row)}`,
    kind: isUpstream ? 'fuel-upstream' : 'fuel',
    name: `${row.item}${isUpstream ? ', well to tank' : ''}, per ${unitOf(row.unit).split('/')[1]}`,
    zone: isBritish ? 'GB' : null,
    countryIso3: isBritish ? 'GBR' : null,
    level: isSecond(row) ? 'alternative' : 'item',
    year: isBritish ? Number(/20\d\d/.exec(row.source)?.[0]) || null : null,
    unit: unitOf(row.unit),
    gases: row.unit.includes('CO2e') ? 'CO2e' : 'CO2',
    gwpSet: isBritish ? 'AR5' : null,
    gasesKg: gasesOf(row.note),
  }
}

const gwpFactor = (row: FuelRow): FactorRow => {
  const set = row.type === 'gwp100_AR5' ? 'AR5' : 'AR6'
  const gas = gasName(row.item)
  return {
    ...UNPLACED,
    ...common(row),
    id: `gwp:${set}:${gas}`,
    kind: 'gwp',
    name: `GWP 100, ${set}, ${row.item}`,
    level: 'item',
    subject: gas,
    year: null,
    unit: 'kg/kg',
    gases: gas,
    gwpSet: set,
  }
}

const otherFactor = (row: FuelRow): FactorRow => ({
  ...UNPLACED,
  ...common(row),
  id:
    row.type === 'water'
      ? `water-supply:${/treatment/i.test(row.item) ? 'treatment' : 'mains'}`
      : `leak-rate:${/CRAC/.test(row.item) ? 'crac' : 'chillers'}`,
  kind: row.type === 'water' ? 'water-supply' : 'leak-rate',
  name: row.item,
  level: 'item',
  year: row.type === 'water' ? 2025 : null,
  unit: unitOf(row.unit),
  gases: row.type === 'water' ? 'CO2e' : null,
  zone: row.type === 'water' ? 'GB' : null,
})

export const fuelFactors = (rows: FuelRow[]): FactorRow[] =>
  rows.map((row) =>
    row.type.startsWith('fuel') ? fuelFactor(row) : row.type.startsWith('gwp') ? gwpFactor(row) : otherFactor(row),
  )
