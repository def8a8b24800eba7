import type { Tx } from '@/lib/db/with-org-sql'
import type { FactorKind } from '@/lib/factors/factor-kinds'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { countryOf, subregionOfZone } from '@/lib/factors/zone-country'
import { openDaysOfHardware, openDaysOfZones, openDaysRestingOn, openEveryDay } from '@/lib/ledger/affected-days'

export interface ChangedFactor {
  id: string
  overrides: string | null
  kind: FactorKind
  zone: string | null
  subject: string | null
}

const OF_PLACES: FactorKind[] = [
  'grid-direct-year',
  'grid-lifecycle-year',
  'grid-profile',
  'residual-mix',
  'grid-loss',
  'grid-upstream',
  'source-water',
]

/** Every zone that may fall back on a place: itself, those of its country, and of a subregion the zones that lie in it. */
const zonesOf = (tables: ReferenceTables, place: string): string[] => {
  const code = place.replace(/^egrid:/i, '').toUpperCase()
  const within = [...tables.zones.values()]
    .map(({ zone }) => zone)
    .filter(
      (zone) =>
        countryOf(tables, zone) === place ||
        subregionOfZone(tables, zone) === place ||
        (place === 'eGRID:US' && countryOf(tables, zone) === 'US'),
    )
  const parent = /^egrid:/i.test(place) ? tables.egridAliases.get(code) : undefined
  return [...new Set([place, ...within, ...(parent ? [parent] : [])])]
}

/**
 * Opens the days on which a changed factor may bear, in the transaction of the change: those whose lines rest on it, and those of the
 * place or hardware that it may newly apply to. A number that no posted line can rest on (a fuel, a coefficient) opens none.
 */
export const openDaysOfFactor = async (
  tx: Tx,
  orgId: string,
  tables: ReferenceTables,
  changed: ChangedFactor[],
): Promise<number> => {
  if (changed.length === 0) return 0
  const wide = changed.some(({ kind }) => kind === 'pue' || kind === 'wue')
  if (wide) return openEveryDay(tx, orgId)
  const places = changed.filter(({ kind, zone }) => OF_PLACES.includes(kind) && zone !== null)
  const zones = [...new Set(places.flatMap(({ zone }) => (zone === null ? [] : zonesOf(tables, zone))))]
  const hardware = changed.flatMap(({ kind, subject }) => (kind === 'embodied' && subject !== null ? [subject] : []))
  await openDaysRestingOn(
    tx,
    orgId,
    changed.flatMap(({ id, overrides }) => (overrides === null ? [id] : [id, overrides])),
  )
  if (zones.length > 0) await openDaysOfZones(tx, orgId, zones)
  if (hardware.length > 0) await openDaysOfHardware(tx, orgId, hardware)
  return openedNow(tx, orgId)
}

/** The three may name the same days: those that this transaction touched, each once. */
const openedNow = async (tx: Tx, orgId: string): Promise<number> => {
  const { rows } = await tx.query<{ days: number }>(
    'select count(*)::int as days from open_day where org_id = $1 and touched_at = now()',
    [orgId],
  )
  return rows[0]?.days ?? 0
}
