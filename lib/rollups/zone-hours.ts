import type pg from 'pg'
import type { Basis, Tier, ZoneFacts } from '@/lib/accounting/facts'
import { selectIntensity } from '@/lib/accounting/select-intensity'
import { hourlyZonesOf } from '@/lib/factors/hourly-zone'
import { readIntensityHours } from '@/lib/factors/intensity-hours'
import { organizationTables } from '@/lib/factors/organization-tables'
import { loadZoneFacts } from '@/lib/factors/zone-facts'
import { value } from '@/lib/units/quantity'
import { DAY, dayOf, HOUR } from '@/lib/units/time'

/** One hour of a zone as the ledger would take it: hourly data where there is some, else the fallback and its tier. */
export interface ZoneHour {
  gPerKwh: number | null
  tier: Tier | null
  /** A life-cycle average stands in: shown, kept out of Scope 2 rows. */
  screening: boolean
}

export interface ZoneWindow {
  zone: string
  /** From the first UTC day on, hour by hour, ending with the last hour that has begun. */
  hours: ZoneHour[]
  /** What is known of the zone apart from hours. */
  facts: ZoneFacts
}

/** The intensity of each zone in each hour of whole UTC days [from, to), by the same rule as posting. Hours to come are left out. */
export const zoneWindows = async (
  tx: pg.PoolClient,
  asked: { orgId: string; zones: string[]; from: string; to: string; now: number },
): Promise<ZoneWindow[]> => {
  if (asked.zones.length === 0) return []
  const from = dayOf(asked.from)
  const to = Math.min(dayOf(asked.to), Math.floor(asked.now / HOUR) * HOUR + HOUR)
  const tables = await organizationTables(tx, asked.orgId)
  const standing = await loadZoneFacts(tx, {
    orgId: asked.orgId,
    day: asked.from,
    zones: asked.zones,
    waitForImports: false,
  })
  if (to <= from) return standing.map((facts) => ({ zone: facts.zone, hours: [], facts }))
  const stored = await readIntensityHours(tx, {
    orgId: asked.orgId,
    zones: [...new Set(asked.zones.flatMap((zone) => hourlyZonesOf(tables, zone)))],
    bases: ['direct', 'lifecycle'],
    from,
    to,
  })
  return standing.map((facts) => {
    const sources = hourlyZonesOf(tables, facts.zone)
    const dayOfBasis = (day: number, basis: 'direct' | 'lifecycle') =>
      Array.from({ length: 24 }, (_, hour) => {
        for (const zone of sources) {
          const known = stored.at(zone, basis, day + hour * HOUR)
          if (known) return { gPerKwh: known.gPerKwh, estimated: known.estimated, factor: known.factor }
        }
        return null
      })
    const hours: ZoneHour[] = []
    for (let day = from; day < to; day += DAY) {
      const { cells } = selectIntensity(
        { declaredGPerKwh: null, zone: facts.zone },
        { ...facts, hourlyDirect: dayOfBasis(day, 'direct'), hourlyLifecycle: dayOfBasis(day, 'lifecycle') },
        day,
      )
      for (const cell of cells) {
        hours.push(
          cell
            ? { gPerKwh: value(cell.gPerKwh), tier: cell.tier, screening: cell.screening }
            : { gPerKwh: null, tier: null, screening: false },
        )
      }
    }
    return { zone: facts.zone, hours: hours.slice(0, (to - from) / HOUR), facts }
  })
}

/** Hours by what they rest on. */
export interface HourCounts {
  all: number
  measured: number
  estimated: number
  /** Typical hours and annual averages, of the basis shown. */
  modelled: number
  /** Known only as a life-cycle average, beside direct hours: left out, because the two are never mixed. */
  leftOut: number
  unknown: number
}

export interface ZoneStatistics {
  /** What the figures are of: direct where any hour is known so, else life cycle (screening), else nothing. */
  basis: Basis | null
  counts: HourCounts
  meanGPerKwh: number | null
  lowest: { index: number; gPerKwh: number } | null
  highest: { index: number; gPerKwh: number } | null
}

const basisOf = (hours: ZoneHour[]): Basis | null => {
  const known = hours.filter(({ gPerKwh }) => gPerKwh !== null)
  if (known.length === 0) return null
  return known.some(({ screening }) => !screening) ? 'direct' : 'lifecycle'
}

/** The hours of one basis: beside direct hours, those known only as a life-cycle average are without a value. PURE. */
export const ofOneBasis = (hours: ZoneHour[]): ZoneHour[] =>
  basisOf(hours) === 'direct' ? hours.map((hour) => (hour.screening ? { ...hour, gPerKwh: null } : hour)) : hours

/** Mean, extremes and what the hours rest on, of one basis; an hour without a value is in no mean. PURE. */
export const statisticsOf = (hours: ZoneHour[]): ZoneStatistics => {
  const counts: HourCounts = { all: hours.length, measured: 0, estimated: 0, modelled: 0, leftOut: 0, unknown: 0 }
  let sum = 0
  let lowest: ZoneStatistics['lowest'] = null
  let highest: ZoneStatistics['highest'] = null
  ofOneBasis(hours).forEach(({ gPerKwh, tier, screening }, index) => {
    if (gPerKwh === null) {
      counts[screening ? 'leftOut' : 'unknown'] += 1
      return
    }
    if (tier === 1) counts.measured += 1
    else if (tier === 2) counts.estimated += 1
    else counts.modelled += 1
    sum += gPerKwh
    if (lowest === null || gPerKwh < lowest.gPerKwh) lowest = { index, gPerKwh }
    if (highest === null || gPerKwh > highest.gPerKwh) highest = { index, gPerKwh }
  })
  const shown = counts.measured + counts.estimated + counts.modelled
  return { basis: basisOf(hours), counts, meanGPerKwh: shown === 0 ? null : sum / shown, lowest, highest }
}
