'use client'
import { useId, useRef } from 'react'
import { Line, Tooltip } from 'recharts'
import { DAY } from '@/lib/units/time'
import { type Column, formatNumber } from '../tables/cells'
import { type ChartFrameProps, ChartPanel } from './chart-panel'
import { EndLabels } from './end-labels'
import { HatchDefs, patternId } from './hatch-defs'
import { axisNumbers, instantLabel, niceTicks, timeTicks } from './ticks'
import { bandsWhere, HatchBands, LevelLine, NoteLines } from './time-marks'
import { TimePanel } from './time-panel'
import { TooltipTable } from './tooltip-table'
import { useWidth } from './use-width'

export interface TrendLine {
  key: string
  label: string
  /** `ink` the finding, `ghost` what it is compared with or made of. At most one ink line. */
  tone: 'ink' | 'ghost'
  /** Hourly or daily constant values; without it straight lines between points. Never smoothed. */
  step?: boolean
  /** Known only for a part of the time by nature: its absence is not a gap. */
  partial?: boolean
}

export interface TrendPoint {
  /** `2026-11-14` or ISO 8601 UTC. */
  at: string
  values: Record<string, number | null>
  estimated?: boolean
}

export interface LineTrendProps extends ChartFrameProps {
  points: readonly TrendPoint[]
  lines: readonly TrendLine[]
  unit: string
  /** Step between points; a day without it. */
  step_hours?: number
  /** A base other than 0 is named in the meta line. */
  axisStart?: number
  digits?: number
  reference?: { level: number; label: string }
  notes?: readonly { at: string; label: string }[]
  height_px?: number
}

const ACTIVE_DOT = { r: 3.5, fill: 'var(--paper)', stroke: 'var(--ink)', strokeWidth: 1.5 }

export function LineTrend(props: LineTrendProps) {
  const { points, lines, unit, step_hours = 24, axisStart = 0, digits, reference, notes = [], height_px = 250 } = props
  const box = useRef<HTMLDivElement>(null)
  const width_px = useWidth(box, 774)
  const hatch = patternId(useId(), 'est')
  const step_ms = (step_hours / 24) * DAY
  const data = points.map((point) => ({
    ...point.values,
    at: Date.parse(point.at),
    estimated: point.estimated ?? false,
  }))
  const valueAt = (at: number, key: string): number | null => points[at]?.values[key] ?? null
  const start = data[0]?.at ?? 0
  const end = (data[data.length - 1]?.at ?? 0) + step_ms
  const all = points.flatMap((point) => lines.map((line) => point.values[line.key] ?? null)).filter((v) => v !== null)
  const yTicks = niceTicks(Math.max(axisStart, reference?.level ?? axisStart, ...all), axisStart, 5)
  const ends = lines.flatMap((line) => {
    const at = points.findLastIndex((point) => typeof point.values[line.key] === 'number')
    const value = valueAt(at, line.key)
    return value === null ? [] : [{ label: line.label, level: value, text: formatNumber(value, digits) }]
  })
  const roomy = width_px > 480
  const right_px = roomy ? 92 : 0
  const columns: Column[] = [
    { key: 'at', label: step_hours >= 24 ? 'Day, UTC' : 'Start, UTC' },
    ...lines.map((line): Column => ({ key: line.key, label: line.label, unit, align: 'right', digits })),
  ]
  const table = {
    columns,
    rows: points.map((point) => ({
      id: point.at,
      cells: {
        at: { text: instantLabel(Date.parse(point.at), step_hours < 24), sort: point.at },
        ...Object.fromEntries(lines.map((line) => [line.key, point.values[line.key] ?? null])),
      },
    })),
  }
  const gaps = bandsWhere(
    points.map((point) => ({ at: Date.parse(point.at), point })),
    step_ms,
    ({ point }) =>
      point.estimated === true || lines.some((line) => !line.partial && (point.values[line.key] ?? null) === null),
  )
  const meta = (
    <>
      {props.meta}
      {axisStart !== 0 && `${props.meta ? '. ' : ''}Axis starts at ${axisNumbers(yTicks)(axisStart)}`}
    </>
  )
  return (
    <ChartPanel {...props} kind="line-trend" table={table} meta={meta}>
      <div ref={box} className="chart-box min-h-[250px]">
        <TimePanel
          name={props.title}
          description={`${lines.map((line) => line.label).join(', ')} in ${unit}; hatched where data is missing`}
          data={data}
          start={start}
          end={end}
          width_px={width_px}
          height_px={height_px}
          right_px={right_px}
          yTicks={yTicks}
          xTicks={timeTicks(start, end, Math.floor(width_px / 54))}
          withDays={end - start <= 3 * DAY}
        >
          <HatchDefs id={hatch} />
          <HatchBands bands={gaps} fill={`url(#${hatch})`} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--ink)', strokeWidth: 1 }}
            content={({ active, label }) => {
              const at = data.findIndex((point) => point.at === label)
              if (!active || at < 0) return null
              return (
                <TooltipTable
                  head={instantLabel(data[at]?.at ?? 0, step_hours < 24)}
                  lines={lines.map((line) => {
                    const value = valueAt(at, line.key)
                    return {
                      label: line.label,
                      value: value === null ? null : `${formatNumber(value, digits)}${unit ? `\u202f${unit}` : ''}`,
                    }
                  })}
                />
              )
            }}
          />
          {[...lines]
            .sort((a, b) => (a.tone === b.tone ? 0 : a.tone === 'ghost' ? -1 : 1))
            .map((line) => (
              <Line
                key={line.key}
                dataKey={line.key}
                type={line.step ? 'stepAfter' : 'linear'}
                stroke={line.tone === 'ink' ? 'var(--ink)' : 'var(--ghost)'}
                strokeWidth={line.tone === 'ink' ? 1.5 : 1}
                dot={false}
                activeDot={ACTIVE_DOT}
                connectNulls={false}
                isAnimationActive={false}
              />
            ))}
          <NoteLines notes={notes.map((note) => ({ at: Date.parse(note.at), label: note.label }))} />
          {reference && <LevelLine level={reference.level} label={roomy ? '' : reference.label} room_px={right_px} />}
          {roomy && (
            <EndLabels
              items={[...ends, ...(reference ? [{ label: reference.label, level: reference.level, text: '' }] : [])]}
            />
          )}
        </TimePanel>
      </div>
    </ChartPanel>
  )
}
