import type { Tx } from '@/lib/db/with-org-sql'

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
       generation = open_day.generation + 1,
       opened_at = case when open_day.due_at > now() then now() else open_day.opened_at end,
       due_at = least(open_day.due_at, now()),
       touched_at = now()`,
    [orgId, ordered],
  )
}
