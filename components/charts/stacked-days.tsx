'use client'
import { useId, useRef } from 'react'
import { Tooltip, useXAxisScale, useYAxisScale } from 'recharts'
import { DAY } from '@/lib/units/time'
import { type Column, formatNumber, type Row } from '../tables/cells'
import { type ChartFrameProps, ChartPanel } from './chart-panel'
import { HatchDefs, patternId } from './hatch-defs'
import { instantLabel, niceTicks, timeTicks } from './ticks'
import { bandsWhere, HatchBands } from './time-marks'
import { TimePanel } from './time-panel'
import { TooltipTable } from './tooltip-table'
import { useWidth } from './use-width'

export interface DayLayer {
  key: string
  label: string
  color: string
}

export interface StackedDay {
  /** `2026-11-14` */
  day: string
  /** null or absent: that layer is not known on that day. */
  values: Record<string, number | null>
  provisional?: boolean
}

export interface StackedDaysProps extends ChartFrameProps {
  days: readonly StackedDay[]
  /** From the base up. */
  layers: readonly DayLayer[]
  unit: string
  height_px?: number
}

interface Piece {
  start: number
  from: number
  to: number
  color: string
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  const x = useXAxisScale()
  const y = useYAxisScale()
  if (!x || !y) return null
  return pieces.map((piece) => {
    const left = x(piece.start)
    const right = x(piece.start + DAY)
    const top = y(piece.to)
    const base = y(piece.from)
    if (left === undefined || right === undefined || top === undefined || base === undefined) return null
    const gap = Math.min((right - left) * 0.3, 6)
    return (
      <rect
        key={`${piece.start} ${piece.color}`}
        x={left + gap / 2}
        y={top}
        width={Math.max(0.5, right - left - gap)}
        height={Math.max(0, base - top - (base - top > 2 && piece.from > 0 ? 1 : 0))}
        fill={piece.color}
      />
    )
  })
}

/** One column a UTC day, its layers from the base up; a day without any is hatched. */
export function StackedDays({ days, layers, unit, height_px = 220, ...frame }: StackedDaysProps) {
  const box = useRef<HTMLDivElement>(null)
  const width_px = useWidth(box, 560)
  const hatch = patternId(useId(), 'est')
  const known = (day: StackedDay, key: string): number | null => day.values[key] ?? null
  const totalOf = (day: StackedDay): number | null => {
    const values = layers.map(({ key }) => known(day, key)).filter((value) => value !== null)
    return values.length === 0 ? null : values.reduce((all, value) => all + value, 0)
  }
  const data = days.map((day) => ({ at: Date.parse(`${day.day}T00:00:00Z`), day }))
  const start = data[0]?.at ?? 0
  const end = (data[data.length - 1]?.at ?? 0) + DAY
  const yTicks = niceTicks(Math.max(0, ...days.map((day) => totalOf(day) ?? 0)), 0, 4)
  const pieces = data.flatMap(({ at, day }) => {
    let from = 0
    return layers.flatMap(({ key, color }) => {
      const value = known(day, key)
      if (value === null || value === 0) return []
      const piece = { start: at, from, to: from + value, color }
      from += value
      return [piece]
    })
  })
  const columns: Column[] = [
    { key: 'day', label: 'Day, UTC' },
    ...layers.map(({ key, label }): Column => ({ key, label, unit, align: 'right' })),
    { key: 'total', label: 'Total', unit, align: 'right' },
  ]
  const rows: Row[] = days.map((day) => ({
    id: day.day,
    cells: {
      day: {
        text: instantLabel(Date.parse(`${day.day}T00:00:00Z`), false) + (day.provisional ? ', provisional' : ''),
        sort: day.day,
      },
      ...Object.fromEntries(layers.map(({ key }) => [key, known(day, key)])),
      total: totalOf(day),
    },
  }))
  const sum = (key: string): number | null => {
    const values = days.map((day) => known(day, key)).filter((value) => value !== null)
    return values.length === 0 ? null : values.reduce((all, value) => all + value, 0)
  }
  return (
    <ChartPanel kind="stacked-days" table={{ columns, rows }} {...frame}>
      <div ref={box} className="chart-box" style={{ minHeight: height_px }}>
        <TimePanel
          name={frame.title}
          description={`Stacked columns a day in ${unit}; hatched where nothing is known`}
          data={data}
          start={start}
          end={end}
          width_px={width_px}
          height_px={height_px}
          yTicks={yTicks}
          xTicks={timeTicks(start, end, Math.floor(width_px / 60))}
        >
          <HatchDefs id={hatch} />
          <HatchBands bands={bandsWhere(data, DAY, ({ day }) => totalOf(day) === null)} fill={`url(#${hatch})`} />
          <Pieces pieces={pieces} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--ink)', strokeWidth: 1 }}
            content={({ active, label }) => {
              const found = data.find(({ at }) => at === label)
              if (!active || !found) return null
              const print = (value: number | null) => (value === null ? null : `${formatNumber(value)}\u202f${unit}`)
              return (
                <TooltipTable
                  head={instantLabel(found.at, false)}
                  lines={[
                    ...[...layers].reverse().map(({ key, label: name, color }) => ({
                      label: name,
                      value: print(known(found.day, key)),
                      color,
                    })),
                    { label: 'Total', value: print(totalOf(found.day)) },
                  ]}
                  foot={found.day.provisional ? 'Provisional: later readings may change it' : undefined}
                />
              )
            }}
          />
        </TimePanel>
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-meta text-ink-2">
        {[...layers].reverse().map(({ key, label, color }) => (
          <li key={key} className="flex items-center gap-1.5">
            <svg width="10" height="10" aria-hidden="true" className="swatch">
              <rect width="10" height="10" fill={color} />
            </svg>
            {label}
            {sum(key) === null && <span className="text-muted">not known</span>}
          </li>
        ))}
      </ul>
    </ChartPanel>
  )
}
