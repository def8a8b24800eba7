export interface SparklineProps {
  values: readonly (number | null)[]
  /** Read aloud in place of the line: `12 months, 310 to 420 t`. */
  label: string
  width_px?: number
  height_px?: number
  /** A line may leave out zero; say so in `label` when it matters. */
  fromZero?: boolean
}

/** A line and its last point, no axis; a null lifts the pen. */
export function Sparkline({ values, label, width_px = 160, height_px = 24, fromZero = false }: SparklineProps) {
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return null
  const most = Math.max(...known)
  const least = fromZero ? 0 : Math.min(...known)
  const span = most - least || 1
  const x = (at: number) => 1 + (at / (values.length - 1)) * (width_px - 6)
  const y = (value: number) => 3 + (1 - (value - least) / span) * (height_px - 6)
  let path = ''
  values.forEach((value, at) => {
    if (value === null) return
    const pen = at > 0 && values[at - 1] !== null ? 'L' : 'M'
    path += `${pen}${x(at).toFixed(1)} ${y(value).toFixed(1)}`
  })
  const lastAt = values.findLastIndex((value) => value !== null)
  const last = values[lastAt] ?? 0
  return (
    <svg
      width={width_px}
      height={height_px}
      viewBox={`0 0 ${width_px} ${height_px}`}
      role="img"
      aria-label={label}
      className="chart h-auto max-w-full"
    >
      <path d={path} fill="none" stroke="var(--ink)" strokeWidth={1} strokeLinejoin="round" />
      <circle cx={x(lastAt)} cy={y(last)} r={2.5} fill="var(--ink)" />
    </svg>
  )
}
