import { accountDay } from '@/lib/accounting/account-day'
import type { EntryDraft } from '@/lib/accounting/entries'
import type { ActivityAnswer } from '@/lib/contracts/activities'
import { invariant } from '@/lib/errors'
import { organizationTables } from '@/lib/factors/organization-tables'
import { loadZoneFacts } from '@/lib/factors/zone-facts'
import type { AccountActivity } from '@/lib/ingest/activities'
import { entryIdOf, ledgerLineId, totalOf } from '@/lib/ledger/entries'
import { exactKilograms, exactKilowattHours } from '@/lib/units/format'
import { dayName, daysBetween } from '@/lib/units/time'
import { loadAssets } from './load-assets'
import { loadAttributions, zoneTermsOf } from './load-day'
import { loadSites } from './load-sites'

/** Sums known cells over days; null when none is known. */
const sumOf = (drafts: EntryDraft[], cells: (draft: EntryDraft) => (number | null)[]): bigint | null =>
  totalOf(drafts.flatMap(cells))

type Assumption = ActivityAnswer['assumptions'][number]

const assumptionsOf = (drafts: EntryDraft[], zone: { zone: string; source: string } | null): Assumption[] => {
  const told = new Map<string, Assumption>()
  const tell = (assumption: Assumption) => told.set(JSON.stringify(assumption), assumption)
  if (zone && zone.source !== 'given') tell({ field: 'grid_zone', value: zone.zone, source: zone.source })
  for (const draft of drafts) {
    draft.overheadFactor.forEach((index, hour) => {
      const factor = index === null ? undefined : draft.factors[index]
      const pue = draft.pue[hour]
      if (factor && pue != null && factor.id !== 'declared-pue') tell({ field: 'pue', value: pue, source: factor.name })
    })
    draft.intensityFactor.forEach((index, hour) => {
      const factor = index === null ? undefined : draft.factors[index]
      const tier = draft.intensityTier[hour]
      if (factor && tier != null && tier > 1) {
        tell({ field: 'grid_intensity', value: `tier ${tier}`, source: `${factor.name} (${factor.source})` })
      }
    })
    for (const reason of draft.gap)
      if (reason) tell({ field: 'gap', value: reason, source: 'no figure for some hours' })
  }
  return [...told.values()]
}

/** An activity's own figures, by the same core that posts it; the ledger rounds per entry-hour of all its readings together. */
export const accountActivity: AccountActivity = async (tx, { orgId, tables: shared, reading, context }) => {
  const tables = await organizationTables(tx, orgId, shared)
  const attributions = await loadAttributions(tx, orgId, [context.attributionId], tables)
  invariant(reading.start !== null, 'an activity has a start')
  const days = daysBetween(reading.start, reading.at)
  const zone = context.attribution.zone
  const drafts: EntryDraft[] = []
  for (const day of days) {
    const zones = await loadZoneFacts(tx, {
      orgId,
      day: dayName(day),
      zones: zone ? [zone] : [],
      waitForImports: false,
      tables,
    })
    const series = {
      seriesId: 'activity',
      meter: reading.meter,
      method: 'metered' as const,
      kind: reading.kind,
      unit: reading.unit,
      boundary: reading.boundary,
      siteId: null,
      readings: [{ at: reading.at, start: reading.start, value: reading.value, attribution: 0 }],
    }
    const sites = await loadSites(tx, orgId, day, tables)
    const assets = await loadAssets(tx, orgId, dayName(day))
    const zoneTerms = zoneTermsOf(tables, zone ? [zone] : [], day)
    drafts.push(...accountDay({ day, series: [series], attributions, sites, zones, zoneTerms, assets }).entries)
  }
  const kwh = (uwh: bigint | null) => (uwh === null ? null : Number(exactKilowattHours(uwh)))
  const location = sumOf(drafts, (draft) => draft.locationMg)
  const { rows } = await tx.query<{ slug: string }>('select slug from organization where org_id = $1', [orgId])
  return {
    ledger_ids: days.map((day) => ledgerLineId(entryIdOf(orgId, dayName(day), context.attributionId, false))),
    energy_kwh: kwh(sumOf(drafts, (draft) => draft.itUwh)),
    facility_kwh: kwh(sumOf(drafts, (draft) => draft.facilityUwh)),
    co2e_kg: {
      location: location === null ? null : Number(exactKilograms(location)),
      market: null,
      embodied: null,
      low: null,
      high: null,
    },
    assumptions: assumptionsOf(
      drafts,
      zone === null ? null : { zone, source: context.attribution.zoneSource ?? 'given' },
    ),
    explain_url: `/o/${rows[0]?.slug}/runs/${context.workloadId}`,
  }
}
