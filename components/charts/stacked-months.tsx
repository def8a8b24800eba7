'use client'
import { useId, useRef } from 'react'
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import { formatNumber } from '../tables/cells'
import { type ChartFrameProps, ChartPanel } from './chart-panel'
import { HatchDefs, patternId } from './hatch-defs'
import { MonthGaps, MonthNotes, StepOutline } from './month-marks'
import {
  inUnit,
  monthLabel,
  monthTotal_kg,
  type StageMonth,
  stackTable,
  stagesIn,
  unitFor,
} from './stacked-months-data'
import { StageLegend } from './stage-legend'
import { STAGE_LABEL, stageColor } from './stages'
import { axisNumbers, niceTicks } from './ticks'
import { TooltipTable } from './tooltip-table'
import { useWidth } from './use-width'

export interface StackedMonthsProps extends ChartFrameProps {
  months: readonly StageMonth[]
  /** Names the outline of `previousMass_kg`: `FY2025`. */
  previousLabel?: string
  height_px?: number
  /** Each month holds all before it: the legend tells the last one. */
  cumulative?: boolean
  /** A line before a month, named: a crossover. */
  notes?: readonly { month: string; label: string }[]
  /** Legend column of changes, by stage: `+9 %`. */
  change?: { label: string; byStage: Partial<Record<keyof typeof STAGE_LABEL, string>>; total?: string }
}

export function StackedMonths(props: StackedMonthsProps) {
  const { months, previousLabel, height_px = 260, change, cumulative = false, notes = [], ...frame } = props
  const box = useRef<HTMLDivElement>(null)
  const width_px = useWidth(box, 466)
  const hatch = patternId(useId(), 'est')
  const unit = unitFor(months)
  const stages = stagesIn(months)
  const data = months.map((month) => ({
    month: month.month,
    ...Object.fromEntries(
      stages.map((stage) => {
        const mass_kg = month.mass_kg[stage]
        return [stage, typeof mass_kg === 'number' ? inUnit(mass_kg, unit) : null]
      }),
    ),
  }))
  const most_kg = Math.max(
    ...months.map((month) => Math.max(monthTotal_kg(month) ?? 0, month.previousMass_kg ?? 0, month.budgetMass_kg ?? 0)),
    0,
  )
  const ticks = niceTicks(inUnit(most_kg, unit), 0, 5)
  const level = (mass_kg: number | null | undefined) => (typeof mass_kg === 'number' ? inUnit(mass_kg, unit) : null)
  const gaps = months.filter((month) => monthTotal_kg(month) === null).map((month) => month.month)
  const totals = stages.map((stage) => ({
    stage,
    mass: inUnit(
      cumulative
        ? (months.findLast((month) => typeof month.mass_kg[stage] === 'number')?.mass_kg[stage] ?? 0)
        : months.reduce((all, month) => all + (month.mass_kg[stage] ?? 0), 0),
      unit,
    ),
    change: change?.byStage[stage] ?? null,
  }))
  const short = width_px / Math.max(1, months.length) < 30
  return (
    <ChartPanel kind="stacked-months" table={stackTable(months, unit, previousLabel, cumulative)} {...frame}>
      <div className="@container">
        <div className="grid gap-6 @2xl:grid-cols-[minmax(0,466fr)_minmax(284px,284fr)]">
          <div ref={box} className="chart-box min-h-[260px]">
            <BarChart
              width={width_px}
              height={height_px}
              data={data}
              margin={{ top: 16, right: 0, bottom: 0, left: 0 }}
              barCategoryGap="20%"
              accessibilityLayer
              title={frame.title}
              desc={`Stacked bars per month in ${unit} CO2e, by stage`}
            >
              <HatchDefs id={hatch} />
              <CartesianGrid vertical={false} stroke="var(--hairline)" />
              <XAxis
                dataKey="month"
                axisLine={{ stroke: 'var(--ink)' }}
                tickLine={false}
                interval={0}
                height={24}
                tickMargin={6}
                tick={{ fontSize: 11, fill: 'var(--muted)' }}
                tickFormatter={(month: string) => (short ? monthLabel(month).slice(0, 1) : monthLabel(month))}
              />
              <YAxis
                domain={[0, ticks[ticks.length - 1] ?? 1]}
                ticks={ticks}
                tickFormatter={axisNumbers(ticks)}
                interval={0}
                axisLine={false}
                tickLine={false}
                // Room for 2,500; a month by itself seldom needs it.
                width={(ticks[ticks.length - 1] ?? 0) >= 1000 ? 44 : 36}
                tickMargin={4}
                tick={{ fontSize: 11, fill: 'var(--muted)' }}
              />
              <MonthGaps months={gaps} fill={`url(#${hatch})`} />
              <Tooltip
                isAnimationActive={false}
                cursor={{ fill: 'var(--sunken)', opacity: 0.6 }}
                content={({ active, label }) => {
                  const month = months.find((one) => one.month === label)
                  if (!active || !month) return null
                  const print = (mass_kg: number | null | undefined) =>
                    typeof mass_kg === 'number' ? `${formatNumber(inUnit(mass_kg, unit))}\u202f${unit}` : null
                  return (
                    <TooltipTable
                      head={monthLabel(month.month, 'long')}
                      lines={[
                        ...[...stages]
                          .filter((stage) => month.mass_kg[stage] !== undefined)
                          .reverse()
                          .map((stage) => ({
                            label: STAGE_LABEL[stage],
                            value: print(month.mass_kg[stage]),
                            color: stageColor(stage),
                          })),
                        { label: 'Total', value: print(monthTotal_kg(month)) },
                        ...(previousLabel ? [{ label: previousLabel, value: print(month.previousMass_kg) }] : []),
                      ]}
                      foot={month.provisional ? 'Provisional: later readings may change it' : undefined}
                    />
                  )
                }}
              />
              {stages.map((stage) => (
                <Bar
                  key={stage}
                  dataKey={stage}
                  stackId="mass"
                  fill={stageColor(stage)}
                  stroke="var(--paper)"
                  strokeWidth={1}
                  maxBarSize={30}
                  isAnimationActive={false}
                />
              ))}
              <StepOutline
                levels={months.map((month) => ({ month: month.month, level: level(month.previousMass_kg) }))}
                label={previousLabel}
              />
              <StepOutline
                levels={months.map((month) => ({ month: month.month, level: level(month.budgetMass_kg) }))}
                label="Budget"
                dashed
              />
              <MonthNotes notes={notes} />
            </BarChart>
          </div>
          <StageLegend totals={totals} unit={unit} changeLabel={change?.label} totalChange={change?.total} />
        </div>
      </div>
    </ChartPanel>
  )
}
