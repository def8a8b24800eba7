import { isRecalled, verifiedFirst } from './factor-kinds'
import { type FoundFactor, foundFactor } from './found-factor'
import type { ReferenceTables, StoredFactor } from './reference-tables'
import { countryOf, subregionOfZone } from './zone-country'

/** Losses of transmission and distribution: a share of generation, or a published figure in g per kWh delivered (category 3c). */
export type GridLoss = Omit<FoundFactor, 'value'> &
  ({ fraction: number; gPerKwh: null } | { fraction: null; gPerKwh: number })

const asLoss = (row: StoredFactor, tier: 3 | 4 | 5): GridLoss | null => {
  const found = foundFactor(row, tier)
  if (!found) return null
  const { value, ...rest } = found
  return row.unit === 'g/kWh'
    ? { ...rest, fraction: null, gPerKwh: value }
    : { ...rest, fraction: value, gPerKwh: null }
}

const lossesAt = (tables: ReferenceTables, zone: string | null): StoredFactor[] =>
  zone === null ? [] : (tables.factorsByZone.get(zone) ?? []).filter((row) => row.kind === 'grid-loss')

/** The newest of the confirmed rows, else of the recalled ones. */
const best = (rows: StoredFactor[]): StoredFactor | null =>
  verifiedFirst([...rows].sort((a, b) => (b.year ?? 0) - (a.year ?? 0)))[0] ?? null

/**
 * The zone's own (eGRID subregion: tier 3), its country's (tier 4), else the world's (recalled, tier 5). An average that is stated per kWh
 * sold holds its losses already (`losses_included` of the intensity's factor): whoever multiplies leaves them out there.
 */
export const lossOf = (tables: ReferenceTables, zone: string): GridLoss | null => {
  const subregion = subregionOfZone(tables, zone)
  const country = countryOf(tables, zone)
  const own = best([...lossesAt(tables, zone), ...lossesAt(tables, subregion)])
  const national = best([...lossesAt(tables, country), ...(country === 'US' ? lossesAt(tables, 'eGRID:US') : [])])
  const ofPlace = [own && asLoss(own, own.level === 'zone' ? 3 : 4), national && asLoss(national, 4)].filter(
    (each) => each !== null,
  )
  const confirmed = ofPlace.find((each) => !isRecalled(each.status)) ?? ofPlace[0]
  if (confirmed) return confirmed
  const world = (tables.factorsByKind.get('grid-loss') ?? []).find((row) => row.level === 'world')
  return world ? asLoss(world, 5) : null
}
