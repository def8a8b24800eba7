import { axisNumber, niceTicks, timeTicks } from './ticks'

export interface HeatmapMarginsProps {
  daily: readonly (number | null)[]
  hourly: readonly (number | null)[]
  start: number
  end: number
  left: number
  top: number
  cellWidth: number
  cellHeight: number
  plotWidth: number
  withHourly: boolean
}

/** The means at the edges: by day above, by hour of day at the right; hours and months as axes. */
export function HeatmapMargins(props: HeatmapMarginsProps) {
  const { daily, hourly, start, end, left, top, cellWidth, cellHeight, plotWidth, withHourly } = props
  const bottom = top + 24 * cellHeight
  const known = daily.filter((value) => value !== null)
  const most = Math.max(1, ...known)
  const levels = niceTicks(most, Math.min(most, ...known), 4)
  const floor = levels[0] ?? 0
  const ceiling = levels[levels.length - 1] ?? most
  const lineY = (value: number) => top - 10 - ((value - floor) / (ceiling - floor || 1)) * 34
  let line = ''
  daily.forEach((value, day) => {
    if (value === null) return
    const pen = day > 0 && daily[day - 1] !== null ? 'L' : 'M'
    line += `${pen}${(left + (day + 0.5) * cellWidth).toFixed(1)} ${lineY(value).toFixed(1)}`
  })
  const hours = hourly.filter((value) => value !== null)
  const hourMost = Math.max(1, ...hours)
  const hourLeast = Math.min(...hours)
  const months = timeTicks(start, end, Math.floor(plotWidth / 54))
  return (
    <g>
      <text x={left} y={7} className="axi">
        Daily mean, g/kWh
      </text>
      {[floor, ceiling].map((level) => (
        <g key={level}>
          <line
            x1={left - 4}
            x2={left}
            y1={lineY(level)}
            y2={lineY(level)}
            stroke="var(--tick)"
            shapeRendering="crispEdges"
          />
          <text x={left - 8} y={lineY(level) + 4} textAnchor="end" className="ax">
            {axisNumber(level)}
          </text>
        </g>
      ))}
      <path d={line} fill="none" stroke="var(--ink)" strokeWidth={1} strokeLinejoin="round" />
      {[0, 6, 12, 18].map((hour) => (
        <g key={hour}>
          <line
            x1={left - 5}
            x2={left}
            y1={top + hour * cellHeight}
            y2={top + hour * cellHeight}
            stroke="var(--tick)"
            shapeRendering="crispEdges"
          />
          <text x={left - 8} y={top + hour * cellHeight + 10} textAnchor="end" className="ax">
            {`${String(hour).padStart(2, '0')}:00`}
          </text>
        </g>
      ))}
      {months.map((tick) => {
        const x = left + ((tick.at - start) / (end - start)) * plotWidth
        return (
          <g key={tick.at}>
            <line x1={x} x2={x} y1={bottom} y2={bottom + 5} stroke="var(--tick)" shapeRendering="crispEdges" />
            <text
              x={x + (x > left + plotWidth - 28 ? -4 : 4)}
              y={bottom + 16}
              textAnchor={x > left + plotWidth - 28 ? 'end' : 'start'}
              className={tick.strong ? 'axi' : 'ax'}
            >
              {tick.strong && end - start > 45 * 86_400_000 ? `${tick.label} ${tick.strong}` : tick.label}
            </text>
          </g>
        )
      })}
      {withHourly && (
        <g transform={`translate(${left + plotWidth + 14} 0)`}>
          <text x={0} y={top - 22} className="axi">
            Hourly mean
          </text>
          <text x={0} y={top - 8} className="ax">
            g/kWh
          </text>
          {hourly.map(
            (value, hour) =>
              value !== null && (
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is the hour of the day
                <g key={hour}>
                  <rect
                    x={0}
                    y={top + hour * cellHeight + 1.5}
                    width={(value / hourMost) * 64}
                    height={cellHeight - 3}
                    fill="var(--ghost)"
                  />
                  {(value === hourMost || value === hourLeast) && (
                    <text x={(value / hourMost) * 64 + 5} y={top + hour * cellHeight + 11} className="vl">
                      {axisNumber(Math.round(value))}
                    </text>
                  )}
                </g>
              ),
          )}
          <line x1={0} x2={0} y1={top} y2={bottom} stroke="var(--ink)" shapeRendering="crispEdges" />
        </g>
      )}
    </g>
  )
}
