import type { Pool } from 'pg'
import { accountDay } from '@/lib/accounting/account-day'
import type { DayFacts } from '@/lib/accounting/facts'
import { inTransaction, type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { writeEntries } from '@/lib/ledger/entries'
import { awaitEvidence } from '@/lib/ledger/evidence-gate'
import { writeLeftOutHours } from '@/lib/ledger/left-out-hours'
import { openAllocations } from '@/lib/ledger/open-allocations'
import { DAY, dayOf, HOUR } from '@/lib/units/time'
import { writeEmissionDay, writeEmissionMonth, writeFacilityDay } from './cubes'
import { loadDay } from './load-day'

/** A day is settled this long after it ended; until then its entries are provisional. */
export const SETTLES_AFTER = 48 * HOUR

export interface Posted {
  entries: number
  changed: number
  duplicates: number
  conflicts: number
  /** Modelled series that gave way to better evidence of their workload, in some hours or all. */
  setAside: number
  /** Meters left out, in some hours or all, because another tells the same energy. */
  leftOut: number
}

/**
 * Recomputes one organisation's UTC day from its evidence and brings entries and cubes to the result. Never adds to an old result,
 * so it may run again at any time with the same outcome. Returns null when another worker holds the day, or it is not due.
 */
export const postDay = async (
  pool: Pool,
  tables: ReferenceTables,
  { orgId, day, now }: { orgId: string; day: string; now: number },
): Promise<Posted | null> => {
  const generation = await claimDay(pool, orgId, day)
  if (generation === null) return null
  // Requests that looked before the claim have committed when this returns; those that look later open the day again.
  await inTransaction(pool, (tx) => awaitEvidence(tx, orgId, day))
  return withOrgSql(pool, orgId, async (tx) => {
    if (!(await holdsDay(tx, orgId, day))) return null
    const facts = await loadDay(tx, orgId, dayOf(day), tables)
    const posted = await post(tx, orgId, day, facts, now)
    await finish(tx, {
      orgId,
      day,
      generation,
      settlesAt: dayOf(day) + DAY + SETTLES_AFTER,
      now,
      empty: posted.entries === 0,
    })
    return posted
  })
}

/** One worker at a time reads or rewrites what is derived of a day: posting, restating, compacting. */
export const holdsDay = async (tx: Tx, orgId: string, day: string): Promise<boolean> => {
  const { rows } = await tx.query<{ held: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended($1 || ' day ' || $2, 2)) as held",
    [orgId, day],
  )
  return rows[0]?.held ?? false
}

/**
 * Says that the day is taken, and commits it, before any of its evidence is read. A worker that dies leaves the claim behind: the day
 * stays due, and whoever comes next claims it anew.
 */
export const claimDay = (pool: Pool, orgId: string, day: string): Promise<bigint | null> =>
  withOrgSql(pool, orgId, async (tx) => {
    if (!(await holdsDay(tx, orgId, day))) return null
    const { rows } = await tx.query<{ generation: bigint }>(
      `/* posting.claim_day */ update open_day set claimed_at = now()
       where org_id = $1 and day = $2 and due_at <= now() returning generation`,
      [orgId, day],
    )
    return rows[0]?.generation ?? null
  })

const post = async (tx: Tx, orgId: string, day: string, facts: DayFacts, now: number): Promise<Posted> => {
  const accounted = accountDay(facts)
  const settled = now >= facts.day + DAY + SETTLES_AFTER
  const drafts = accounted.entries.map((draft) => {
    const attribution = facts.attributions[draft.attribution]
    invariant(attribution, 'an entry names an attribution of its day')
    return { attributionId: attribution.attributionId, draft }
  })
  const changed = await writeEntries(tx, orgId, day, settled ? 'settled' : 'provisional', drafts)
  await writeFacilityDay(tx, orgId, day, !settled, accounted.facilities)
  await writeLeftOutHours(tx, orgId, day, accounted.leftOut)
  if (changed > 0) await writeCubes(tx, orgId, day)
  return {
    entries: drafts.length,
    changed,
    duplicates: accounted.duplicates,
    conflicts: accounted.conflicts.length,
    setAside: accounted.setAside.length,
    leftOut: accounted.leftOut.length,
  }
}

/** What is summed from a day's entries, once these have changed. */
export const writeCubes = async (tx: Tx, orgId: string, day: string): Promise<void> => {
  await writeEmissionDay(tx, orgId, day)
  await writeEmissionMonth(tx, orgId, day)
  await openAllocations(tx, orgId, [`${day.slice(0, 7)}-01`])
}

/** Takes the day off the work list, or lets it wait until it settles; a newer generation stays due. */
const finish = async (
  tx: Tx,
  work: { orgId: string; day: string; generation: bigint; settlesAt: number; now: number; empty: boolean },
): Promise<void> => {
  const { orgId, day, generation } = work
  if (work.now >= work.settlesAt || work.empty) {
    await tx.query('delete from open_day where org_id = $1 and day = $2 and generation = $3', [orgId, day, generation])
  } else {
    await tx.query(
      'update open_day set due_at = $4, claimed_at = null where org_id = $1 and day = $2 and generation = $3',
      [orgId, day, generation, new Date(work.settlesAt)],
    )
  }
}
