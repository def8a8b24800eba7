import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import type { LeftOutRow } from '@/lib/rollups/left-out'
import { formatCount } from '@/lib/units/format'
import { reasonWords } from '../../words'

const COLUMNS: Column[] = [
  { key: 'metric', label: 'Metric' },
  { key: 'reason', label: 'The series …', width: 'wide' },
  { key: 'week', label: 'Samples, 7 days', align: 'right', digits: 0, plain: 'count' },
  { key: 'month', label: 'Samples, 30 days', align: 'right', digits: 0, plain: 'count' },
]

/** Taken from the sender and not counted: no fault of anybody, and shown all the same. */
export function LeftOut({ rows }: { rows: readonly LeftOutRow[] }) {
  const samples = rows.reduce((sum, one) => sum + one.samples, 0)
  return (
    <Panel
      title={
        rows.length === 0 ? 'Nothing was left out' : `${formatCount(samples)} samples taken and not counted in 30 days`
      }
      meta="No energy, or energy that another series tells already: counted once"
    >
      {rows.length > 0 && (
        <DataTable
          caption="Left out, by metric and reason"
          columns={COLUMNS}
          density={28}
          maxHeight="420"
          rows={rows.map(
            (one): Row => ({
              id: `${one.metric} ${one.reason}`,
              cells: {
                metric: { text: one.metric, mono: true },
                reason: { text: reasonWords(one.reason), why: one.reason },
                week: one.samples_7d,
                month: one.samples,
              },
            }),
          )}
        />
      )}
    </Panel>
  )
}
