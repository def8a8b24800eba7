import type { Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { AssetBook } from '@/lib/rollups/asset-book'
import { formatCount, formatPercent } from '@/lib/units/format'
import { massIn, massUnitOf } from '../../runs/_shared/amounts'
import type { AssetMonth } from './asset-months'

const nameOf = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })
    .format(Date.parse(`${month}-01`))
    .replace('Sept', 'Sep')

/** Ran off = carried + idle, month by month. */
export function MonthsPanel({
  months,
  window,
  span,
}: {
  months: readonly AssetMonth[]
  window: AssetBook
  span: Span
}) {
  const unit = massUnitOf(months.map(({ book }) => book.run_off_mg))
  const row = (id: string, month: Row['cells'][string], book: AssetBook): Row => ({
    id,
    cells: {
      month,
      ranOff: massIn(book.run_off_mg, unit),
      carried: massIn(book.allocated_mg, unit),
      idle: massIn(book.idle_mg, unit),
      hours:
        book.used_hours === null
          ? { text: null, why: 'No workload held it, or none says how many devices' }
          : { text: formatCount(Math.round(book.used_hours)), sort: book.used_hours },
      used:
        book.used_hours === null || book.available_hours === 0
          ? null
          : {
              text: formatPercent(book.used_hours / book.available_hours),
              sort: book.used_hours / book.available_hours,
            },
    },
  })
  return (
    <Panel
      span={span}
      title="Month by month"
      meta={
        <>
          {unit} CO<sub>2</sub>e: ran off = carried + idle. A pool of several assets is shared by what ran off of each
        </>
      }
    >
      <DataTable
        caption="Months of this asset"
        density={28}
        columns={[
          { key: 'month', label: 'Month' },
          { key: 'ranOff', label: 'Ran off', unit, align: 'right', plain: 'part' },
          { key: 'carried', label: 'Carried', unit, align: 'right', plain: 'part' },
          { key: 'idle', label: 'Idle', unit, align: 'right', plain: 'part' },
          { key: 'hours', label: 'Device-hours used', align: 'right', plain: 'time' },
          { key: 'used', label: 'Utilisation', align: 'right', plain: 'time' },
        ]}
        rows={months.map(({ month, book }) => row(month, { text: nameOf(month), sort: month }, book))}
        total={row('range', 'Range', window)}
        empty={<span className="text-muted">No day of this range is over yet.</span>}
      />
    </Panel>
  )
}
