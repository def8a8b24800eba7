import { axisNumber, niceTicks } from './ticks'

export interface CaliperProps {
  value: number
  /** Ends of the 95 % interval. */
  low: number
  high: number
  /** Named ticks above the ruler: last year, a budget. At most two. */
  marks?: readonly { value: number; label: string }[]
  unit: string
}

const WIDTH = 340

/** A ruler with the interval as a caliper on it: "within uncertainty" is seen before it is read. */
export function Caliper({ value, low, high, marks = [], unit }: CaliperProps) {
  const all = [low, high, ...marks.map((mark) => mark.value)]
  const pad = (Math.max(...all) - Math.min(...all)) * 0.5 || Math.abs(value) * 0.05 || 1
  const ticks = niceTicks(Math.max(...all) + pad, Math.max(0, Math.min(...all) - pad), 4)
  const first = ticks[0] ?? 0
  const span = (ticks[ticks.length - 1] ?? 1) - first
  const x = (level: number) => Math.round(((level - first) / span) * WIDTH * 10) / 10
  const minor = Array.from({ length: (ticks.length - 1) * 10 + 1 }, (_, at) => (at / ((ticks.length - 1) * 10)) * WIDTH)
  const label = `${axisNumber(value)} ${unit}, 95 % interval ${axisNumber(low)} to ${axisNumber(high)}${marks
    .map((mark) => `; ${mark.label} ${axisNumber(mark.value)}`)
    .join('')}`
  return (
    <svg
      width={WIDTH}
      height={56}
      viewBox={`0 0 ${WIDTH} 56`}
      role="img"
      aria-label={label}
      className="chart max-w-full"
    >
      {marks.map((mark) => {
        const flip = x(mark.value) < WIDTH / 2
        return (
          <g key={mark.label}>
            <text x={x(mark.value) + (flip ? -4 : 4)} y="9" textAnchor={flip ? 'end' : 'start'} className="ax">
              {mark.label}
            </text>
            <line
              x1={x(mark.value)}
              x2={x(mark.value)}
              y1="0"
              y2="34"
              stroke="var(--tick)"
              shapeRendering="crispEdges"
            />
          </g>
        )
      })}
      <path
        d={`M0 34H${WIDTH}${minor.map((at) => `M${at.toFixed(1)} 34v3`).join('')}${ticks.map((tick) => `M${x(tick)} 34v7`).join('')}`}
        stroke="var(--tick)"
        fill="none"
        shapeRendering="crispEdges"
      />
      <rect x={x(low)} y="17" width={Math.max(1, x(high) - x(low))} height="12" fill="var(--ink)" opacity="0.1" />
      <path
        d={`M${x(low)} 17v12M${x(high)} 17v12M${x(low)} 23H${x(high)}`}
        stroke="var(--ink)"
        fill="none"
        shapeRendering="crispEdges"
      />
      <path d={`M${x(value)} 34l-4-7h8z`} fill="var(--ink)" />
      {ticks.map((tick, at) => (
        <text
          key={tick}
          x={x(tick)}
          y="52"
          textAnchor={at === 0 ? 'start' : at === ticks.length - 1 ? 'end' : 'middle'}
          className="ax"
        >
          {axisNumber(tick)}
        </text>
      ))}
    </svg>
  )
}
