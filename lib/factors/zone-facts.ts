import type pg from 'pg'
import type { Basis, HourlyIntensity, ZoneFacts } from '@/lib/accounting/facts'
import { DAY, dayOf, HOUR } from '@/lib/units/time'
import { hourlyZonesOf } from './hourly-zone'
import { type IntensityHours, readIntensityHours } from './intensity-hours'
import { organizationTables } from './organization-tables'
import type { ReferenceTables } from './reference-tables'
import { yearFactorsOf } from './year-factors'
import { holdZoneHours } from './zone-gate'

export interface ZoneQuestion {
  orgId: string
  /** `2023-07-01` */
  day: string
  zones: string[]
  /** Whether to wait for an import of these zones that runs now. False only for figures that posting computes again anyway. */
  waitForImports?: boolean
  /** As the organisation uses them; read here where they are not at hand. */
  tables?: ReferenceTables
}

/**
 * Everything known of the zones for one UTC day: hourly values by basis, profile, annual factors. One query for the hours; the rest
 * comes from the organisation's reference tables. A zone that nobody knows has empty facts.
 */
export const loadZoneFacts = async (tx: pg.PoolClient, asked: ZoneQuestion): Promise<ZoneFacts[]> => {
  if (asked.zones.length === 0) return []
  const tables = asked.tables ?? (await organizationTables(tx, asked.orgId))
  const day = dayOf(asked.day)
  const zones = [...new Set(asked.zones.flatMap((zone) => hourlyZonesOf(tables, zone)))]
  if (asked.waitForImports ?? true) await holdZoneHours(tx, asked.orgId, zones)
  const hours = await readIntensityHours(tx, {
    orgId: asked.orgId,
    zones,
    bases: ['direct', 'lifecycle'],
    from: day,
    to: day + DAY,
  })
  return [...new Set(asked.zones)].map((zone) => ({
    zone,
    hourlyDirect: dayOfHours(hours, hourlyZonesOf(tables, zone), 'direct', day),
    hourlyLifecycle: dayOfHours(hours, hourlyZonesOf(tables, zone), 'lifecycle', day),
    profile: profileOf(tables, zone),
    directYears: yearFactorsOf(tables, zone, 'grid-direct-year'),
    lifecycleYears: yearFactorsOf(tables, zone, 'grid-lifecycle-year'),
  }))
}

const dayOfHours = (hours: IntensityHours, zones: string[], basis: Basis, day: number): (HourlyIntensity | null)[] =>
  Array.from({ length: 24 }, (_, hour) => {
    for (const zone of zones) {
      const known = hours.at(zone, basis, day + hour * HOUR)
      if (known) return { gPerKwh: known.gPerKwh, estimated: known.estimated, factor: known.factor }
    }
    return null
  })

const profileOf = (tables: ReferenceTables, zone: string): ZoneFacts['profile'] => {
  for (const each of hourlyZonesOf(tables, zone)) {
    const stored = tables.factorsByZone.get(each)?.find((row) => row.kind === 'grid-profile')
    if (stored?.profile && stored.value !== null) {
      return { gPerKwh: stored.profile, annualMeanGPerKwh: stored.value, factor: stored.factor }
    }
  }
  return null
}
