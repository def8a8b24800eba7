'use client'
import { usePlotArea, useYAxisScale } from 'recharts'

export interface EndLabel {
  label: string
  level: number
  text: string
}

const PITCH_PX = 28

/** Names lines at their ends, pushed apart so that none covers another. */
export function EndLabels({ items }: { items: readonly EndLabel[] }) {
  const y = useYAxisScale()
  const plot = usePlotArea()
  if (!y || !plot) return null
  const placed = items
    .map((item) => ({ ...item, top: y(item.level) ?? plot.y }))
    .sort((a, b) => a.top - b.top)
    .reduce<(EndLabel & { top: number })[]>((done, item) => {
      const above = done[done.length - 1]
      const least = above ? above.top + (above.text ? PITCH_PX : 15) : plot.y
      done.push({ ...item, top: Math.max(item.top, least) })
      return done
    }, [])
  return placed.map((item) => (
    <g key={item.label}>
      <text x={plot.x + plot.width + 6} y={item.top + (item.text ? 0 : 4)} className="axi">
        {item.label}
      </text>
      {item.text && (
        <text x={plot.x + plot.width + 6} y={item.top + 13} className="ax">
          {item.text}
        </text>
      )}
    </g>
  ))
}
