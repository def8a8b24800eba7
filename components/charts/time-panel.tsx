'use client'
import type { ReactNode } from 'react'
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts'
import { axisNumbers, type TimeTick } from './ticks'
import { TimeAxis } from './time-marks'

export interface TimePanelProps {
  name: string
  description: string
  data: readonly { at: number }[]
  start: number
  end: number
  width_px: number
  height_px: number
  yTicks: readonly number[]
  xTicks: readonly TimeTick[]
  /** Room at the right for labels at line ends. */
  right_px?: number
  /** Hours with their days below. */
  withDays?: boolean
  withLabels?: boolean
  syncId?: string
  children: ReactNode
}

/** The shared frame of charts over time: linear time axis, hairlines, ink base, no y line. */
export function TimePanel(props: TimePanelProps) {
  const { data, start, end, width_px, height_px, yTicks, xTicks, right_px = 0, withDays, withLabels = true } = props
  return (
    <ComposedChart
      width={width_px}
      height={height_px}
      data={[...data]}
      syncId={props.syncId}
      syncMethod="value"
      margin={{ top: 10, right: right_px, bottom: withLabels ? (withDays ? 36 : 22) : 2, left: 0 }}
      accessibilityLayer
      title={props.name}
      desc={props.description}
    >
      <CartesianGrid vertical={false} stroke="var(--hairline)" />
      <XAxis dataKey="at" type="number" scale="time" domain={[start, end]} hide height={0} />
      <YAxis
        domain={[yTicks[0] ?? 0, yTicks[yTicks.length - 1] ?? 1]}
        ticks={[...yTicks]}
        tickFormatter={axisNumbers(yTicks)}
        allowDataOverflow
        interval={0}
        axisLine={false}
        tickLine={false}
        width={36}
        tickMargin={4}
        tick={{ fontSize: 11, fill: 'var(--muted)' }}
      />
      {props.children}
      <TimeAxis ticks={withLabels ? xTicks : []} below={withDays} />
    </ComposedChart>
  )
}
