import { type ConnectorList, type ConnectorView, connectorProgressSchema } from '@/lib/contracts/connectors'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { isoInstant } from '@/lib/units/time'

interface ConnectorRow {
  connector_id: string
  kind: ConnectorView['kind']
  name: string
  settings: Record<string, unknown>
  secret_key_version: number | null
  is_active: boolean
  cursor: { newest?: Record<string, number>; note?: string | null }
  progress: unknown
  next_at: Date
  last_started_at: Date | null
  last_ok_at: Date | null
  last_error: string | null
  failures: number
  created_at: Date
}

/** What the web may read: every column but the sealed secret, which its role cannot select either. */
const COLUMNS = `connector_id, kind, name, settings, secret_key_version, is_active, cursor, progress, next_at, last_started_at, last_ok_at,
  last_error, failures, created_at`

const stateOf = (row: ConnectorRow, backfill: ConnectorView['backfill']): ConnectorView['state'] => {
  if (!row.is_active) return 'paused'
  if (row.failures > 0) return 'failing'
  if (backfill !== null) return 'backfilling'
  return row.last_ok_at === null ? 'waiting' : 'fetching'
}

const viewOf = (row: ConnectorRow): ConnectorView => {
  const progress = connectorProgressSchema.safeParse(row.progress).data ?? null
  const backfill = progress !== null && progress.done < progress.to ? progress : null
  const newest = Object.values(row.cursor.newest ?? {}).filter(Number.isFinite)
  return {
    connector_id: row.connector_id,
    kind: row.kind,
    name: row.name,
    settings: row.settings,
    has_secret: row.secret_key_version !== null,
    is_active: row.is_active,
    state: stateOf(row, backfill),
    created_at: row.created_at.toISOString(),
    last_started_at: row.last_started_at?.toISOString() ?? null,
    last_ok_at: row.last_ok_at?.toISOString() ?? null,
    next_at: row.next_at.toISOString(),
    last_error: row.last_error,
    failures: row.failures,
    note: row.cursor.note ?? null,
    newest_at: newest.length === 0 ? null : isoInstant(Math.max(...newest)),
    backfill,
  }
}

/** The connectors of an organisation by name, without those that were removed. */
export const connectorList = (orgId: string): Promise<ConnectorList> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rows } = await tx.query<ConnectorRow>(
      `select ${COLUMNS} from connector where org_id = $1 and removed_at is null order by name, connector_id`,
      [orgId],
    )
    return { now: new Date().toISOString(), connectors: rows.map(viewOf) }
  })

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** @throws AppError not_found */
export const connectorOf = async (tx: Tx, orgId: string, connectorId: string): Promise<ConnectorView> => {
  if (!UUID.test(connectorId)) throw new AppError('not_found', 'No such connector.')
  const { rows } = await tx.query<ConnectorRow>(
    `select ${COLUMNS} from connector where org_id = $1 and connector_id = $2 and removed_at is null`,
    [orgId, connectorId],
  )
  const [row] = rows
  if (!row) throw new AppError('not_found', 'No such connector.')
  return viewOf(row)
}
