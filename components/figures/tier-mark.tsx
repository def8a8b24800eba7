import { cx } from '../ui/cx'

/** 1 best … 5 worst, as on the entry. Glyphs: A = 1, B = 2, C = 3 and 4, D = 5. */
export type Tier = 1 | 2 | 3 | 4 | 5
/** `figure`: the worst of the three, for a sum. */
export type TierOf = 'energy' | 'intensity' | 'overhead' | 'figure'
export type Glyph = 'A' | 'B' | 'C' | 'D'

const GLYPH: Record<Tier, Glyph> = { 1: 'A', 2: 'B', 3: 'C', 4: 'C', 5: 'D' }
const FILLED: Record<Glyph, number> = { A: 4, B: 3, C: 2, D: 1 }
const NAME: Record<TierOf, string> = {
  energy: 'Energy',
  intensity: 'Intensity',
  overhead: 'Overhead',
  figure: 'Figure',
}
const INTENSITY: Record<Tier, string> = {
  1: 'hourly measured',
  2: 'hourly estimated',
  3: 'typical-hour profile',
  4: 'direct zone-year',
  5: 'direct country-year',
}

export const tierGlyph = (tier: Tier): Glyph => GLYPH[tier]

/** `Intensity tier 3: typical-hour profile` */
export const tierName = (of: TierOf, tier: Tier, meaning?: string): string => {
  const words = meaning ?? (of === 'intensity' ? INTENSITY[tier] : undefined)
  return `${NAME[of]} tier ${tier}${words ? `: ${words}` : ''}`
}

export interface TierMarkProps {
  tier: Tier | null
  of?: TierOf
  /** The words behind the tier; known for intensity. */
  meaning?: string
  className?: string
}

export function TierMark({ tier, of = 'intensity', meaning, className }: TierMarkProps) {
  if (tier === null)
    return (
      <span title="No tier" className="text-muted">
        —
      </span>
    )
  const glyph = GLYPH[tier]
  const name = tierName(of, tier, meaning)
  return (
    <svg
      width={15}
      height={16}
      viewBox="0 0 15 16"
      role="img"
      aria-label={name}
      className={cx('inline-block flex-none align-[-4px]', className)}
    >
      <title>{name}</title>
      <text x="7.5" y="10" textAnchor="middle" fontSize="10.5" fontWeight="600" fill="var(--ink)">
        {glyph}
      </text>
      {[0, 1, 2, 3].map((mark) => (
        <rect
          key={mark}
          x={1 + mark * 3.5}
          y={13}
          width={2.5}
          height={2.5}
          fill={mark < FILLED[glyph] ? 'var(--ink)' : 'none'}
          stroke={mark < FILLED[glyph] ? 'none' : 'var(--tick)'}
          strokeWidth={0.8}
        />
      ))}
    </svg>
  )
}
