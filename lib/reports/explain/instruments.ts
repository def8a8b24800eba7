import { addressOfTarget, type ExplainTarget, figureAddress, instrumentAddress } from '@/lib/contracts/explain'
import type { Derivation, ExplainAnswer, ExplainTerm } from '@/lib/contracts/explain-answer'
import type { MatchingAnswer } from '@/lib/contracts/instruments'
import { formatPercent, threeFigures } from '@/lib/units/format'
import { matchingOf } from '../instrument-matching'
import { figureOf, inWords } from './amounts'
import { BARE } from './answer'
import { contextOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'instruments' }>

const WORDS: Record<Target['measure'], { title: string; formula: string; page: string }> = {
  market: {
    title: 'Scope 2, market-based, after instruments',
    formula: 'EM = Σ E × EF_market + Σ effect of instruments',
    page: 'market-based',
  },
  covered: { title: 'Covered by instruments', formula: 'covered = Σ allocated ÷ Σ E', page: 'instruments' },
  matched: {
    title: 'Matched by the hour',
    formula: 'matched = Σₕ min(Eₕ, deliveredₕ) ÷ Σₕ Eₕ, by place',
    page: 'hourly-matching',
  },
  hourly: {
    title: 'Market-based by the hour',
    formula: 'EM = Σₕ (Eₕ − matchedₕ) × EF_market + matchedₕ × EF_instrument',
    page: 'hourly-matching',
  },
  surplus: { title: 'Surplus', formula: 'surplus = Σ max(0, bought − covered)', page: 'instruments' },
}
const CLAUSE = 'GHG Protocol Scope 2 Guidance (2015), ch. 6 and 7; METHOD §3.2: the hourly figure is informational'
const UWH_PER_MWH = 1e12

type Told = Pick<ExplainAnswer, 'sentence' | 'figure' | 'derivation'>

/** What the band of the Instruments page says of whole months, from the matching that it draws. */
export const explainInstruments = async (orgId: string, target: Target): Promise<ExplainAnswer> => {
  const { from, to, market } = target
  const matching = await matchingOf(orgId, { from, to, ...(market === null ? {} : { market }) })
  const window = { from: matching.from, to: matching.to }
  const { title, formula, page } = WORDS[target.measure]
  return {
    ...BARE,
    address: addressOfTarget({ ...target, ...window }),
    title,
    context: [contextOf(window, {}), market === null ? null : `market ${market}`].filter(Boolean).join('; '),
    formula: { text: formula, clause: CLAUSE, page, method_versions: [] },
    facts: matching.hourly.notes.map((value) => ({ name: 'Hour by hour', value, href: null })),
    ...toldOf(target, matching),
  }
}

const toldOf = (target: Target, matching: MatchingAnswer): Told => {
  const { annual, hourly, load_kwh: load } = matching
  switch (target.measure) {
    case 'covered':
      return shareOf(annual.matched_kwh, load, annual.score, [])
    case 'matched':
      return shareOf(
        hourly.matched_kwh,
        load,
        hourly.score,
        matching.months.flatMap(({ month, matched_kwh, load_kwh }) =>
          matched_kwh === null
            ? []
            : [{ label: month, above: String(matched_kwh), below: String(load_kwh), address: null }],
        ),
      )
    case 'market':
      return massOf(matching, annual.market_kg, 'Effect of instruments, as allocated', target)
    case 'hourly':
      return massOf(matching, hourly.market_kg, 'Effect of instruments in their own hours', target)
    case 'surplus':
      return surplusOf(matching)
  }
}

const shareOf = (
  part: number | null,
  load: number | null,
  score: number | null,
  pieces: Extract<Derivation, { kind: 'quotient' }>['pieces'],
): Told => ({
  sentence:
    score === null || part === null || load === null
      ? 'No share: no consumption, or nobody knows in which hours anything was produced'
      : `${formatPercent(score)} = ${threeFigures(part)}\u202fkWh ÷ ${threeFigures(load)}\u202fkWh`,
  figure: { ...figureOf(null, 'µWh'), value: formatPercent(score), unit: '', number: score, exact_unit: null },
  derivation:
    score === null
      ? { kind: 'none' }
      : {
          kind: 'quotient',
          above: { label: 'Covered', amount: part === null ? null : String(part), unit: 'kWh', address: null },
          below: { label: 'Consumption', amount: load === null ? null : String(load), unit: 'kWh', address: null },
          scale: 1,
          of: 'month',
          pieces: pieces.length > 1 ? pieces : [],
        },
})

/** A kilogram figure has six decimals: the milligram. */
const milligrams = (kg: number): bigint => BigInt(Math.round(kg * 1e6))
const given = (label: string, exact: bigint, address: string | null): ExplainTerm => ({
  label,
  product: { by: 'given' },
  exact: exact.toString(),
  address,
  count: null,
  note: null,
})

const massOf = (matching: MatchingAnswer, kg: number | null, effect: string, target: Target): Told => {
  const { before_kg: before } = matching
  if (kg === null || before === null)
    return {
      sentence: 'No figure: no consumption, or nobody knows in which hours anything was produced',
      figure: figureOf(null, 'mg'),
      derivation: { kind: 'none' },
    }
  const [whole, own] = [milligrams(kg), milligrams(before)]
  const own_: ExplainTerm = {
    ...given('Before instruments', own, null),
    note: 'supplier’s rate, residual mix, or grid average',
  }
  return {
    sentence: `${inWords(whole, 'mg')}: ${inWords(own, 'mg')} before instruments, ${inWords(whole - own, 'mg')} by them`,
    figure: figureOf(whole, 'mg'),
    derivation: {
      kind: 'sum',
      of: 'part',
      terms: [
        own_,
        {
          ...given(effect, whole - own, null),
          note:
            target.measure === 'market' && matching.market === null
              ? `as ${figureAddress('market', matching, { deployment: ['owned', 'colocation_controlled'] })}`
              : null,
        },
      ],
    },
  }
}

const surplusOf = ({ annual }: MatchingAnswer): Told => {
  const terms = annual.by_instrument.map(({ instrument_id, name, surplus_mwh }) =>
    given(
      name,
      BigInt(Math.round(Math.max(0, surplus_mwh ?? 0) * UWH_PER_MWH)),
      instrumentAddress(instrument_id, 'surplus'),
    ),
  )
  const exact = annual.surplus_kwh === null ? null : terms.reduce((sum, term) => sum + BigInt(term.exact as string), 0n)
  return {
    sentence:
      exact === null
        ? 'No instrument that counts bears on these months'
        : `${inWords(exact, 'µWh')} bought and not consumed, of ${terms.length} instruments over their whole vintage`,
    figure: figureOf(exact, 'µWh'),
    derivation: exact === null ? { kind: 'none' } : { kind: 'sum', of: 'instrument', terms },
  }
}
