import { addressOfTarget, type ExplainTarget, instrumentAddress } from '@/lib/contracts/explain'
import type { ExplainAnswer, ExplainTerm } from '@/lib/contracts/explain-answer'
import type { Instrument } from '@/lib/contracts/instruments'
import type { OrgTx } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { instrument } from '@/lib/registry/instruments'
import { allocationMonths, explainedAllocations } from '@/lib/rollups/explain-allocations'
import { formatDay, threeFigures } from '@/lib/units/format'
import { DAY, dayOf } from '@/lib/units/time'
import { wireAllocation } from './allocations'
import { figureOf, inWords } from './amounts'
import { BARE } from './answer'

type Target = Extract<ExplainTarget, { kind: 'instrument' }>

const find = async (orgId: string, id: string): Promise<Instrument | null> => {
  try {
    return await instrument(orgId, id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  }
}

/** What a contract or certificate takes off the market-based figure, month by month; null for what is not the organisation's. */
export const explainInstrument = async (tx: OrgTx, orgId: string, target: Target): Promise<ExplainAnswer | null> => {
  const one = await find(orgId, target.id)
  if (!one) return null
  const months = await allocationMonths(tx, target.id)
  const exact = months.length === 0 ? null : months.reduce((sum, month) => sum + month.effect_mg, 0n)
  const covered = months.reduce((sum, month) => sum + month.covered_uwh, 0n)
  const window = { from: dayOf(one.vintage_from) - 31 * DAY, to: dayOf(one.vintage_to) + 31 * DAY }
  const lines = await explainedAllocations(tx, { ...window, instrumentId: target.id })
  const bought = one.mwh === null ? null : BigInt(Math.round(one.mwh * 1e12))
  const shared = {
    ...BARE,
    address: addressOfTarget(target),
    context: [`${formatDay(one.vintage_from)} up to, not including, ${formatDay(one.vintage_to)}`, one.market, one.site]
      .filter(Boolean)
      .join('; '),
    allocations: lines.map(wireAllocation),
    facts: factsOf(one),
  }
  const monthTerms = (of: (month: (typeof months)[number]) => bigint) =>
    months.map(
      (month): ExplainTerm => ({
        label: month.month,
        product: { by: 'given' },
        exact: of(month).toString(),
        address: null,
        count: month.lines,
        note: null,
      }),
    )
  if (target.measure !== 'effect') {
    const isCovered = target.measure === 'covered'
    const left = bought === null || !one.counts ? null : bought - covered
    const energy = isCovered ? (one.covered_mwh === null ? null : covered) : left
    const line = (label: string, amount: bigint, address: string | null): ExplainTerm => ({
      label,
      product: { by: 'given' },
      exact: amount.toString(),
      address,
      count: null,
      note: null,
    })
    return {
      ...shared,
      title: isCovered ? `Covered by ${one.name}` : `Surplus of ${one.name}`,
      sentence:
        energy === null
          ? 'A supplier’s rate covers all that the supplier delivers, and has no surplus; what is ignored has neither'
          : isCovered
            ? `${inWords(energy, 'µWh')} of electricity of its market and vintage`
            : `${inWords(energy, 'µWh')} = ${inWords(bought, 'µWh')} bought − ${inWords(covered, 'µWh')} covered`,
      figure: figureOf(energy, 'µWh'),
      formula: {
        text: isCovered ? 'covered = Σ allocated by month' : 'surplus = bought − covered',
        clause: 'GHG Protocol Scope 2 Guidance (2015), ch. 6 and 7; METHOD §3.1',
        page: 'instruments',
        method_versions: [],
      },
      derivation:
        energy === null || bought === null
          ? { kind: 'none' }
          : {
              kind: 'sum',
              of: isCovered ? 'month' : 'part',
              terms: isCovered
                ? monthTerms((month) => month.covered_uwh)
                : [
                    line('Bought', bought, null),
                    line('Less covered', -covered, instrumentAddress(one.instrument_id, 'covered')),
                  ],
            },
    }
  }
  return {
    ...shared,
    title: `Effect of ${one.name}`,
    sentence: sentenceOf(one, exact, covered),
    figure: figureOf(exact, 'mg'),
    formula: {
      text: 'effect = Σ covered × (EF_instrument − EF_replaced)',
      clause: 'GHG Protocol Scope 2 Guidance (2015), ch. 6 and 7; METHOD §3.1',
      page: 'market-based',
      method_versions: [],
    },
    derivation: {
      kind: 'sum',
      of: 'month',
      terms: months.map((month) => ({
        label: month.month,
        product: { by: 'given' },
        exact: month.effect_mg.toString(),
        address: null,
        count: month.lines,
        note: `covers ${inWords(month.covered_uwh, 'µWh')}: ${inWords(month.own_mg, 'mg')} for ${inWords(month.replaced_mg, 'mg')}`,
      })),
    },
  }
}

const sentenceOf = (one: Instrument, exact: bigint | null, covered: bigint): string => {
  if (!one.counts) return `${one.name} takes nothing off: ${one.failed.map(({ reason }) => reason).join(' ')}`
  if (one.mwh === null) return `${one.name} is a supplier’s rate: it stands in the ledger lines themselves`
  if (exact === null) return `${one.name} covers nothing yet: no electricity of its market and vintage is in the books`
  return `${inWords(exact, 'mg')} by ${inWords(covered, 'µWh')} at ${threeFigures(one.g_per_kwh)}\u202fg/kWh in place of the residual mix`
}

const factsOf = (one: Instrument): ExplainAnswer['facts'] => {
  const fact = (name: string, value: string | null) => (value === null ? [] : [{ name, value, href: null }])
  return [
    ...fact('Kind', one.kind.replaceAll('_', ' ')),
    ...fact('Amount', one.mwh === null ? null : `${one.mwh} MWh`),
    ...fact('Rate', `${one.g_per_kwh} g/kWh`),
    ...fact('Technology', one.technology),
    ...fact('Tracking system', one.tracking_system),
    ...fact('Serial', one.serial),
    ...fact(
      'Cancelled',
      one.cancelled_on === null ? null : `${formatDay(one.cancelled_on)}, for ${one.cancelled_for ?? 'nobody named'}`,
    ),
    ...fact('Evidence', one.evidence),
    ...one.failed.map(({ criterion, reason }) => ({ name: `Not met: ${criterion}`, value: reason, href: null })),
    ...one.disclosures.map((value) => ({ name: 'To be disclosed', value, href: null })),
  ]
}
