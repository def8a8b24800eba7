import { UnitText } from '@/components/figures/unit-text'
import { Panel } from '@/components/ui/panel'
import type { OutcomeSums } from '@/lib/rollups/run-outcomes'
import { formatMass, formatPercent } from '@/lib/units/format'
import { ratioOf, sumOf } from '../_shared/amounts'
import { counted } from '../_shared/words'

const WORDS = { completed: 'completed', failed: 'failed', abandoned: 'abandoned', none: 'not said' } as const
const FILL = {
  completed: 'var(--ghost-soft)',
  none: 'url(#waste-hatch)',
  abandoned: 'var(--ghost)',
  failed: 'var(--ink)',
} as const
const ORDER = ['completed', 'none', 'abandoned', 'failed'] as const

const titleOf = (outcomes: readonly OutcomeSums[], whole: bigint | null): string => {
  const lost = outcomes.filter((row) => row.outcome === 'failed' || row.outcome === 'abandoned')
  const mg = sumOf(lost.map((row) => row.location_mg))
  const mass = formatMass(mg)
  if (outcomes.every((row) => row.outcome === null)) return 'Nobody said how these runs ended'
  if (!mass) return 'No run is said to have failed'
  const count = lost.reduce((all, row) => all + row.runs, 0)
  return `${counted(count, 'run')} led nowhere: ${mass.value}\u202f${mass.unit}, ${formatPercent(ratioOf(mg, whole))} of what runs emitted`
}

/** The waste lens: what runs emitted, by how they ended. */
export function WastePanel({ outcomes, words }: { outcomes: readonly OutcomeSums[]; words: string }) {
  const whole = sumOf(outcomes.map((row) => row.location_mg))
  if (outcomes.length === 0 || whole === null || whole === 0n) return null
  const parts = ORDER.flatMap((key) => {
    const row = outcomes.find((one) => (one.outcome ?? 'none') === key)
    return row ? [{ key, row, share: ratioOf(row.location_mg, whole) }] : []
  })
  let from = 0
  return (
    <Panel
      title={titleOf(outcomes, whole)}
      meta={`Of runs ${words}, services left out; location-based. What failed still drew its energy, and stays in every total`}
    >
      <svg
        width="100%"
        height="18"
        role="img"
        aria-label="Emissions of runs by how they ended"
        className="swatch block"
      >
        <defs>
          <pattern id="waste-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="5" stroke="var(--tick)" strokeWidth="1.5" />
          </pattern>
        </defs>
        {parts.map(({ key, share }) => {
          const width = (share ?? 0) * 100
          const piece = (
            <rect
              key={key}
              x={`${from}%`}
              y="2"
              width={`${width}%`}
              height="13"
              fill={FILL[key]}
              stroke="var(--tick)"
            />
          )
          from += width
          return piece
        })}
      </svg>
      <ul className="mt-1.5 flex flex-wrap gap-x-6 gap-y-1 text-meta text-ink-2">
        {parts.map(({ key, row, share }) => {
          const mass = formatMass(row.location_mg)
          return (
            <li key={key} className="flex items-center gap-1.5 whitespace-nowrap">
              <svg width="10" height="10" aria-hidden="true" className="swatch">
                <rect width="10" height="10" fill={FILL[key]} stroke="var(--tick)" />
              </svg>
              {`${counted(row.runs, 'run')} ${WORDS[key]}`}
              <b className="font-medium text-ink">
                {mass ? <UnitText text={`${mass.value}\u202f${mass.unit}`} /> : '—'}
              </b>
              <span className="text-muted">{formatPercent(share)}</span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
