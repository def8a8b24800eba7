import { accountDay } from '@/lib/accounting/account-day'
import type { EntryDraft } from '@/lib/accounting/entries'
import type { ActivityAnswer } from '@/lib/contracts/activities'
import type { Tx } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import { organizationTables } from '@/lib/factors/organization-tables'
import { loadZoneFacts } from '@/lib/factors/zone-facts'
import type { AccountActivity } from '@/lib/ingest/activities'
import { entryIdOf, ledgerLineId, totalOf } from '@/lib/ledger/entries'
import { exactKilograms, exactKilowattHours } from '@/lib/units/format'
import { dayName, daysBetween } from '@/lib/units/time'
import { type Assumption, assumptionsOf } from './activity-assumptions'
import { intervalOfDrafts, loadWidths } from './activity-interval'
import { loadAssets } from './load-assets'
import { loadAttributions, zoneTermsOf } from './load-day'
import { loadSites } from './load-sites'

/** Sums known cells over days; null when none is known. */
const sumOf = (drafts: EntryDraft[], cells: (draft: EntryDraft) => (number | null)[]): bigint | null =>
  totalOf(drafts.flatMap(cells))

const kwh = (uwh: bigint | null) => (uwh === null ? null : Number(exactKilowattHours(uwh)))
const kg = (mg: bigint | null) => (mg === null ? null : Number(exactKilograms(mg)))

/** An activity's own figures, by the same core that posts it; the ledger rounds per entry-hour of all its readings together. */
export const accountActivity: AccountActivity = async (tx, { orgId, tables: shared, reading, context }) => {
  const tables = await organizationTables(tx, orgId, shared)
  const attributions = await loadAttributions(tx, orgId, [context.attributionId], tables)
  invariant(reading.start !== null, 'an activity has a start')
  const days = daysBetween(reading.start, reading.at)
  const zone = context.attribution.zone
  const method = reading.method ?? 'metered'
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
      method,
      kind: reading.kind,
      unit: reading.unit,
      boundary: reading.boundary,
      siteId: null,
      readings: [{ at: reading.at, start: reading.start, value: reading.value, attribution: 0 }],
    }
    const sites = context.siteId === null ? [] : await loadSites(tx, orgId, day, tables)
    const assets = context.attribution.hardware === null ? [] : await loadAssets(tx, orgId, dayName(day))
    const zoneTerms = zoneTermsOf(tables, zone ? [zone] : [], day)
    drafts.push(...accountDay({ day, series: [series], attributions, sites, zones, zoneTerms, assets }).entries)
  }
  const location = sumOf(drafts, (draft) => draft.locationMg)
  const interval = location === null ? null : intervalOfDrafts(drafts, location, await loadWidths(tx, orgId))
  const aside = method === 'metered' ? [] : await standsAside(tx, orgId, context.workloadId, drafts, days)
  const { rows } = await tx.query<{ slug: string }>('select slug from organization where org_id = $1', [orgId])
  return {
    ledger_ids: days.map((day) => ledgerLineId(entryIdOf(orgId, dayName(day), context.attributionId, false))),
    energy_kwh: kwh(sumOf(drafts, (draft) => draft.itUwh)),
    facility_kwh: kwh(sumOf(drafts, (draft) => draft.facilityUwh)),
    co2e_kg: {
      location: kg(location),
      market: kg(sumOf(drafts, (draft) => draft.marketMg)),
      embodied: kg(sumOf(drafts, (draft) => draft.embodiedMg)),
      low: kg(interval?.low ?? null),
      high: kg(interval?.high ?? null),
    },
    assumptions: [
      ...aside,
      ...assumptionsOf(drafts, zone === null ? null : { zone, source: context.attribution.zoneSource ?? 'given' }),
    ],
    explain_url: `/o/${rows[0]?.slug}/runs/${context.workloadId}`,
  } satisfies ActivityAnswer
}

/** Hours of a modelled activity that meters of the same workload know, as far as they are posted: in the ledger the model gives way there. */
const standsAside = async (
  tx: Tx,
  orgId: string,
  workloadId: string | null,
  drafts: EntryDraft[],
  days: number[],
): Promise<Assumption[]> => {
  const { rows } = await tx.query<{ day: string; hour: number }>(
    `/* posting.metered_hours */
     select distinct to_char(e.day, 'YYYY-MM-DD') as day, (h.place - 1)::int as hour
     from entry e
     join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
     cross join unnest(e.energy_tier) with ordinality as h(tier, place)
     where e.org_id = $1 and e.is_current and coalesce(a.run_id, a.service_id) = $2 and e.day = any($3::date[]) and h.tier <= 3`,
    [orgId, workloadId, days.map(dayName)],
  )
  const metered = new Set(rows.map(({ day, hour }) => `${day} ${hour}`))
  // One draft for each day that has any.
  const hours = drafts.flatMap((draft) =>
    draft.facilityUwh.filter(
      (energy, hour) => energy !== null && metered.has(`${dayName(draft.firstAt as number)} ${hour}`),
    ),
  ).length
  return hours === 0
    ? []
    : [{ field: 'energy', value: `set aside in ${hours} h`, source: 'meters of the same run know these hours' }]
}
