import { scopeLineOf } from '@/lib/accounting/scope'
import type { LedgerLine, LedgerTotal, ScopeOfLine } from '@/lib/contracts/ledger'
import { ledgerLineId } from '@/lib/ledger/entries'
import type { LedgerEntry, UsedFactor } from '@/lib/rollups/ledger-entry'
import type { LedgerSum } from '@/lib/rollups/ledger-total'
import { exactKilograms, exactKilowattHours } from '@/lib/units/format'
import { HOUR } from '@/lib/units/time'

/** A ledger entry → its lines: one for each scope line that its hours belong to. Comes in exact, goes out exact. */

export type Tier = 1 | 2 | 3 | 4 | 5

export interface EntryLine {
  entry: LedgerEntry
  scope: ScopeOfLine
  /** Cells that belong to the line, 0 … 23. */
  hours: number[]
  itUwh: bigint | null
  facilityUwh: bigint | null
  locationMg: bigint | null
  /** Over the hours in which both energies are known. */
  pue: number | null
  /** Weighted by facility energy. */
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

const screeningScope: ScopeOfLine = {
  scope: null,
  method: null,
  category: null,
  subline: null,
  row_code: SCREENING_ROW,
}

export const scopeOf = (deployment: LedgerEntry['deployment']): ScopeOfLine => {
  const line = scopeLineOf(deployment)
  return {
    scope: line.scope,
    method: line.scope === 2 ? 'location_based' : null,
    category: line.category,
    subline: line.subline,
    row_code: line.rowCode,
  }
}

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

const lineOf = (entry: LedgerEntry, scope: ScopeOfLine, hours: number[]): EntryLine => {
  const at = <Cell>(cells: readonly Cell[]): Cell[] => hours.map((hour) => cells[hour] as Cell)
  const facilityUwh = sumKnown(at(entry.facility_uwh))
  const locationMg = sumKnown(at(entry.location_mg))
  const paired = hours.filter((hour) => entry.it_uwh[hour] !== null && entry.facility_uwh[hour] !== null)
  const weighed = hours.filter((hour) => entry.location_mg[hour] !== null)
  const quotient = (above: (bigint | null)[], below: (bigint | null)[], scale = 1) => {
    const [top, bottom] = [sumKnown(above), sumKnown(below)]
    return top === null || bottom === null || bottom === 0n ? null : (Number(top) / Number(bottom)) * scale
  }
  const reasons = new Map<string, number>()
  for (const reason of at(entry.gap)) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return {
    entry,
    scope,
    hours,
    itUwh: sumKnown(at(entry.it_uwh)),
    facilityUwh,
    locationMg,
    pue: quotient(
      paired.map((hour) => entry.facility_uwh[hour] ?? null),
      paired.map((hour) => entry.it_uwh[hour] ?? null),
    ),
    // 1 mg ÷ µWh = 10⁶ g ÷ kWh
    gPerKwh: quotient(
      weighed.map((hour) => entry.location_mg[hour] ?? null),
      weighed.map((hour) => entry.facility_uwh[hour] ?? null),
      1e6,
    ),
    tiers: {
      energy: weakest(at(entry.energy_tier)),
      overhead: weakest(at(entry.overhead_tier)),
      intensity: weakest(at(entry.intensity_tier)),
    },
    knownHours: at(entry.location_mg).filter((cell) => cell !== null).length,
    gaps: [...reasons]
      .map(([reason, count]) => ({ reason, hours: count }))
      .sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    coveredMs: at(entry.covered_ms).reduce((sum, ms) => sum + ms, 0),
    elapsedMs: at(entry.elapsed_ms).reduce((sum, ms) => sum + ms, 0),
    intensityFactors: distinct(entry, at(entry.intensity_factor)),
    overheadFactors: distinct(entry, at(entry.overhead_factor)),
  }
}

/** Every cell of the window is in exactly one line, so that lines add up to the entry. */
export const linesOfEntry = (entry: LedgerEntry, hours: number[]): EntryLine[] => {
  const scope = scopeOf(entry.deployment)
  if (scope.scope !== 2) return [lineOf(entry, scope, hours)]
  const screening = hours.filter((hour) => entry.screening[hour] === true)
  if (screening.length === 0) return [lineOf(entry, scope, hours)]
  const rest = hours.filter((hour) => entry.screening[hour] !== true)
  const says = rest.some((hour) => entry.facility_uwh[hour] !== null || entry.gap[hour] !== null)
  return [...(says ? [lineOf(entry, scope, rest)] : []), lineOf(entry, screeningScope, says ? screening : hours)]
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

const amounts = (it: bigint | null, facility: bigint | null, mg: bigint | null) => ({
  energy_uwh: it?.toString() ?? null,
  facility_uwh: facility?.toString() ?? null,
  location_mg: mg?.toString() ?? null,
  energy_kwh: kilowattHours(it),
  facility_kwh: kilowattHours(facility),
  location_kg: kilograms(mg),
})

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
  ...amounts(line.itUwh, line.facilityUwh, line.locationMg),
  pue: line.pue,
  g_per_kwh: line.gPerKwh,
  tiers: line.tiers,
  known_hours: line.knownHours,
  gaps: line.gaps,
  status: line.entry.status,
})

export const wireTotal = (sum: LedgerSum): LedgerTotal => ({
  entries: sum.entries,
  ...amounts(sum.it_uwh, sum.facility_uwh, sum.location_mg),
})
