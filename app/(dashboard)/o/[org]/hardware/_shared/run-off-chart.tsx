import { LineTrend } from '@/components/charts/line-trend'
import { UnitText } from '@/components/figures/unit-text'
import type { Span } from '@/components/ui/panel'
import { massUnitFor } from '@/lib/units/format'
import { runOffTitle } from '../(list)/run-off-title'

export interface RunOffChartProps {
  curve: readonly { at: string; book_kg: number }[]
  today: string
  left_mg: bigint | null
  csvName: string
  span: Span
}

const KG: Record<string, number> = { t: 1000, kg: 1, g: 0.001, mg: 1e-6 }

/** Book value from the first purchase to the last end of life. */
export function RunOffChart({ curve, today, left_mg, csvName, span }: RunOffChartProps) {
  const unit = massUnitFor(Math.max(...curve.map(({ book_kg }) => book_kg)) * 1e6)
  return (
    <LineTrend
      span={span}
      csvName={csvName}
      title={runOffTitle(curve, { today, left_mg })}
      meta={
        <>
          Book value, <UnitText text={`${unit} CO2e`} /> on the first of each month: purchases in, straight-line run-off
          and retirements out, to the end of life
        </>
      }
      unit={unit}
      step_hours={730}
      lines={[{ key: 'book', label: 'Book value', tone: 'ink' }]}
      points={curve.map(({ at, book_kg }) => ({ at, values: { book: book_kg / (KG[unit] ?? 1) } }))}
      notes={[{ at: today, label: 'today' }]}
    />
  )
}
