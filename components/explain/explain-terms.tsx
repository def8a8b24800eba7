import type { ExplainAnswer, ExplainTerm, LedgerUnit } from '@/lib/contracts/explain-answer'
import { formatCount } from '@/lib/units/format'
import { UnitText } from '../figures/unit-text'
import { cx } from '../ui/cx'
import { grouped, LEDGER_UNIT_NAME } from './exact-text'
import { ExplainTo } from './explain-to'
import { productText } from './product-text'

const OF: Record<string, [one: string, many: string]> = {
  hour: ['hour', 'hours'],
  day: ['day', 'days'],
  month: ['month', 'months'],
  year: ['year', 'years'],
  part: ['part', 'parts'],
  'ledger line': ['ledger line', 'ledger lines'],
}

/** `10 months` */
export const termsWords = (derivation: ExplainAnswer['derivation']): string => {
  if (derivation.kind === 'none') return 'as published'
  if (derivation.kind === 'quotient') return 'one quotient'
  const [one, many] = OF[derivation.of] ?? [derivation.of, `${derivation.of}s`]
  return `${formatCount(derivation.terms.length)} ${derivation.terms.length === 1 ? one : many}`
}

const TH = 'border-b border-tick pb-1 text-meta font-normal text-muted'

function TermRow({ term, operator }: { term: ExplainTerm; operator: string }) {
  const product = productText(term.product)
  return (
    <tr className="border-b border-hairline">
      <td className="w-5 py-1 align-top text-muted">{operator}</td>
      <td className="py-1 pr-3 align-top">
        <ExplainTo address={term.address}>
          <UnitText text={term.label} />
        </ExplainTo>
        {term.count !== null && (
          <span className="ml-2 text-meta text-muted">
            {formatCount(term.count)} {term.count === 1 ? 'line' : 'lines'}
          </span>
        )}
        {product && <span className="block font-mono text-micro break-words text-muted">{product}</span>}
        {term.note && <span className="block text-meta text-muted">{term.note}</span>}
      </td>
      <td
        className={cx('py-1 text-right align-top tabular-nums whitespace-nowrap', term.exact === null && 'text-muted')}
      >
        {term.exact === null ? '—' : grouped(term.exact)}
      </td>
    </tr>
  )
}

export interface ExplainTermsProps {
  answer: Pick<ExplainAnswer, 'derivation' | 'figure'>
}

/** Every term from which the figure follows, exact, and their sum. */
export function ExplainTerms({ answer: { derivation, figure } }: ExplainTermsProps) {
  if (derivation.kind === 'none') return null
  const unit: LedgerUnit | null = figure.exact_unit
  const unitName = unit === null ? figure.unit : LEDGER_UNIT_NAME[unit]
  const terms = derivation.kind === 'sum' ? derivation.terms : [derivation.above, derivation.below]
  const signs = derivation.kind === 'sum' ? terms.map((_, at) => (at === 0 ? '' : '+')) : ['', '÷']
  return (
    <table className="w-full border-collapse text-table">
      <caption className="sr-only">Terms of the figure, exact</caption>
      <thead>
        <tr>
          <th scope="col" className={TH}>
            <span className="sr-only">Operator</span>
          </th>
          <th scope="col" className={cx(TH, 'text-left')}>
            Term
          </th>
          <th scope="col" className={cx(TH, 'text-right')}>
            {derivation.kind === 'sum' ? <UnitText text={unitName} /> : 'Exact'}
          </th>
        </tr>
      </thead>
      <tbody>
        {terms.map((term, at) => (
          <TermRow key={`${term.label} ${term.address ?? at}`} term={term} operator={signs[at] ?? ''} />
        ))}
      </tbody>
      <tfoot>
        <tr className="border-b border-rule font-semibold">
          <td className="py-1.5 font-normal text-muted">=</td>
          <td className="py-1.5">
            {derivation.kind === 'quotient' && derivation.scale !== 1 ? `× ${derivation.scale}` : 'Figure'}
          </td>
          <td className="py-1.5 text-right tabular-nums whitespace-nowrap">
            {figure.exact === null ? (figure.number ?? '—') : grouped(figure.exact)}
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
