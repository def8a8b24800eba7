import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { organizationTables } from '@/lib/factors/organization-tables'
import { zonesInUse } from '@/lib/grid/zone-series'
import { fallbacksOf, type ZoneFallback } from './zone-fallback'
import { ofOneBasis, statisticsOf, type ZoneHour, type ZoneStatistics, zoneWindows } from './zone-hours'
import { type OwnHours, ownHours, type ZoneRevision, zoneRevisions } from './zone-revisions'

interface Asked {
  orgId: string
  /** Whole UTC days, half-open. */
  from: string
  to: string
  now: number
}

export interface ZoneListRow {
  zone: string
  name: string | null
  /** Whether workloads or sites lie there. */
  isUsed: boolean
  direct: OwnHours | null
  lifecycle: OwnHours | null
  statistics: ZoneStatistics
  /** Best first. */
  fallbacks: ZoneFallback[]
}

/** The zones that the organisation's workloads and sites lie in, and those of which it brought hours. */
export const zoneList = (asked: Asked): Promise<ZoneListRow[]> =>
  withOrgSql(appPool(), asked.orgId, async (tx) => {
    const zones = await zonesInUse(tx, asked)
    const own = await ownHours(tx, asked)
    const tables = await organizationTables(tx, asked.orgId)
    const windows = await zoneWindows(tx, { ...asked, zones: zones.map(({ zone }) => zone) })
    return windows.map(({ zone, hours, facts }) => {
      const known = zones.find((one) => one.zone === zone)
      return {
        zone,
        name: known?.name ?? null,
        isUsed: known?.isUsed ?? false,
        direct: own.find((one) => one.zone === zone && one.basis === 'direct') ?? null,
        lifecycle: own.find((one) => one.zone === zone && one.basis === 'lifecycle') ?? null,
        statistics: statisticsOf(hours),
        fallbacks: fallbacksOf(facts, tables, Number(asked.to.slice(0, 4))),
      }
    })
  })

export interface ZoneFacts {
  zone: string
  name: string | null
  timeZone: string | null
  own: OwnHours[]
  revisions: ZoneRevision[]
}

/**
 * A zone by its name: what is known of it apart from its hours. Null for a name that neither the zone table nor the organisation
 * knows. Any letter case is understood.
 */
export const zoneOfName = (asked: { orgId: string; zone: string }): Promise<ZoneFacts | null> =>
  withOrgSql(appPool(), asked.orgId, async (tx) => {
    const tables = await organizationTables(tx, asked.orgId)
    const listed = tables.zones.get(asked.zone.toUpperCase())
    const zone = listed?.zone ?? asked.zone
    const own = (await ownHours(tx, asked)).filter((one) => one.zone === zone)
    const used = listed || own.length > 0 || (await zonesInUse(tx, asked)).some((one) => one.zone === zone)
    if (!used) return null
    return {
      zone,
      name: listed?.name ?? null,
      timeZone: listed?.timeZone ?? null,
      own,
      revisions: await zoneRevisions(tx, { orgId: asked.orgId, zone }),
    }
  })

export interface ZoneWindowFacts {
  hours: ZoneHour[]
  statistics: ZoneStatistics
  fallbacks: ZoneFallback[]
}

/** A zone's hours in a window, by the rule of the ledger, of one basis. */
export const zoneWindow = (asked: Asked & { zone: string }): Promise<ZoneWindowFacts> =>
  withOrgSql(appPool(), asked.orgId, async (tx) => {
    const tables = await organizationTables(tx, asked.orgId)
    const [window] = await zoneWindows(tx, { ...asked, zones: [asked.zone] })
    if (!window) return { hours: [], statistics: statisticsOf([]), fallbacks: [] }
    return {
      hours: ofOneBasis(window.hours),
      statistics: statisticsOf(window.hours),
      fallbacks: fallbacksOf(window.facts, tables, Number(asked.to.slice(0, 4))),
    }
  })
