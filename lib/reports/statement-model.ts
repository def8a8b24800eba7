import { METHOD_VERSION } from '@/lib/accounting/entries'
import { DEPLOYMENTS, type DeploymentName } from '@/lib/contracts/common'
import type { FactorUse } from '@/lib/rollups/factors-used'
import type { ScopeHours } from '@/lib/rollups/scope-hours'
import type { StatementBooks } from '@/lib/rollups/statement-books'
import type { ReportingEntity } from '@/lib/rollups/statement-entity'
import type { StatementGroupRow } from '@/lib/rollups/statement-groups'
import type { StatementSiteRow } from '@/lib/rollups/statement-sites'
import { factsSha256 } from './facts'
import { sumKnown } from './ledger-lines'
import {
  ADDENDS,
  cellOfRow,
  isKeptOut,
  type KeptOut,
  keptOutOf,
  SCOPE_2,
  type StatementCell,
  type StatementRow,
  scopeTable,
} from './scope-table'
import { sharesPerMille } from './shares'
import { worstTier } from './tiers'

/** What was read of a year → its statement. Pure: the same rows give the same statement, to the byte. */

export interface StatementInput {
  year: number
  entity: ReportingEntity
  books: StatementBooks
  hours: ScopeHours[]
  teams: StatementGroupRow[]
  models: StatementGroupRow[]
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
  mg: bigint | null
  sharePerMille: number
  keptOutMg: bigint
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

export interface Check {
  words: string
  detail: string
  passed: boolean
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
  rows: StatementRow[]
  total: StatementCell
  keptOut: KeptOut
  energy: { rows: EnergyRow[]; own: Sums; memo: Sums; all: Sums }
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
  const { year, entity, books, hours } = input
  const rows = scopeTable(hours)
  const total = cellOfRow(rows, 'total-lb')
  const keptOut = keptOutOf(hours)
  const facts = {
    entity,
    year,
    period: { from: `${year}-01-01T00:00:00Z`, to: `${year + 1}-01-01T00:00:00Z` },
    status: statusOf(hours),
    provisionalMg: total.provisionalMg,
    books,
    methodVersion: books.method_versions.join(', ') || METHOD_VERSION,
    rows,
    total,
    keptOut,
    energy: energyOf(hours),
    teams: shareRows(input.teams),
    models: shareRows(input.models),
    sites: input.sites.map(siteOf),
    quality: qualityOf(hours),
    factors: input.factors,
  }
  return { ...facts, checks: checksOf(facts), factsSha256: factsSha256(facts) }
}

const statusOf = (hours: ScopeHours[]): Statement['status'] =>
  hours.length === 0 ? 'no-data' : hours.some((row) => row.provisional) ? 'provisional' : 'settled'

const sums = (rows: { itUwh: bigint | null; facilityUwh: bigint | null; mg: bigint | null }[]): Sums => ({
  itUwh: sumKnown(rows.map((row) => row.itUwh)),
  facilityUwh: sumKnown(rows.map((row) => row.facilityUwh)),
  mg: sumKnown(rows.map((row) => row.mg)),
})

/** All energy, the hours kept out of Scope 2 too: energy does not depend on a factor. */
const energyOf = (hours: ScopeHours[]): Statement['energy'] => {
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
  return { rows, own: sums(rows.filter((row) => row.own)), memo: sums(rows.filter((row) => !row.own)), all: sums(rows) }
}

/** Teams or models, largest first; what has no name last. Without what is kept out of Scope 2, so that they sum to the total. */
const shareRows = (rows: StatementGroupRow[]): ShareRow[] => {
  const names = [...new Set(rows.map((row) => row.name))]
  const merged = names.map((name) => {
    const mine = rows.filter((row) => row.name === name)
    const counted = mine.map((row) => {
      const keptOut = SCOPE_2.includes(row.deployment) ? row.screening_mg : 0n
      const isAllKeptOut = keptOut > 0n && row.location_mg === keptOut
      return { keptOut, mg: row.location_mg === null || isAllKeptOut ? null : row.location_mg - keptOut }
    })
    return {
      name,
      itUwh: sumKnown(mine.map((row) => row.it_uwh)),
      facilityUwh: sumKnown(mine.map((row) => row.facility_uwh)),
      mg: sumKnown(counted.map(({ mg }) => mg)),
      keptOutMg: sumKnown(counted.map(({ keptOut }) => keptOut)) ?? 0n,
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

const qualityOf = (hours: ScopeHours[]): Quality => {
  const counted = hours.filter((row) => row.location_mg !== null && !isKeptOut(row))
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

/** What a reviewer would re-add. Lines come from the entries, teams and models from the cubes: two roads to one sum. */
const checksOf = (facts: Omit<Statement, 'checks' | 'factsSha256'>): Check[] => {
  const { rows, total, keptOut, teams, models, factors, energy } = facts
  const addends = sumKnown(ADDENDS.map((code) => cellOfRow(rows, code).mg))
  const all = (total.mg ?? 0n) + keptOut.mg
  const used = sumKnown(factors.filter(({ role }) => role === 'intensity').map(({ location_mg }) => location_mg)) ?? 0n
  const lifecycle = rows.length > 0 && cellOfRow(rows, 's2-lb').screeningMg > 0n
  const recalled = factors.filter(({ status }) => status === 'recalled').length
  const same = (left: bigint | null, right: bigint | null) => (left ?? 0n) === (right ?? 0n)
  return [
    { words: 'Lines add up to the total', detail: `${ADDENDS.length} lines`, passed: same(addends, total.mg) },
    {
      words: 'Teams add up to the total',
      detail: `${teams.length}`,
      passed: same(sumKnown(teams.map(({ mg }) => mg)), total.mg),
    },
    {
      words: 'Models add up to the total',
      detail: `${models.length}`,
      passed: same(sumKnown(models.map(({ mg }) => mg)), total.mg),
    },
    {
      words: 'Energy agrees with its cubes',
      detail: 'kWh',
      passed: same(sumKnown(teams.map(({ facilityUwh }) => facilityUwh)), energy.all.facilityUwh),
    },
    { words: 'Every milligram has a factor', detail: `${factors.length} factors`, passed: used === all },
    { words: 'No life-cycle factor in Scope 2', detail: 'METHOD §3', passed: !lifecycle },
    {
      words: 'Factors verified at source',
      detail: recalled === 0 ? 'all' : `${recalled} recalled`,
      passed: recalled === 0,
    },
    { words: 'Location and market present', detail: 'market not covered yet', passed: false },
  ]
}
