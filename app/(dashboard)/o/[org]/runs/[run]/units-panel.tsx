import type { Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import type { RunExtras } from '@/lib/rollups/run-extras'
import type { RunUnits } from '@/lib/rollups/run-units'
import { gramsPerUnit } from '@/lib/rollups/service-sci'
import { amountOf, inOrder, perOf } from '../../services/_shared/units'
import { daySpan } from '../_shared/words'

/** What the run delivered, and what one unit of it emitted. */
export function UnitsPanel({ units, extras, today }: { units: readonly RunUnits[]; extras: RunExtras; today: string }) {
  if (units.length === 0) return null
  const isWhole = extras.lacks_embodied === 0 && extras.embodied_mg !== null
  const rows: Row[] = inOrder(units.map((one) => one.unit)).flatMap((unit) => {
    const one = units.find((row) => row.unit === unit)
    if (!one) return []
    const { times, words } = perOf(unit)
    const amount = amountOf(one.count)
    const each = (mg: bigint | null) => {
      const grams = gramsPerUnit(mg, one.count)
      return grams === null ? null : grams * times
    }
    const sum = isWhole && extras.location_mg !== null ? extras.location_mg + (extras.embodied_mg as bigint) : null
    return [
      {
        id: unit,
        cells: {
          per: words,
          count: { text: amount ? [amount.value, amount.unit].filter(Boolean).join(' ') : null, sort: one.count },
          days: daySpan(one.first_day, one.last_day, today),
          operational: each(extras.location_mg) ?? { text: null, why: 'No hour of it has a figure' },
          embodied: (isWhole ? each(extras.embodied_mg) : null) ?? { text: null, why: 'Its hardware is not known' },
          sci: each(sum) ?? { text: null, why: 'Operation and hardware are not both known' },
        },
      },
    ]
  })
  return (
    <Panel
      title="What it delivered"
      meta="SCI = (E × I + M) ÷ R over the whole run, location-based, no instruments; as stated to /api/v1/functional-units"
    >
      <DataTable
        caption="Functional units"
        density={28}
        columns={[
          { key: 'per', label: 'Per' },
          { key: 'count', label: 'Delivered', align: 'right', plain: 'count' },
          { key: 'days', label: 'Stated for' },
          { key: 'operational', label: 'Operational', unit: 'g', align: 'right', plain: 'told-here' },
          { key: 'embodied', label: 'Embodied', unit: 'g', align: 'right', plain: 'told-here' },
          { key: 'sci', label: 'SCI', unit: 'g CO2e', align: 'right', plain: 'told-here' },
        ]}
        rows={rows}
      />
    </Panel>
  )
}
