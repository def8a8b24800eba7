import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'

export type Protocol =
  | 'native'
  | 'activities'
  | 'codecarbon'
  | 'codecarbon-csv'
  | 'prometheus'
  | 'otlp'
  | 'pushgateway'
  | 'mlflow'

export const sourceOf = async (tx: Tx, orgId: string, protocol: Protocol, name: string = protocol): Promise<string> => {
  const find = async () =>
    (
      await tx.query<{ source_id: string }>(
        'select source_id from source where org_id = $1 and protocol = $2 and name = $3',
        [orgId, protocol, name],
      )
    ).rows[0]?.source_id
  const known = await find()
  if (known) return known
  await tx.query(
    `insert into source (org_id, source_id, protocol, name) values ($1, $2, $3, $4)
     on conflict (org_id, protocol, name) do nothing`,
    [orgId, newId(), protocol, name],
  )
  return (await find()) as string
}

/** Counts refused readings by source, UTC day and reason: shown on the Sources page, never hidden. */
export const countRejections = async (
  tx: Tx,
  orgId: string,
  sourceId: string,
  reasons: Map<string, number>,
): Promise<void> => {
  if (reasons.size === 0) return
  const ordered = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1))
  await tx.query(
    `insert into rejection_count as known (org_id, source_id, day, reason, readings)
     select $1, $2, (now() at time zone 'utc')::date, * from unnest($3::text[], $4::bigint[])
     on conflict (org_id, source_id, day, reason) do update set readings = known.readings + excluded.readings`,
    [orgId, sourceId, ordered.map(([reason]) => reason), ordered.map(([, readings]) => readings)],
  )
}
