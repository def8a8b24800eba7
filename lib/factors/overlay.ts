import {
  type FactorRecord,
  indexFactors,
  type ReferenceTables,
  type StoredFactor,
  storedFactor,
} from './reference-tables'

/** What one organisation has besides the shared library, or instead of it. */
export interface OwnRecords {
  /** Its own factors, newest version each. */
  own: (FactorRecord & { overrides: string | null })[]
  /** Shared factors of which a newer version waits for acceptance: the version in force. */
  held: FactorRecord[]
}

/** Two rows that answer the same question: the organisation's own then hides the shared one. */
const placeOf = (row: StoredFactor): string =>
  row.zone === null
    ? `${row.kind}|${row.subject ?? row.factor.id}|${row.unit}|${row.gwpSet}`
    : `${row.kind}|${row.zone}|${row.level}|${row.year}|${row.subject ?? ''}`

const isPlaced = (row: StoredFactor): boolean => row.level !== 'alternative'

/**
 * The library as one organisation uses it: accepted versions instead of newer ones, then its own factors, which stand before shared
 * ones of the same place and under the id of what they override. PURE.
 */
export const overlaid = (shared: ReferenceTables, { own, held }: OwnRecords): ReferenceTables => {
  const byId = new Map(shared.factors)
  for (const record of held) {
    if (record.status === 'withdrawn') byId.delete(record.id)
    else byId.set(record.id, storedFactor(record))
  }
  const mine = own.filter((record) => record.status !== 'withdrawn')
  const ownRows = mine.map((record) => storedFactor(record, true))
  const hidden = new Set(ownRows.filter(isPlaced).map(placeOf))
  for (const [id, row] of byId) if (isPlaced(row) && hidden.has(placeOf(row))) byId.delete(id)
  for (const record of mine) {
    const row = storedFactor(record, true)
    byId.set(record.id, row)
    if (record.overrides !== null) byId.set(record.overrides, row)
  }
  const distinct = [...new Map([...byId.values()].map((row) => [row.factor.id, row])).values()]
  return { ...shared, ...indexFactors(distinct, byId) }
}
