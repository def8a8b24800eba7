'use client'
import { useId, useRef } from 'react'
import { Line, Tooltip } from 'recharts'
import { threeFigures } from '@/lib/units/format'
import { UnitText } from '../figures/unit-text'
import { type ChartFrameProps, ChartPanel } from './chart-panel'
import { HatchDefs, patternId } from './hatch-defs'
import { cellsOf, type PlottedPoint, plotted, type RunPoint, runTable } from './synced-panels-data'
import { instantLabel, niceTicks, timeTicks } from './ticks'
import { bandsWhere, HatchBands, LevelLine, NoteLines, StepCells } from './time-marks'
import { TimePanel } from './time-panel'
import { TooltipTable } from './tooltip-table'
import { useWidth } from './use-width'

export interface SyncedPanelsProps extends ChartFrameProps {
  points: readonly RunPoint[]
  step_minutes: number
  /** `IT power` or `Facility power`. */
  powerLabel?: string
  /** `Grid DE` */
  gridLabel: string
  zoneMean_g_per_kwh?: number | null
  /** Events: ISO 8601 and a few words. */
  notes?: readonly { at: string; label: string }[]
}

const ACTIVE_DOT = { r: 3.5, fill: 'var(--paper)', stroke: 'var(--ink)', strokeWidth: 1.5 }
const cursor = { stroke: 'var(--ink)', strokeWidth: 1 }

/** Power over grid intensity over emission rate, on one time axis with one crosshair. */
export function SyncedPanels(props: SyncedPanelsProps) {
  const { points, step_minutes, powerLabel = 'IT power', gridLabel, zoneMean_g_per_kwh, notes = [], ...frame } = props
  const box = useRef<HTMLDivElement>(null)
  const width_px = useWidth(box, 656)
  const id = useId()
  const hatch = patternId(id, 'est')
  const step_ms = step_minutes * 60_000
  const data = plotted(points)
  const start = data[0]?.at ?? 0
  const end = (data[data.length - 1]?.at ?? 0) + step_ms
  // The closing point holds the last value to the end of its step.
  const last = data[data.length - 1]
  const line = last ? [...data, { ...last, at: end }] : data
  const most = (key: 'power' | 'intensity' | 'rate') => Math.max(0, ...data.map((point) => point[key] ?? 0))
  const xTicks = timeTicks(start, end, Math.floor(width_px / 54))
  const right_px = typeof zoneMean_g_per_kwh === 'number' && width_px > 480 ? 78 : 0
  const events = notes.map((note) => ({ at: Date.parse(note.at), label: note.label }))
  const shared = { data: line, start, end, width_px, right_px, xTicks, syncId: id }
  const withDays = end - start <= 3 * 86_400_000
  const missing = (key: 'power' | 'intensity' | 'rate') => (point: PlottedPoint) => point[key] === null
  const label = (text: string) => (
    <p className="text-micro font-medium text-ink-2">
      <UnitText text={text} />
    </p>
  )
  return (
    <ChartPanel kind="synced-panels" table={runTable(data, powerLabel, gridLabel)} {...frame}>
      <div ref={box} className="chart-box min-h-[440px] space-y-1">
        {label(`${powerLabel}, kW`)}
        <TimePanel
          {...shared}
          name={`${powerLabel}, kW`}
          description="Line of power over time; hatched where data is missing or estimated"
          height_px={160}
          yTicks={niceTicks(most('power'), 0, 3)}
          withLabels={false}
        >
          <HatchDefs id={hatch} />
          <HatchBands
            bands={bandsWhere(data, step_ms, (p) => p.power === null || p.estimated)}
            fill={`url(#${hatch})`}
          />
          <NoteLines notes={events} />
          <Tooltip
            isAnimationActive={false}
            cursor={cursor}
            content={({ active, label: at }) => {
              const point = data.find((one) => one.at === at)
              if (!active || !point) return null
              const print = (value: number | null, unit: string) =>
                value === null ? null : `${threeFigures(value)}\u202f${unit}`
              return (
                <TooltipTable
                  head={`${instantLabel(point.at)} UTC`}
                  lines={[
                    { label: powerLabel, value: print(point.power, 'kW') },
                    { label: gridLabel, value: print(point.intensity, 'g/kWh') },
                    { label: 'Rate', value: print(point.rate, 'kg/h') },
                  ]}
                  foot={point.why ?? (point.estimated ? 'Estimated' : undefined)}
                />
              )
            }}
          />
          <Line
            dataKey="power"
            type={step_minutes >= 60 ? 'stepAfter' : 'linear'}
            stroke="var(--ink)"
            strokeWidth={1.25}
            dot={false}
            activeDot={ACTIVE_DOT}
            connectNulls={false}
            isAnimationActive={false}
          />
        </TimePanel>
        {label(`${gridLabel}, g CO2e/kWh`)}
        <TimePanel
          {...shared}
          name={`${gridLabel}, g CO2e per kWh`}
          description="Hourly grid intensity; darker is dirtier"
          height_px={120}
          yTicks={niceTicks(Math.max(most('intensity'), zoneMean_g_per_kwh ?? 0), 0, 3)}
          withLabels={false}
        >
          <HatchBands bands={bandsWhere(data, step_ms, missing('intensity'))} fill={`url(#${hatch})`} />
          <StepCells cells={cellsOf(data, 'intensity', step_ms)} hatch={`url(#${hatch})`} ramp />
          <Tooltip isAnimationActive={false} cursor={cursor} content={() => null} />
          <Line
            dataKey="intensity"
            type="stepAfter"
            stroke="var(--ink)"
            dot={false}
            activeDot={ACTIVE_DOT}
            connectNulls={false}
            isAnimationActive={false}
          />
          {typeof zoneMean_g_per_kwh === 'number' && (
            <LevelLine
              level={zoneMean_g_per_kwh}
              label="Zone mean"
              detail={threeFigures(zoneMean_g_per_kwh)}
              room_px={right_px}
            />
          )}
        </TimePanel>
        {label('Rate, kg/h')}
        <TimePanel
          {...shared}
          name="Emission rate, kg per hour"
          description="Power times grid intensity, hourly"
          height_px={withDays ? 120 : 106}
          yTicks={niceTicks(most('rate'), 0, 2)}
          withDays={withDays}
        >
          <HatchBands bands={bandsWhere(data, step_ms, missing('rate'))} fill={`url(#${hatch})`} />
          <StepCells cells={cellsOf(data, 'rate', step_ms)} hatch={`url(#${hatch})`} />
          <Tooltip isAnimationActive={false} cursor={cursor} content={() => null} />
          <Line
            dataKey="rate"
            type="stepAfter"
            stroke="none"
            dot={false}
            activeDot={ACTIVE_DOT}
            connectNulls={false}
            isAnimationActive={false}
          />
        </TimePanel>
      </div>
    </ChartPanel>
  )
}
