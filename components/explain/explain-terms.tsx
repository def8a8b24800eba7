import type { ExplainAnswer, ExplainTerm } from '@/lib/contracts/explain-answer'
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
  asset: ['asset', 'assets'],
  'ledger line': ['ledger line', 'ledger lines'],
}

/** `10 months` */
export const termsWords = (derivation: ExplainAnswer['derivation']): string => {
  if (derivation.kind === 'none') return 'as published'
  if (derivation.kind === 'quotient') {
    const { pieces, of } = derivation
    return pieces.length === 0 ? 'one quotient' : `one quotient of ${formatCount(pieces.length)} ${OF[of]?.[1] ?? of}`
  }
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

export interface ExplainTermsProps {
  answer: Pick<ExplainAnswer, 'derivation' | 'figure'>
}

/** Every term from which the figure follows, exact, and their sum; of a ratio both sides. */
export function ExplainTerms({ answer: { derivation, figure } }: ExplainTermsProps) {
  if (derivation.kind === 'none') return null
  if (derivation.kind === 'quotient') return <QuotientTerms derivation={derivation} figure={figure} />
  const unitName = figure.exact_unit === null ? figure.unit : LEDGER_UNIT_NAME[figure.exact_unit]
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
            <UnitText text={unitName} />
          </th>
        </tr>
      </thead>
      <tbody>
        {derivation.terms.map((term, at) => (
          <TermRow key={`${term.label} ${term.address ?? at}`} term={term} operator={at === 0 ? '' : '+'} />
        ))}
      </tbody>
      <tfoot>
        <tr className="border-b border-rule font-semibold">
          <td className="py-1.5 font-normal text-muted">=</td>
          <td className="py-1.5">Figure</td>
          <td className="py-1.5 text-right tabular-nums whitespace-nowrap">
            {figure.exact === null ? '—' : grouped(figure.exact)}
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

const numeral = (amount: string | null): string =>
  amount === null ? '—' : /^-?\d+$/.test(amount) ? grouped(amount) : amount

function QuotientTerms({
  derivation: { above, below, scale, pieces, of },
  figure,
}: {
  derivation: Extract<ExplainAnswer['derivation'], { kind: 'quotient' }>
  figure: ExplainAnswer['figure']
}) {
  const cell = 'py-1 pl-3 text-right whitespace-nowrap tabular-nums'
  return (
    <table className="w-full border-collapse text-table">
      <caption className="sr-only">Both sides of the ratio, exact</caption>
      <thead>
        <tr>
          <th scope="col" className={cx(TH, 'text-left')}>
            {pieces.length > 0 ? (OF[of]?.[0] ?? of).replace(/^./, (first) => first.toUpperCase()) : ''}
          </th>
          <th scope="col" className={cx(TH, 'pl-3 text-right')}>
            <ExplainTo address={above.address}>{above.label}</ExplainTo>, <UnitText text={above.unit} />
          </th>
          <th scope="col" className={cx(TH, 'pl-3 text-right')}>
            <ExplainTo address={below.address}>{below.label}</ExplainTo>, <UnitText text={below.unit} />
          </th>
        </tr>
      </thead>
      <tbody>
        {pieces.map((piece) => (
          <tr key={piece.label} className="border-b border-hairline">
            <td className="py-1">
              <ExplainTo address={piece.address}>{piece.label}</ExplainTo>
            </td>
            <td className={cell}>{numeral(piece.above)}</td>
            <td className={cell}>{numeral(piece.below)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="border-y border-rule font-semibold">
          <td className="py-1.5">Sum</td>
          <td className={cell}>{numeral(above.amount)}</td>
          <td className={cell}>{numeral(below.amount)}</td>
        </tr>
        <tr className="border-b border-rule font-semibold">
          <td className="py-1.5" colSpan={2}>
            Quotient{scale === 1 ? '' : ` × ${scale}`}
          </td>
          <td className={cell}>{figure.number ?? '—'}</td>
        </tr>
      </tfoot>
    </table>
  )
}
