import type { ReactNode } from 'react'
import type { Explainable } from '../explain/explainable'
import { cx } from '../ui/cx'
import { ExplainLink } from './explain-link'
import { Figure } from './figure'
import { ProvisionalMark } from './provisional-mark'
import { type Tier, TierMark, type TierOf } from './tier-mark'

export interface Kpi extends Explainable {
  label: string
  value: string | null
  unit?: string
  interval?: string | null
  why?: string
  explainHref?: string
  /** Opens what explains a figure that has no address: one that nothing stores. */
  explainNode?: ReactNode
  tier?: Tier | null
  tierOf?: TierOf
  tierMeaning?: string
  provisional?: boolean
  /** Under the figure: a delta, a sentence. */
  note?: ReactNode
  /** Between figure and note: sparkline or caliper. */
  mark?: ReactNode
}

export interface KpiBandProps {
  /** The one large figure of the page. Without it all columns are equal in size, the first a little wider. */
  hero?: Kpi
  /** At most five without a hero, four with one. */
  items: readonly Kpi[]
  className?: string
}

function Cell({ kpi, size, className }: { kpi: Kpi; size: 'hero' | 'kpi'; className: string }) {
  return (
    <div className={cx('relative min-w-0 pt-2.5 pb-0.5', className)}>
      <h2 className="flex h-[18px] items-center gap-1 text-meta font-normal whitespace-nowrap text-muted">
        <span className="truncate">{kpi.label}</span>
        {kpi.explain ? (
          <ExplainLink explain={kpi.explain} of={kpi.label} />
        ) : (
          (kpi.explainNode ?? (kpi.explainHref && <ExplainLink href={kpi.explainHref} of={kpi.label} />))
        )}
        {kpi.tier !== undefined && kpi.tier !== null && (
          <span className="ml-auto flex">
            <TierMark tier={kpi.tier} of={kpi.tierOf} meaning={kpi.tierMeaning} />
          </span>
        )}
      </h2>
      <Figure
        value={kpi.value}
        unit={kpi.unit}
        interval={kpi.interval}
        size={size}
        why={kpi.why}
        explain={kpi.explain}
        exact={kpi.exact}
        plain={kpi.plain}
        withoutMark
        className={size === 'hero' ? 'mt-0.5' : 'mt-1'}
      />
      {kpi.mark && <div className="mt-2">{kpi.mark}</div>}
      {(kpi.note || kpi.provisional) && (
        <div className="mt-1 flex flex-wrap gap-x-3 text-meta text-muted [&_b]:font-medium [&_b]:text-ink">
          {kpi.note && <span>{kpi.note}</span>}
          {kpi.provisional && <ProvisionalMark />}
        </div>
      )}
    </div>
  )
}

const LINE =
  "before:absolute before:top-3 before:bottom-1 before:-left-4 before:w-px before:bg-hairline before:content-['']"

/** One rule on top, hairlines in the gaps; hierarchy by size, never by boxes. */
export function KpiBand({ hero, items, className }: KpiBandProps) {
  const columns = hero
    ? '@xl:grid-cols-4 @4xl:grid-cols-12'
    : [
        '',
        '@4xl:grid-cols-1',
        '@4xl:grid-cols-2',
        '@4xl:grid-cols-[1.3fr_1fr_1fr]',
        '@4xl:grid-cols-[1.4fr_repeat(3,1fr)]',
      ][items.length] || '@4xl:grid-cols-[1.4fr_repeat(4,1fr)]'
  return (
    <section
      aria-label="Key figures"
      className={cx('mb-7 grid grid-cols-2 gap-x-8 border-t border-rule @max-4xl:gap-y-3', columns, className)}
    >
      {hero && <Cell kpi={hero} size="hero" className="col-span-2 @xl:col-span-4" />}
      {items.map((kpi, at) => (
        <Cell
          key={kpi.label}
          kpi={kpi}
          size="kpi"
          className={cx(
            hero && '@4xl:col-span-2',
            (hero || at > 0) && LINE,
            hero ? '@max-xl:even:before:hidden @xl:@max-4xl:nth-2:before:hidden' : '@max-4xl:odd:before:hidden',
          )}
        />
      ))}
    </section>
  )
}
