import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import type { PerUse } from '@/lib/rollups/model-use'
import { amountOf, perOf } from '../../services/_shared/units'

/** What one use emits: by itself, and with its part of the making. */
export function UseTable({ rows: uses }: { rows: readonly PerUse[] }) {
  const columns: Column[] = [
    { key: 'per', label: 'Per' },
    { key: 'served', label: 'Served to date', align: 'right' },
    { key: 'marginal', label: 'Inference', unit: 'g CO2e', align: 'right' },
    { key: 'over', label: 'Making spread over', align: 'right' },
    { key: 'development', label: 'Making', unit: 'g', align: 'right' },
    { key: 'together', label: 'Amortised', unit: 'g', align: 'right' },
  ]
  const words = (count: number) => {
    const amount = amountOf(count)
    return amount ? [amount.value, amount.unit].filter(Boolean).join(' ') : null
  }
  const rows: Row[] = uses.map((use) => {
    const { times, words: per } = perOf(use.unit)
    return {
      id: use.unit,
      cells: {
        per: use.served.is_shared ? { text: `${per}, shared by energy`, sort: per } : per,
        served: { text: words(use.served.count), sort: use.served.count },
        marginal: use.marginal * times,
        over: { text: `${words(use.over)}${use.isForecast ? ' expected' : ' to date'}`, sort: use.over },
        development: use.development * times,
        together: use.together * times,
      },
    }
  })
  return <DataTable caption="Emissions per use" density={28} columns={columns} rows={rows} />
}
