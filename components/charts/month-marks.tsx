'use client'
import { DefaultZIndexes, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts'

export interface MonthLevel {
  month: string
  level: number | null
}

/** A step outline over the months of a bar chart: last year, a budget. A null lifts the pen. */
export function StepOutline({
  levels,
  label,
  dashed,
}: {
  levels: readonly MonthLevel[]
  label?: string
  dashed?: boolean
}) {
  const x = useXAxisScale()
  const y = useYAxisScale()
  const plot = usePlotArea()
  if (!x || !y || !plot) return null
  let path = ''
  let pen = false
  let lastY: number | null = null
  for (const { month, level } of levels) {
    const left = x(month, { position: 'start' })
    const right = x(month, { position: 'end' })
    const top = level === null ? undefined : y(level)
    if (left === undefined || right === undefined || top === undefined) {
      pen = false
      continue
    }
    path += pen ? `V${top}H${right}` : `M${left} ${top}H${right}`
    pen = true
    lastY = top
  }
  if (!path) return null
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.line}>
      <path d={path} fill="none" stroke="var(--paper)" strokeWidth={3} opacity={0.7} />
      <path d={path} fill="none" stroke="var(--ink)" strokeWidth={1.25} strokeDasharray={dashed ? '2 3' : undefined} />
      {label && lastY !== null && (
        <text x={plot.x + plot.width} y={lastY - 6} textAnchor="end" className="axi halo">
          {label}
        </text>
      )}
    </ZIndexLayer>
  )
}

/** Months without any figure: hatched over their whole height, over nothing. */
export function MonthGaps({ months, fill }: { months: readonly string[]; fill: string }) {
  const x = useXAxisScale()
  const plot = usePlotArea()
  if (!x || !plot) return null
  return months.map((month) => {
    const left = x(month, { position: 'start' })
    const right = x(month, { position: 'end' })
    if (left === undefined || right === undefined) return null
    const inset = (right - left) * 0.2
    return (
      <rect key={month} x={left + inset} y={plot.y} width={right - left - 2 * inset} height={plot.height} fill={fill} />
    )
  })
}

/** Where something happened: a line through the month, its name at the top. */
export function MonthNotes({ notes }: { notes: readonly { month: string; label: string }[] }) {
  const x = useXAxisScale()
  const plot = usePlotArea()
  if (!x || !plot) return null
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.line}>
      {notes.map(({ month, label }) => {
        const left = x(month, { position: 'start' })
        const right = x(month, { position: 'end' })
        if (left === undefined || right === undefined) return null
        const at = (left + right) / 2
        const before = at > plot.x + plot.width * 0.6
        return (
          <g key={`${month} ${label}`}>
            <line x1={at} x2={at} y1={plot.y - 4} y2={plot.y + plot.height} stroke="var(--ink)" strokeDasharray="2 3" />
            <text
              x={before ? at - 5 : at + 5}
              y={plot.y + 6}
              textAnchor={before ? 'end' : 'start'}
              className="axi halo"
            >
              {label}
            </text>
          </g>
        )
      })}
    </ZIndexLayer>
  )
}
