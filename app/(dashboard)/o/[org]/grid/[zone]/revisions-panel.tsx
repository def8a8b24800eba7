import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import type { ZoneRevision } from '@/lib/rollups/zone-revisions'
import { formatCount } from '@/lib/units/format'
import { counted, shortInstant } from '../../runs/_shared/words'

const COLUMNS: Column[] = [
  { key: 'month', label: 'Month' },
  { key: 'basis', label: 'Basis' },
  { key: 'revision', label: 'Revision', align: 'right', digits: 0, plain: 'count' },
  { key: 'hours', label: 'Hours', align: 'right', plain: 'count' },
  { key: 'estimated', label: 'Estimated', align: 'right', digits: 0, plain: 'count' },
  { key: 'retrieved', label: 'Retrieved, UTC' },
  { key: 'source', label: 'Source', width: 'wide' },
]

/** Every revision of every month: a correction never replaces what was there. */
export function RevisionsPanel({ revisions, today }: { revisions: ZoneRevision[]; today: string }) {
  const months = new Set(revisions.map((one) => `${one.basis} ${one.month}`)).size
  const superseded = revisions.filter((one) => !one.isCurrent).length
  const rows = revisions.map((one): Row => {
    const source = one.source + (one.isCurrent ? '' : ' (superseded)')
    return {
      id: `${one.basis} ${one.month} ${one.revision}`,
      muted: !one.isCurrent,
      cells: {
        month: one.month,
        basis: one.basis === 'direct' ? 'Direct' : 'Life cycle',
        revision: one.revision,
        hours: { text: `${formatCount(one.hours)} of ${formatCount(one.hoursInMonth)}`, sort: one.hours },
        estimated: one.estimated,
        retrieved: { text: shortInstant(one.retrievedAt, today), sort: one.retrievedAt },
        source: { text: source, node: <span className="block min-w-80 text-muted">{source}</span> },
      },
    }
  })
  return (
    <Panel
      title={
        revisions.length === 0
          ? 'No hourly data of your own yet'
          : `${counted(months, 'month')} of your own hours${superseded === 0 ? '' : `, ${counted(superseded, 'earlier revision')} kept`}`
      }
      meta="The newest revision of a month counts; earlier ones stay as evidence"
    >
      <DataTable
        caption="Revisions of this zone’s hourly data"
        columns={COLUMNS}
        rows={rows}
        density={28}
        maxHeight="420"
        empty={<span className="text-muted">Import a file, and its months are listed here with their revision.</span>}
      />
    </Panel>
  )
}
