import { METHOD_VERSION } from '@/lib/accounting/entries'
import { type WidthOverrides, widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import { DEPLOYMENTS, type DeploymentName } from '@/lib/contracts/common'
import type { Settings } from '@/lib/contracts/settings'
import type { CarbonPrice } from '@/lib/rollups/carbon-prices'
import type { FactorUse } from '@/lib/rollups/factors-used'
import type { ScopeHours } from '@/lib/rollups/scope-hours'
import type { StatementBooks } from '@/lib/rollups/statement-books'
import type { ReportingEntity } from '@/lib/rollups/statement-entity'
import type { StatementFurtherRow, StatementGroupRow } from '@/lib/rollups/statement-groups'
import type { InstrumentUse } from '@/lib/rollups/statement-instruments'
import type { ScreeningZone } from '@/lib/rollups/statement-screening'
import type { StatementSiteRow } from '@/lib/rollups/statement-sites'
import { type Comparatives, comparativesOf } from './comparatives'
import { factsSha256 } from './facts'
import { sumKnown } from './ledger-lines'
import {
  cellOfRow,
  countedDeployments,
  isKeptOut,
  type KeptOut,
  keptOutOf,
  SCOPE_2,
  type ScopeChoices,
  type ShownApart,
  type StatementCell,
  type StatementRow,
  scopeTable,
  softwareUseApart,
  type YearFacts,
} from './scope-table'
import { sharesPerMille } from './shares'
import { type Check, checksOf } from './statement-checks'
import {
  type Bridge,
  bridgeOf,
  type GasRow,
  type Instruments,
  instrumentsOf,
  type PriceRow,
  priceRows,
  scope1Gases,
  type WaterMemo,
  waterOf,
} from './statement-memos'
import { worstTier } from './tiers'

/** What was read of a year → its statement. Pure: the same rows give the same statement, to the byte. */

export type { Check } from './statement-checks'

export interface StatementInput {
  entity: ReportingEntity
  books: StatementBooks
  settings: Settings
  facts: YearFacts
  /** The year before, and the base year; null where the ledger holds nothing of it. */
  before: YearFacts | null
  base: YearFacts | null
  /** First day of the year before with an entry. */
  beforeFrom: string | null
  instruments: InstrumentUse[]
  screening: ScreeningZone[]
  prices: { price: CarbonPrice; facts: YearFacts }[]
  teams: StatementGroupRow[]
  models: StatementGroupRow[]
  further: StatementFurtherRow[]
  sites: StatementSiteRow[]
  factors: FactorUse[]
}

export interface EnergyRow {
  deployment: DeploymentName
  /** Electricity of one's own operations (E1-5); the rest is a memo. */
  own: boolean
  itUwh: bigint | null
  facilityUwh: bigint | null
  mg: bigint | null
  hours: number
}

export interface ShareRow {
  name: string | null
  itUwh: bigint | null
  facilityUwh: bigint | null
  /** Location-based electricity. */
  mg: bigint | null
  sharePerMille: number
  keptOutMg: bigint
  /** Of Scope 2, after instruments. */
  marketMg: bigint | null
  /** Upstream of the electricity and grid losses. */
  upstreamMg: bigint | null
  /** Amortised: a management figure, in no row of the scope table. */
  embodiedMg: bigint | null
}

export interface SiteRow {
  slug: string
  name: string
  zone: string | null
  itUwh: bigint | null
  facilityUwh: bigint | null
  pue: number | null
  cueKgPerKwh: number | null
  fromWorkloads: boolean
  pairedHours: number
  provisional: boolean
}

export interface TierShare {
  tier: 1 | 2 | 3 | 4 | 5
  mg: bigint
  sharePerMille: number
}

export interface Quality {
  knownHours: number
  gapHours: number
  gaps: { deployment: DeploymentName; reason: string; hours: number }[]
  /** By the weakest of the three, and for each kind apart. */
  overall: TierShare[]
  energy: TierShare[]
  overhead: TierShare[]
  intensity: TierShare[]
  /** Hours whose energy was partly estimated or modelled (tier 3 and weaker). */
  estimatedHours: number
  estimatedMg: bigint
}

export interface Statement {
  entity: ReportingEntity
  year: number
  /** Half-open, UTC. */
  period: { from: string; to: string }
  status: 'no-data' | 'provisional' | 'settled'
  provisionalMg: bigint
  books: StatementBooks
  methodVersion: string
  settings: Settings
  rows: StatementRow[]
  /** Total, location-based and market-based: two methods, never added. */
  total: StatementCell
  totalMarket: StatementCell
  comparatives: Comparatives
  /** The statement's electricity by location: what teams, models and tiers split. */
  electricityMg: bigint | null
  keptOut: KeptOut
  screening: ScreeningZone[]
  softwareUse: ShownApart
  instruments: Instruments
  primaryShare: number | null
  biogenicMg: bigint
  gases: { gases: GasRow[]; withoutGasesMg: bigint }
  bridge: Bridge
  prices: PriceRow[]
  water: WaterMemo
  energy: {
    rows: EnergyRow[]
    own: Sums
    memo: Sums
    all: Sums /** Of the deployments in the statement. */
    counted: Sums
  }
  /** Purchased heat, steam and cooling: in Scope 2 by both methods, and of no team. */
  scope2ActivitiesMg: bigint | null
  teams: ShareRow[]
  models: ShareRow[]
  sites: SiteRow[]
  quality: Quality
  factors: FactorUse[]
  checks: Check[]
  /** Digest of the canonical facts (lib/reports/facts.ts), printed on every page. */
  factsSha256: string
}

export interface Sums {
  itUwh: bigint | null
  facilityUwh: bigint | null
  mg: bigint | null
}

export const assembleStatement = (input: StatementInput): Statement => {
  const { entity, books, settings } = input
  const { year, hours, assets, activities } = input.facts
  const choices: ScopeChoices = { settings, widths: widthsWith(settings.uncertainty as WidthOverrides) }
  const rows = scopeTable(input.facts, choices)
  const total = cellOfRow(rows, 'total-lb')
  const tableOf = (facts: YearFacts | null) => (facts === null ? null : scopeTable(facts, choices))
  const counted = countedDeployments(choices)
  const inStatement = hours.filter((row) => counted.includes(row.deployment) && !isKeptOut(row))
  const scope3 = cellOfRow(rows, 's3')
  const facts = {
    entity,
    year,
    period: { from: `${year}-01-01T00:00:00Z`, to: `${year + 1}-01-01T00:00:00Z` },
    status: statusOf(input.facts),
    provisionalMg: total.provisionalMg,
    books,
    methodVersion: books.method_versions.join(', ') || METHOD_VERSION,
    settings,
    rows,
    total,
    totalMarket: cellOfRow(rows, 'total-mb'),
    comparatives: comparativesOf(
      year,
      rows,
      { before: tableOf(input.before), base: tableOf(input.base), beforeFrom: input.beforeFrom },
      settings,
    ),
    electricityMg: sumKnown(inStatement.map((row) => row.location_mg)),
    keptOut: keptOutOf(hours),
    screening: input.screening,
    softwareUse: softwareUseApart(hours, choices),
    instruments: instrumentsOf(input.instruments, hours),
    primaryShare: scope3.mg === null || scope3.mg === 0n ? null : Number(scope3.primaryMg) / Number(scope3.mg),
    biogenicMg:
      sumKnown([cellOfRow(rows, 's1').biogenicMg, cellOfRow(rows, 's2-lb').biogenicMg, scope3.biogenicMg]) ?? 0n,
    gases: scope1Gases(activities),
    bridge: bridgeOf(year, assets, hours),
    prices: priceRows(
      input.prices.map(({ price, facts: part }) => ({
        price,
        rows: part === input.facts ? rows : scopeTable(part, choices),
      })),
      rows,
    ),
    water: waterOf(hours),
    energy: energyOf(hours, counted),
    scope2ActivitiesMg: sumKnown(activities.filter(({ scope }) => scope === 2).map(({ mg }) => mg)),
    teams: shareRows(input.teams, input.further, 'team', counted),
    models: shareRows(input.models, input.further, 'model', counted),
    sites: input.sites.map(siteOf),
    quality: qualityOf(inStatement, hours),
    factors: input.factors,
  }
  return { ...facts, checks: checksOf(facts), factsSha256: factsSha256(facts) }
}

const statusOf = ({ year, hours, activities, assets }: YearFacts): Statement['status'] => {
  if (hours.some((row) => row.provisional)) return 'provisional'
  const bought = assets.some(({ purchased_on }) => purchased_on.startsWith(`${year}-`))
  return hours.length === 0 && activities.length === 0 && !bought ? 'no-data' : 'settled'
}

const sums = (rows: { itUwh: bigint | null; facilityUwh: bigint | null; mg: bigint | null }[]): Sums => ({
  itUwh: sumKnown(rows.map((row) => row.itUwh)),
  facilityUwh: sumKnown(rows.map((row) => row.facilityUwh)),
  mg: sumKnown(rows.map((row) => row.mg)),
})

/** All energy, the hours kept out of Scope 2 too: energy does not depend on a factor. */
const energyOf = (hours: ScopeHours[], counted: DeploymentName[]): Statement['energy'] => {
  const rows = DEPLOYMENTS.flatMap((deployment): EnergyRow[] => {
    const mine = hours.filter((row) => row.deployment === deployment)
    if (mine.length === 0) return []
    const energetic = mine.filter((row) => row.it_uwh !== null || row.facility_uwh !== null)
    return [
      {
        deployment,
        own: SCOPE_2.includes(deployment),
        itUwh: sumKnown(mine.map((row) => row.it_uwh)),
        facilityUwh: sumKnown(mine.map((row) => row.facility_uwh)),
        mg: sumKnown(mine.filter((row) => !isKeptOut(row)).map((row) => row.location_mg)),
        hours: energetic.reduce((sum, row) => sum + row.hours, 0),
      },
    ]
  })
  return {
    rows,
    own: sums(rows.filter((row) => row.own)),
    memo: sums(rows.filter((row) => !row.own)),
    all: sums(rows),
    counted: sums(rows.filter((row) => counted.includes(row.deployment))),
  }
}

/**
 * Teams or models, largest first; what has no name last. Without what is kept out of Scope 2 and what the organisation does not count,
 * so that they sum to the statement's electricity.
 */
const shareRows = (
  all: StatementGroupRow[],
  further: StatementFurtherRow[],
  by: 'team' | 'model',
  deployments: DeploymentName[],
): ShareRow[] => {
  const rows = all.filter(({ deployment }) => deployments.includes(deployment))
  const more = further.filter(({ deployment }) => deployments.includes(deployment))
  const names = [...new Set([...rows.map((row) => row.name), ...more.map((row) => row[by])])]
  const merged = names.map((name) => {
    const mine = rows.filter((row) => row.name === name)
    const others = more.filter((row) => row[by] === name)
    const counted = mine.map((row) => {
      const keptOut = SCOPE_2.includes(row.deployment) ? row.screening_mg : 0n
      const isAllKeptOut = keptOut > 0n && row.location_mg === keptOut
      return { keptOut, mg: row.location_mg === null || isAllKeptOut ? null : row.location_mg - keptOut }
    })
    const scope2 = others.filter(({ deployment }) => SCOPE_2.includes(deployment))
    return {
      name,
      itUwh: sumKnown(mine.map((row) => row.it_uwh)),
      facilityUwh: sumKnown(mine.map((row) => row.facility_uwh)),
      mg: sumKnown(counted.map(({ mg }) => mg)),
      keptOutMg: sumKnown(counted.map(({ keptOut }) => keptOut)) ?? 0n,
      marketMg: sumKnown(scope2.flatMap((row) => [row.market_mg, row.instrument_mg])),
      upstreamMg: sumKnown(others.flatMap((row) => [row.upstream_mg, row.loss_mg])),
      embodiedMg: sumKnown(others.map((row) => row.embodied_mg)),
    }
  })
  const shares = sharesPerMille(merged.map(({ mg }) => mg ?? 0n))
  return merged
    .map((row, index) => ({ ...row, sharePerMille: shares[index] ?? 0 }))
    .sort(
      (a, b) =>
        Number(a.name === null) - Number(b.name === null) ||
        compare(b.mg ?? -1n, a.mg ?? -1n) ||
        compare(a.name ?? '', b.name ?? ''),
    )
}

const compare = <T extends bigint | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

const quotient = (above: bigint | null, below: bigint | null, scale = 1): number | null =>
  above === null || below === null || below === 0n ? null : (Number(above) / Number(below)) * scale

const siteOf = (row: StatementSiteRow): SiteRow => ({
  slug: row.slug,
  name: row.name,
  zone: row.zone,
  itUwh: row.it_uwh,
  facilityUwh: row.facility_uwh,
  pue: quotient(row.facility_uwh, row.it_uwh),
  // 1 mg ÷ µWh = 1000 kg ÷ kWh
  cueKgPerKwh: quotient(row.cue_mg, row.cue_it_uwh, 1000),
  fromWorkloads: row.from_workloads,
  pairedHours: row.paired_hours,
  provisional: row.provisional,
})

const TIERS = [1, 2, 3, 4, 5] as const

/** Of the statement's electricity; gaps are told of every recorded hour. */
const qualityOf = (inStatement: ScopeHours[], hours: ScopeHours[]): Quality => {
  const counted = inStatement.filter((row) => row.location_mg !== null)
  const mix = (tierOf: (row: ScopeHours) => number | null): TierShare[] => {
    const mg = TIERS.map(
      (tier) => sumKnown(counted.filter((row) => tierOf(row) === tier).map((row) => row.location_mg)) ?? 0n,
    )
    const shares = sharesPerMille(mg)
    return TIERS.map((tier, index) => ({ tier, mg: mg[index] ?? 0n, sharePerMille: shares[index] ?? 0 }))
  }
  const estimated = counted.filter((row) => (row.energy_tier ?? 0) >= 3)
  const hoursOf = (rows: ScopeHours[]) => rows.reduce((sum, row) => sum + row.hours, 0)
  const gaps = new Map<string, Quality['gaps'][number]>()
  for (const { deployment, gap, hours: count } of hours) {
    if (gap === null) continue
    const key = `${deployment} ${gap}`
    gaps.set(key, { deployment, reason: gap, hours: (gaps.get(key)?.hours ?? 0) + count })
  }
  return {
    knownHours: hoursOf(counted),
    gapHours: [...gaps.values()].reduce((sum, gap) => sum + gap.hours, 0),
    gaps: [...gaps.values()].sort((a, b) => b.hours - a.hours),
    overall: mix((row) =>
      worstTier({ energy: row.energy_tier, overhead: row.overhead_tier, intensity: row.intensity_tier }),
    ),
    energy: mix((row) => row.energy_tier),
    overhead: mix((row) => row.overhead_tier),
    intensity: mix((row) => row.intensity_tier),
    estimatedHours: hoursOf(estimated),
    estimatedMg: sumKnown(estimated.map((row) => row.location_mg)) ?? 0n,
  }
}
