import { intervalOf } from '@/lib/accounting/uncertainty/interval'
import type { TierWidths } from '@/lib/accounting/uncertainty/tier-widths'
import type { DeploymentName } from '@/lib/contracts/common'
import type { Settings } from '@/lib/contracts/settings'
import type { ScopeHours } from '@/lib/rollups/scope-hours'
import type { StatementActivity } from '@/lib/rollups/statement-activities'
import type { StatementAsset } from '@/lib/rollups/statement-assets'
import type { DeploymentEffect } from '@/lib/rollups/statement-instruments'
import type { SpreadPart } from '@/lib/rollups/statement-spread'
import { sumKnown } from './ledger-lines'
import { CLOUD, LEASED, SCOPE_2, SOLD } from './scope-deployments'
import {
  activityLeaf,
  afterEffects,
  assetLeaf,
  type EndOfLifeFactor,
  electricityLeaf,
  emptyLeaf,
  endOfLifeLeaf,
  isKeptOut,
  type Leaf,
  mergeLeaves,
} from './statement-leaves'
import { tonnes } from './tonnes'

/** What was read of a year → the rows of ESRS E1-6 in the order of AR 48. Pure; every figure an exact integer of milligrams. */

export { CLOUD, LEASED, SCOPE_2, SOLD } from './scope-deployments'
export { type GapHours, isKeptOut } from './statement-leaves'

/** Everything of a UTC year that a scope table is made of. */
export interface YearFacts {
  year: number
  hours: ScopeHours[]
  /** Empty for a comparative: its figures are shown without intervals. */
  spread: SpreadPart[]
  effects: DeploymentEffect[]
  activities: StatementActivity[]
  /** The register up to the end of the year. */
  assets: StatementAsset[]
  endOfLife: EndOfLifeFactor[]
}

export interface ScopeChoices {
  settings: Pick<Settings, 'cloud_category' | 'software_use_in_category_11'>
  widths: TierWidths
}

export interface StatementCell extends Omit<Leaf, 'contributions' | 'recorded'> {
  state: 'computed' | 'no-data' | 'not-covered'
  /** Ends of the 95 % interval; null where there is no figure. */
  lowMg: bigint | null
  highMg: bigint | null
  /** Half-width as a share of the figure. */
  u95: number | null
  /** Why there is no figure, or what the figure holds and leaves out. */
  reason: string | null
}

export interface StatementRow {
  code: string
  kind: 'group' | 'line' | 'category' | 'subline' | 'subtotal' | 'total'
  label: string
  clause: string | null
  cell: StatementCell | null
}

/** Electricity that is shown apart, in no line and no total. */
export interface ShownApart {
  /** null: none of the hours has a figure. */
  mg: bigint | null
  hours: number
  facilityUwh: bigint
  deployments: DeploymentName[]
}
export type KeptOut = ShownApart

const cellFrom = (
  leaf: Leaf,
  words: { note?: string | null; empty: string; unknown?: string; outside?: boolean },
): StatementCell => {
  const { contributions, recorded, ...rest } = leaf
  // A figure below zero has no interval; the checks say that nothing may net below zero.
  const interval = leaf.mg === null || leaf.mg < 0n ? null : intervalOf(leaf.mg, contributions)
  const missing = leaf.unknown.map(({ what, count }) => UNKNOWN[what](count))
  const reason =
    leaf.mg !== null
      ? [words.note ?? null, ...missing].filter(Boolean).join(' ') || null
      : missing.length > 0
        ? missing.join(' ')
        : recorded
          ? (words.unknown ?? 'Hours were recorded, none of them has a figure.')
          : words.empty
  return {
    ...rest,
    state: leaf.mg !== null ? 'computed' : words.outside && !recorded ? 'not-covered' : 'no-data',
    lowMg: interval?.low ?? null,
    highMg: interval?.high ?? null,
    u95: interval?.u95 ?? null,
    reason,
  }
}

const UNKNOWN = {
  activity: (count: number) =>
    count === 1 ? 'One activity has no factor and no figure.' : `${count} activities have no factor and no figure.`,
  asset: (count: number) =>
    count === 1
      ? 'One asset lacks the value that a figure needs.'
      : `${count} assets lack the value that a figure needs.`,
} as const

const countHours = (rows: ScopeHours[]): number => rows.reduce((sum, row) => sum + row.hours, 0)

const apartOf = (rows: ScopeHours[], among: DeploymentName[]): ShownApart => ({
  mg: sumKnown(rows.map((row) => row.location_mg)),
  hours: countHours(rows),
  facilityUwh: sumKnown(rows.map((row) => row.facility_uwh)) ?? 0n,
  deployments: among.filter((deployment) => rows.some((row) => row.deployment === deployment)),
})

/** Hours of Scope 2 deployments whose intensity is a life-cycle average that nobody accepted. */
export const keptOutOf = (hours: ScopeHours[]): KeptOut =>
  apartOf(
    hours.filter((row) => isKeptOut(row)),
    SCOPE_2,
  )

/** Use of one's software on customers' machines, where the organisation does not count it in category 11 (METHOD §14). */
export const softwareUseApart = (hours: ScopeHours[], { settings }: Pick<ScopeChoices, 'settings'>): ShownApart =>
  settings.software_use_in_category_11
    ? { mg: null, hours: 0, facilityUwh: 0n, deployments: [] }
    : apartOf(
        hours.filter((row) => SOLD.includes(row.deployment) && row.facility_uwh !== null),
        SOLD,
      )

/** Deployments whose electricity is in the statement, by the organisation's choices. */
export const countedDeployments = ({ settings }: Pick<ScopeChoices, 'settings'>): DeploymentName[] => [
  ...SCOPE_2,
  ...CLOUD,
  ...LEASED,
  ...(settings.software_use_in_category_11 ? SOLD : []),
]

const CATEGORIES: Record<number, { label: string; empty: string; outside?: boolean }> = {
  1: { label: 'Purchased goods and services', empty: 'No purchase is recorded for the year.' },
  2: { label: 'Capital goods', empty: 'No hardware is recorded as bought in the year.' },
  3: {
    label: 'Fuel- and energy-related activities (not in Scope 1 or 2)',
    empty: 'No upstream or loss factor is known for the electricity of the year.',
  },
  4: {
    label: 'Upstream transportation and distribution',
    empty: 'No freight is recorded; product footprints of hardware often hold it.',
  },
  5: { label: 'Waste generated in operations', empty: 'No waste and no retired hardware is recorded for the year.' },
  6: { label: 'Business travel', empty: 'Outside the AI compute perimeter.', outside: true },
  7: { label: 'Employee commuting', empty: 'Outside the AI compute perimeter.', outside: true },
  8: { label: 'Upstream leased assets', empty: 'No workload of this kind in the year.' },
  9: { label: 'Downstream transportation', empty: 'Outside the AI compute perimeter.', outside: true },
  10: { label: 'Processing of sold products', empty: 'Outside the AI compute perimeter.', outside: true },
  11: { label: 'Use of sold products', empty: 'No workload of this kind in the year.' },
  12: { label: 'End-of-life treatment of sold products', empty: 'No sold hardware is recorded.', outside: true },
  13: { label: 'Downstream leased assets', empty: 'No hardware leased to others is recorded.', outside: true },
  14: { label: 'Franchises', empty: 'Outside the AI compute perimeter.', outside: true },
  15: { label: 'Investments', empty: 'Outside the AI compute perimeter.', outside: true },
}

const group = (code: string, label: string): StatementRow => ({ code, kind: 'group', label, clause: null, cell: null })

const inYear = (year: number, day: string | null): boolean => day?.startsWith(`${year}-`) === true

/** Scope table of a year: both totals, each the sum of its scopes; Scope 3 is the same in both. */
export const scopeTable = (facts: YearFacts, choices: ScopeChoices): StatementRow[] => {
  const { hours, effects, activities, assets, year } = facts
  const { widths, settings } = choices
  const electricity = (deployments: DeploymentName[], measure: 'location' | 'loss' | 'upstream') =>
    electricityLeaf({ hours, spread: facts.spread, widths }, deployments, measure)
  const of = (scope: number, category: number | null = null) =>
    activities.filter((one) => one.scope === scope && one.category === category)
  const booked = (some: StatementActivity[]) => activityLeaf(some, widths)

  const scope1 = booked(of(1))
  const otherScope2 = booked(of(2))
  const location = electricity(SCOPE_2, 'location')
  const market = afterEffects(electricityLeaf({ hours, spread: facts.spread, widths }, SCOPE_2, 'market'), effects)
  const scope2 = {
    lb: mergeLeaves([location, otherScope2], [location]),
    mb: mergeLeaves([market, otherScope2], [market]),
  }

  /** Electricity that somebody else buys, with what comes before it: all in the category of that electricity (METHOD §7). */
  const served = (deployments: DeploymentName[]) => {
    const used = electricity(deployments, 'location')
    const before = mergeLeaves([electricity(deployments, 'upstream'), electricity(deployments, 'loss')], [])
    return { used, before, all: mergeLeaves([used, before], [used]) }
  }
  const cloud = served(CLOUD)
  const leased = served(LEASED)
  const sold = served(settings.software_use_in_category_11 ? SOLD : [])
  const statements = booked(of(3, 1).filter(({ kind }) => kind === 'cloud_statement'))
  const purchases = booked(of(3, 1).filter(({ kind }) => kind !== 'cloud_statement'))
  const services = mergeLeaves([cloud.all, statements], [cloud.used])
  const cloudIn8 = settings.cloud_category === 8

  const fuels = mergeLeaves([activityLeaf([...of(1), ...of(2)], widths, 'upstream_mg'), booked(of(3, 3))], [])
  const upstream = electricity(SCOPE_2, 'upstream')
  const losses = electricity(SCOPE_2, 'loss')
  const treatment = endOfLifeLeaf(
    assets.filter(({ retired_on }) => inYear(year, retired_on)),
    facts.endOfLife,
    widths,
  )
  const bought = assetLeaf(
    assets.filter(({ purchased_on }) => inYear(year, purchased_on)),
    widths,
  )
  // Upstream of what is Scope 3 already stays with it.
  const withUpstream = (category: number) =>
    mergeLeaves([booked(of(3, category)), activityLeaf(of(3, category), widths, 'upstream_mg')], [])

  const categories = new Map<number, Leaf>(
    Array.from({ length: 15 }, (_, at): [number, Leaf] => [at + 1, withUpstream(at + 1)]),
  )
  categories.set(
    1,
    mergeLeaves(
      [purchases, ...(cloudIn8 ? [] : [services]), activityLeaf(of(3, 1), widths, 'upstream_mg')],
      cloudIn8 ? [] : [cloud.used],
    ),
  )
  categories.set(2, mergeLeaves([bought, withUpstream(2)], []))
  categories.set(
    3,
    mergeLeaves([fuels, upstream, losses], [upstream.hoursKnown > losses.hoursKnown ? upstream : losses]),
  )
  categories.set(5, mergeLeaves([withUpstream(5), treatment], []))
  categories.set(
    8,
    mergeLeaves(
      [leased.all, withUpstream(8), ...(cloudIn8 ? [services] : [])],
      [leased.used, ...(cloudIn8 ? [cloud.used] : [])],
    ),
  )
  categories.set(11, mergeLeaves([sold.all, withUpstream(11)], [sold.used]))
  const scope3 = mergeLeaves([...categories.values()], [cloud.used, leased.used, sold.used])

  const row = (
    code: string,
    kind: StatementRow['kind'],
    label: string,
    clause: string | null,
    cell: StatementCell,
  ): StatementRow => ({ code, kind, label, clause, cell })
  const notes = notesOf(facts, choices, market)
  const category = (number: number): StatementRow[] => {
    const { label, empty, outside } = CATEGORIES[number] as (typeof CATEGORIES)[number]
    const leaf = categories.get(number) as Leaf
    const head = row(
      `s3-${number}`,
      'category',
      `${number} ${label}`,
      'ESRS E1-6 §51',
      cellFrom(leaf, {
        note: notes.categories[number] ?? null,
        empty: number === 11 ? notes.soldEmpty : empty,
        outside,
      }),
    )
    return [head, ...sublines(number)]
  }
  /** A part without a figure stands where it was recorded and a factor is what it lacks. */
  const part = (code: string, label: string, clause: string, leaf: Leaf, note: string | null = null): StatementRow[] =>
    leaf.mg === null && !(code === 's3-3-b' && leaf.recorded)
      ? []
      : [
          row(
            code,
            'subline',
            label,
            clause,
            cellFrom(leaf, { note, empty: '', unknown: 'No factor is known for the grids in use.' }),
          ),
        ]
  const cloudRows = (): StatementRow[] => [
    row(
      `s3-${cloudIn8 ? 8 : 1}-cloud`,
      'subline',
      'of which cloud computing and data centre services',
      'ESRS E1 AR 51',
      cellFrom(services, { note: notes.cloud, empty: 'No workload of this kind in the year.' }),
    ),
    ...part(
      `s3-${cloudIn8 ? 8 : 1}-cloud-upstream`,
      'of which upstream and grid losses of that electricity',
      'METHOD §7',
      cloud.before,
    ),
  ]
  const sublines = (number: number): StatementRow[] => {
    if (number === 1)
      return [
        ...(cloudIn8 ? [] : cloudRows()),
        ...part('s3-1-other', 'of which other purchases', 'ESRS E1-6 §51', purchases),
      ]
    if (number === 3)
      return [
        ...part('s3-3-a', 'of which upstream of fuels (a)', 'GHG Protocol Scope 3 Standard, category 3', fuels),
        ...part(
          's3-3-b',
          'of which upstream of purchased electricity (b)',
          'GHG Protocol Scope 3 Standard, category 3',
          upstream,
        ),
        ...part(
          's3-3-c',
          'of which transmission and distribution losses (c)',
          'GHG Protocol Scope 3 Standard, category 3',
          losses,
        ),
      ]
    if (number === 8)
      return [
        ...(cloudIn8 ? cloudRows() : []),
        ...part('s3-8-upstream', 'of which upstream and grid losses of that electricity', 'METHOD §7', leased.before),
      ]
    if (number === 11)
      return part('s3-11-upstream', 'of which upstream and grid losses of that electricity', 'METHOD §7', sold.before)
    return []
  }
  /** A total of which Scope 2 is unknown would be read as one without Scope 2. */
  const total = (method: 'lb' | 'mb') => {
    const isPartial = scope2[method].mg === null && scope2[method === 'lb' ? 'mb' : 'lb'].mg !== null
    const used = method === 'lb' ? location : market
    const leaf = mergeLeaves([scope1, scope2[method], scope3], [used, cloud.used, leased.used, sold.used])
    return isPartial
      ? {
          ...cellFrom(emptyLeaf(), { empty: '' }),
          reason: 'Scope 2 has no figure by this method.',
        }
      : cellFrom(leaf, { note: notes.total, empty: 'Nothing of the year has a figure.' })
  }
  return [
    group('g1', 'Scope 1 GHG emissions'),
    row(
      's1',
      'line',
      'Gross Scope 1 GHG emissions',
      'ESRS E1-6 §48(a)',
      cellFrom(scope1, { empty: 'No fuel, refrigerant or process gas is recorded for the year.' }),
    ),
    row(
      's1-ets',
      'line',
      'Percentage of Scope 1 GHG emissions from regulated emission trading schemes (%)',
      'ESRS E1-6 §48(b)',
      cellFrom(mergeLeaves([]), {
        empty: 'Installations under an emission trading scheme are outside the AI compute perimeter.',
        outside: true,
      }),
    ),
    group('g2', 'Scope 2 GHG emissions'),
    row(
      's2-lb',
      'line',
      'Gross location-based Scope 2 GHG emissions',
      'ESRS E1-6 §49(a)',
      cellFrom(scope2.lb, { note: notes.location, empty: 'No workload of this kind in the year.' }),
    ),
    row(
      's2-mb',
      'line',
      'Gross market-based Scope 2 GHG emissions',
      'ESRS E1-6 §49(b)',
      cellFrom(scope2.mb, { note: notes.market, empty: 'No workload of this kind in the year.' }),
    ),
    group('g3', 'Significant Scope 3 GHG emissions'),
    row(
      's3',
      'subtotal',
      'Total gross indirect (Scope 3) GHG emissions',
      'ESRS E1-6 §51',
      cellFrom(scope3, { note: notes.scope3, empty: 'No category has a figure.' }),
    ),
    ...Array.from({ length: 15 }, (_, at) => category(at + 1)).flat(),
    group('g4', 'Total GHG emissions'),
    row('total-lb', 'total', 'Total GHG emissions (location-based)', 'ESRS E1-6 §52(a)', total('lb')),
    row('total-mb', 'total', 'Total GHG emissions (market-based)', 'ESRS E1-6 §52(b)', total('mb')),
  ]
}

/** What a figure holds and leaves out, in a sentence; it stands under the table with a letter. */
const notesOf = ({ hours, effects }: YearFacts, { settings }: ScopeChoices, market: Leaf) => {
  const accepted = hours.filter((row) => row.accepted && SCOPE_2.includes(row.deployment) && row.location_mg !== null)
  const acceptedMg = sumKnown(accepted.map((row) => row.location_mg))
  const effect = sumKnown(effects.map((one) => one.effect_mg)) ?? 0n
  return {
    location:
      acceptedMg === null
        ? null
        : `Includes ${tonnes(acceptedMg)} t of ${countHours(accepted).toLocaleString('en-US')} hours on life-cycle averages that were accepted with a note.`,
    market:
      [
        effect !== 0n
          ? `Instruments take ${tonnes(effect < 0n ? -effect : effect)} t off; the rest is at residual mixes or suppliers’ rates.`
          : null,
        market.fallbackMg > 0n
          ? `${tonnes(market.fallbackMg)} t rest on the grid average, because no residual mix is known for their market.`
          : null,
      ]
        .filter(Boolean)
        .join(' ') || null,
    cloud:
      'Electricity of the service by the grid it runs on, its upstream and losses, and suppliers’ statements; the supplier’s hardware only where a statement holds it.',
    scope3: 'The same by both methods: contracts for electricity have no part in Scope 3.',
    total: 'The AI compute perimeter: rows without a figure are in table 2, not in the total.',
    soldEmpty: settings.software_use_in_category_11
      ? 'No workload of this kind in the year.'
      : 'By the organisation’s choice the use of its software on customers’ machines is not counted (optional under the GHG Protocol).',
    categories: {
      2: 'Hardware bought in the year, whole; the share that a year’s work uses up is a management figure.',
      3: 'Electricity of Scope 2 and fuels of Scope 1.',
    } as Record<number, string>,
  }
}

/** Rows that add up to a total, each thing in exactly one of them. */
export const addendsOf = (method: 'lb' | 'mb'): string[] => [
  's1',
  `s2-${method}`,
  ...Array.from({ length: 15 }, (_, at) => `s3-${at + 1}`),
]

export const cellOfRow = (rows: StatementRow[], code: string): StatementCell => {
  const cell = rows.find((row) => row.code === code)?.cell
  if (!cell) throw new Error(`The scope table has a row ${code}`)
  return cell
}
