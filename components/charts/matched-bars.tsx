'use client'
import { useId, useRef } from 'react'
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import { threeFigures } from '@/lib/units/format'
import type { Column, Row } from '../tables/cells'
import { type ChartFrameProps, ChartPanel } from './chart-panel'
import { axisNumbers, niceTicks } from './ticks'
import { TooltipTable } from './tooltip-table'
import { useWidth } from './use-width'

export interface MatchedBar {
  /** Under the bar: `Jan`, `06`. */
  label: string
  /** In the tooltip and the table: `January 2026`, `06:00 to 07:00 UTC`. */
  name: string
  load_mwh: number
  /** Null: nobody knows in which hours the instruments were produced. */
  matched_mwh: number | null
  surplus_mwh: number | null
}

export interface MatchedBarsProps extends ChartFrameProps {
  bars: readonly MatchedBar[]
  itemLabel: string
  height_px?: number
}

const PARTS = [
  { key: 'matched', label: 'Matched', fill: 'var(--ink)', stroke: 'var(--paper)' },
  { key: 'unmatched', label: 'Unmatched', fill: 'var(--ghost-soft)', stroke: 'var(--tick)' },
  { key: 'surplus', label: 'Surplus', fill: 'transparent', stroke: 'var(--tick)' },
] as const

/** Consumption by hour or month: matched in the same hour, unmatched, and what was produced beyond it. */
export function MatchedBars({ bars, itemLabel, height_px = 240, ...frame }: MatchedBarsProps) {
  const box = useRef<HTMLDivElement>(null)
  const width_px = useWidth(box, 560)
  const id = useId()
  const data = bars.map((bar) => ({
    label: bar.label,
    matched: bar.matched_mwh,
    unmatched: bar.matched_mwh === null ? bar.load_mwh : bar.load_mwh - bar.matched_mwh,
    surplus: bar.surplus_mwh,
  }))
  const most = Math.max(0, ...bars.map((bar) => bar.load_mwh + (bar.surplus_mwh ?? 0)))
  const ticks = niceTicks(most, 0, 4)
  const known = bars.some((bar) => bar.matched_mwh !== null)
  const columns: Column[] = [
    { key: 'item', label: itemLabel },
    { key: 'load', label: 'Load', unit: 'MWh', align: 'right' },
    { key: 'matched', label: 'Matched', unit: 'MWh', align: 'right' },
    { key: 'unmatched', label: 'Unmatched', unit: 'MWh', align: 'right' },
    { key: 'surplus', label: 'Surplus', unit: 'MWh', align: 'right' },
  ]
  const rows = bars.map(
    (bar): Row => ({
      id: bar.name,
      cells: {
        item: { text: bar.name, sort: bar.label },
        load: bar.load_mwh,
        matched: bar.matched_mwh,
        unmatched: bar.matched_mwh === null ? null : bar.load_mwh - bar.matched_mwh,
        surplus: bar.surplus_mwh,
      },
    }),
  )
  const every = Math.max(1, Math.ceil((bars.length * 22) / Math.max(1, width_px - 40)))
  return (
    <ChartPanel kind="matched-bars" table={{ columns, rows }} {...frame}>
      <div ref={box} className="chart-box min-h-[240px]">
        <BarChart
          width={width_px}
          height={height_px}
          data={data}
          margin={{ top: 12, right: 0, bottom: 0, left: 0 }}
          barCategoryGap={bars.length > 16 ? '12%' : '24%'}
          accessibilityLayer
          title={frame.title}
          desc="Stacked bars in MWh: matched, unmatched, surplus"
        >
          <CartesianGrid vertical={false} stroke="var(--hairline)" />
          <XAxis
            dataKey="label"
            axisLine={{ stroke: 'var(--ink)' }}
            tickLine={false}
            interval={every - 1}
            height={24}
            tickMargin={6}
            tick={{ fontSize: 11, fill: 'var(--muted)' }}
          />
          <YAxis
            domain={[0, ticks[ticks.length - 1] ?? 1]}
            ticks={ticks}
            tickFormatter={axisNumbers(ticks)}
            interval={0}
            axisLine={false}
            tickLine={false}
            width={40}
            tickMargin={4}
            tick={{ fontSize: 11, fill: 'var(--muted)' }}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sunken)', opacity: 0.6 }}
            content={({ active, label }) => {
              const bar = bars.find((one) => one.label === label)
              if (!active || !bar) return null
              const print = (mwh: number | null) => (mwh === null ? null : `${threeFigures(mwh)}\u202fMWh`)
              return (
                <TooltipTable
                  head={bar.name}
                  lines={[
                    { label: 'Load', value: print(bar.load_mwh) },
                    { label: 'Matched', value: print(bar.matched_mwh), color: 'var(--ink)' },
                    {
                      label: 'Unmatched',
                      value: print(bar.matched_mwh === null ? null : bar.load_mwh - bar.matched_mwh),
                      color: 'var(--ghost-soft)',
                    },
                    { label: 'Surplus', value: print(bar.surplus_mwh) },
                  ]}
                />
              )
            }}
          />
          {PARTS.map((part) => (
            <Bar
              key={part.key}
              dataKey={part.key}
              stackId="energy"
              fill={part.fill}
              stroke={part.stroke}
              strokeDasharray={part.key === 'surplus' ? '2 2' : undefined}
              maxBarSize={30}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </div>
      <ul aria-labelledby={id} className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-meta text-ink-2">
        <li id={id} className="sr-only">
          Legend
        </li>
        {PARTS.filter(({ key }) => known || key === 'unmatched').map((part) => (
          <li key={part.key} className="inline-flex items-center gap-1.5">
            <svg width="12" height="12" aria-hidden="true" className="swatch">
              <rect
                x="0.5"
                y="0.5"
                width="11"
                height="11"
                fill={part.fill}
                stroke={part.stroke}
                strokeDasharray={part.key === 'surplus' ? '2 2' : undefined}
              />
            </svg>
            {known ? part.label : 'Load, hours unknown'}
          </li>
        ))}
      </ul>
    </ChartPanel>
  )
}
