import type { ClientBase } from 'pg'
import { newKeySecret } from '@/lib/auth/key-secret'
import { KEY_SCOPES, type Key, type KeyScope } from '@/lib/contracts/api-keys'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { DAY } from '@/lib/units/time'

export const scopesOf = (text: string): KeyScope[] => {
  const scopes = [...new Set(text.split(',').map((scope) => scope.trim()))]
  const unknown = scopes.find((scope) => !(KEY_SCOPES as readonly string[]).includes(scope))
  if (unknown !== undefined) {
    throw new AppError('invalid_input', `Scope "${unknown}" is not one of ${KEY_SCOPES.join(', ')}.`)
  }
  return scopes as KeyScope[]
}

interface KeyRow {
  key_id: string
  name: string
  scopes: KeyScope[]
  created_at: Date
  last_used_at: Date | null
  expires_at: Date | null
  revoked_at: Date | null
}

const asKey = (row: KeyRow): Key => ({
  key_id: row.key_id,
  name: row.name,
  scopes: row.scopes,
  created_at: row.created_at.toISOString(),
  last_used_at: row.last_used_at?.toISOString() ?? null,
  expires_at: row.expires_at?.toISOString() ?? null,
  revoked_at: row.revoked_at?.toISOString() ?? null,
})

const COLUMNS = 'key_id, name, scopes, created_at, last_used_at, expires_at, revoked_at'

/** Makes a key; the secret is returned once and only its digest is stored. The transaction already sees the organisation. */
export const createApiKey = async (
  tx: ClientBase,
  orgId: string,
  wanted: { name: string; scopes: KeyScope[]; expiresAt: Date | null; by: Author },
): Promise<{ key: Key; secret: string }> => {
  const made = newKeySecret()
  const { rows } = await tx.query<KeyRow>(
    `insert into api_key (org_id, key_id, name, digest, scopes, created_by, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
     returning ${COLUMNS}`,
    [
      orgId,
      made.keyId,
      wanted.name,
      made.digest,
      wanted.scopes,
      wanted.by.kind === 'user' ? wanted.by.id : null,
      wanted.expiresAt,
    ],
  )
  await writeAuditEvent(tx, orgId, wanted.by, {
    action: 'api_key.create',
    objectKind: 'api_key',
    objectId: made.keyId,
    detail: { name: wanted.name, scopes: wanted.scopes },
  })
  const row = rows[0]
  invariant(row, 'an inserted key is returned')
  return { key: asKey(row), secret: made.secret }
}

export const apiKeys = (orgId: string): Promise<Key[]> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rows } = await tx.query<KeyRow>(
      `select ${COLUMNS} from api_key where org_id = $1 order by revoked_at is not null, created_at desc, key_id`,
      [orgId],
    )
    return rows.map(asKey)
  })

export const addApiKey = (
  orgId: string,
  wanted: { name: string; scopes: KeyScope[]; expires_in_days?: number | null | undefined },
  by: Author,
): Promise<{ key: Key; secret: string }> =>
  withOrgSql(appPool(), orgId, (tx) =>
    createApiKey(tx, orgId, {
      name: wanted.name,
      scopes: wanted.scopes,
      expiresAt: wanted.expires_in_days ? new Date(Date.now() + wanted.expires_in_days * DAY) : null,
      by,
    }),
  )

/** Revokes a key for good. @throws AppError not_found, for an unknown key and another organisation's alike */
export const endApiKey = (orgId: string, keyId: string, by: Author): Promise<Key> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rows } = await tx.query<KeyRow>(
      `update api_key set revoked_at = now() where org_id = $1 and key_id = $2 and revoked_at is null returning ${COLUMNS}`,
      [orgId, keyId],
    )
    const row = rows[0]
    if (!row) throw new AppError('not_found', 'No such key, or it is revoked already.')
    await writeAuditEvent(tx, orgId, by, {
      action: 'api_key.revoke',
      objectKind: 'api_key',
      objectId: keyId,
      detail: {},
    })
    return asKey(row)
  })
