import type { Pool } from 'pg'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { log } from '@/lib/log'
import { compactWhereMuch } from './compact-day'
import { postDay } from './post-day'

export interface DueDay {
  org_id: string
  day: string
}

/**
 * The next days to post: the newest of each organisation first, organisations in turn, so that no backlog delays another's new
 * readings. A day that was just opened waits for a short calm, so that a few requests in a row are posted once.
 */
export const dueDays = async (pool: Pool, limit: number): Promise<DueDay[]> => {
  const { rows } = await pool.query<DueDay>(
    `select org_id, day from (
       select org_id, day, row_number() over (partition by org_id order by day desc) as place
       from open_day
       where due_at <= now() and (touched_at < now() - interval '300 milliseconds' or opened_at < now() - interval '3 seconds')
     ) due
     order by place, day desc
     limit $1`,
    [limit],
  )
  return rows
}

// A day into which readings stream is open again as soon as it is posted: it rests twice as long as its posting took, so that
// at most a third of a worker's time goes into one day, however much of it there is.
const rests = new Map<string, number>()
const LONGEST_REST_MS = 60_000

// A day whose posting fails must not hold up the others; it is tried again, later and later.
const failures = new Map<string, { count: number; retryAt: number }>()

/** Posts what is due, one day after the other. Returns how many days were posted. */
export const postDue = async (pool: Pool, tables: ReferenceTables, limit = 20): Promise<number> => {
  let posted = 0
  for (const { org_id: orgId, day } of await dueDays(pool, limit)) {
    const key = `${orgId} ${day}`
    const failure = failures.get(key)
    if (failure && failure.retryAt > Date.now()) continue
    if ((rests.get(key) ?? 0) > Date.now()) continue
    try {
      const startedAt = performance.now()
      const result = await postDay(pool, tables, { orgId, day, now: Date.now() })
      failures.delete(key)
      if (!result) continue
      posted++
      const ms = Math.round(performance.now() - startedAt)
      if (rests.size > 10_000) rests.clear()
      rests.set(key, Date.now() + Math.min(LONGEST_REST_MS, 2 * ms))
      log.debug({ orgId, day, ...result, ms }, 'day posted')
      await compactWhereMuch(pool, orgId, day, Date.now())
    } catch (error) {
      const count = (failure?.count ?? 0) + 1
      failures.set(key, { count, retryAt: Date.now() + Math.min(300_000, 1000 * 2 ** count) })
      log.error({ orgId, day, count, err: error }, 'posting failed; the day stays open')
    }
  }
  return posted
}
