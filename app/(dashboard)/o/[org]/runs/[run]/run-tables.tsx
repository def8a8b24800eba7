import { ProvisionalMark } from '@/components/figures/provisional-mark'
import { type Tier, TierMark } from '@/components/figures/tier-mark'
import type { Cell, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { lineAddress } from '@/lib/contracts/explain'
import type { RunBatch, RunMeter } from '@/lib/rollups/run-evidence'
import type { RunFactor } from '@/lib/rollups/run-factors'
import type { RunLine } from '@/lib/rollups/run-lines'
import { formatCount, formatInstant, threeFigures } from '@/lib/units/format'
import { energyIn, massIn } from '../_shared/amounts'
import { kindWords, shortDay, shortInstant } from '../_shared/words'

const clipped = (text: string, width: string, mono = false) => (
  <span className={`block truncate ${width} ${mono ? 'font-mono text-meta' : ''}`} title={text}>
    {text}
  </span>
)

const tierCell = (tier: number | null, of: 'intensity' | 'overhead'): Cell =>
  tier === null
    ? { text: null, why: 'No factor applies' }
    : { text: String(tier), sort: tier, node: <TierMark tier={tier as Tier} of={of} /> }

const rangeText = (factor: RunFactor): string | null => {
  if (factor.least === null || factor.most === null) return null
  const print = (value: number) => (factor.kind === 'overhead' ? value.toFixed(3) : threeFigures(value))
  const [least, most] = [print(factor.least), print(factor.most)]
  return least === most ? least : `${least}–${most}`
}

export function FactorsTable({ factors }: { factors: readonly RunFactor[] }) {
  const rows: Row[] = factors.map((factor) => ({
    id: `${factor.kind} ${factor.id} ${factor.version} ${factor.tier} ${factor.name}`,
    cells: {
      kind: factor.kind === 'intensity' ? 'Intensity' : 'PUE',
      name: { text: factor.name, node: clipped(factor.name, 'max-w-32') },
      id: { text: `${factor.id}@${factor.version}`, node: clipped(`${factor.id}@${factor.version}`, 'max-w-32', true) },
      value: { text: rangeText(factor), sort: factor.least },
      source: { text: factor.source, node: clipped(factor.source, 'max-w-24') },
      hours: { text: formatCount(factor.hours), sort: factor.hours },
      tier: tierCell(factor.tier, factor.kind),
    },
  }))
  return (
    <DataTable
      caption="Factor versions used"
      density={28}
      columns={[
        { key: 'kind', label: 'For' },
        { key: 'name', label: 'Factor' },
        { key: 'id', label: 'Version' },
        { key: 'value', label: 'Value', align: 'right', plain: 'published' },
        { key: 'source', label: 'Source' },
        { key: 'hours', label: 'Hours', align: 'right', plain: 'count' },
        { key: 'tier', label: 'Grade' },
      ]}
      rows={rows}
      empty={<span className="text-muted">No factor was applied: no hour has both energy and an intensity.</span>}
    />
  )
}

export function LinesTable({ org, lines, today }: { org: string; lines: readonly RunLine[]; today: string }) {
  const sum = (of: (line: RunLine) => bigint | null) => {
    const known = lines.map(of).filter((amount) => amount !== null)
    return known.length === 0 ? null : known.reduce((all, amount) => all + amount, 0n)
  }
  return (
    <DataTable
      caption="Ledger lines"
      density={28}
      maxHeight="420"
      columns={[
        { key: 'id', label: 'Line' },
        { key: 'day', label: 'Day, UTC' },
        { key: 'place', label: 'Site, zone' },
        { key: 'facility', label: 'Facility', unit: 'kWh', align: 'right' },
        { key: 'mass', label: 'Emissions', unit: 'kg CO2e', align: 'right' },
        { key: 'gaps', label: 'Gap hours', align: 'right', plain: 'count' },
        { key: 'tier', label: 'Grade' },
        { key: 'revision', label: 'Revision', align: 'right', digits: 0, plain: 'count' },
        { key: 'status', label: 'Status' },
      ]}
      rows={lines.map((line) => ({
        id: `${line.id} ${line.day}`,
        cells: {
          id: {
            text: `led_…${line.id.slice(-6)}`,
            sort: line.id,
            href: `/o/${org}/ledger/${line.id}`,
            why: line.id,
            mono: true,
          },
          day: { text: shortDay(line.day, today).replaceAll(' ', '\u00a0'), sort: line.day },
          place: [line.site, line.zone].filter(Boolean).join(', ').replaceAll(' ', '\u00a0') || null,
          facility:
            line.facility_uwh === null
              ? null
              : {
                  sort: energyIn(line.facility_uwh, 'kWh'),
                  exact: line.facility_uwh,
                  explain: lineAddress(line.id, 'facility'),
                },
          mass:
            line.location_mg === null
              ? null
              : { sort: massIn(line.location_mg, 'kg'), exact: line.location_mg, explain: lineAddress(line.id) },
          gaps: { text: formatCount(line.gap_hours), sort: line.gap_hours, muted: line.gap_hours === 0 },
          tier: tierCell(line.intensity_tier, 'intensity'),
          revision: line.revision,
          status:
            line.status === 'provisional'
              ? { text: 'provisional', node: <ProvisionalMark /> }
              : { text: 'settled', muted: true },
        },
      }))}
      total={{
        id: 'total',
        cells: {
          id: 'Total',
          facility: {
            sort: energyIn(
              sum((line) => line.facility_uwh),
              'kWh',
            ),
            plain: 'told-here',
          },
          mass: {
            sort: massIn(
              sum((line) => line.location_mg),
              'kg',
            ),
            plain: 'told-here',
          },
        },
      }}
    />
  )
}

const PROTOCOL: Record<string, string> = {
  native: 'Readings API',
  activities: 'Activities API',
  codecarbon: 'CodeCarbon',
}

export function MetersTable({
  meters,
  counts,
  today,
}: {
  meters: readonly RunMeter[]
  counts: Map<string, number> | null
  today: string
}) {
  return (
    <DataTable
      caption="Meters"
      density={28}
      columns={[
        { key: 'meter', label: 'Meter' },
        { key: 'kind', label: 'Kind' },
        { key: 'unit', label: 'Unit' },
        { key: 'boundary', label: 'Boundary' },
        { key: 'source', label: 'Source' },
        { key: 'readings', label: 'Readings', align: 'right', plain: 'count' },
        { key: 'batches', label: 'Requests', align: 'right', plain: 'count' },
        { key: 'first', label: 'First received' },
        { key: 'last', label: 'Last received' },
        { key: 'series', label: 'Series' },
      ]}
      rows={meters.map((meter) => {
        const exact = counts?.get(meter.series_id)
        return {
          id: meter.series_id,
          cells: {
            meter: { text: meter.meter, node: clipped(meter.meter, 'max-w-40') },
            kind: kindWords(meter.kind).replaceAll(' ', '\u00a0'),
            unit: meter.unit,
            boundary: meter.boundary === 'it' ? 'IT' : 'facility',
            source: (PROTOCOL[meter.protocol] ?? meter.protocol).replaceAll(' ', '\u00a0'),
            readings:
              exact === undefined
                ? {
                    text: `≤ ${formatCount(meter.readings_in_batches)}`,
                    sort: meter.readings_in_batches,
                    why: 'Readings of the requests that name this meter, other meters included',
                  }
                : { text: formatCount(exact), sort: exact },
            batches: { text: formatCount(meter.batches), sort: meter.batches },
            first: { text: shortInstant(meter.first_received_at, today), sort: meter.first_received_at },
            last: { text: shortInstant(meter.last_received_at, today), sort: meter.last_received_at },
            series: { text: `…${meter.series_id.slice(-6)}`, sort: meter.series_id, why: meter.series_id, mono: true },
          },
        }
      })}
    />
  )
}

export function BatchesTable({ batches, today }: { batches: readonly RunBatch[]; today: string }) {
  return (
    <DataTable
      caption="Requests"
      density={28}
      columns={[
        { key: 'received', label: 'Received, UTC' },
        { key: 'first', label: 'From' },
        { key: 'last', label: 'To' },
        { key: 'readings', label: 'Readings', align: 'right', plain: 'count' },
        { key: 'sha', label: 'SHA-256' },
      ]}
      rows={batches.map((batch) => ({
        id: batch.batch_id,
        cells: {
          received: {
            text: shortInstant(batch.received_at, today),
            sort: batch.received_at,
            why: `${formatInstant(batch.received_at)}, batch ${batch.batch_id}`,
          },
          first: { text: shortInstant(batch.starts_at, today), sort: batch.starts_at },
          last: { text: shortInstant(batch.ends_at, today), sort: batch.ends_at },
          readings: { text: formatCount(batch.readings), sort: batch.readings },
          sha: { text: `${batch.sha256.slice(0, 12)}…`, why: batch.sha256, mono: true },
        },
      }))}
    />
  )
}
