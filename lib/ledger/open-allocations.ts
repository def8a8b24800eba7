import type { Tx } from '@/lib/db/with-org-sql'

/**
 * Marks months as due for (re)allocation of instruments, in the transaction of the change that asks for it: energy, an instrument or
 * a residual mix changed. `months` are first days or any day of them. Written in order, so that two writers never wait crosswise.
 */
export const openAllocations = async (tx: Tx, orgId: string, months: Iterable<string>): Promise<void> => {
  const ordered = [...new Set([...months].map((month) => `${month.slice(0, 7)}-01`))].sort()
  if (ordered.length === 0) return
  await tx.query(
    `insert into open_allocation (org_id, month)
     select $1, month from unnest($2::date[]) with ordinality as listed(month, place) order by place
     on conflict (org_id, month) do update set
       generation = open_allocation.generation + 1,
       due_at = least(open_allocation.due_at, now())`,
    [orgId, ordered],
  )
}
