import type { Tx } from '@/lib/db/with-org-sql'
import { DAY, dayName, dayOf } from '@/lib/units/time'

/** A meter that was silent for longer than this is not filled day by day between its readings. */
const LONGEST_SPAN_DAYS = 400

/**
 * Writes on which days series were read and returns every day whose figures that changes: the days themselves, the nearest day
 * before and after on which the series was read (an interval reaches across midnight), and the silent days between them.
 */
export const writeSeriesDays = async (
  tx: Tx,
  orgId: string,
  seriesDays: Map<string, Set<string>>,
): Promise<Set<string>> => {
  const pairs = [...seriesDays]
    .flatMap(([seriesId, days]) => [...days].map((day) => ({ seriesId, day })))
    .sort((a, b) => (a.seriesId === b.seriesId ? (a.day < b.day ? -1 : 1) : a.seriesId < b.seriesId ? -1 : 1))
  const touched = new Set(pairs.map(({ day }) => day))
  if (pairs.length === 0) return touched
  const seriesIds = pairs.map(({ seriesId }) => seriesId)
  const days = pairs.map(({ day }) => day)
  await tx.query(
    `insert into series_day (org_id, series_id, day, spanned)
     select $1, series_id, day, false from unnest($2::uuid[], $3::date[]) as listed(series_id, day)
     on conflict (org_id, series_id, day) do update set spanned = false where series_day.spanned`,
    [orgId, seriesIds, days],
  )
  const { rows } = await tx.query<{ series_id: string; day: string; before: string | null; after: string | null }>(
    `select listed.series_id, listed.day,
       (select max(d.day) from series_day d
        where d.org_id = $1 and d.series_id = listed.series_id and d.day < listed.day and not d.spanned) as before,
       (select min(d.day) from series_day d
        where d.org_id = $1 and d.series_id = listed.series_id and d.day > listed.day and not d.spanned) as after
     from unnest($2::uuid[], $3::date[]) as listed(series_id, day)`,
    [orgId, seriesIds, days],
  )
  const silent: { seriesId: string; day: string }[] = []
  for (const row of rows) {
    for (const neighbour of [row.before, row.after]) {
      if (neighbour === null) continue
      touched.add(neighbour)
      const [first, last] = [dayOf(neighbour), dayOf(row.day)].sort((a, b) => a - b) as [number, number]
      if (last - first > LONGEST_SPAN_DAYS * DAY) continue
      for (let day = first + DAY; day < last; day += DAY) {
        touched.add(dayName(day))
        silent.push({ seriesId: row.series_id, day: dayName(day) })
      }
    }
  }
  if (silent.length > 0) {
    await tx.query(
      `insert into series_day (org_id, series_id, day, spanned)
       select distinct $1::uuid, series_id, day, true from unnest($2::uuid[], $3::date[]) as listed(series_id, day)
       on conflict do nothing`,
      [orgId, silent.map(({ seriesId }) => seriesId), silent.map(({ day }) => day)],
    )
  }
  return touched
}
