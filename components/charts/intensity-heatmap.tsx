'use client'
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useRef, useState } from 'react'
import { threeFigures } from '@/lib/units/format'
import { DAY } from '@/lib/units/time'
import { type ChartFrameProps, ChartPanel } from './chart-panel'
import { HatchDefs, patternId } from './hatch-defs'
import { cellPaths, dailyMeans, dayCount, type HeatmapYear, heatmapTable, hourAt, hourlyMeans } from './heatmap-data'
import { HeatmapMargins } from './heatmap-margins'
import { RampLegend } from './ramp-legend'
import { instantLabel } from './ticks'
import { useWidth } from './use-width'

export interface IntensityHeatmapProps extends ChartFrameProps, HeatmapYear {
  /** `DE` */
  zone: string
}

const LEFT = 44
const TOP = 62
const CELL_HEIGHT = 14
const HEIGHT = TOP + 24 * CELL_HEIGHT + 22
const MOVES: Record<string, number> = {
  ArrowLeft: -24,
  ArrowRight: 24,
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -168,
  PageDown: 168,
}

/** Each cell one hour: days to the right, hours down. Arrow keys move one cell and read its value. */
export function IntensityHeatmap({ zone, firstDay, intensity_g_per_kwh, ...frame }: IntensityHeatmapProps) {
  const box = useRef<HTMLDivElement>(null)
  const width_px = useWidth(box, 1176)
  const [at, setAt] = useState<number | null>(null)
  const id = useId()
  const hatch = patternId(id, 'gap')
  const year = useMemo(() => ({ firstDay, intensity_g_per_kwh }), [firstDay, intensity_g_per_kwh])
  const right = width_px > 640 ? 112 : 0
  const days = Math.max(1, dayCount(year))
  const plotWidth = Math.max(100, width_px - LEFT - right)
  const cellWidth = plotWidth / days
  const paths = useMemo(() => cellPaths(year, cellWidth, CELL_HEIGHT), [year, cellWidth])
  const table = useMemo(() => heatmapTable(year), [year])
  const count = intensity_g_per_kwh.length
  const value = at === null ? null : (intensity_g_per_kwh[at] ?? null)
  const reading =
    at === null
      ? ''
      : `${instantLabel(hourAt(year, at))} UTC: ${value === null ? 'no data' : `${threeFigures(value)} g/kWh`}`
  const move = (event: KeyboardEvent) => {
    const by = MOVES[event.key]
    if (event.key === 'Escape') return setAt(null)
    if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault()
      return setAt(event.key === 'Home' ? 0 : count - 1)
    }
    if (by === undefined) return
    event.preventDefault()
    setAt((now) => (now === null ? 0 : Math.min(count - 1, Math.max(0, now + by))))
  }
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const edge = event.currentTarget.getBoundingClientRect()
    const day = Math.floor((event.clientX - edge.left - LEFT) / cellWidth)
    const hour = Math.floor((event.clientY - edge.top - TOP) / CELL_HEIGHT)
    setAt(day >= 0 && day < days && hour >= 0 && hour < 24 ? Math.min(count - 1, day * 24 + hour) : null)
  }
  return (
    <ChartPanel kind="intensity-heatmap" table={table} {...frame}>
      <div className="mb-4 flex min-h-7 flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <RampLegend className="min-w-0" />
        <output aria-live="polite" className="text-meta font-medium text-ink">
          {reading || <span className="font-normal text-muted">Point at a cell, or use the arrow keys</span>}
        </output>
      </div>
      <div ref={box} className="chart-box">
        <div
          role="application"
          aria-roledescription="heatmap"
          aria-label={`Grid intensity ${zone}, ${days} days by 24 hours. Arrow keys move, Page keys by a week, Escape leaves the cell.`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the widget takes the arrow keys
          tabIndex={0}
          onKeyDown={move}
          onBlur={() => setAt(null)}
        >
          <svg
            width={width_px}
            height={HEIGHT}
            viewBox={`0 0 ${width_px} ${HEIGHT}`}
            aria-hidden="true"
            className="chart"
            onPointerMove={point}
            onPointerLeave={() => setAt(null)}
          >
            <HatchDefs id={hatch} />
            <rect x={LEFT - 1} y={TOP - 1} width={plotWidth + 2} height={24 * CELL_HEIGHT + 2} fill="var(--plate)" />
            <g transform={`translate(${LEFT} ${TOP})`} shapeRendering={cellWidth >= 1.5 ? 'crispEdges' : 'auto'}>
              {paths.steps.map((path, step) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the eight steps of the ramp are fixed
                <path key={step} d={path} fill={`var(--i${step + 1})`} />
              ))}
              <path d={paths.gaps} fill="var(--paper)" />
              <path d={paths.gaps} fill={`url(#${hatch})`} />
            </g>
            <HeatmapMargins
              daily={dailyMeans(year)}
              hourly={hourlyMeans(year)}
              start={Date.parse(firstDay)}
              end={Date.parse(firstDay) + days * DAY}
              left={LEFT}
              top={TOP}
              cellWidth={cellWidth}
              cellHeight={CELL_HEIGHT}
              plotWidth={plotWidth}
              withHourly={right > 0}
            />
            {at !== null && (
              <g fill="none">
                {[
                  { stroke: '#fff', width: 4 },
                  { stroke: 'var(--accent)', width: 2 },
                ].map((line) => (
                  <rect
                    key={line.width}
                    x={LEFT + Math.floor(at / 24) * cellWidth - 1}
                    y={TOP + (at % 24) * CELL_HEIGHT - 1}
                    width={Math.max(cellWidth, 3) + 2}
                    height={CELL_HEIGHT + 2}
                    stroke={line.stroke}
                    strokeWidth={line.width}
                  />
                ))}
              </g>
            )}
          </svg>
        </div>
      </div>
    </ChartPanel>
  )
}
