import { ledgerLineId } from '@/lib/ledger/entries'
import type { LedgerEntry, UsedFactor } from '@/lib/rollups/ledger-entry'
import { exactKilograms, exactKilowattHours } from '@/lib/units/format'
import { dayOf, HOUR, isoInstant } from '@/lib/units/time'
import { type CsvCell, exact } from './csv-cells'
import { type EntryLine, hoursInside, linesOfEntry, workloadOf } from './ledger-lines'
import { gradeOf } from './tiers'

/** A ledger entry → rows of the ledger CSV (UX §3.3: the columns that exist so far, in that order; then what the page shows too). */

export interface CsvOptions {
  orgId: string
  isDemo: boolean
  window: { from: number; to: number }
  grain: 'day' | 'hour'
}

/** A row and what it does in the books: as posted, or taken back because a later revision stands in its place. */
interface Booked {
  line: EntryLine
  reversal: boolean
  /** Line version that wrote the row: a reversal is written by the revision that replaces. */
  version: number
  postedAt: string
}

const iso = (at: number): string => isoInstant(at)
const versioned = (entry: LedgerEntry, revision: number): string => `${ledgerLineId(entry.entry_id)}@${revision}`
const amount = (value: bigint | null, reversal: boolean): bigint | null =>
  value === null ? null : reversal ? -value : value
const kwh = (uwh: bigint | null) => exact(uwh === null ? null : exactKilowattHours(uwh))
const kg = (mg: bigint | null) => exact(mg === null ? null : exactKilograms(mg))
const listed = (factors: UsedFactor[], of: (factor: UsedFactor) => string | number): string | null =>
  factors.length === 0 ? null : factors.map((factor) => String(of(factor))).join('; ')
const significant = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toPrecision(digits))

/** Each column in UX §3.3's order with its name, unit in the name. */
const COLUMNS: [string, (row: Booked, options: CsvOptions) => CsvCell][] = [
  ['ledger_id', ({ line }) => ledgerLineId(line.entry.entry_id)],
  ['line_version', ({ version }) => version],
  [
    'supersedes_id',
    ({ line, reversal, version }) => (reversal || version === 1 ? null : versioned(line.entry, version - 1)),
  ],
  ['reversal_of_id', ({ line, reversal }) => (reversal ? versioned(line.entry, line.entry.revision) : null)],
  ['is_demo', (_, { isDemo }) => isDemo],
  ['period_start_utc', ({ line }) => iso(startOf(line, 'first'))],
  ['period_end_utc', ({ line }) => iso(startOf(line, 'last') + HOUR)],
  ['reporting_year', ({ line }) => Number(line.entry.day.slice(0, 4))],
  ['org_id', (_, { orgId }) => orgId],
  ['team', ({ line }) => line.entry.team],
  ['model', ({ line }) => line.entry.model],
  ['workload_type', ({ line }) => workloadOf(line.entry).kind],
  ['workload_id', ({ line }) => workloadOf(line.entry).id],
  ['lifecycle_stage', ({ line }) => line.entry.stage],
  ['site_id', ({ line }) => line.entry.site],
  ['deployment_type', ({ line }) => line.entry.deployment],
  ['grid_zone', ({ line }) => line.entry.zone],
  ['hardware_sku', ({ line }) => line.entry.hardware],
  ['hardware_count', ({ line }) => line.entry.hardware_count],
  ['ghg_scope', ({ line }) => line.scope.scope],
  ['scope2_method', ({ line }) => line.scope.method],
  ['scope3_category', ({ line }) => line.scope.category],
  ['scope3_subline', ({ line }) => line.scope.subline],
  ['esrs_row_code', ({ line }) => line.scope.row_code],
  ['activity_type', () => 'electricity'],
  ['activity_quantity', ({ line, reversal }) => kwh(amount(line.facilityUwh, reversal))],
  ['activity_unit', () => 'kWh'],
  ['it_energy_kwh', ({ line, reversal }) => kwh(amount(line.itUwh, reversal))],
  ['pue_applied', ({ line }) => soleOr(line, line.entry.pue, line.pue)],
  ['pue_source', ({ line }) => listed(line.overheadFactors, ({ id, version }) => `${id}@${version}`)],
  ['facility_energy_kwh', ({ line, reversal }) => kwh(amount(line.facilityUwh, reversal))],
  ['factor_id', ({ line }) => listed(line.intensityFactors, ({ id }) => id)],
  ['factor_version', ({ line }) => listed(line.intensityFactors, ({ version }) => version)],
  ['factor_value', ({ line }) => soleOr(line, line.entry.g_per_kwh, line.gPerKwh)],
  ['factor_unit', ({ line }) => (line.gPerKwh === null ? null : 'g_co2e_per_kwh')],
  ['factor_kind', ({ line }) => (line.gPerKwh === null ? null : 'average')],
  ['factor_is_estimated', ({ line }) => isEstimated(line)],
  ['co2e_kg', ({ line, reversal }) => kg(amount(line.locationMg, reversal))],
  ['coverage_share', ({ line }) => (line.elapsedMs === 0 ? null : significant(line.coveredMs / line.elapsedMs, 12))],
  ['data_quality_grade', ({ line }) => gradeOf(line.tiers)],
  ['methodology_version', ({ line }) => line.entry.method_version],
  ['calculated_at_utc', ({ postedAt }) => postedAt],
  ['workload_name', ({ line }) => workloadOf(line.entry).name],
  ['status', ({ line }) => line.entry.status],
  ['energy_tier', ({ line }) => line.tiers.energy],
  ['overhead_tier', ({ line }) => line.tiers.overhead],
  ['intensity_tier', ({ line }) => line.tiers.intensity],
  ['known_hours', ({ line, reversal }) => (reversal ? -line.knownHours : line.knownHours)],
  ['gap_hours', ({ line, reversal }) => gapHours(line) * (reversal ? -1 : 1) || 0],
  ['gap_reasons', ({ line }) => line.gaps.map(({ reason, hours }) => `${reason}: ${hours}`).join('; ') || null],
  ['input_sha256', ({ line }) => line.entry.input_sha256],
]

export const CSV_HEADER: string[] = COLUMNS.map(([name]) => name)

const startOf = (line: EntryLine, which: 'first' | 'last'): number => {
  const hour = which === 'first' ? line.hours[0] : line.hours.at(-1)
  return dayOf(line.entry.day) + (hour ?? 0) * HOUR
}

const gapHours = (line: EntryLine): number => line.gaps.reduce((sum, { hours }) => sum + hours, 0)

/** The value itself when one holds for all hours of the line; else the mean that energy gives it. */
const soleOr = (line: EntryLine, cells: readonly (number | null)[], mean: number | null): number | null => {
  const values = new Set(line.hours.map((hour) => cells[hour]).filter((value) => value !== null))
  const [only] = values
  return values.size === 1 && only !== undefined ? only : significant(mean, 12)
}

/** Hourly estimated or typical-hour; a published average (tier 4 and 5) is coarse but not an estimate. */
const isEstimated = (line: EntryLine): boolean | null => {
  const tiers = line.hours.map((hour) => line.entry.intensity_tier[hour]).filter((tier) => tier !== null)
  return tiers.length === 0 ? null : tiers.some((tier) => tier === 2 || tier === 3)
}

const says = (line: EntryLine): boolean =>
  line.facilityUwh !== null || line.itUwh !== null || line.gaps.length > 0 || line.elapsedMs > 0

const linesFor = (entry: LedgerEntry, { window, grain }: CsvOptions): EntryLine[] => {
  const hours = hoursInside(entry.day, window)
  const pieces = grain === 'day' ? [hours] : hours.map((hour) => [hour])
  return pieces.flatMap((piece) => linesOfEntry(entry, piece)).filter(says)
}

const written = (rows: Booked[], options: CsvOptions): CsvCell[][] =>
  rows.map((row) => COLUMNS.map(([, of]) => of(row, options)))

/** Rows of an entry as it stands. */
export const currentRows = (entry: LedgerEntry, options: CsvOptions): CsvCell[][] =>
  written(
    linesFor(entry, options).map((line) => ({
      line,
      reversal: false,
      version: entry.revision,
      postedAt: entry.posted_at,
    })),
    options,
  )

/**
 * Rows of a revision: what it takes back of the one before, negative, and what it says instead. All revisions of an entry together
 * sum to its current one.
 */
export const historyRows = (entry: LedgerEntry, before: LedgerEntry | undefined, options: CsvOptions): CsvCell[][] => {
  const taken = before === undefined ? [] : linesFor(before, options)
  return [
    ...written(
      taken.map((line) => ({ line, reversal: true, version: entry.revision, postedAt: entry.posted_at })),
      options,
    ),
    ...currentRows(entry, options),
  ]
}
