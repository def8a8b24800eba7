import type { EntryTerms } from '@/lib/accounting/entries'
import { scopeLineOf } from '@/lib/accounting/scope'
import { lineAddress } from '@/lib/contracts/explain'
import type { LedgerLine, LedgerMeasure, LedgerMethod, LineMeasure, ScopeOfLine } from '@/lib/contracts/ledger'
import { DEFAULT_SETTINGS, type Settings } from '@/lib/contracts/settings'
import { ledgerLineId } from '@/lib/ledger/entries'
import type { LedgerEntry, UsedFactor } from '@/lib/rollups/ledger-entry'
import { exactKilograms, exactKilowattHours } from '@/lib/units/format'
import { HOUR } from '@/lib/units/time'

/**
 * A ledger entry → its lines: one for each scope line and kind that its hours belong to (ARCHITECTURE §10). Comes in exact, goes out
 * exact: all operational lines of a method, and all lines of a kind, add up to what the entry holds.
 */

export type Tier = 1 | 2 | 3 | 4 | 5

export type EntryMeasure = Exclude<LineMeasure, 'activity' | 'capital'>

export interface EntryLine {
  entry: LedgerEntry
  measure: EntryMeasure
  scope: ScopeOfLine
  /** Cells that belong to the line, 0 … 23. */
  hours: number[]
  itUwh: bigint | null
  facilityUwh: bigint | null
  /** The line's own mass, by its method and kind; market-based after instruments. */
  massMg: bigint | null
  /** Of an operational line by location; null on every other. */
  locationMg: bigint | null
  /** Market-based before instruments, and what they take off; null on every other line. */
  beforeMg: bigint | null
  effectMg: bigint | null
  /** Over the hours in which both energies are known. */
  pue: number | null
  /** The line's mass by its facility energy. */
  gPerKwh: number | null
  tiers: { energy: number | null; overhead: number | null; intensity: number | null }
  knownHours: number
  gaps: { reason: string; hours: number }[]
  coveredMs: number
  elapsedMs: number
  intensityFactors: UsedFactor[]
  overheadFactors: UsedFactor[]
}

/** Hours whose intensity is a life-cycle average: shown, kept out of Scope 2 (ARCHITECTURE §10). */
export const SCREENING_ROW = 's2-screening'

/** How an organisation maps electricity to scopes, where the method leaves a choice (METHOD §14). */
export type ScopeSettings = Pick<Settings, 'cloud_category' | 'software_use_in_category_11'>

export interface LineChoice {
  method?: LedgerMethod
  measure?: LedgerMeasure
  settings?: ScopeSettings
  /** What instruments take off each hour. */
  effects?: (bigint | undefined)[]
}

const screeningScope: ScopeOfLine = {
  scope: null,
  method: null,
  category: null,
  subline: null,
  row_code: SCREENING_ROW,
}

const NO_SCOPE = { scope: null, method: null, category: null, subline: null } as const

/** Scope line of a workload's electricity by one method. */
export const scopeOf = (
  deployment: LedgerEntry['deployment'],
  method: LedgerMethod = 'location',
  settings: ScopeSettings = DEFAULT_SETTINGS,
): ScopeOfLine => {
  const line = scopeLineOf(deployment)
  if (line.rowCode === 's3-11' && !settings.software_use_in_category_11) return { ...NO_SCOPE, row_code: 's3-11-apart' }
  const isCloudIn8 = line.rowCode === 's3-1-cloud' && settings.cloud_category === 8
  return {
    scope: line.scope,
    method: line.scope === 2 ? (method === 'market' ? 'market_based' : 'location_based') : null,
    category: isCloudIn8 ? 8 : line.category,
    subline: line.subline,
    row_code: isCloudIn8 ? 's3-8-cloud' : line.rowCode,
  }
}

const BEFORE = {
  loss: { row: 's3-3-c', words: 'transmission and distribution losses' },
  upstream: { row: 's3-3-b', words: 'upstream of purchased electricity' },
} as const

/** Where losses and upstream stand: category 3 for Scope 2 electricity, else the category of that electricity (METHOD §7). */
const scopeBefore = (
  deployment: LedgerEntry['deployment'],
  measure: 'loss' | 'upstream',
  settings: ScopeSettings,
): ScopeOfLine => {
  const electricity = scopeOf(deployment, 'location', settings)
  const { row, words } = BEFORE[measure]
  return electricity.scope === 2
    ? { scope: 3, method: null, category: 3, subline: words, row_code: row }
    : { ...electricity, subline: words }
}

const memoScope: ScopeOfLine = { ...NO_SCOPE, row_code: 'embodied-memo' }

/** Sum of the known amounts; null when none is known. */
export const sumKnown = (amounts: Iterable<bigint | null | undefined>): bigint | null => {
  let sum: bigint | null = null
  for (const amount of amounts) if (amount !== null && amount !== undefined) sum = (sum ?? 0n) + amount
  return sum
}

const weakest = (tiers: (number | null | undefined)[]): number | null => {
  const known = tiers.filter((tier): tier is number => tier !== null && tier !== undefined)
  return known.length === 0 ? null : Math.max(...known)
}

const distinct = (entry: LedgerEntry, places: (number | null | undefined)[]): UsedFactor[] =>
  [...new Set(places)]
    .filter((place): place is number => place !== null && place !== undefined)
    .sort((a, b) => a - b)
    .flatMap((place) => entry.factors[place] ?? [])

/** Cells of the UTC day that lie in [from, to). */
export const hoursInside = (day: string, window: { from: number; to: number }): number[] => {
  const start = Date.parse(`${day}T00:00:00Z`)
  return Array.from({ length: 24 }, (_, hour) => hour).filter(
    (hour) => start + hour * HOUR >= window.from && start + hour * HOUR < window.to,
  )
}

const CELLS = {
  location: 'location_mg',
  market: 'market_mg',
  loss: 'loss_mg',
  upstream: 'upstream_mg',
  embodied: 'embodied_mg',
} as const
type CellName = keyof typeof CELLS

/** The term of the day that a further vector rests on. */
const TERM: Partial<Record<CellName, keyof EntryTerms>> = {
  market: 'market',
  loss: 'loss',
  upstream: 'upstream',
  embodied: 'embodied',
}

const lineOf = (
  entry: LedgerEntry,
  line: { measure: EntryMeasure; scope: ScopeOfLine; cells: CellName; effects?: (bigint | undefined)[] },
  hours: number[],
): EntryLine => {
  const { measure, scope } = line
  const vector = entry[CELLS[line.cells]]
  const term = TERM[line.cells] ? entry.terms[TERM[line.cells] as keyof EntryTerms] : undefined
  // Where the grid average stands in for a residual mix, the hour's own intensity is the rate.
  const isHourly = line.cells === 'location' || (entry.terms.market?.rate === 'location' && line.cells === 'market')
  const at = <Cell>(cells: readonly Cell[]): Cell[] => hours.map((hour) => cells[hour] as Cell)
  const facilityUwh = sumKnown(at(entry.facility_uwh))
  const beforeMg = sumKnown(at(vector))
  const effectMg = line.effects ? sumKnown(at(line.effects)) : null
  const massMg = sumKnown([beforeMg, effectMg])
  const paired = hours.filter((hour) => entry.it_uwh[hour] !== null && entry.facility_uwh[hour] !== null)
  const weighed = hours.filter((hour) => vector[hour] !== null)
  const quotient = (top: bigint | null, below: (bigint | null)[], scale = 1) => {
    const bottom = sumKnown(below)
    return top === null || bottom === null || bottom === 0n ? null : (Number(top) / Number(bottom)) * scale
  }
  const reasons = new Map<string, number>()
  for (const reason of at(entry.gap)) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return {
    entry,
    measure,
    scope,
    hours,
    itUwh: sumKnown(at(entry.it_uwh)),
    facilityUwh,
    massMg,
    locationMg: line.cells === 'location' ? massMg : null,
    beforeMg: line.cells === 'market' ? beforeMg : null,
    effectMg: line.cells === 'market' ? effectMg : null,
    pue: quotient(
      sumKnown(paired.map((hour) => entry.facility_uwh[hour] ?? null)),
      paired.map((hour) => entry.it_uwh[hour] ?? null),
    ),
    // 1 mg ÷ µWh = 10⁶ g ÷ kWh; hardware is no matter of energy.
    gPerKwh:
      measure === 'embodied'
        ? null
        : quotient(
            massMg,
            weighed.map((hour) => entry.facility_uwh[hour] ?? null),
            1e6,
          ),
    tiers: {
      energy: weakest(at(entry.energy_tier)),
      overhead: weakest(at(entry.overhead_tier)),
      intensity: isHourly ? weakest(at(entry.intensity_tier)) : (term?.tier ?? null),
    },
    knownHours: at(vector).filter((cell) => cell !== null).length,
    gaps: [...reasons]
      .map(([reason, count]) => ({ reason, hours: count }))
      .sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    coveredMs: at(entry.covered_ms).reduce((sum, ms) => sum + ms, 0),
    elapsedMs: at(entry.elapsed_ms).reduce((sum, ms) => sum + ms, 0),
    intensityFactors: isHourly ? distinct(entry, at(entry.intensity_factor)) : distinct(entry, [term?.factor]),
    overheadFactors: measure === 'embodied' ? [] : distinct(entry, at(entry.overhead_factor)),
  }
}

/** Every cell of the window is in exactly one operational line, so that they add up to the entry. */
const operationalLines = (entry: LedgerEntry, hours: number[], choice: LineChoice): EntryLine[] => {
  const { method = 'location', settings = DEFAULT_SETTINGS } = choice
  const scope = scopeOf(entry.deployment, method, settings)
  // Contracts for electricity have no part in Scope 3: its lines are the same by both methods.
  const isMarket = method === 'market' && scope.scope === 2
  const made = (mine: number[], its: ScopeOfLine, effects = choice.effects) =>
    lineOf(
      entry,
      {
        measure: 'operational',
        scope: its,
        cells: isMarket ? 'market' : 'location',
        ...(isMarket ? { effects: effects ?? [] } : {}),
      },
      mine,
    )
  const keepsOut =
    scope.scope === 2 && !entry.screening_accepted && (!isMarket || entry.terms.market?.rate === 'location')
  const screening = keepsOut ? hours.filter((hour) => entry.screening[hour] === true) : []
  if (screening.length === 0) return [made(hours, scope)]
  const rest = hours.filter((hour) => entry.screening[hour] !== true)
  const says = rest.some((hour) => entry.facility_uwh[hour] !== null || entry.gap[hour] !== null)
  return [...(says ? [made(rest, scope)] : []), made(says ? screening : hours, screeningScope)]
}

/** The lines of an entry's hours: by default its operational ones, location-based. A further line without a figure is none. */
export const linesOfEntry = (entry: LedgerEntry, hours: number[], choice: LineChoice = {}): EntryLine[] => {
  const { measure = 'operational', settings = DEFAULT_SETTINGS } = choice
  const asked = (one: EntryMeasure) => measure === one || measure === 'all'
  const further = (one: 'loss' | 'upstream' | 'embodied'): EntryLine[] => {
    if (!asked(one)) return []
    const scope = one === 'embodied' ? memoScope : scopeBefore(entry.deployment, one, settings)
    const line = lineOf(entry, { measure: one, scope, cells: one }, hours)
    return line.massMg === null ? [] : [line]
  }
  return [
    ...(asked('operational') ? operationalLines(entry, hours, choice) : []),
    ...further('loss'),
    ...further('upstream'),
    ...further('embodied'),
  ]
}

/** What an entry is about, with its id as it is written on the wire. */
export const workloadOf = (entry: LedgerEntry): LedgerLine['workload'] => {
  const wire = (prefix: string, id: string | null) => (id === null ? null : `${prefix}_${id.replaceAll('-', '')}`)
  if (entry.unallocated) return { kind: 'unallocated', id: null, name: null }
  if (entry.run_id !== null) return { kind: 'run', id: wire('run', entry.run_id), name: entry.run }
  if (entry.service_id !== null) return { kind: 'service', id: wire('svc', entry.service_id), name: entry.service }
  return { kind: 'site', id: null, name: null }
}

const kilowattHours = (uwh: bigint | null): number | null => (uwh === null ? null : Number(exactKilowattHours(uwh)))
const kilograms = (mg: bigint | null): number | null => (mg === null ? null : Number(exactKilograms(mg)))

export const amounts = (it: bigint | null, facility: bigint | null, mg: bigint | null) => ({
  energy_uwh: it?.toString() ?? null,
  facility_uwh: facility?.toString() ?? null,
  location_mg: mg?.toString() ?? null,
  energy_kwh: kilowattHours(it),
  facility_kwh: kilowattHours(facility),
  location_kg: kilograms(mg),
})
export const massOnWire = (mg: bigint | null) => ({ co2e_mg: mg?.toString() ?? null, co2e_kg: kilograms(mg) })

/** What the explanation of a line is asked for. */
export const explainedMeasure = ({ measure, scope }: Pick<EntryLine, 'measure' | 'scope'>) =>
  measure === 'operational' ? (scope.method === 'market_based' ? 'market' : 'location') : measure

export const wireLine = (line: EntryLine): LedgerLine => ({
  ledger_id: ledgerLineId(line.entry.entry_id),
  line_version: line.entry.revision,
  day: line.entry.day,
  workload: workloadOf(line.entry),
  team: line.entry.team,
  model: line.entry.model,
  stage: line.entry.stage,
  site: line.entry.site,
  zone: line.entry.zone,
  deployment: line.entry.deployment,
  scope: line.scope,
  measure: line.measure,
  ...massOnWire(line.massMg),
  quantity: null,
  // Some of an entry's hours: the other scope line holds the rest.
  explain: lineAddress(
    ledgerLineId(line.entry.entry_id),
    explainedMeasure(line),
    undefined,
    line.hours.length < 24 && line.measure === 'operational' ? line.scope.row_code : null,
  ),
  ...amounts(line.itUwh, line.facilityUwh, line.locationMg),
  pue: line.pue,
  g_per_kwh: line.gPerKwh,
  tiers: line.tiers,
  known_hours: line.knownHours,
  gaps: line.gaps,
  status: line.entry.status,
})
