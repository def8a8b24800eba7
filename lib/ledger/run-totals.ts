import type { Tx } from '@/lib/db/with-org-sql'

export interface RunTotals {
  facilityUwh: bigint | null
  locationMg: bigint | null
  marketMg: bigint | null
  /** Whether any of its days may still be replaced. */
  isProvisional: boolean
  /** Whether a day on which it ran waits to be posted. */
  isWaiting: boolean
}

/** A run's current figures over all of its days, before instruments; null where nothing is known. Null: no entry, no such run. */
export const runTotals = async (tx: Tx, orgId: string, run: string): Promise<RunTotals | null> => {
  const { rows } = await tx.query<{
    facility: string | null
    location: string | null
    market: string | null
    provisional: boolean | null
    waiting: boolean
    entries: bigint
  }>(
    `/* ledger.run_totals */
     with own as (
       select e.*
       from run r
       join attribution a on a.org_id = r.org_id and a.run_id = r.run_id
       join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id and e.is_current and not e.unallocated
       where r.org_id = $1 and r.name = $2
     )
     select sum(total_facility_uwh)::text as facility, sum(total_location_mg)::text as location, sum(total_market_mg)::text as market,
       bool_or(status = 'provisional') as provisional, count(*) as entries,
       exists (select 1 from open_day o where o.org_id = $1 and o.due_at <= now() and o.day between min(own.day) - 1 and max(own.day) + 1)
         as waiting
     from own`,
    [orgId, run],
  )
  const [row] = rows
  if (!row || row.entries === 0n) return null
  const exact = (text: string | null) => (text === null ? null : BigInt(text))
  return {
    facilityUwh: exact(row.facility),
    locationMg: exact(row.location),
    marketMg: exact(row.market),
    isProvisional: row.provisional ?? false,
    isWaiting: row.waiting,
  }
}
