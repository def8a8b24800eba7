import { isUnfit } from './factor-kinds'
import { wholeSlug } from './factor-row'
import { type FoundFactor, foundFactor } from './found-factor'
import { hardwareOf } from './hardware-of'
import type { ReferenceTables, StoredFactor } from './reference-tables'

/** Embodied carbon of one device or server, kg CO2e, cradle to gate, and what the value rests on. */
export interface EmbodiedFactor extends FoundFactor {
  basis: 'pcf' | 'bottom-up' | 'category-default' | 'mass' | 'proxy'
}

const basisOf = (row: StoredFactor): EmbodiedFactor['basis'] => {
  const stated = row.attributes?.embodied_basis
  if (stated === 'pcf' || stated === 'bottom-up' || stated === 'category-default' || stated === 'mass') return stated
  if (row.status === 'derived') return 'bottom-up'
  return row.status.startsWith('verified') ? 'pcf' : 'proxy'
}

const asEmbodied = (row: StoredFactor | undefined): EmbodiedFactor | null => {
  if (!row || isUnfit(row.status)) return null
  const basis = basisOf(row)
  const found = foundFactor(row, basis === 'pcf' ? 3 : basis === 'bottom-up' ? 4 : 5)
  return found && { ...found, basis }
}

/** By factor id, by the product's name, or by a device that hardwareOf knows. Null is unknown. PURE. */
export const embodiedOf = (tables: ReferenceTables, name: string): EmbodiedFactor | null => {
  const rows = tables.factorsByKind.get('embodied') ?? []
  const literal =
    tables.factors.get(name) ??
    rows.find((row) => row.subject?.toLowerCase() === name.trim().toLowerCase()) ??
    rows.find((row) => row.factor.id === `embodied:${wholeSlug(name)}`)
  if (literal?.kind === 'embodied') return asEmbodied(literal)
  const device = hardwareOf(tables, name)
  return device ? asEmbodied(tables.factors.get(`embodied:${device.id}`)) : null
}
