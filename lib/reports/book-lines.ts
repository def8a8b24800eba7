import { activityAddress, assetAddress } from '@/lib/contracts/explain'
import type { LedgerLine, LedgerMeasure, LineMeasure, ScopeOfLine } from '@/lib/contracts/ledger'
import type { OrgTx } from '@/lib/db/with-org'
import { UNASSIGNED } from '@/lib/rollups/cube-filter'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'
import { type StatementActivity, statementActivities } from '@/lib/rollups/statement-activities'
import { type StatementAsset, statementAssets } from '@/lib/rollups/statement-assets'
import { DAY, dayName } from '@/lib/units/time'
import { amounts, massOnWire, type ScopeSettings, sumKnown } from './ledger-lines'
import { bookedMg } from './statement-leaves'

/** Lines of the books that are no electricity: activities, their fuels' upstream, and hardware bought. By whole UTC days. */
export interface BookLine {
  id: string
  measure: LineMeasure
  scope: ScopeOfLine
  mg: bigint | null
  biogenicMg: bigint | null
  explain: string
  of:
    | { kind: 'activity'; activity: StatementActivity; from: string; to: string }
    | { kind: 'asset'; asset: StatementAsset; from: string; to: string }
}

/** What a CSV and a page call it: `act_<32 hex>`. */
const wireId = (prefix: 'act' | 'ast', uuid: string): string => `${prefix}_${uuid.replaceAll('-', '')}`

const scope = (
  number: 1 | 2 | 3,
  row: string,
  category: number | null = null,
  subline: string | null = null,
): ScopeOfLine => ({
  scope: number,
  method: null,
  category,
  subline,
  row_code: row,
})

const CLOUD = 'cloud computing and data centre services'

/** The row that an activity stands in (lib/reports/scope-table). */
const scopeOfActivity = (one: StatementActivity, settings: ScopeSettings): ScopeOfLine => {
  if (one.scope === 1) return scope(1, 's1')
  if (one.scope === 2) return scope(2, 's2')
  if (one.kind === 'cloud_statement' && one.category === 1)
    return settings.cloud_category === 8 ? scope(3, 's3-8-cloud', 8, CLOUD) : scope(3, 's3-1-cloud', 1, CLOUD)
  if (one.category === 1) return scope(3, 's3-1-other', 1)
  if (one.category === 3) return scope(3, 's3-3-a', 3)
  return scope(3, `s3-${one.category}`, one.category)
}

/** Well-to-tank of a fuel: category 3; of what is Scope 3 already, with it. */
const scopeOfUpstream = (one: StatementActivity, settings: ScopeSettings): ScopeOfLine =>
  one.scope === 3
    ? { ...scopeOfActivity(one, settings), subline: 'upstream' }
    : scope(3, 's3-3-a', 3, 'upstream of fuels')

const linesOfActivity = (
  one: StatementActivity,
  window: { from: string; to: string },
  settings: ScopeSettings,
): BookLine[] => {
  const of = {
    kind: 'activity' as const,
    activity: one,
    from: one.starts_on > window.from ? one.starts_on : window.from,
    to: one.ends_on < window.to ? one.ends_on : window.to,
  }
  const shared = { id: wireId('act', one.activity_id), explain: activityAddress(one.activity_id), of }
  const upstream: BookLine[] =
    one.upstream_mg === null
      ? []
      : [
          {
            ...shared,
            measure: 'upstream',
            scope: scopeOfUpstream(one, settings),
            mg: one.upstream_mg,
            biogenicMg: null,
          },
        ]
  return [
    { ...shared, measure: 'activity', scope: scopeOfActivity(one, settings), mg: one.mg, biogenicMg: one.biogenic_mg },
    ...upstream,
  ]
}

const lineOfAsset = (asset: StatementAsset): BookLine => ({
  id: wireId('ast', asset.asset_id),
  measure: 'capital',
  scope: scope(3, 's3-2', 2),
  mg: bookedMg(asset),
  biogenicMg: null,
  explain: assetAddress(asset.asset_id, 'booked'),
  of: { kind: 'asset', asset, from: asset.purchased_on, to: dayName(Date.parse(asset.purchased_on) + DAY) },
})

/** Filters of workloads: what is no workload has none of their names. */
const isOfNoWorkload = (filter: LedgerFilter): boolean =>
  (['team', 'model', 'stage', 'deployment', 'zone'] as const).every(
    (key) => !filter[key]?.length || filter[key].includes(UNASSIGNED),
  ) && !filter.run

const isAsked = (line: BookLine, filter: LedgerFilter, measure: LedgerMeasure): boolean => {
  const site = line.of.kind === 'activity' ? line.of.activity.site : line.of.asset.site
  const atSite = !filter.site?.length || (site === null ? filter.site.includes(UNASSIGNED) : filter.site.includes(site))
  return atSite && (measure === 'all' || measure === line.measure) && (!filter.gap || line.mg === null)
}

/** Book lines of the filter, newest first; none for kinds that are electricity only. */
export const bookLines = async (
  tx: OrgTx,
  filter: LedgerFilter,
  { measure, settings }: { measure: LedgerMeasure; settings: ScopeSettings },
): Promise<BookLine[]> => {
  if (['operational', 'loss', 'embodied'].includes(measure) || !isOfNoWorkload(filter)) return []
  const window = { from: dayName(filter.from), to: dayName(filter.to + DAY - 1) }
  const activities = await statementActivities(tx, window)
  const assets = (await statementAssets(tx, window)).filter(({ purchased_on }) => purchased_on >= window.from)
  return [...activities.flatMap((one) => linesOfActivity(one, window, settings)), ...assets.map(lineOfAsset)]
    .filter((line) => isAsked(line, filter, measure))
    .sort((a, b) => (a.of.from === b.of.from ? (a.id < b.id ? -1 : 1) : a.of.from > b.of.from ? -1 : 1))
}

export const sumOfBookLines = (lines: BookLine[]): bigint | null => sumKnown(lines.map(({ mg }) => mg))

const TIERS = { energy: null, overhead: null, intensity: null } as const

export const wireBookLine = (line: BookLine): LedgerLine => {
  const { of } = line
  const named = of.kind === 'activity' ? of.activity : of.asset
  return {
    ledger_id: line.id,
    line_version: of.kind === 'activity' ? of.activity.revision : 1,
    day: of.from,
    workload: { kind: of.kind, id: null, name: named.name },
    team: null,
    model: null,
    stage: null,
    site: named.site,
    zone: null,
    deployment: null,
    scope: line.scope,
    measure: line.measure,
    ...massOnWire(line.mg),
    quantity:
      of.kind === 'activity'
        ? { value: (of.activity.quantity * of.activity.days_inside) / of.activity.days, unit: of.activity.unit }
        : { value: of.asset.units, unit: 'units' },
    explain: line.explain,
    ...amounts(null, null, null),
    pue: null,
    g_per_kwh: null,
    tiers: TIERS,
    known_hours: 0,
    gaps: [],
    status: 'settled',
  }
}
