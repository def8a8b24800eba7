import { boundsOf } from '@/lib/accounting/uncertainty/bounds'
import { spreadOf } from '@/lib/accounting/uncertainty/spread'
import type { TierWidths } from '@/lib/accounting/uncertainty/tier-widths'
import { explainUrl, lineAddress } from '@/lib/contracts/explain'
import type { LedgerMeasure, LedgerMethod } from '@/lib/contracts/ledger'
import { ledgerLineId } from '@/lib/ledger/entries'
import { type EntryEffects, effectsOf } from '@/lib/rollups/ledger-effects'
import type { LedgerEntry, UsedFactor } from '@/lib/rollups/ledger-entry'
import { exactDecimal, exactKilograms, exactKilowattHours } from '@/lib/units/format'
import { roundHalfEven } from '@/lib/units/round'
import { dayOf, HOUR, isoInstant } from '@/lib/units/time'
import type { BookLine } from './book-lines'
import { type CsvCell, exact } from './csv-cells'
import {
  type EntryLine,
  explainedMeasure,
  hoursInside,
  linesOfEntry,
  type ScopeSettings,
  sumKnown,
  workloadOf,
} from './ledger-lines'
import { gradeOf } from './tiers'

/** Lines of the books → rows of the ledger CSV (UX §3.3: the columns that exist so far, in that order; then what the page shows too). */

export interface CsvOptions {
  orgId: string
  isDemo: boolean
  window: { from: number; to: number }
  grain: 'day' | 'hour'
  method: LedgerMethod
  measure: LedgerMeasure
  settings: ScopeSettings
  widths: TierWidths
  effects: EntryEffects
  /** For the addresses of explanations: whose they are, and where. */
  slug: string
  origin: string
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
  ['activity_type', ({ line }) => ACTIVITY_TYPE[line.measure]],
  [
    'activity_quantity',
    ({ line, reversal }) => (line.measure === 'embodied' ? null : kwh(amount(line.facilityUwh, reversal))),
  ],
  ['activity_unit', ({ line }) => (line.measure === 'embodied' ? null : 'kWh')],
  ['it_energy_kwh', ({ line, reversal }) => kwh(amount(line.itUwh, reversal))],
  ['pue_applied', ({ line }) => soleOr(line, line.entry.pue, line.pue)],
  ['pue_source', ({ line }) => listed(line.overheadFactors, ({ id, version }) => `${id}@${version}`)],
  ['facility_energy_kwh', ({ line, reversal }) => kwh(amount(line.facilityUwh, reversal))],
  ['factor_id', ({ line }) => listed(line.intensityFactors, ({ id }) => id)],
  ['factor_version', ({ line }) => listed(line.intensityFactors, ({ version }) => version)],
  ['factor_value', ({ line }) => factorValueOf(line)],
  ['factor_unit', ({ line }) => (line.gPerKwh === null ? null : 'g_co2e_per_kwh')],
  ['factor_kind', ({ line }) => (line.gPerKwh === null ? null : factorKindOf(line))],
  ['factor_is_estimated', ({ line }) => isEstimated(line)],
  ['gwp_set', () => null],
  ['co2e_kg', ({ line, reversal }) => kg(amount(line.massMg, reversal))],
  [
    'co2e_kg_low95',
    ({ line, reversal }, { widths }) => (reversal ? null : kg(intervalOfLine(line, widths)?.low ?? null)),
  ],
  [
    'co2e_kg_high95',
    ({ line, reversal }, { widths }) => (reversal ? null : kg(intervalOfLine(line, widths)?.high ?? null)),
  ],
  ['uncertainty_method', ({ line }) => (line.massMg === null ? null : 'propagation')],
  ['biogenic_co2_kg', () => null],
  [
    'water_l',
    ({ line, reversal }) => (line.measure === 'operational' ? litres(amount(waterOf(line), reversal)) : null),
  ],
  ['coverage_share', ({ line }) => (line.elapsedMs === 0 ? null : significant(line.coveredMs / line.elapsedMs, 12))],
  ['data_quality_grade', ({ line }) => gradeOf(line.tiers)],
  ['is_primary_data', () => null],
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
  ['measure', ({ line }) => line.measure],
  ['explain_url', ({ line }, options) => explainUrl(options.slug, addressOf(line, options), options.origin)],
]

export const CSV_HEADER: string[] = COLUMNS.map(([name]) => name)

const ACTIVITY_TYPE = {
  operational: 'electricity',
  loss: 'electricity_losses',
  upstream: 'electricity_upstream',
  embodied: 'embodied_hardware',
} as const

const addressOf = (line: EntryLine, { grain }: CsvOptions): string =>
  lineAddress(ledgerLineId(line.entry.entry_id), explainedMeasure(line), grain === 'hour' ? line.hours[0] : undefined)

const litres = (ul: bigint | null) => exact(ul === null ? null : exactDecimal(ul, 6))
/** On site and at the power stations. */
const waterOf = ({ entry, hours }: EntryLine): bigint | null =>
  sumKnown(hours.flatMap((hour) => [entry.water_ul[hour], entry.source_water_ul[hour]]))

/** The factor itself where one holds for all hours; else what it comes to, weighted by energy. */
const factorValueOf = (line: EntryLine): number | null => {
  const { market, loss, upstream } = line.entry.terms
  if (line.measure === 'upstream' && upstream) return upstream.gPerKwh
  if (line.measure === 'loss' && loss?.gPerKwh != null) return loss.gPerKwh
  if (line.scope.method === 'market_based' && market?.gPerKwh != null && line.effectMg === null) return market.gPerKwh
  return line.locationMg !== null ? soleOr(line, line.entry.g_per_kwh, line.gPerKwh) : significant(line.gPerKwh, 12)
}

/** The rate before instruments; what they take off is in the mass. */
const factorKindOf = ({ entry, scope }: EntryLine): string => {
  const rate = scope.method === 'market_based' ? entry.terms.market?.rate : undefined
  return rate === 'supplier' || rate === 'residual' ? rate : 'average'
}

/** 95 % interval of a line: its hours share meter, overhead and factor, so each is added up and the three are squared. */
const intervalOfLine = (line: EntryLine, widths: TierWidths): { low: bigint; high: bigint } | null => {
  const { massMg, measure, tiers, entry, hours } = line
  if (massMg === null || massMg < 0n) return null
  if (massMg === 0n) return { low: 0n, high: 0n }
  const own =
    measure === 'embodied'
      ? 'embodied'
      : line.scope.method === 'market_based'
        ? 'market'
        : measure === 'operational'
          ? 'intensity'
          : 'factor'
  const weigh = (source: 'energy' | 'overhead', cells: readonly (number | null)[]) => {
    const energy = hours.map((hour) => ({ uwh: entry.facility_uwh[hour] ?? null, tier: cells[hour] ?? null }))
    const whole = sumKnown(energy.map(({ uwh }) => uwh))
    if (whole === null || whole === 0n) return []
    return energy.flatMap(({ uwh, tier }) =>
      uwh === null || tier === null
        ? []
        : [
            {
              source,
              group: '',
              amount: (Number(massMg) * Number(uwh)) / Number(whole),
              u95: widths[source][tier as 1],
            },
          ],
    )
  }
  const { half } = spreadOf([
    ...(measure === 'embodied'
      ? []
      : [...weigh('energy', entry.energy_tier), ...weigh('overhead', entry.overhead_tier)]),
    ...(tiers.intensity === null
      ? []
      : [{ source: own, group: '', amount: Number(massMg), u95: widths[own][tiers.intensity as 1] }]),
  ])
  const { low, high } = boundsOf(half / Number(massMg))
  return {
    low: massMg - BigInt(roundHalfEven(Number(massMg) * (1 - low))),
    high: massMg + BigInt(roundHalfEven(Number(massMg) * (high - 1))),
  }
}

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
  line.massMg !== null || line.facilityUwh !== null || line.itUwh !== null || line.gaps.length > 0 || line.elapsedMs > 0

const linesFor = (
  entry: LedgerEntry,
  { window, grain, method, measure, settings, effects }: CsvOptions,
): EntryLine[] => {
  const choice = { method, measure, settings, effects: effectsOf(effects, entry) }
  const hours = hoursInside(entry.day, window)
  const pieces = grain === 'day' ? [hours] : hours.map((hour) => [hour])
  return pieces.flatMap((piece) => linesOfEntry(entry, piece, choice)).filter(says)
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

const midnight = (day: string): string => `${day}T00:00:00Z`

/** Columns of a line that is no electricity; every other is empty. */
const bookCells = (line: BookLine, options: CsvOptions): Record<string, CsvCell> => {
  const { of } = line
  const shared = {
    ledger_id: line.id,
    is_demo: options.isDemo,
    period_start_utc: midnight(of.from),
    period_end_utc: midnight(of.to),
    reporting_year: Number(of.from.slice(0, 4)),
    org_id: options.orgId,
    ghg_scope: line.scope.scope,
    scope3_category: line.scope.category,
    scope3_subline: line.scope.subline,
    esrs_row_code: line.scope.row_code,
    co2e_kg: kg(line.mg),
    biogenic_co2_kg: kg(line.biogenicMg),
    status: 'settled',
    measure: line.measure,
    explain_url: explainUrl(options.slug, line.explain, options.origin),
  }
  if (of.kind === 'asset') {
    const { asset } = of
    return {
      ...shared,
      line_version: 1,
      site_id: asset.site,
      hardware_sku: asset.hardware,
      hardware_count: asset.units,
      activity_type: 'capital_goods',
      activity_quantity: asset.units,
      activity_unit: 'units',
      factor_id: asset.embodied_factor,
      factor_value: asset.embodied_kg,
      factor_unit: asset.embodied_kg === null ? null : 'kg_co2e_per_unit',
      workload_type: 'asset',
      workload_name: asset.name,
      is_primary_data: asset.embodied_basis === 'pcf',
    }
  }
  const { activity } = of
  const isUpstream = line.measure === 'upstream'
  return {
    ...shared,
    line_version: activity.revision,
    site_id: activity.site,
    activity_type: isUpstream ? `${activity.kind}_upstream` : activity.kind,
    activity_quantity: (activity.quantity * activity.days_inside) / activity.days,
    activity_unit: activity.unit,
    factor_id: isUpstream ? null : activity.factor_id,
    factor_version: isUpstream ? null : activity.factor_version,
    factor_value: isUpstream ? null : activity.kg_per_unit,
    factor_unit: isUpstream || activity.kg_per_unit === null ? null : `kg_co2e_per_${activity.unit}`,
    gwp_set: activity.gwp_set,
    calculated_at_utc: activity.recorded_at,
    workload_type: 'activity',
    workload_name: activity.name,
    is_primary_data: activity.primary_data,
  }
}

/** Rows of activities and purchases. */
export const bookRows = (lines: BookLine[], options: CsvOptions): CsvCell[][] =>
  lines.map((line) => {
    const cells = bookCells(line, options)
    return CSV_HEADER.map((name) => cells[name] ?? null)
  })
