import type { GwpSet } from './factor-kinds'
import { type FoundFactor, foundFactor } from './found-factor'
import type { ReferenceTables } from './reference-tables'

/** What people call a gas besides its name in the list. */
const OTHER_NAMES: Record<string, string> = {
  'r-134a': 'hfc-134a',
  'r-32': 'hfc-32',
  'r-125': 'hfc-125',
  'r-143a': 'hfc-143a',
  'r-227ea': 'hfc-227ea',
  'fm-200': 'hfc-227ea',
  'r-1234yf': 'hfo-1234yf',
  'r-1234ze': 'hfo-1234ze-e',
  'r-1234ze-e': 'hfo-1234ze-e',
  methane: 'ch4',
  'nitrous oxide': 'n2o',
  'carbon dioxide': 'co2',
}

/** `R410A`, `R 410a` → `r-410a`. */
const gasKey = (name: string): string => {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[()]/g, ' ')
    .trim()
    .replace(/\s+/g, name.includes(' oxide') || name.includes(' dioxide') ? ' ' : '-')
    .replace(/^(r|hfc|hfo)-?(\d)/, '$1-$2')
  return OTHER_NAMES[plain] ?? plain
}

/** GWP 100 of a gas, kg CO2e per kg, in the named set; null for a gas that the list does not have. PURE. */
export const gwpOf = (tables: ReferenceTables, gas: string, set: GwpSet): FoundFactor | null => {
  const key = gasKey(gas)
  const row = (tables.factorsByKind.get('gwp') ?? []).find(
    (each) => each.gwpSet === set && each.subject?.toLowerCase() === key,
  )
  return row ? foundFactor(row, 3) : null
}

/** Names of all gases of a set, for a list to choose from. */
export const gasesListed = (tables: ReferenceTables, set: GwpSet): string[] =>
  (tables.factorsByKind.get('gwp') ?? []).flatMap((row) => (row.gwpSet === set && row.subject ? [row.subject] : []))
