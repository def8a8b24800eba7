import { addressOfTarget, type ExplainTarget, statementAddress } from '@/lib/contracts/explain'
import type { ExplainAnswer, ExplainTerm } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { formatPercent } from '@/lib/units/format'
import { cellOfRow } from '../scope-table'
import { statement } from '../statement'
import type { Statement } from '../statement-model'
import { figureOf } from './amounts'
import { BARE } from './answer'

type Target = Extract<ExplainTarget, { kind: 'statement' }>

/** A side of a share, and the explanation of it by itself. */
interface Side {
  label: string
  amount: bigint | number | null
  unit: string
  address?: string
}
interface Memo {
  title: string
  formula: string
  clause: string
  page: string
  share?: [above: Side, below: Side]
  terms?: ExplainTerm[]
}

/** Rows of a statement that stand beside its scope table: shares, quality, what is outside the scopes. */
export const STATEMENT_MEMOS = [
  'instruments',
  'bundled',
  'unbundled',
  'residual',
  'no-residual',
  'coverage',
  'tier-1-2',
  'estimated',
  'primary',
  'biogenic',
] as const
export type StatementMemo = (typeof STATEMENT_MEMOS)[number]
export const isMemo = (row: string): row is StatementMemo => (STATEMENT_MEMOS as readonly string[]).includes(row)

const AR_45 = 'ESRS E1 AR 45(d)'
const uwh = (label: string, amount: bigint | null): Side => ({ label, amount, unit: 'µWh' })
const mg = (label: string, amount: bigint | null, address?: string): Side => ({
  label,
  amount,
  unit: 'mg CO2e',
  ...(address === undefined ? {} : { address }),
})
const term = (label: string, exact: bigint): ExplainTerm => ({
  label,
  product: { by: 'given' },
  exact: exact.toString(),
  address: null,
  count: null,
  note: null,
})

const memoOf = (made: Statement, row: StatementMemo): Memo => {
  const { instruments, quality, electricityMg, year, rows } = made
  const { consumptionUwh, bundledUwh, unbundledUwh, supplierUwh, residualUwh, fallbackUwh } = instruments
  const ofScope2 = (title: string, part: bigint): Memo => ({
    title,
    formula: 'share = E ÷ E of Scope 2',
    clause: AR_45,
    page: 'instruments',
    share: [uwh(title, part), uwh('Scope 2 electricity', consumptionUwh)],
  })
  const s3 = cellOfRow(rows, 's3')
  switch (row) {
    case 'instruments':
      return ofScope2('Covered by instruments', bundledUwh + unbundledUwh)
    case 'bundled':
      return ofScope2('Bundled instruments', bundledUwh)
    case 'unbundled':
      return ofScope2('Unbundled certificates', unbundledUwh)
    case 'residual':
      return ofScope2('At a residual mix or a supplier’s rate, before instruments', supplierUwh + residualUwh)
    case 'no-residual':
      return ofScope2('No residual mix known: grid average, flagged', fallbackUwh)
    case 'coverage': {
      const hours = quality.knownHours + quality.gapHours
      return {
        title: 'Coverage of the year',
        formula: 'coverage = hours with a figure ÷ hours recorded',
        clause: 'METHOD §9: a gap is never a zero',
        page: 'uncertainty',
        share: [
          { label: 'Hours with a figure', amount: quality.knownHours, unit: 'h' },
          { label: 'Hours recorded', amount: hours, unit: 'h' },
        ],
      }
    }
    case 'tier-1-2':
      return {
        title: 'Electricity of tier 1 or 2',
        formula: 'share = Σ EM of tiers 1 and 2 ÷ Σ EM',
        clause: 'METHOD §9, each hour by the weakest of its three tiers',
        page: 'uncertainty',
        share: [
          mg(
            'Emissions of tiers 1 and 2',
            quality.overall.slice(0, 2).reduce((sum, one) => sum + one.mg, 0n),
          ),
          mg('Electricity of the statement', electricityMg),
        ],
      }
    case 'estimated':
      return {
        title: 'Electricity whose energy was partly estimated',
        formula: 'Σ EM of energy tiers 3 to 5',
        clause: 'METHOD §9',
        page: 'uncertainty',
        terms: quality.energy.filter(({ tier }) => tier >= 3).map((one) => term(`Energy tier ${one.tier}`, one.mg)),
      }
    case 'primary':
      return {
        title: 'Primary data of Scope 3',
        formula: 'share = Σ from suppliers’ data ÷ Scope 3',
        clause: 'ESRS E1 AR 46(g)',
        page: 'activities-and-gases',
        share: [mg('From suppliers’ data', s3.primaryMg), mg('Scope 3', s3.mg, statementAddress(year, 's3'))],
      }
    case 'biogenic':
      return {
        title: 'Biogenic CO2, outside the scopes',
        formula: 'Σ of Scope 1, 2 and 3',
        clause: 'ESRS E1 AR 43(c)',
        page: 'activities-and-gases',
        terms: (['s1', 's2-lb', 's3'] as const).map((code) =>
          term({ s1: 'Scope 1', 's2-lb': 'Scope 2', s3: 'Scope 3' }[code], cellOfRow(rows, code).biogenicMg),
        ),
      }
  }
}

/** What a statement says beside its scope table, from the one model that page and PDF print. */
export const explainMemo = async (tx: OrgTx, target: Target, row: StatementMemo): Promise<ExplainAnswer> => {
  const memo = memoOf(await statement(tx, { year: target.year }), row)
  const bare = {
    ...BARE,
    address: addressOfTarget(target),
    title: memo.title,
    context: `Statement of ${target.year}, UTC calendar year; ${row}`,
    formula: { text: memo.formula, clause: memo.clause, page: memo.page, method_versions: [] },
  }
  if (memo.terms) {
    const exact = memo.terms.reduce((sum, one) => sum + BigInt(one.exact as string), 0n)
    return {
      ...bare,
      sentence: `${memo.title}: the sum of ${memo.terms.length} parts`,
      figure: figureOf(exact, 'mg'),
      derivation: { kind: 'sum', of: 'part', terms: memo.terms },
    }
  }
  const [above, below] = memo.share as [Side, Side]
  const value =
    above.amount === null || below.amount === null || Number(below.amount) === 0
      ? null
      : Number(above.amount) / Number(below.amount)
  const side = ({ label, amount, unit, address }: Side) => ({
    label,
    amount: amount === null ? null : String(amount),
    unit,
    address: address ?? null,
  })
  return {
    ...bare,
    sentence: value === null ? 'No share: there is nothing to divide by' : `${formatPercent(value)} of ${below.label}`,
    figure: { ...figureOf(null, 'mg'), value: formatPercent(value), unit: '', number: value, exact_unit: null },
    derivation:
      value === null
        ? { kind: 'none' }
        : { kind: 'quotient', above: side(above), below: side(below), scale: 1, of: '', pieces: [] },
  }
}
