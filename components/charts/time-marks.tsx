'use client'
import { DefaultZIndexes, useChartWidth, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts'
import { rampColor } from './ramp'
import type { TimeTick } from './ticks'

export interface TimeBand {
  start: number
  end: number
}

/** Runs of steps for which `holds` is true, merged. */
export const bandsWhere = <Point extends { at: number }>(
  points: readonly Point[],
  step_ms: number,
  holds: (point: Point) => boolean,
): TimeBand[] => {
  const bands: TimeBand[] = []
  for (const point of points) {
    if (!holds(point)) continue
    const last = bands[bands.length - 1]
    if (last && point.at <= last.end) last.end = point.at + step_ms
    else bands.push({ start: point.at, end: point.at + step_ms })
  }
  return bands
}

export function HatchBands({ bands, fill }: { bands: readonly TimeBand[]; fill: string }) {
  const x = useXAxisScale()
  const plot = usePlotArea()
  if (!x || !plot) return null
  return bands.map((band) => {
    const left = x(band.start)
    const right = x(band.end)
    if (left === undefined || right === undefined) return null
    // A gap narrower than a pixel would vanish, and with it the fact that data is missing.
    return (
      <rect key={band.start} x={left} y={plot.y} width={Math.max(3, right - left)} height={plot.height} fill={fill} />
    )
  })
}

export interface StepCell extends TimeBand {
  value: number
  estimated: boolean
}

/** One bar per step from its start to its end, so that area is quantity; `ramp` colours by grid intensity. */
export function StepCells({ cells, hatch, ramp }: { cells: readonly StepCell[]; hatch: string; ramp?: boolean }) {
  const x = useXAxisScale()
  const y = useYAxisScale()
  if (!x || !y) return null
  const base = y(0)
  return cells.map((cell) => {
    const left = x(cell.start)
    const right = x(cell.end)
    const top = y(cell.value)
    if (left === undefined || right === undefined || top === undefined || base === undefined) return null
    const gap = right - left > 4 ? 1 : 0
    const box = { x: left, y: top, width: Math.max(0.5, right - left - gap), height: Math.max(0, base - top) }
    return (
      <g key={cell.start}>
        <rect {...box} fill={ramp ? rampColor(cell.value) : 'var(--ghost)'} opacity={cell.estimated ? 0.4 : 1} />
        {cell.estimated && <rect {...box} fill={hatch} />}
      </g>
    )
  })
}

export interface TimeNote {
  at: number
  label: string
}

/** A tick line with its words to the right; near the right edge to the left. */
export function NoteLines({ notes, withLabels = true }: { notes: readonly TimeNote[]; withLabels?: boolean }) {
  const x = useXAxisScale()
  const plot = usePlotArea()
  if (!x || !plot) return null
  const lines = notes.map((note) => {
    const left = x(note.at)
    if (left === undefined) return null
    const flip = left > plot.x + plot.width * 0.72
    return (
      <g key={`${note.at}${note.label}`}>
        <line
          x1={left}
          x2={left}
          y1={plot.y}
          y2={plot.y + plot.height}
          stroke="var(--tick)"
          shapeRendering="crispEdges"
        />
        {withLabels && (
          <text x={flip ? left - 5 : left + 5} y={plot.y + 9} textAnchor={flip ? 'end' : 'start'} className="axi halo">
            {note.label}
          </text>
        )}
      </g>
    )
  })
  return <ZIndexLayer zIndex={DefaultZIndexes.axis}>{lines}</ZIndexLayer>
}

export interface LevelLineProps {
  level: number
  label: string
  detail?: string
  /** Margin at the right; with too little the name stands above the line. */
  room_px: number
}

/** A horizontal reference, dashed, named at its right end or above the line. */
export function LevelLine({ level, label, detail, room_px }: LevelLineProps) {
  const y = useYAxisScale()
  const plot = usePlotArea()
  if (!y || !plot) return null
  const top = y(level)
  if (top === undefined) return null
  const right = plot.x + plot.width
  const roomy = room_px >= 60
  const text = detail && !roomy ? `${label} ${detail}` : label
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.axis}>
      <line x1={plot.x} x2={right} y1={top} y2={top} stroke="var(--ink)" strokeWidth={1.25} strokeDasharray="2 3" />
      <text
        x={roomy ? right + 6 : right}
        y={roomy ? top + (detail ? -2 : 4) : top - 5}
        textAnchor={roomy ? 'start' : 'end'}
        className="axi halo"
      >
        {text}
      </text>
      {detail && roomy && (
        <text x={right + 6} y={top + 11} className="ax">
          {detail}
        </text>
      )}
    </ZIndexLayer>
  )
}

/** Tick marks outside the base; the day or the year that changes is printed stronger, below the hours. */
export function TimeAxis({ ticks, below }: { ticks: readonly TimeTick[]; below?: boolean }) {
  const x = useXAxisScale()
  const plot = usePlotArea()
  const width_px = useChartWidth()
  if (!x || !plot) return null
  const base = plot.y + plot.height
  return (
    <g>
      <line x1={plot.x} x2={plot.x + plot.width} y1={base} y2={base} stroke="var(--ink)" shapeRendering="crispEdges" />
      {ticks.map((tick) => {
        const left = x(tick.at)
        if (left === undefined) return null
        const hug = left > (width_px ?? 0) - 16 ? 'end' : 'middle'
        const inYear = !below && tick.strong ? `${tick.label} ${tick.strong}` : tick.label
        return (
          <g key={tick.at}>
            <line x1={left} x2={left} y1={base} y2={base + 5} stroke="var(--tick)" shapeRendering="crispEdges" />
            <text x={left} y={base + 17} textAnchor={hug} className={!below && tick.strong ? 'axi' : 'ax'}>
              {inYear}
            </text>
            {below && tick.strong && (
              <text
                x={Math.max(left, plot.x)}
                y={base + 31}
                textAnchor={left < plot.x + 30 ? 'start' : hug}
                className="axi"
              >
                {tick.strong}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}
