import { z } from 'zod'
import { DAY, HOUR, hourStart, isoInstant } from '@/lib/units/time'
import type { Cursor, Turn } from './turn'

/** What an intensity connector remembers of each of its series (a zone and a kind of factor). */

const cursorSchema = z.object({
  newest: z.record(z.string(), z.number()).catch({}),
  looked_back: z.record(z.string(), z.number()).catch({}),
  models: z.record(z.string(), z.string()).catch({}),
})
export type SeriesCursor = z.infer<typeof cursorSchema>

export const seriesCursor = (cursor: Cursor): SeriesCursor =>
  cursorSchema.parse({ newest: cursor.newest, looked_back: cursor.looked_back, models: cursor.models })

const CORRECTIONS_EVERY = 6 * HOUR
/** Sources correct estimates within two days; further back is the back-fill's work. */
const CORRECTIONS_REACH = 48 * HOUR

/**
 * From which hour to ask. Usually from the newest known one on; a few times a day two days back, because figures are corrected. Never
 * further back than the source tells at once: a longer hole is left to the back-fill.
 */
export const askFrom = (
  known: SeriesCursor,
  key: string,
  { now, furthest }: { now: number; furthest: number },
): { from: number; looksBack: boolean } => {
  const newest = known.newest[key] ?? null
  const looksBack = newest === null || now - (known.looked_back[key] ?? 0) >= CORRECTIONS_EVERY
  const wanted = newest === null ? now - DAY : looksBack ? Math.min(newest, now - CORRECTIONS_REACH) : newest
  return { from: hourStart(Math.max(wanted, now - furthest)), looksBack }
}

/** What to remember after a series was fetched. */
export const seen = (turn: Turn, key: string, newest: number | null, looksBack: boolean): Cursor => {
  const before = seriesCursor(turn.cursor)
  return {
    newest: newest === null ? before.newest : { ...before.newest, [key]: newest },
    looked_back: looksBack ? { ...before.looked_back, [key]: turn.now() } : before.looked_back,
  }
}

/** A hole that is longer than the source tells at once becomes a back-fill, unless one runs already. */
export const fillLongHole = async (turn: Turn, keys: string[], furthest: number): Promise<void> => {
  const { newest } = seriesCursor(turn.cursor)
  const edge = hourStart(turn.now() - furthest)
  const oldest = Math.min(...keys.map((key) => newest[key] ?? edge))
  const isBusy = turn.progress !== null && turn.progress.done < turn.progress.to
  if (oldest >= edge || isBusy) return
  const from = isoInstant(oldest)
  await turn.keep({ progress: { from, to: isoInstant(edge + HOUR), done: from } })
}
