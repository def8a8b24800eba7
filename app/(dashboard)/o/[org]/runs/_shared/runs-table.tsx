import Link from 'next/link'
import { ProvisionalMark } from '@/components/figures/provisional-mark'
import { type Tier, TierMark } from '@/components/figures/tier-mark'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import {
  type ExplainedMeasure,
  type ExplainFilters,
  type FigureRatioName,
  figureAddress,
  figureRatioAddress,
} from '@/lib/contracts/explain'
import type { RunSummary } from '@/lib/rollups/runs'
import { formatCount, formatPercent } from '@/lib/units/format'
import { energyIn, halfOf, intensityOf, massIn, ratioOf, sumOf } from './amounts'
import { firstOf, gapWords, shortInstant, stageWords } from './words'

export interface RunsTableProps {
  org: string
  caption: string
  runs: readonly RunSummary[]
  today: string
  /** `Total` or `Total of 200 shown`. */
  totalLabel: string
  /** Of the figures: with it each opens its explanation. */
  window?: { from: string; to: string }
  /** By which they are narrowed: a service may run several models. */
  filters?: ExplainFilters
  /** Columns that the page has said already. */
  without?: readonly ('team' | 'model' | 'stage')[]
}

const clipped = (text: string, width = 'max-w-32', title = text) => (
  <span className={`block truncate ${width}`} title={title}>
    {text}
  </span>
)
const listed = (names: readonly string[], words = (name: string) => name): Cell => {
  const text = firstOf(names.map(words))
  return text === null
    ? { text: 'Unassigned', muted: true }
    : { text, sort: text, node: clipped(text, undefined, names.map(words).join(', ')) }
}

const nameCell = (org: string, run: RunSummary): Cell => {
  if (run.workload_id === null || run.name === null)
    return { text: 'Unallocated', muted: true, why: 'Energy of site meters that no run or service claims' }
  return {
    text: run.name,
    node: (
      <span className="flex max-w-48 items-baseline gap-2">
        <Link
          href={`/o/${org}/runs/${run.workload_id}`}
          title={run.name}
          className="-my-1 inline-block min-w-0 truncate py-1"
        >
          {run.name}
        </Link>
        {run.is_service && <span className="flex-none text-meta text-muted">service</span>}
      </span>
    ),
  }
}

const hardwareText = (run: RunSummary): string | null =>
  run.hardware === null ? null : run.hardware_count === null ? run.hardware : `${run.hardware_count} × ${run.hardware}`

const tierCell = (run: RunSummary): Cell => ({
  text: run.intensity_tier === null ? null : String(run.intensity_tier),
  sort: run.intensity_tier,
  why: 'No grid intensity applies',
  ...(run.intensity_tier === null
    ? {}
    : { node: <TierMark tier={run.intensity_tier as Tier} of="intensity" className="ml-auto" /> }),
})

const outcomeCell = (run: RunSummary): Cell => {
  if (run.is_service || run.workload_id === null) return { nothing: 'not-applicable', why: 'A service has no end' }
  if (run.outcome === null) return { text: null, why: 'Nobody said how it ended' }
  return { text: run.outcome, muted: run.outcome === 'completed' }
}

/** The sum of the rows that are shown, and what no workload claims: their whole is explained on Home. */
const PART = { plain: 'part' } as const

/** kg ÷ device-hours; null without both. */
const perDeviceHour = (mg: bigint | null, hours: number | null): number | null =>
  mg === null || hours === null || hours === 0 ? null : Number(mg) / 1e6 / hours

/** Runs and services with their figures; the total is the sum of the rows, of unrounded amounts. */
export function RunsTable({ org, caption, runs, today, totalLabel, window, filters, without = [] }: RunsTableProps) {
  const columns: Column[] = [
    { key: 'run', label: 'Run' },
    ...(without.includes('team') ? [] : [{ key: 'team', label: 'Team' }]),
    ...(without.includes('model') ? [] : [{ key: 'model', label: 'Model' }]),
    { key: 'stage', label: 'Stage' },
    { key: 'place', label: 'Site, zone' },
    { key: 'outcome', label: 'Outcome' },
    { key: 'mass', label: '', unit: 'kg CO2e', align: 'right' },
    { key: 'interval', label: '±', unit: 'kg', align: 'right', plain: 'beside' },
    { key: 'market', label: 'Market-based', unit: 'kg', align: 'right' },
    { key: 'before', label: 'Upstream, losses', unit: 'kg', align: 'right' },
    { key: 'embodied', label: 'Embodied', unit: 'kg', align: 'right' },
    { key: 'hours', label: 'GPU-h', align: 'right', plain: 'time' },
    { key: 'each', label: 'Per GPU-h', unit: 'kg', align: 'right', plain: 'beside' },
    { key: 'facility', label: 'Facility', unit: 'kWh', align: 'right' },
    { key: 'it', label: 'IT', unit: 'kWh', align: 'right' },
    { key: 'intensity', label: 'Grid', unit: 'g/kWh', align: 'right' },
    { key: 'coverage', label: 'Coverage', align: 'right' },
    { key: 'tier', label: 'Grade', align: 'right', plain: 'beside' },
    { key: 'status', label: 'Status' },
    { key: 'last', label: 'Last read' },
    { key: 'first', label: 'First read' },
    { key: 'hardware', label: 'Hardware' },
  ]
  const instant = (iso: string | null): Cell => (iso === null ? null : { text: shortInstant(iso, today), sort: iso })
  const missingWhy = (run: RunSummary) =>
    run.gap_hours > 0 ? 'No hour has a figure: see the run for the reason' : gapWords('no_reading')
  const rows: Row[] = runs.map((run) => {
    const hardware = hardwareText(run)
    const named = window && run.workload_id !== null ? { window, run: run.workload_id } : null
    const explained = (measure: ExplainedMeasure, exact: bigint | null, unit: 'kg' | 'kWh'): Cell | null =>
      exact === null
        ? null
        : {
            sort: unit === 'kg' ? massIn(exact, 'kg') : energyIn(exact, 'kWh'),
            ...(named
              ? { exact, explain: figureAddress(measure, named.window, { ...filters, run: named.run }) }
              : PART),
          }
    const ratio = (name: FigureRatioName) =>
      named ? { explain: figureRatioAddress(name, named.window, { ...filters, run: named.run }) } : PART
    const place = [firstOf(run.sites), firstOf(run.zones)].filter(Boolean).join(', ')
    return {
      id: run.workload_id ?? 'unallocated',
      cells: {
        run: nameCell(org, run),
        team: listed(run.teams),
        model: listed(run.models),
        stage: listed(run.stages, stageWords),
        place:
          place === '' ? { text: null, why: 'Neither site nor zone is known' } : { text: place, node: clipped(place) },
        hardware: hardware === null ? null : { text: hardware, node: clipped(hardware, 'max-w-28') },
        first: instant(run.first_at),
        last: instant(run.last_at),
        it: explained('energy', run.it_uwh, 'kWh') ?? { text: null, why: 'IT energy is not told by the source' },
        facility: explained('facility', run.facility_uwh, 'kWh') ?? { text: null, why: missingWhy(run) },
        outcome: outcomeCell(run),
        mass: explained('location', run.location_mg, 'kg') ?? { text: null, why: missingWhy(run) },
        interval: { text: halfOf(run.interval, 'kg'), why: 'No figure' },
        market: explained('market', run.market_mg, 'kg') ?? { text: null, why: 'No hour has a market-based figure' },
        before: explained('before', sumOf([run.loss_mg, run.upstream_mg]), 'kg') ?? {
          text: null,
          why: 'No loss or upstream factor is known for its grid',
        },
        embodied: explained('embodied', run.embodied_mg, 'kg') ?? {
          text: null,
          why: 'Its hardware is not known: see Hardware',
        },
        hours:
          run.device_hours === null
            ? { text: null, why: 'Its sender named no number of devices' }
            : { text: formatCount(run.device_hours), sort: run.device_hours },
        each: perDeviceHour(run.location_mg, run.device_hours) ?? {
          text: null,
          why: 'Its sender named no number of devices',
        },
        intensity: { sort: intensityOf(run.location_mg, run.known_facility_uwh), ...ratio('intensity') },
        coverage: {
          text: formatPercent(ratioOf(run.covered_ms, run.elapsed_ms)),
          ...ratio('coverage'),
          sort: ratioOf(run.covered_ms, run.elapsed_ms),
        },
        tier: tierCell(run),
        status: run.provisional ? { text: 'provisional', node: <ProvisionalMark /> } : { text: 'settled', muted: true },
      },
    }
  })
  const total = (of: (run: RunSummary) => bigint | null) => sumOf(runs.map(of))
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      total={{
        id: 'total',
        cells: {
          run: totalLabel,
          it: {
            sort: energyIn(
              total((run) => run.it_uwh),
              'kWh',
            ),
            ...PART,
          },
          facility: {
            sort: energyIn(
              total((run) => run.facility_uwh),
              'kWh',
            ),
            ...PART,
          },
          mass: {
            sort: massIn(
              total((run) => run.location_mg),
              'kg',
            ),
            ...PART,
          },
          market: {
            sort: massIn(
              total((run) => run.market_mg),
              'kg',
            ),
            ...PART,
          },
          before: {
            sort: massIn(
              total((run) => sumOf([run.loss_mg, run.upstream_mg])),
              'kg',
            ),
            ...PART,
          },
          embodied: {
            sort: massIn(
              total((run) => run.embodied_mg),
              'kg',
            ),
            ...PART,
          },
          intensity: {
            sort: intensityOf(
              total((run) => run.location_mg),
              total((run) => run.known_facility_uwh),
            ),
            ...PART,
          },
          coverage: {
            ...PART,
            text: formatPercent(
              ratioOf(
                total((run) => run.covered_ms),
                total((run) => run.elapsed_ms),
              ),
            ),
          },
        },
      }}
    />
  )
}
