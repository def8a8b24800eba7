import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { amortisedTraining } from '@/lib/accounting/life-cycle/amortised-training'
import type { ModelServed } from '@/lib/rollups/model-served'
import { massIn } from '@/lib/units/measure'
import { value } from '@/lib/units/quantity'
import { amountOf, perOf } from '../../services/_shared/units'

export interface PerUse {
  unit: string
  served: ModelServed
  /** Units that development is spread over: to date, or what was asked for. */
  over: number
  isForecast: boolean
  /** g per unit. */
  marginal: number
  development: number
  together: number
}

/** Marginal and amortised emissions of a unit; null where inference or development is unknown, or nothing was served. */
export const perUse = (served: ModelServed, developmentMg: bigint | null, forecast: number | null): PerUse | null => {
  if (developmentMg === null || served.location_mg === null || served.count === 0) return null
  const over = forecast ?? served.count
  const inference = massIn(Number(served.location_mg) / served.count, 'mg')
  const each = amortisedTraining(inference, massIn(Number(developmentMg), 'mg'), over)
  return each === null
    ? null
    : {
        unit: served.unit,
        served,
        over,
        isForecast: forecast !== null,
        marginal: value(each.inference),
        development: value(each.training),
        together: value(each.together),
      }
}

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
