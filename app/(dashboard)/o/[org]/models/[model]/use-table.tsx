import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { modelAddress } from '@/lib/contracts/explain'
import type { PerUse } from '@/lib/rollups/model-use'
import { amountOf, perOf } from '../../services/_shared/units'

/** What one use emits: by itself, and with its part of the making. */
export function UseTable({ model, rows: uses }: { model: string; rows: readonly PerUse[] }) {
  const columns: Column[] = [
    { key: 'per', label: 'Per' },
    { key: 'served', label: 'Served to date', align: 'right', plain: 'count' },
    { key: 'marginal', label: 'Inference', unit: 'g CO2e', align: 'right' },
    { key: 'over', label: 'Making spread over', align: 'right', plain: 'count' },
    { key: 'development', label: 'Making', unit: 'g', align: 'right' },
    { key: 'together', label: 'Amortised', unit: 'g', align: 'right' },
  ]
  const words = (count: number) => {
    const amount = amountOf(count)
    return amount ? [amount.value, amount.unit].filter(Boolean).join(' ') : null
  }
  const explained = (use: PerUse, measure: 'marginal' | 'development' | 'amortised', grams: number): Cell => ({
    sort: grams * perOf(use.unit).times,
    exact: String(grams),
    explain: modelAddress(model, measure, use.unit, use.isForecast && measure !== 'marginal' ? use.over : null),
  })
  const rows: Row[] = uses.map((use) => {
    const { words: per } = perOf(use.unit)
    return {
      id: use.unit,
      cells: {
        per: use.served.is_shared ? { text: `${per}, shared by energy`, sort: per } : per,
        served: { text: words(use.served.count), sort: use.served.count },
        marginal: explained(use, 'marginal', use.marginal),
        over: { text: `${words(use.over)}${use.isForecast ? ' expected' : ' to date'}`, sort: use.over },
        development: explained(use, 'development', use.development),
        together: explained(use, 'amortised', use.together),
      },
    }
  })
  return <DataTable caption="Emissions per use" density={28} columns={columns} rows={rows} />
}
