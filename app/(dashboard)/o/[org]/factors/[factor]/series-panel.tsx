import Link from 'next/link'
import { LineTrend } from '@/components/charts/line-trend'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { FactorDetail } from '@/lib/rollups/factor-detail'
import { factorNumber, statusWords } from '../_shared/words'

const COLUMNS: Column[] = [
  { key: 'year', label: 'Year' },
  { key: 'value', label: '', unit: 'g/kWh', align: 'right', plain: 'published' },
  { key: 'status', label: 'Status' },
  { key: 'factor', label: 'Factor' },
]

/** The same number of other years: a step line where there are enough of them, else a table. */
export function SeriesPanel({ org, detail, span }: { org: string; detail: FactorDetail; span: Span }) {
  const { series } = detail
  const first = series[0]
  const last = series.at(-1)
  if (!first || !last || series.length < 2) return null
  const title = `${first.year} to ${last.year}: ${factorNumber(first.value)} to ${factorNumber(last.value)} g/kWh`
  if (series.length > 2) {
    return (
      <LineTrend
        span={span}
        csvName={`factor-${detail.factor_id}`}
        title={title}
        meta="g/kWh by calendar year, of this place and kind"
        unit="g/kWh"
        step_hours={8766}
        lines={[{ key: 'value', label: detail.zone ?? detail.name, tone: 'ink', step: true }]}
        points={series.map(({ year, value }) => ({ at: `${year}-01-01`, values: { value } }))}
      />
    )
  }
  const rows = series.map(
    (one): Row => ({
      id: one.factor_id,
      selected: one.factor_id === detail.factor_id,
      cells: {
        year: { text: String(one.year), sort: one.year },
        value: { text: factorNumber(one.value), sort: one.value },
        status: statusWords(one.status),
        factor: {
          text: one.factor_id,
          node: (
            <Link href={`/o/${org}/factors/${encodeURIComponent(one.factor_id)}`} prefetch={false}>
              {one.factor_id}
            </Link>
          ),
        },
      },
    }),
  )
  return (
    <Panel span={span} title={title} meta="Of this place and kind">
      <DataTable caption="Other years" columns={COLUMNS} rows={rows} density={28} sortable={false} />
    </Panel>
  )
}
