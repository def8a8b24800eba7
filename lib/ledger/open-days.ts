import type { Tx } from '@/lib/db/with-org-sql'

/** What a day that is opened again becomes: due at once, and nobody's. */
const RAISED = `generation = open_day.generation + 1,
       claimed_at = null,
       opened_at = case when open_day.due_at > now() or open_day.claimed_at is not null then now() else open_day.opened_at end,
       due_at = least(open_day.due_at, now()),
       touched_at = now()`

/**
 * Marks UTC days as due for (re)posting, in the transaction of the change that asks for it. A day that waits to settle becomes due
 * at once. Days are written in order, so that two writers never wait for each other crosswise.
 */
export const openDays = async (tx: Tx, orgId: string, days: Iterable<string>): Promise<void> => {
  const ordered = [...new Set(days)].sort()
  if (ordered.length === 0) return
  await tx.query(
    `insert into open_day (org_id, day)
     select $1, day from unnest($2::date[]) with ordinality as listed(day, place) order by place
     on conflict (org_id, day) do update set
       ${RAISED}`,
    [orgId, ordered],
  )
}

/**
 * The same for new readings, from a list of days `listed(day, place)`: a day that is due and nobody's is left alone. Sound only behind
 * the day's evidence gate, in a statement that began after it was held. $1 is the organisation.
 */
export const openForEvidence = (listed: string): string => `insert into open_day (org_id, day)
     select $1, listed.day from ${listed}
     where not exists (
       select 1 from open_day o where o.org_id = $1 and o.day = listed.day and o.due_at <= now() and o.claimed_at is null)
     order by listed.place
     on conflict (org_id, day) do update set
       ${RAISED}`
