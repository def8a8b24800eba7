import { sealSecret } from '@/lib/auth/sealed-secret'
import { type ConnectorFields, type ConnectorView, NEEDS_SECRET } from '@/lib/contracts/connectors'
import { newId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { connectorOf } from './connectors'

/** More would be a mistake, and each takes a turn of the worker. */
const MOST_CONNECTORS = 50

/** Changes of connectors, each with its audit event, which names the settings and whether a secret came, never the secret. */

const sealed = (orgId: string, connectorId: string, secret: ConnectorFields['secret']) =>
  secret ? sealSecret({ orgId, connectorId, field: 'secret' }, JSON.stringify(secret)) : null

const secretMissing = () =>
  new AppError('invalid_input', 'This kind of connector needs a key.', {
    issues: [{ path: 'secret', message: 'is needed' }],
  })

/** @throws AppError conflict (too many), invalid_input (no key), unavailable (no SEALING_KEY) */
export const createConnector = (orgId: string, fields: ConnectorFields, by: Author): Promise<ConnectorView> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    if (NEEDS_SECRET[fields.kind] && !fields.secret) throw secretMissing()
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 5))', [`register of connectors ${orgId}`])
    const { rows } = await tx.query<{ name: string }>(
      'select name from connector where org_id = $1 and removed_at is null',
      [orgId],
    )
    if (rows.length >= MOST_CONNECTORS)
      throw new AppError('conflict', `An organisation has at most ${MOST_CONNECTORS} connectors.`)
    refuseSameName(rows, fields.name)
    const connectorId = newId()
    const secret = sealed(orgId, connectorId, fields.secret)
    await tx.query(
      `insert into connector (org_id, connector_id, kind, name, settings, secret, secret_key_version, is_active)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[orgId, connectorId, fields.kind, fields.name, JSON.stringify(fields.settings)],
        ...[secret?.sealed ?? null, secret?.keyVersion ?? null, fields.is_active],
      ],
    )
    await note(tx, orgId, by, 'connector.create', connectorId, fields)
    return connectorOf(tx, orgId, connectorId)
  })

/**
 * Takes the place of what was set; it fetches at once with it.
 * @throws AppError not_found, conflict (another kind), invalid_input (a kept key would go to another address)
 */
export const editConnector = (
  orgId: string,
  connectorId: string,
  fields: ConnectorFields,
  by: Author,
): Promise<ConnectorView> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const before = await connectorOf(tx, orgId, connectorId)
    if (before.kind !== fields.kind) throw new AppError('conflict', 'A connector keeps its kind. Make another one.')
    const others = await tx.query<{ name: string }>(
      'select name from connector where org_id = $1 and removed_at is null and connector_id <> $2',
      [orgId, connectorId],
    )
    refuseSameName(others.rows, fields.name)
    const keeps = fields.secret === undefined && before.has_secret
    if (NEEDS_SECRET[fields.kind] && !keeps && !fields.secret) throw secretMissing()
    if (keeps) refuseOtherOrigin(before.settings.base_url, fields.settings.base_url)
    const secret = sealed(orgId, connectorId, fields.secret)
    await tx.query(
      `update connector set name = $3, settings = $4, is_active = $5, next_at = now(), failures = 0, last_error = null,
         cursor = cursor - 'poll_at' - 'note' ${keeps ? '' : ', secret = $6, secret_key_version = $7'}
       where org_id = $1 and connector_id = $2`,
      [
        ...[orgId, connectorId, fields.name, JSON.stringify(fields.settings), fields.is_active],
        ...(keeps ? [] : [secret?.sealed ?? null, secret?.keyVersion ?? null]),
      ],
    )
    await note(tx, orgId, by, 'connector.edit', connectorId, fields)
    return connectorOf(tx, orgId, connectorId)
  })

/** Removed for good: the sealed secret goes, what was fetched stays. @throws AppError not_found */
export const removeConnector = (orgId: string, connectorId: string, by: Author): Promise<ConnectorView> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const before = await connectorOf(tx, orgId, connectorId)
    await tx.query(
      `update connector set removed_at = now(), is_active = false, secret = null, secret_key_version = null
       where org_id = $1 and connector_id = $2`,
      [orgId, connectorId],
    )
    await writeAuditEvent(tx, orgId, by, {
      ...{ action: 'connector.remove', objectKind: 'connector', objectId: connectorId },
      detail: { kind: before.kind, name: before.name },
    })
    return { ...before, is_active: false, state: 'paused', has_secret: false }
  })

const refuseSameName = (rows: { name: string }[], name: string): void => {
  if (rows.some((row) => row.name === name))
    throw new AppError('conflict', `A connector named “${name}” exists already.`, {
      issues: [{ path: 'name', message: 'is taken' }],
    })
}

/** Whoever may change the address must not be able to send the kept key there. */
const refuseOtherOrigin = (before: unknown, after: string): void => {
  const origin = typeof before === 'string' && URL.canParse(before) ? new URL(before).origin : null
  if (origin !== new URL(after).origin)
    throw new AppError('invalid_input', 'The key was given for another address. Enter it again.', {
      issues: [{ path: 'secret', message: 'is needed for the new address' }],
    })
}

const note = (tx: Tx, orgId: string, by: Author, action: string, objectId: string, fields: ConnectorFields) =>
  writeAuditEvent(tx, orgId, by, {
    ...{ action, objectKind: 'connector', objectId },
    detail: {
      ...{ kind: fields.kind, name: fields.name, is_active: fields.is_active, settings: fields.settings },
      secret: fields.secret === undefined ? 'kept' : fields.secret === null ? 'none' : 'given',
    },
  })
