import { attributesOf, type FactorRow, wholeSlug } from './factor-row'
import type { CoefficientRow } from './library-files'

/** Comes in: server_storage_network_coeffs.csv. Goes out: product footprints, parts, power coefficients, end of life, water. PURE. */

type Placed = { kind: FactorRow['kind']; id: string; level: FactorRow['level']; attributes: Record<string, string> }

/** Assumptions of the bottom-up method that are no mass. */
const NO_MASS = /lifetime|ratio/

/** What a product's footprint rests on, in the words of the asset register. */
const BASIS: Record<string, string> = {
  embodied_server_pcf: 'pcf',
  embodied_drive_pcf: 'pcf',
  embodied_accelerator_pcf: 'pcf',
  embodied_server: 'category-default',
  embodied_switch: 'category-default',
}

const DEVICE: Record<string, string> = {
  embodied_server_pcf: 'server',
  embodied_drive_pcf: 'storage',
  embodied_accelerator_pcf: 'accelerator',
  embodied_server: 'server',
  embodied_switch: 'network',
}

const placeOf = (row: CoefficientRow): Placed => {
  const name = wholeSlug(row.item)
  const basis = BASIS[row.category]
  if (basis) {
    return {
      kind: 'embodied',
      id: `embodied:${name}`,
      level: 'item',
      attributes: { device: DEVICE[row.category] ?? 'other', embodied_basis: basis },
    }
  }
  const plain = (kind: FactorRow['kind'], id: string, level: FactorRow['level'] = 'item'): Placed => ({
    kind,
    id,
    level,
    attributes: { category: row.category },
  })
  switch (row.category) {
    case 'embodied_bottom_up':
      return NO_MASS.test(row.item)
        ? plain('coefficient', `coefficient:${name}`)
        : plain('embodied-part', `embodied-part:${name}`)
    case 'storage_embodied':
      return plain('embodied-part', `embodied-part:${name}-per-gb`)
    case 'memory_embodied':
      return plain('embodied-part', `embodied-part:${name}-per-gb`)
    case 'materials':
      return plain('embodied-part', 'embodied-part:it-equipment-by-mass')
    case 'eol':
      return plain('end-of-life', `end-of-life:${/landfill/.test(row.item) ? 'weee-landfill' : 'weee-recycled'}`)
    case 'water':
      return plain('source-water', `source-water:${name}`, /US average/.test(row.item) ? 'country' : 'alternative')
    default:
      return plain('coefficient', `coefficient:${wholeSlug(row.category)}:${name}`)
  }
}

const licenceOf = (source: string | null): string | null => {
  if (/Boavizta/i.test(source ?? '')) return 'ODbL 1.0 (Boavizta)'
  if (/DESNZ/.test(source ?? '')) return 'Open Government Licence 3.0'
  if (/Cloud Carbon Footprint|ccf-coefficients/.test(source ?? '')) return 'Apache-2.0'
  if (/Green-Software-Foundation|GSF/.test(source ?? '')) return 'MIT (Green Software Foundation)'
  return source === null ? null : 'single published figures'
}

/** `total 8640 kg × manufacturing share 0.1520; life 4 y` → 4. */
const lifeYearsOf = (note: string | null): number | null => Number(/life ([\d.]+) y/.exec(note ?? '')?.[1]) || null

export const coefficientFactors = (rows: CoefficientRow[]): FactorRow[] =>
  rows.map((row) => {
    const { kind, id, level, attributes } = placeOf(row)
    const isUs = kind === 'source-water' && level === 'country'
    return {
      id,
      kind,
      name: kind === 'embodied' ? `${row.item}, embodied` : row.item,
      zone: isUs ? 'US' : null,
      countryIso3: isUs ? 'USA' : null,
      level,
      subject: row.item,
      year: null,
      value: row.value,
      profile: null,
      unit: row.unit.replace(/kgCO2e/, 'kg'),
      basis: null,
      gases: row.unit.startsWith('kgCO2e') ? 'CO2e' : null,
      source: row.source ?? 'no publication found',
      sourceUrl: /https?:\/\/[^\s")]+?(?=:? \(|[":]|$)/.exec(row.source ?? '')?.[0] ?? null,
      licence: licenceOf(row.source),
      status: row.status,
      note: row.note,
      attributes: attributesOf({ ...attributes, life_years: lifeYearsOf(row.note) }),
    }
  })
