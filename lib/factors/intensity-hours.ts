import type pg from 'pg'
import type { Basis, FactorReference } from '@/lib/accounting/facts'
import { HOUR, monthHour, monthName } from '@/lib/units/time'
import { SHARED_OWNER } from './load-reference'

/** One known hour of a zone's series, and the row it comes from. */
export interface IntensityHour {
  gPerKwh: number
  estimated: boolean
  revision: number
  source: string
  /** The organisation's own, not shared by the operator. */
  isOwn: boolean
  factor: FactorReference
}

interface MonthRow {
  isOwn: boolean
  zone: string
  basis: Basis
  month: string
  revision: number
  gPerKwh: (number | null)[]
  estimated: boolean[]
  source: string
}

/** One hour per zone, basis and hour: an organisation's own rows win over shared ones, the newest revision of a month counts. */
export interface IntensityHours {
  at(zone: string, basis: Basis, hourStart: number): IntensityHour | null
}

const monthsOf = (from: number, to: number): string[] => {
  const months = new Set<string>()
  for (let at = from; at < to; at += 24 * HOUR) months.add(monthName(at))
  months.add(monthName(to - HOUR))
  return [...months].map((month) => `${month}-01`)
}

/** Reads the hours [from, to) of the zones in one query, on the primary key of grid_intensity. */
export const readIntensityHours = async (
  tx: Pick<pg.ClientBase, 'query'>,
  asked: { orgId: string; zones: string[]; bases: Basis[]; from: number; to: number },
): Promise<IntensityHours> => {
  const { rows } = await tx.query<MonthRow>(
    `/* grid.intensity_hours */
     select distinct on (owner_id, zone, basis, month)
       owner_id = $1 as "isOwn", zone, basis, to_char(month, 'YYYY-MM') as month, revision, g_per_kwh as "gPerKwh",
       estimated, source
     from grid_intensity
     where owner_id in ($1, $2)
       and zone = any($3)
       and basis = any($4)
       and month = any($5::date[])
     order by owner_id, zone, basis, month, revision desc`,
    [asked.orgId, SHARED_OWNER, asked.zones, asked.bases, monthsOf(asked.from, asked.to)],
  )
  const months = new Map(rows.map((row) => [keyOf(row.isOwn, row.zone, row.basis, row.month), row]))
  return {
    at(zone, basis, hourStart) {
      const { month, index } = monthHour(hourStart)
      for (const isOwn of [true, false]) {
        const row = months.get(keyOf(isOwn, zone, basis, month))
        const gPerKwh = row?.gPerKwh[index]
        if (row && gPerKwh !== null && gPerKwh !== undefined) return hourOf(row, gPerKwh, row.estimated[index] ?? false)
      }
      return null
    },
  }
}

const keyOf = (isOwn: boolean, zone: string, basis: Basis, month: string): string =>
  `${isOwn}|${zone}|${basis}|${month}`

const hourOf = (row: MonthRow, gPerKwh: number, estimated: boolean): IntensityHour => ({
  gPerKwh,
  estimated,
  revision: row.revision,
  source: row.source,
  isOwn: row.isOwn,
  factor: {
    id: `grid-intensity:${row.zone}:${row.basis}${row.isOwn ? '' : ':shared'}`,
    version: row.revision,
    name: `Hourly grid intensity, ${row.zone}, ${row.basis === 'direct' ? 'direct' : 'life cycle'}`,
    source: row.source,
    basis: row.basis,
  },
})
