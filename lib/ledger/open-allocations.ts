import type { Tx } from '@/lib/db/with-org-sql'

/**
 * Marks months whose allocation lines must be computed again, in the transaction of the change that asks for it: their energy, an
 * instrument or a residual mix changed. Months are `2026-03-01`, written in order.
 */
export const openAllocations = async (tx: Tx, orgId: string, months: Iterable<string>): Promise<void> => {
  const ordered = [...new Set(months)].sort()
  if (ordered.length === 0) return
  await tx.query(
    `/* ledger.open_allocations */
     insert into open_allocation (org_id, month)
     select $1, month from unnest($2::date[]) with ordinality as listed(month, place) order by place
     on conflict (org_id, month) do update set
       generation = open_allocation.generation + 1, due_at = least(open_allocation.due_at, now())`,
    [orgId, ordered],
  )
}
