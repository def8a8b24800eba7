import { cellPaths, type HeatmapYear } from '../charts/heatmap-data'
import { RampLegend } from '../charts/ramp-legend'

const DAYS = 365
const FIRST_DAY = '2025-01-01'

// A fixed sequence in [0, 1): the same picture on the server and in the browser.
const noise = (seed: number): number => {
  const x = Math.sin(seed * 127.1 + 11.7) * 43_758.5453
  return x - Math.floor(x)
}
const smooth = (at: number): number => {
  const base = Math.floor(at)
  const part = at - base
  return noise(base) * (1 - part) + noise(base + 1) * part
}

/** The shape of a grid with much sun and some wind: seasons, weeks, evening peaks. No measurement. */
const shape = (): HeatmapYear => ({
  firstDay: FIRST_DAY,
  intensity_g_per_kwh: Array.from({ length: DAYS * 24 }, (_, at) => {
    const day = Math.floor(at / 24)
    const hour = at % 24
    const winter = Math.cos(((day + 10) / DAYS) * 2 * Math.PI)
    const light = Math.max(0, 1 - Math.abs(hour - 12) / (6 - 1.8 * winter))
    const wind = smooth(day / 2.3 + 900) * 0.7 + noise(day) * 0.3
    const evening = Math.exp(-((hour - 18.5) ** 2) / 7) * 120 + Math.exp(-((hour - 7) ** 2) / 5) * 45
    const weekend = (day + 3) % 7 > 4 ? -45 : 0
    return Math.max(
      40,
      400 +
        55 * winter -
        300 * light * (0.75 - 0.3 * winter) * (0.55 + 0.45 * smooth(day + 50)) +
        evening -
        210 * (wind - 0.4) +
        weekend,
    )
  }),
})

const LEFT = 44
const TOP = 34
const HOUR_PX = 30
const DAY_PX = 2.3

/** Drawn turned: one row per day, one column per hour. */
export function SignInPicture() {
  // cellPaths runs days to the right; a transpose turns them downward.
  const { steps } = cellPaths(shape(), 1, 1)
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  return (
    <figure className="relative hidden h-dvh min-h-[640px] overflow-hidden border-l border-hairline pl-11 lg:block">
      <svg width={LEFT + 24 * HOUR_PX} height={TOP + DAYS * DAY_PX} aria-hidden="true" className="chart">
        <g transform={`matrix(0 ${DAY_PX} ${HOUR_PX} 0 ${LEFT} ${TOP})`} shapeRendering="crispEdges">
          {steps.map((path, step) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the eight steps of the ramp are fixed
            <path key={step} d={path} fill={`var(--i${step + 1})`} />
          ))}
        </g>
        {months.map((month, at) => {
          const top = TOP + ((Date.UTC(2025, at, 1) - Date.UTC(2025, 0, 1)) / 86_400_000) * DAY_PX
          return (
            <g key={month}>
              <line x1={LEFT - 6} x2={LEFT} y1={top} y2={top} stroke="var(--tick)" shapeRendering="crispEdges" />
              <text x={LEFT - 8} y={top + 14} textAnchor="end" className="ax">
                {month}
              </text>
            </g>
          )
        })}
        {[0, 6, 12, 18].map((hour) => (
          <g key={hour}>
            <line
              x1={LEFT + hour * HOUR_PX}
              x2={LEFT + hour * HOUR_PX}
              y1={TOP - 6}
              y2={TOP}
              stroke="var(--tick)"
              shapeRendering="crispEdges"
            />
            <text x={LEFT + hour * HOUR_PX + 4} y={TOP - 6} className="ax">
              {`${String(hour).padStart(2, '0')}:00`}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="absolute right-0 bottom-0 w-[492px] max-w-full bg-paper pt-[18px] pr-[52px] pb-7 pl-6 text-table">
        <b className="font-semibold">A kilowatt-hour is not always the same.</b> One row per day, one column per hour:
        the same work emits several times more at one hour than at another. Illustration in g CO<sub>2</sub>e/kWh, not a
        measurement.
        <RampLegend className="mt-3" withUnit={false} />
      </figcaption>
    </figure>
  )
}
