import { ExplainLink } from '@/components/figures/explain-link'
import { Figure } from '@/components/figures/figure'
import { ProvisionalMark } from '@/components/figures/provisional-mark'
import { UnitText } from '@/components/figures/unit-text'
import { CopyId } from '@/components/ui/copy-id'
import { Icon } from '@/components/ui/icon'
import { statementAddress } from '@/lib/contracts/explain'
import { intervalText } from '@/lib/reports/interval-text'
import { narrative } from '@/lib/reports/narrative'
import type { StatementCell } from '@/lib/reports/scope-table'
import type { Statement } from '@/lib/reports/statement-model'
import { exactKilogramText, tonnes } from '@/lib/reports/tonnes'
import { formatCount, formatInstant } from '@/lib/units/format'

const HEAD = 'flex items-baseline justify-between gap-3 border-b border-hairline pb-1.5'

function TotalFigure({ cell, explain, size }: { cell: StatementCell; explain: string; size: 'drawer' | 'lead' }) {
  const interval = intervalText(cell)
  return (
    <div title={cell.mg === null ? undefined : `${exactKilogramText(cell.mg)} kg CO₂eq`}>
      <Figure
        size={size}
        value={cell.mg === null ? null : tonnes(cell.mg)}
        interval={interval?.startsWith('± ') ? interval.slice(2) : undefined}
        unit={cell.mg === null ? undefined : 't CO2eq'}
        why={cell.reason ?? 'No line has a figure'}
        explain={cell.mg === null ? undefined : explain}
        exact={cell.mg}
        withoutMark
      />
      {interval && !interval.startsWith('±') && <p className="text-meta text-muted">95 % interval {interval} t</p>}
    </div>
  )
}

/** Beside the table: the total in large, what it says in sentences, the checks and the books behind it. */
export function StatementAside({ made }: { made: Statement }) {
  const { total, totalMarket, year, checks, books, factsSha256 } = made
  const passed = checks.filter((check) => check.passed).length
  return (
    <aside aria-label="The total, its checks and its books" className="grid min-w-0 content-start gap-6 text-table">
      <section className="border-t border-rule pt-2">
        <h2 className="flex items-center gap-1 text-meta text-muted">
          Total, location-based
          {total.mg !== null && (
            <ExplainLink explain={statementAddress(year, 'total-lb')} of={`the location-based total of ${year}`} />
          )}
        </h2>
        <TotalFigure cell={total} explain={statementAddress(year, 'total-lb')} size="drawer" />
        <h2 className="mt-3 flex items-center gap-1 text-meta text-muted">
          Total, market-based
          {totalMarket.mg !== null && (
            <ExplainLink explain={statementAddress(year, 'total-mb')} of={`the market-based total of ${year}`} />
          )}
        </h2>
        <TotalFigure cell={totalMarket} explain={statementAddress(year, 'total-mb')} size="lead" />
        <p className="mt-1 text-meta text-muted">Two methods for the same electricity, never added.</p>
        {total.provisionalMg > 0n && (
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-meta text-muted">
            {tonnes(total.provisionalMg)} t of it <ProvisionalMark />
          </p>
        )}
        <div className="mt-2 grid gap-1.5 text-meta text-ink-2">
          {narrative(made).map((sentence) => (
            <p key={sentence}>
              <UnitText text={sentence} />
            </p>
          ))}
        </div>
      </section>
      <section className="border-t border-rule pt-2">
        <div className={HEAD}>
          <h2 className="font-semibold">Checks</h2>
          <span className="text-meta text-muted">
            {passed} of {checks.length} pass
          </span>
        </div>
        <ul>
          {checks.map((check) => (
            <li key={check.words} className="flex items-start gap-2 border-b border-hairline py-1.5 text-meta">
              <Icon
                name={check.passed ? 'check' : 'warn'}
                size={14}
                className={check.passed ? 'mt-px flex-none text-accent' : 'mt-px flex-none text-warn'}
              />
              <span>
                <span className="sr-only">{check.passed ? 'Holds: ' : 'Open: '}</span>
                {check.words}
              </span>
              <span className="ml-auto max-w-24 flex-none text-right text-muted">{check.detail}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="border-t border-rule pt-2">
        <div className={HEAD}>
          <h2 className="font-semibold">Books</h2>
          <span className="text-meta text-muted">{made.methodVersion}</span>
        </div>
        <dl className="text-meta">
          {[
            ['Ledger lines', formatCount(books.entries)],
            ['Later revisions', formatCount(books.restated)],
            ['Posted', books.posted_at ? `${formatInstant(books.posted_at)} UTC` : '—'],
          ].map(([label, value]) => (
            <div key={label} className="flex justify-between gap-3 border-b border-hairline py-1.5">
              <dt className="text-muted">{label}</dt>
              <dd className="text-right">{value}</dd>
            </div>
          ))}
          <div className="flex items-center justify-between gap-3 border-b border-hairline py-1">
            <dt className="text-muted">Facts SHA-256</dt>
            <dd>
              <CopyId id={factsSha256} short={`${factsSha256.slice(0, 12)}…`} />
            </dd>
          </div>
        </dl>
      </section>
    </aside>
  )
}
