import type pg from 'pg'

/**
 * A request that brings readings of a day holds that day's gate while it looks whether the day is open and until it has committed. A
 * worker that has said in `open_day.claimed_at` that it takes the day waits once for all who held the gate. So a request either saw
 * the claim, and opens the day again, or is committed before the worker reads. Thus no request need write to a day that is open, and a
 * stream of requests meets at no row.
 */
export const EVIDENCE_KEY = `hashtextextended($1 || ' evidence ' || day, 4)`

/** Shared, for days `2026-03-01`, in their order: two who hold several never wait for each other crosswise. Call it once a transaction. */
export const holdEvidence = async (tx: Pick<pg.ClientBase, 'query'>, orgId: string, days: string[]): Promise<void> => {
  await tx.query(
    `/* ledger.hold_evidence */ select pg_advisory_xact_lock_shared(${EVIDENCE_KEY})
     from unnest($2::text[]) with ordinality as listed(day, place) order by place`,
    [orgId, [...new Set(days)].sort()],
  )
}

/** Waits for the requests that hold the day's gate now; in a transaction of its own, which must hold nothing else. */
export const awaitEvidence = async (tx: Pick<pg.ClientBase, 'query'>, orgId: string, day: string): Promise<void> => {
  await tx.query(
    `/* ledger.await_evidence */ select pg_advisory_xact_lock(${EVIDENCE_KEY}) from (select $2::text as day) listed`,
    [orgId, day],
  )
}
