import { KEY_SCOPES, type KeyScope } from '@/lib/contracts/api-keys'
import { appPool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/with-org-sql'
import type { Actor } from './actor'
import { digestOf, keyIdOf, sameDigest } from './key-secret'

/** A revoked key is refused everywhere within this time; until then a known one costs no query. */
const TRUST_MS = 3000
const known = new Map<string, { actor: Actor; until: number }>()

interface KeyRow {
  org_id: string
  digest: Buffer
  scopes: string[]
  usable: boolean
  stale: boolean
}

/** The actor behind a presented key, or null: unknown, revoked and expired are one answer. */
export const actorOfKey = async (secret: string): Promise<Actor | null> => {
  const keyId = keyIdOf(secret)
  if (!keyId) return null
  const digest = digestOf(secret)
  const cacheKey = digest.toString('base64')
  const cached = known.get(cacheKey)
  if (cached && cached.until > Date.now()) return cached.actor
  known.delete(cacheKey)

  const actor = await inTransaction(appPool(), async (tx): Promise<Actor | null> => {
    await tx.query("select set_config('app.key_id', $1, true)", [keyId])
    const { rows } = await tx.query<KeyRow>(
      `select org_id, digest, scopes,
         revoked_at is null and (expires_at is null or expires_at > now()) as usable,
         last_used_at is null or last_used_at < now() - interval '1 minute' as stale
       from api_key where key_id = $1`,
      [keyId],
    )
    const row = rows.find((candidate) => sameDigest(candidate.digest, digest))
    if (!row?.usable) return null
    if (row.stale) {
      await tx.query("select set_config('app.org_id', $1, true)", [row.org_id])
      await tx.query('update api_key set last_used_at = now() where org_id = $1 and key_id = $2', [row.org_id, keyId])
    }
    const scopes = row.scopes.filter((scope): scope is KeyScope => (KEY_SCOPES as readonly string[]).includes(scope))
    return { kind: 'key', orgId: row.org_id, keyId, scopes }
  })
  if (actor) {
    if (known.size > 10_000) known.clear()
    known.set(cacheKey, { actor, until: Date.now() + TRUST_MS })
  }
  return actor
}
