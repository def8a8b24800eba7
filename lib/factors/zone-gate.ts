import type pg from 'pg'

/**
 * Posting reads a zone's hours while an import may be replacing them. Whoever posts holds the gate open until its transaction ends,
 * an import closes it first: so either the import sees the posted day and opens it again, or posting sees the new hours. Without it
 * a day whose readings arrive during an import could keep the old intensity unnoticed.
 */
const KEYS =
  'select %(hashtextextended(key, 0)) from unnest($1::text[]) with ordinality as listed(key, place) order by place'

const keysOf = (orgId: string, zones: string[]): string[] =>
  [...new Set(zones)].sort().map((zone) => `hours of ${orgId} ${zone}`)

export const holdZoneHours = async (
  tx: Pick<pg.ClientBase, 'query'>,
  orgId: string,
  zones: string[],
): Promise<void> => {
  await tx.query(KEYS.replace('%', 'pg_advisory_xact_lock_shared'), [keysOf(orgId, zones)])
}

export const claimZoneHours = async (tx: Pick<pg.ClientBase, 'query'>, orgId: string, zone: string): Promise<void> => {
  await tx.query(KEYS.replace('%', 'pg_advisory_xact_lock'), [keysOf(orgId, [zone])])
}
