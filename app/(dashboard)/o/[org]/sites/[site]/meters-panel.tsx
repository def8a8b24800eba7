import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import { Status, type StatusTone } from '@/components/ui/status'
import { MAX_METERS, type SiteMeterRow } from '@/lib/rollups/site-meters'
import { formatCount } from '@/lib/units/format'
import { DAY, dayOf } from '@/lib/units/time'
import { counted, kindWords, shortDay, shortInstant } from '../../runs/_shared/words'
import { shortened } from '../words'

const COLUMNS: Column[] = [
  { key: 'meter', label: 'Meter' },
  { key: 'of', label: 'Of' },
  { key: 'boundary', label: 'Boundary' },
  { key: 'kind', label: 'Kind' },
  { key: 'unit', label: 'Unit' },
  { key: 'first', label: 'First day' },
  { key: 'last', label: 'Last day' },
  { key: 'days', label: 'Days read', align: 'right', digits: 0, plain: 'count' },
  { key: 'received', label: 'Last request, UTC' },
  { key: 'state', label: 'State' },
]

const silentDays = (meter: SiteMeterRow, today: string): number | null =>
  meter.last_day === null ? null : Math.round((dayOf(today) - dayOf(meter.last_day)) / DAY)

const isSilent = (meter: SiteMeterRow, today: string): boolean => (silentDays(meter, today) ?? 2) > 1

const titleOf = (meters: SiteMeterRow[], today: string): string => {
  const [first] = meters
  if (!first) return 'No meter is read here'
  const silent = meters.filter((meter) => meter.is_own && isSilent(meter, today)).length
  const ofWorkloads = first.meters - first.own_meters
  if (first.own_meters === 0) return `${counted(ofWorkloads, 'meter')}, all of workloads`
  const own = `${counted(first.own_meters, 'meter')} of the site${silent === 0 ? ', read since yesterday' : `, ${formatCount(silent)} silent`}`
  return ofWorkloads === 0 ? own : `${own}; ${formatCount(ofWorkloads)} of its workloads`
}

/** A workload's meter ends with it; a site's own meter that says nothing is a fault. */
const stateOf = (meter: SiteMeterRow, today: string): { tone: StatusTone; word: string } => {
  if (!isSilent(meter, today)) return { tone: 'verified', word: 'Live' }
  return meter.is_own
    ? { tone: 'stale', word: `Silent ${silentDays(meter, today) ?? ''} days` }
    : { tone: 'plain', word: 'Ended' }
}

/** The meter register: what is read here, and until when. */
export function MetersPanel({ meters, today, span }: { meters: SiteMeterRow[]; today: string; span: 8 | 12 }) {
  const rows = meters.map((meter): Row => {
    const state = stateOf(meter, today)
    return {
      id: meter.series_id,
      cells: {
        meter: { text: shortened(meter.meter, 48), why: meter.meter },
        of: meter.is_own ? 'Site' : { text: 'Workload', muted: true },
        boundary: meter.boundary === 'facility' ? 'Facility' : 'IT',
        kind: kindWords(meter.kind),
        unit: meter.unit,
        first: meter.first_day && { text: shortDay(meter.first_day, today), sort: meter.first_day },
        last: meter.last_day && { text: shortDay(meter.last_day, today), sort: meter.last_day },
        days: meter.days_read,
        received: meter.last_received_at && {
          text: shortInstant(meter.last_received_at, today),
          sort: meter.last_received_at,
        },
        state: { text: state.word, node: <Status tone={state.tone}>{state.word}</Status> },
      },
    }
  })
  return (
    <Panel
      span={span}
      title={titleOf(meters, today)}
      meta={
        meters.length < (meters[0]?.meters ?? 0)
          ? `The first ${MAX_METERS}, the site’s own before its workloads’. Days are UTC`
          : 'Series that name this site, its own before its workloads’. Days are UTC'
      }
    >
      <DataTable
        caption="Meters of this site"
        columns={span === 12 ? COLUMNS : COLUMNS.filter(({ key }) => key !== 'first' && key !== 'received')}
        rows={rows}
        density={28}
        maxHeight="420"
      />
    </Panel>
  )
}
