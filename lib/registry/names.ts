import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'

type NamedTable = 'team' | 'model' | 'service'

const COLUMNS: Record<NamedTable, string> = { team: 'team_id', model: 'model_id', service: 'service_id' }

/** Ids of the names in this organisation; a name that is new becomes a row. */
export const idsOfNames = async (
  tx: Tx,
  orgId: string,
  table: NamedTable,
  names: Set<string>,
): Promise<Map<string, string>> => {
  if (names.size === 0) return new Map()
  const column = COLUMNS[table]
  const ordered = [...names].sort()
  await tx.query(
    `insert into ${table} (org_id, ${column}, name) select $1, * from unnest($2::uuid[], $3::text[])
     on conflict (org_id, name) do nothing`,
    [orgId, ordered.map(() => newId()), ordered],
  )
  const { rows } = await tx.query<{ id: string; name: string }>(
    `select ${column} as id, name from ${table} where org_id = $1 and name = any($2)`,
    [orgId, ordered],
  )
  return new Map(rows.map((row) => [row.name, row.id]))
}
