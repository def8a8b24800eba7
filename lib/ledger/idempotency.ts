import type { Tx } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'

export interface Answered {
  status: number
  body: unknown
}

/**
 * Runs the work once per (organisation, route, key) and gives every repeat the stored answer. A second request with the same key
 * waits until the first has committed. Only answers of a committed transaction are stored, so a 5xx is never replayed.
 * @throws AppError idempotency_mismatch when the key was used with another request
 */
export const once = async (
  tx: Tx,
  { orgId, route, key, digest }: { orgId: string; route: string; key: string; digest: Buffer },
  work: () => Promise<Answered>,
): Promise<Answered> => {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2 || ' ' || $3, 1))", [orgId, route, key])
  const { rows } = await tx.query<{ digest: Buffer; status: number; body: unknown }>(
    'select digest, status, body from idempotency where org_id = $1 and route = $2 and key = $3',
    [orgId, route, key],
  )
  const known = rows[0]
  if (known) {
    if (!known.digest.equals(digest)) {
      throw new AppError('idempotency_mismatch', 'This Idempotency-Key was used before with another request.')
    }
    return { status: known.status, body: known.body }
  }
  const answer = await work()
  await tx.query('insert into idempotency (org_id, route, key, digest, status, body) values ($1, $2, $3, $4, $5, $6)', [
    orgId,
    route,
    key,
    digest,
    answer.status,
    JSON.stringify(answer.body),
  ])
  return answer
}
