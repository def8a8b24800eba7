import { ProvisionalMark } from '@/components/figures/provisional-mark'
import { type Tier, TierMark, type TierOf } from '@/components/figures/tier-mark'
import type { Cell, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import type { LedgerEntry } from '@/lib/rollups/ledger-entry'
import type { LineBatch, LineRevision, LineSeries } from '@/lib/rollups/ledger-line'
import { formatCount, formatRatio, threeFigures } from '@/lib/units/format'
import { gapWords, kindWords, shortInstant } from '../../runs/_shared/words'
import { kilogramsToTheMilligram, kilowattHours } from './exact'

const clipped = (text: string, width: string, mono = false) => (
  <span className={`block truncate ${width} ${mono ? 'font-mono text-meta' : ''}`} title={text}>
    {text}
  </span>
)

const nothing = (why: string): Cell => ({ text: null, why })

const tierCell = (tier: number | null | undefined, of: TierOf): Cell =>
  tier === null || tier === undefined
    ? nothing('No tier')
    : { text: String(tier), node: <TierMark tier={tier as Tier} of={of} /> }

const usedAt = (entry: LedgerEntry, place: number | null | undefined) =>
  place === null || place === undefined ? undefined : entry.factors[place]

const factorName = (factor: { id: string; version: number }): string => `${factor.id}@${factor.version}`

export function HoursTable({ entry }: { entry: LedgerEntry }) {
  const rows: Row[] = Array.from({ length: 24 }, (_, hour) => {
    const gap = entry.gap[hour] ?? null
    const why = gap ? `No figure: ${gapWords(gap)}` : 'No energy in this hour'
    const overhead = usedAt(entry, entry.overhead_factor[hour])
    const intensity = usedAt(entry, entry.intensity_factor[hour])
    const [pue, grams, mg] = [entry.pue[hour] ?? null, entry.g_per_kwh[hour] ?? null, entry.location_mg[hour] ?? null]
    const known = (text: string | null): Cell => (text === null ? nothing(why) : { text })
    return {
      id: String(hour),
      muted: mg === null && gap === null,
      cells: {
        hour: `${String(hour).padStart(2, '0')}:00`,
        it: known(kilowattHours(entry.it_uwh[hour] ?? null)),
        pue: known(formatRatio(pue)),
        overhead: overhead ? { text: overhead.name, node: clipped(overhead.name, 'max-w-28') } : nothing('No factor'),
        overheadTier: tierCell(entry.overhead_tier[hour], 'overhead'),
        facility: known(kilowattHours(entry.facility_uwh[hour] ?? null)),
        grams: known(grams === null ? null : threeFigures(grams)),
        intensity: intensity
          ? { text: factorName(intensity), node: clipped(factorName(intensity), 'max-w-36', true) }
          : nothing('No factor'),
        intensityTier: tierCell(entry.intensity_tier[hour], 'intensity'),
        mg: known(mg === null ? null : formatCount(mg)),
        gap:
          gap === null ? '' : { text: gapWords(gap), node: <span className="whitespace-nowrap">{gapWords(gap)}</span> },
      },
    }
  })
  return (
    <DataTable
      caption="The 24 hours of the day"
      density={28}
      sortable={false}
      columns={[
        { key: 'hour', label: 'UTC' },
        { key: 'it', label: 'IT', unit: 'kWh', align: 'right', plain: 'beside' },
        { key: 'pue', label: 'PUE', align: 'right', plain: 'beside' },
        { key: 'facility', label: 'Facility', unit: 'kWh', align: 'right', plain: 'beside' },
        { key: 'grams', label: 'Grid', unit: 'g/kWh', align: 'right', plain: 'beside' },
        { key: 'mg', label: '', unit: 'mg CO2e', align: 'right', plain: 'beside' },
        { key: 'gap', label: 'Gap' },
        { key: 'overhead', label: 'PUE from' },
        { key: 'overheadTier', label: 'Grade' },
        { key: 'intensity', label: 'Grid factor' },
        { key: 'intensityTier', label: 'Grade' },
      ]}
      rows={rows}
    />
  )
}

export function FactorsTable({ entry }: { entry: LedgerEntry }) {
  const hoursOf = (cells: readonly (number | null)[], place: number) => cells.filter((cell) => cell === place).length
  const rows: Row[] = entry.factors.map((factor, place) => {
    const intensity = hoursOf(entry.intensity_factor, place)
    const overhead = hoursOf(entry.overhead_factor, place)
    return {
      id: String(place),
      cells: {
        for: intensity > 0 ? 'Intensity' : overhead > 0 ? 'PUE' : { text: null, why: 'Used by no hour' },
        name: { text: factor.name, node: clipped(factor.name, 'max-w-36') },
        id: { text: factorName(factor), node: clipped(factorName(factor), 'max-w-36', true) },
        source: { text: factor.source, node: clipped(factor.source, 'max-w-32') },
        basis: factor.basis === null ? { nothing: 'not-applicable' } : factor.basis.replaceAll('_', ' '),
        hours: formatCount(intensity + overhead),
      },
    }
  })
  return (
    <DataTable
      caption="Factor versions used"
      density={28}
      sortable={false}
      columns={[
        { key: 'for', label: 'For' },
        { key: 'name', label: 'Factor' },
        { key: 'id', label: 'Version' },
        { key: 'source', label: 'Source' },
        { key: 'basis', label: 'Basis' },
        { key: 'hours', label: 'Hours', align: 'right', plain: 'count' },
      ]}
      rows={rows}
      empty={<span className="text-muted">No factor was applied.</span>}
    />
  )
}

export function RevisionsTable({ revisions, today }: { revisions: readonly LineRevision[]; today: string }) {
  return (
    <DataTable
      caption="Revisions"
      density={28}
      sortable={false}
      columns={[
        { key: 'revision', label: 'Rev.', align: 'right', plain: 'count' },
        { key: 'posted', label: 'Posted, UTC' },
        { key: 'facility', label: 'Facility', unit: 'kWh', align: 'right', plain: 'beside' },
        { key: 'mass', label: '', unit: 'kg CO2e', align: 'right', plain: 'told-here' },
        { key: 'status', label: 'Status' },
        { key: 'method', label: 'Method' },
        { key: 'input', label: 'Input SHA-256' },
      ]}
      rows={revisions.map((one) => ({
        id: String(one.revision),
        muted: !one.is_current,
        cells: {
          revision: String(one.revision),
          posted: shortInstant(one.posted_at, today),
          facility: { text: kilowattHours(one.facility_uwh), why: 'No energy is known' },
          mass: { text: kilogramsToTheMilligram(one.location_mg), why: 'No hour has a figure' },
          status: !one.is_current
            ? 'superseded'
            : one.status === 'provisional'
              ? { text: 'provisional', node: <ProvisionalMark /> }
              : 'settled',
          method: {
            text: one.method_version,
            node: <span className="whitespace-nowrap">{one.method_version}</span>,
          },
          input: { text: `${one.input_sha256.slice(0, 12)}…`, why: one.input_sha256, mono: true },
        },
      }))}
    />
  )
}

export function SeriesTable({ series }: { series: readonly LineSeries[] }) {
  return (
    <DataTable
      caption="Series"
      density={28}
      sortable={false}
      columns={[
        { key: 'meter', label: 'Meter' },
        { key: 'kind', label: 'Kind' },
        { key: 'unit', label: 'Unit' },
        { key: 'boundary', label: 'Boundary' },
        { key: 'source', label: 'Source' },
        { key: 'series', label: 'Series' },
      ]}
      rows={series.map((one) => ({
        id: one.series_id,
        cells: {
          meter: { text: one.meter, node: clipped(one.meter, 'max-w-40') },
          kind: kindWords(one.kind).replaceAll(' ', '\u00a0'),
          unit: one.unit,
          boundary: one.boundary === 'it' ? 'IT' : 'facility',
          source: { text: one.source, node: clipped(one.source, 'max-w-32') },
          series: { text: `…${one.series_id.slice(-6)}`, why: one.series_id, mono: true },
        },
      }))}
      empty={<span className="text-muted">No series is named.</span>}
    />
  )
}

export function BatchesTable({ batches, today }: { batches: readonly LineBatch[]; today: string }) {
  return (
    <DataTable
      caption="Requests"
      density={28}
      sortable={false}
      columns={[
        { key: 'received', label: 'Received, UTC' },
        { key: 'readings', label: 'Readings', align: 'right', plain: 'count' },
        { key: 'sha', label: 'SHA-256' },
        { key: 'first', label: 'From' },
        { key: 'last', label: 'To' },
      ]}
      rows={batches.map((batch) => ({
        id: batch.batch_id,
        cells: {
          received: { text: shortInstant(batch.received_at, today), why: `Batch ${batch.batch_id}` },
          readings: formatCount(batch.readings),
          sha: {
            text: batch.sha256,
            node: clipped(batch.sha256, 'max-w-40', true),
          },
          first: shortInstant(batch.starts_at, today),
          last: shortInstant(batch.ends_at, today),
        },
      }))}
      empty={<span className="text-muted">No request is on record for this day.</span>}
    />
  )
}
