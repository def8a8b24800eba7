import {
  addressOfTarget,
  type ExplainedMeasure,
  type ExplainTarget,
  figureAddress,
  lineAddress,
} from '@/lib/contracts/explain'
import type { Derivation, ExplainAnswer, ExplainTerm } from '@/lib/contracts/explain-answer'
import { runIdSchema } from '@/lib/contracts/ledger'
import type { OrgTx } from '@/lib/db/with-org'
import { ledgerLineId } from '@/lib/ledger/entries'
import { type AddendOf, explainedAddends } from '@/lib/rollups/explain-addends'
import { explainedAllocations } from '@/lib/rollups/explain-allocations'
import { explainedFactors } from '@/lib/rollups/explain-factors'
import { explainedBase, explainedGaps, explainedHours, explainedSum } from '@/lib/rollups/explain-figure'
import { type ExplainedLine, explainedLines, linesOfNinety } from '@/lib/rollups/explain-lines'
import { isMarketBased, MEASURE_VECTORS } from '@/lib/rollups/explain-measures'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'
import { runFacts } from '@/lib/rollups/run-facts'
import { formatDay } from '@/lib/units/format'
import { DAY, dayOf } from '@/lib/units/time'
import { wireAllocation } from './allocations'
import { figureOf } from './amounts'
import { BARE, type ExplainPage, wireFactor } from './answer'
import { explainFigureRatio } from './figure-ratio'
import { MEASURES, PARTS } from './formulas'
import { inputsOf } from './inputs'
import { coverageOf, furtherInterval, intervalOfFigure, tierMix } from './quality'
import { contextOf, sentenceOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'figure' }>

const LINES_A_PAGE = 20
/** An exact sum names each of its terms: so many lines of a day at most, the rest as one term. */
const MOST_TERMS = 200
const MOST_MONTHS = 36

/** A run's id as pages and the API write it. */
const workloadId = (text: string): string | null => runIdSchema.safeParse(text.replace(/^svc_/, '')).data ?? null

const filterOf = ({ from, to, filters }: Target): LedgerFilter | null => {
  const { run, service, ...names } = filters
  const workloads = [...run, ...service]
  if (workloads.length > 1) return null
  const [text] = workloads
  const id = text === undefined ? undefined : workloadId(text)
  if (id === null) return null
  return { from: dayOf(from), to: dayOf(to), ...names, ...(id === undefined ? {} : { run: id }) }
}

/** A sum over ledger entries explained; null for a run or service that is not the organisation's. */
export const explainFigure = async (tx: OrgTx, target: Target, page: ExplainPage): Promise<ExplainAnswer | null> => {
  const filter = filterOf(target)
  if (filter === null) return null
  const workload = filter.run ? await runFacts(tx, filter.run) : null
  if (filter.run && !workload) return null
  const { measure, ratio, from, to, filters } = target
  const named = workload
    ? { ...filters, run: [], service: [], [workload.is_service ? 'service' : 'run']: [workload.name] }
    : filters
  if (ratio !== null) return explainFigureRatio(tx, { ...target, ratio }, filter, named)
  const sum = await explainedSum(tx, filter, measure)
  const hours = await explainedHours(tx, filter)
  const factors = await explainedFactors(tx, filter, measure)
  const base = await explainedBase(tx, filter, measure)
  const { unit } = MEASURE_VECTORS[measure]
  const { bounds, contributions, why } =
    measure === 'location'
      ? { ...(await intervalOfFigure(tx, filter, sum.exact)), why: null }
      : await furtherInterval(tx, filter, measure, sum.exact)
  const words = MEASURES[measure]
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: words.title,
    context: contextOf({ from, to }, named),
    sentence: sentenceOf({
      measure,
      exact: sum.exact,
      itUwh: hours.paired_it_uwh,
      facilityUwh: hours.paired_facility_uwh ?? sum.facility_uwh,
      base,
      knownHours: hours.known_hours,
      allHours: hours.known_hours + hours.gap_hours,
      ofMany: workload === null,
    }),
    figure: { ...figureOf(sum.exact, unit), ...bounds },
    formula: { text: words.formula, clause: words.clause, page: words.page, method_versions: sum.method_versions },
    inputs: inputsOf({
      measure,
      addressOf: (of) => figureAddress(of, { from, to }, filters),
      sum,
      hours,
      factors,
      base,
    }),
    derivation: await derivationOf(tx, target, filter, sum.entries),
    factors: factors.map(wireFactor),
    lines: await linesOf(tx, filter, measure, sum, page),
    quality: {
      tiers: tierMix(hours),
      contributions,
      coverage: coverageOf(hours),
      known_hours: hours.known_hours,
      gaps: await explainedGaps(tx, filter),
    },
    facts: why === null ? [] : [{ name: 'No interval', value: why, href: null }],
    allocations: isMarketBased(measure) ? (await explainedAllocations(tx, filter)).map(wireAllocation) : [],
    provisional: sum.provisional,
  }
}

const given = (label: string, exact: bigint | null, address: string | null, count: number | null): ExplainTerm => ({
  label,
  product: { by: 'given' },
  exact: exact?.toString() ?? null,
  address,
  count,
  note: null,
})

/** Into parts, years, months, days or lines, so that no list is longer than a person reads and every term can be opened in turn. */
const derivationOf = async (tx: OrgTx, target: Target, filter: LedgerFilter, entries: number): Promise<Derivation> => {
  const { measure, from, to, filters } = target
  const parts = PARTS[measure]
  if (parts) {
    const terms: ExplainTerm[] = []
    for (const part of parts) {
      const { exact } = await explainedSum(tx, filter, part)
      terms.push(given(MEASURES[part].title, exact, figureAddress(part, { from, to }, filters), entries))
    }
    return { kind: 'sum', of: 'part', terms }
  }
  const days = (filter.to - filter.from) / DAY
  if (days === 1) return { kind: 'sum', of: 'ledger line', terms: await lineTerms(tx, filter, measure) }
  const of: AddendOf = from.slice(0, 7) === lastDay(to).slice(0, 7) ? 'day' : days > MOST_MONTHS * 31 ? 'year' : 'month'
  const addends = await explainedAddends(tx, filter, measure, of)
  const label = (starts: string) => (of === 'day' ? formatDay(starts) : starts.slice(0, of === 'month' ? 7 : 4))
  const terms = addends.map(({ starts, ends, exact, entries: count }) =>
    given(label(starts), exact, figureAddress(measure, { from: starts, to: ends }, filters), count),
  )
  return { kind: 'sum', of, terms }
}

const lastDay = (to: string): string => new Date(dayOf(to) - DAY).toISOString().slice(0, 10)

const lineTerms = async (tx: OrgTx, filter: LedgerFilter, measure: ExplainedMeasure): Promise<ExplainTerm[]> => {
  const { lines } = await explainedLines(tx, filter, measure, { limit: MOST_TERMS })
  const { exact, entries } = await explainedSum(tx, filter, measure)
  const terms = lines.map((line) =>
    given(nameOf(line), line.exact, lineAddress(ledgerLineId(line.entry_id), measure), 1),
  )
  const named = lines.flatMap((line) => line.exact ?? []).reduce((all, amount) => all + amount, 0n)
  // Further lines of the day, and instruments on days without energy of their workload.
  const rest = exact === null ? 0n : exact - named
  return rest === 0n ? terms : [...terms, given('Further lines of the day', rest, null, entries - lines.length)]
}

const nameOf = (line: ExplainedLine): string =>
  line.unallocated
    ? `Unallocated${line.site ? `, ${line.site}` : ''}`
    : (line.run ?? line.service ?? line.site ?? 'Site')

const linesOf = async (
  tx: OrgTx,
  filter: LedgerFilter,
  measure: ExplainedMeasure,
  { exact, entries }: { exact: bigint | null; entries: number },
  { linesAfter }: ExplainPage,
): Promise<ExplainAnswer['lines']> => {
  const { lines, nextCursor } = await explainedLines(tx, filter, measure, { cursor: linesAfter, limit: LINES_A_PAGE })
  const share = (amount: bigint | null) =>
    amount === null || exact === null || exact === 0n ? null : Number(amount) / Number(exact)
  return {
    count: entries,
    ninety_percent: await linesOfNinety(tx, filter, measure),
    rows: lines.map((line) => ({
      ledger_id: ledgerLineId(line.entry_id),
      day: line.day,
      name: nameOf(line),
      context: [line.team, line.model, line.stage, line.zone].filter(Boolean).join(', '),
      exact: line.exact?.toString() ?? null,
      share: share(line.exact),
      status: line.status,
      address: lineAddress(ledgerLineId(line.entry_id), measure),
    })),
    next_cursor: nextCursor,
  }
}
