import { scopeLineOf } from '@/lib/accounting/scope'
import { DEPLOYMENTS, type DeploymentName } from '@/lib/contracts/common'
import type { ScopeHours } from '@/lib/rollups/scope-hours'
import { sumKnown } from './ledger-lines'
import { worstTier } from './tiers'

/** Hours of a year → the rows of ESRS E1-6 in the order of AR 48. Pure; every figure an exact integer of milligrams. */

export interface GapHours {
  reason: string
  hours: number
}

export interface StatementCell {
  state: 'computed' | 'no-data' | 'not-covered'
  mg: bigint | null
  hoursKnown: number
  gapHours: number
  gaps: GapHours[]
  /** mg by the weakest of the three tiers, 1 … 5. */
  tiersMg: [bigint, bigint, bigint, bigint, bigint]
  provisionalMg: bigint
  /** Part of mg that rests on a life-cycle average. */
  screeningMg: bigint
  /** Why there is no figure, or what the figure leaves out. */
  reason: string | null
  /** Which deployments it is made of: what the ledger is filtered by. */
  deployments: DeploymentName[]
}

export interface StatementRow {
  code: string
  kind: 'group' | 'line' | 'category' | 'subline' | 'subtotal' | 'total'
  label: string
  clause: string | null
  cell: StatementCell | null
}

/** Hours of Scope 2 deployments whose intensity is a life-cycle average. */
export interface KeptOut {
  mg: bigint
  hours: number
  facilityUwh: bigint
  deployments: DeploymentName[]
}

const of = (rowCode: string): DeploymentName[] =>
  DEPLOYMENTS.filter((deployment) => scopeLineOf(deployment).rowCode === rowCode)

export const SCOPE_2: DeploymentName[] = of('s2')
export const CLOUD: DeploymentName[] = of('s3-1-cloud')
export const LEASED: DeploymentName[] = of('s3-8')
export const SOLD: DeploymentName[] = of('s3-11')

export const isKeptOut = (row: Pick<ScopeHours, 'deployment' | 'screening'>): boolean =>
  row.screening && SCOPE_2.includes(row.deployment)

const noTiers = (): StatementCell['tiersMg'] => [0n, 0n, 0n, 0n, 0n]

const notCovered = (reason: string): StatementCell => ({
  state: 'not-covered',
  mg: null,
  hoursKnown: 0,
  gapHours: 0,
  gaps: [],
  tiersMg: noTiers(),
  provisionalMg: 0n,
  screeningMg: 0n,
  reason,
  deployments: [],
})

/** The sum of what is known of these hours; what is unknown is counted, by reason. */
export const cellOf = (
  hours: ScopeHours[],
  deployments: DeploymentName[],
  note: string | null = null,
): StatementCell => {
  const mine = hours.filter((row) => deployments.includes(row.deployment) && !isKeptOut(row))
  const known = mine.filter((row) => row.location_mg !== null)
  const mg = sumKnown(known.map((row) => row.location_mg))
  const tiersMg = noTiers()
  for (const row of known) {
    const worst = worstTier({ energy: row.energy_tier, overhead: row.overhead_tier, intensity: row.intensity_tier })
    if (worst !== null) tiersMg[worst - 1] = (tiersMg[worst - 1] ?? 0n) + (row.location_mg ?? 0n)
  }
  const gaps = gapsOf(mine)
  return {
    state: mg === null ? 'no-data' : 'computed',
    mg,
    hoursKnown: countHours(known),
    gapHours: gaps.reduce((sum, gap) => sum + gap.hours, 0),
    gaps,
    tiersMg,
    provisionalMg: sumKnown(known.filter((row) => row.provisional).map((row) => row.location_mg)) ?? 0n,
    screeningMg: sumKnown(known.filter((row) => row.screening).map((row) => row.location_mg)) ?? 0n,
    reason:
      mg !== null
        ? note
        : mine.length > 0
          ? 'Hours were recorded, none of them has a figure.'
          : 'No workload of this kind in the year.',
    deployments,
  }
}

const countHours = (rows: ScopeHours[]): number => rows.reduce((sum, row) => sum + row.hours, 0)

export const gapsOf = (rows: ScopeHours[]): GapHours[] => {
  const byReason = new Map<string, number>()
  for (const row of rows) if (row.gap !== null) byReason.set(row.gap, (byReason.get(row.gap) ?? 0) + row.hours)
  return [...byReason]
    .map(([reason, hours]) => ({ reason, hours }))
    .sort((a, b) => b.hours - a.hours || (a.reason < b.reason ? -1 : 1))
}

export const keptOutOf = (hours: ScopeHours[]): KeptOut => {
  const rows = hours.filter(isKeptOut)
  return {
    mg: sumKnown(rows.map((row) => row.location_mg)) ?? 0n,
    hours: countHours(rows),
    facilityUwh: sumKnown(rows.map((row) => row.facility_uwh)) ?? 0n,
    deployments: SCOPE_2.filter((deployment) => rows.some((row) => row.deployment === deployment)),
  }
}

const PURCHASED_ELECTRICITY =
  'The electricity of the purchased service, location-based; hardware and other inputs of the supplier are not covered yet.'
const CATEGORIES: Record<number, { label: string; reason: string }> = {
  2: { label: 'Capital goods', reason: 'Purchases of servers and accelerators are not recorded yet.' },
  3: {
    label: 'Fuel- and energy-related activities (not in Scope 1 or 2)',
    reason: 'Upstream emissions and grid losses of the electricity are not computed yet.',
  },
  4: { label: 'Upstream transportation and distribution', reason: 'Freight of hardware is not recorded yet.' },
  5: { label: 'Waste generated in operations', reason: 'Electronic waste is not recorded yet.' },
  6: { label: 'Business travel', reason: 'Outside the AI compute perimeter.' },
  7: { label: 'Employee commuting', reason: 'Outside the AI compute perimeter.' },
  9: { label: 'Downstream transportation', reason: 'Outside the AI compute perimeter.' },
  10: { label: 'Processing of sold products', reason: 'Outside the AI compute perimeter.' },
  12: { label: 'End-of-life treatment of sold products', reason: 'Hardware that was sold is not recorded yet.' },
  13: { label: 'Downstream leased assets', reason: 'Hardware leased to others is not recorded yet.' },
  14: { label: 'Franchises', reason: 'Outside the AI compute perimeter.' },
  15: { label: 'Investments', reason: 'Outside the AI compute perimeter.' },
}

const group = (code: string, label: string): StatementRow => ({ code, kind: 'group', label, clause: null, cell: null })

/** Scope table of a year. The total is the sum of the covered lines and says that it is partial. */
export const scopeTable = (hours: ScopeHours[]): StatementRow[] => {
  const row = (
    code: string,
    kind: StatementRow['kind'],
    label: string,
    clause: string | null,
    cell: StatementCell,
  ): StatementRow => ({
    code,
    kind,
    label,
    clause,
    cell,
  })
  const cloud = cellOf(hours, CLOUD, PURCHASED_ELECTRICITY)
  const leased = cellOf(hours, LEASED, 'Electricity of leased space, location-based.')
  const sold = cellOf(hours, SOLD, 'Electricity of models that run at customers, location-based.')
  const uncovered = (category: number): StatementRow => {
    const { label, reason } = CATEGORIES[category] as { label: string; reason: string }
    return row(`s3-${category}`, 'category', `${category} ${label}`, 'ESRS E1-6 §51', notCovered(reason))
  }
  const partial = 'Partial: electricity of categories 1, 8 and 11 only.'
  return [
    group('g1', 'Scope 1 GHG emissions'),
    row(
      's1',
      'line',
      'Gross Scope 1 GHG emissions',
      'ESRS E1-6 §48(a)',
      notCovered('Fuels and refrigerants are not recorded yet.'),
    ),
    row(
      's1-ets',
      'line',
      'Percentage of Scope 1 GHG emissions from regulated emission trading schemes (%)',
      'ESRS E1-6 §48(b)',
      notCovered('Follows from Scope 1.'),
    ),
    group('g2', 'Scope 2 GHG emissions'),
    row('s2-lb', 'line', 'Gross location-based Scope 2 GHG emissions', 'ESRS E1-6 §49(a)', cellOf(hours, SCOPE_2)),
    row(
      's2-mb',
      'line',
      'Gross market-based Scope 2 GHG emissions',
      'ESRS E1-6 §49(b)',
      notCovered('Contracts, supplier factors and residual mixes are not recorded yet.'),
    ),
    group('g3', 'Significant Scope 3 GHG emissions'),
    row(
      's3',
      'subtotal',
      'Total gross indirect (Scope 3) GHG emissions',
      'ESRS E1-6 §51',
      cellOf(hours, [...CLOUD, ...LEASED, ...SOLD], partial),
    ),
    row('s3-1', 'category', '1 Purchased goods and services', 'ESRS E1-6 §51', {
      ...cloud,
      reason: cloud.mg === null ? cloud.reason : 'Cloud computing and data centre services only.',
    }),
    row('s3-1-cloud', 'subline', 'of which cloud computing and data centre services', 'ESRS E1 AR 51', cloud),
    ...[2, 3, 4, 5, 6, 7].map(uncovered),
    row('s3-8', 'category', '8 Upstream leased assets', 'ESRS E1-6 §51', leased),
    ...[9, 10].map(uncovered),
    row('s3-11', 'category', '11 Use of sold products', 'ESRS E1-6 §51', sold),
    ...[12, 13, 14, 15].map(uncovered),
    group('g4', 'Total GHG emissions'),
    row(
      'total-lb',
      'total',
      'Total GHG emissions (location-based)',
      'ESRS E1-6 §52(a)',
      cellOf(
        hours,
        [...DEPLOYMENTS],
        'Partial: covers only Scope 2 location-based and the electricity of Scope 3 categories 1, 8 and 11.',
      ),
    ),
    row(
      'total-mb',
      'total',
      'Total GHG emissions (market-based)',
      'ESRS E1-6 §52(b)',
      notCovered('Follows from Scope 2 market-based.'),
    ),
  ]
}

/** Rows that add up to the total, each hour in exactly one of them. */
export const ADDENDS = ['s2-lb', 's3-1', 's3-8', 's3-11'] as const

export const cellOfRow = (rows: StatementRow[], code: string): StatementCell => {
  const cell = rows.find((row) => row.code === code)?.cell
  if (!cell) throw new Error(`The scope table has a row ${code}`)
  return cell
}
