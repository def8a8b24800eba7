import {
  type Component,
  type EnergyMethod,
  type Measured,
  READING_MARGIN,
  type Reading,
  type ReadingKind,
  type SeriesReadings,
} from '@/lib/accounting/facts'
import type { Tx } from '@/lib/db/with-org-sql'
import { readEvidence } from '@/lib/ledger/blocks'
import type { ReadingUnit } from '@/lib/units/convert'
import { DAY, dayName } from '@/lib/units/time'

interface SeriesRow {
  series_id: string
  meter: string
  method: EnergyMethod
  kind: ReadingKind
  unit: ReadingUnit
  boundary: 'it' | 'facility'
  site_id: string | null
  source_id: string
  device: string | null
  component: Component | null
  preference: number
  before: string | null
  after: string | null
}

export interface LoadedReadings {
  series: SeriesReadings[]
  /** Ids, in the order that the readings' attribution indexes mean. */
  attributionIds: string[]
}

/**
 * All readings that bear on the UTC day: its own, those of a margin around it, and for each series the nearest one before and after,
 * however far. In order of time and then of receipt, repeats included.
 */
export const loadReadings = async (tx: Tx, orgId: string, day: number): Promise<LoadedReadings> => {
  const { rows } = await tx.query<SeriesRow>(
    `select s.series_id, s.meter, s.method, s.kind, s.unit, s.boundary, s.site_id, s.source_id, s.device, s.component,
       s.preference,
       (select max(p.day) from series_day p
        where p.org_id = $1 and p.series_id = d.series_id and p.day < $2 and not p.spanned) as before,
       (select min(n.day) from series_day n
        where n.org_id = $1 and n.series_id = d.series_id and n.day > $2 and not n.spanned) as after
     from series_day d join series s on s.org_id = d.org_id and s.series_id = d.series_id
     where d.org_id = $1 and d.day = $2
     order by s.series_id`,
    [orgId, dayName(day)],
  )
  if (rows.length === 0) return { series: [], attributionIds: [] }
  const days = new Set([dayName(day)])
  for (const row of rows) for (const neighbour of [row.before, row.after]) if (neighbour) days.add(neighbour)
  const wanted = new Map(rows.map((row) => [row.series_id, [] as Reading[]]))
  const attributionIndex = new Map<string, number>()

  for (const batch of await readEvidence(tx, orgId, [...days], [...wanted.keys()])) {
    const lists = batch.seriesIds.map((id) => wanted.get(id))
    const attributions = batch.attributionIds.map((id) => {
      const index = attributionIndex.get(id) ?? attributionIndex.size
      attributionIndex.set(id, index)
      return index
    })
    for (const row of batch.rows) {
      const list = lists[row.series]
      const attribution = attributions[row.attribution]
      if (!list || attribution === undefined) continue
      // A row was decoded for this alone: it becomes the reading.
      row.attribution = attribution
      list.push(row)
    }
  }
  const series = rows.map((row) => ({
    seriesId: row.series_id,
    meter: row.meter,
    method: row.method,
    kind: row.kind,
    unit: row.unit,
    boundary: row.boundary,
    siteId: row.site_id,
    measured: measuredBy(row),
    // Stable: readings of one time stay in order of receipt.
    readings: bearingOn(
      day,
      (wanted.get(row.series_id) ?? []).sort((a, b) => a.at - b.at),
    ),
  }))
  return { series, attributionIds: [...attributionIndex.keys()] }
}

/** A mapped meter's name begins with its machine (lib/ingest/mapping/map-series); one that names no device or machine stands for itself. */
const measuredBy = ({ meter, source_id, device, component, preference }: SeriesRow): Measured | null => {
  if (component === null) return null
  const machine = meter.split('/')[0] as string
  const known = machine === '-' ? null : machine
  if (device === null && known === null) return null
  return { sourceId: source_id, device, component, machine: known, preference }
}

/** Without readings that cannot matter: the result must not depend on how much of a neighbouring day was fetched. */
const bearingOn = (day: number, readings: Reading[]): Reading[] => {
  const from = day - READING_MARGIN
  const to = day + DAY + READING_MARGIN
  const first = readings[0]
  // Sorted by time; only intervals reach before it.
  if (first && first.at >= from && readings.every((one) => (one.start ?? one.at) <= to)) return readings
  const inside = readings.filter((one) => one.at >= from && (one.start ?? one.at) <= to)
  const earlier = readings.filter((one) => one.at < from)
  const later = readings.filter((one) => (one.start ?? one.at) > to)
  const lastBefore = earlier.at(-1)?.at
  const firstAfter = later[0]?.at
  return [...earlier.filter((one) => one.at === lastBefore), ...inside, ...later.filter((one) => one.at === firstAfter)]
}
