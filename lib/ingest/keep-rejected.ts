import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'

/** The newest refused items of a source are kept as they came; all of them are counted. */
export const MOST_KEPT_OF_A_SOURCE = 500
const MOST_BYTES = 4096
/** What PostgreSQL's jsonb refuses: NUL, and halves of a character. */
const UNSTORABLE = /\\u(0000|d[89a-f][0-9a-f]{2})/i

export interface RejectedItem {
  reason: string
  /** What the item came with: `{ protocol, … }`. */
  with: Record<string, unknown>
  /** As it came. Null where `with` is all of it. */
  item: unknown
}

/** An item that is too long, or that no JSON column holds, is kept as the beginning of its text. */
const payloadOf = ({ with: said, item }: RejectedItem): string => {
  if (item === null) return JSON.stringify(said)
  const text = JSON.stringify(item) ?? 'null'
  const whole = JSON.stringify({ ...said, item })
  return whole.length <= MOST_BYTES && !UNSTORABLE.test(text)
    ? whole
    : JSON.stringify({ ...said, text: text.slice(0, 2000).replace(/\p{Cs}/gu, '') })
}

/** Keeps refused items with their reasons, so that they can be mended and sent again; the oldest make room. */
export const keepRejectedItems = async (
  tx: Tx,
  orgId: string,
  sourceId: string,
  items: RejectedItem[],
): Promise<void> => {
  if (items.length === 0) return
  const kept = items.slice(-MOST_KEPT_OF_A_SOURCE)
  await tx.query(
    `/* rejected.keep */
     insert into rejected_reading (org_id, source_id, rejection_id, reason, payload)
     select $1, $2, * from unnest($3::uuid[], $4::text[], $5::jsonb[])`,
    [orgId, sourceId, kept.map(() => newId()), kept.map(({ reason }) => reason), kept.map(payloadOf)],
  )
  await tx.query(
    `/* rejected.forget */
     delete from rejected_reading where org_id = $1 and source_id = $2 and rejection_id in (
       -- Two requests of one source leave each other's rows alone: the next one takes them.
       select rejection_id from rejected_reading where org_id = $1 and source_id = $2
       order by received_at desc, rejection_id desc offset $3 for update skip locked)`,
    [orgId, sourceId, MOST_KEPT_OF_A_SOURCE],
  )
}
