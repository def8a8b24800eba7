import { addressOfTarget, type ExplainTarget, lineAddress } from '@/lib/contracts/explain'
import type { Derivation, ExplainAnswer, ExplainInput, ExplainTerm } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { entryIdOfLine } from '@/lib/ledger/entries'
import { settingsOf } from '@/lib/registry/settings'
import { explainedAllocations } from '@/lib/rollups/explain-allocations'
import { explainedFactors } from '@/lib/rollups/explain-factors'
import {
  type ExplainedSum,
  type ExplainScope,
  explainedBase,
  explainedGaps,
  explainedHours,
  explainedSum,
} from '@/lib/rollups/explain-figure'
import { isMarketBased, MEASURE_VECTORS } from '@/lib/rollups/explain-measures'
import { explainedReadings } from '@/lib/rollups/explain-readings'
import { effectOnLine, type LineVectors, lineVectors } from '@/lib/rollups/explain-vectors'
import type { LedgerEntry } from '@/lib/rollups/ledger-entry'
import { type LineDetail, ledgerLine } from '@/lib/rollups/ledger-line'
import { formatDay } from '@/lib/units/format'
import { DAY, dayName, dayOf } from '@/lib/units/time'
import { linesOfEntry, sumKnown, workloadOf } from '../ledger-lines'
import { DEPLOYMENT_LABEL } from '../words'
import { wireAllocation } from './allocations'
import { figureOf } from './amounts'
import { BARE, type ExplainPage, wireFactor } from './answer'
import { MEASURES, PARTS } from './formulas'
import { hourTerms, isSingle, type SingleMeasure, vectorSum } from './hour-terms'
import { inputsOf } from './inputs'
import { coverageOf, intervalOfFigure, NO_QUALITY, tierMix } from './quality'
import { READINGS_A_PAGE, wireReadings } from './readings'
import { sentenceOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'line' }>

const ALL_HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** One ledger line, or one of its hours, down to the readings it rests on; null for what names no entry of this organisation. */
export const explainLine = async (
  tx: OrgTx,
  orgId: string,
  target: Target,
  page: ExplainPage,
): Promise<ExplainAnswer | null> => {
  const detail = await ledgerLine(tx, target.line)
  const entryId = entryIdOfLine(target.line)
  if (!detail || entryId === null) return null
  const { entry } = detail
  const { measure, hour } = target
  const hours = await hoursOf(tx, target, entry)
  if (hours === null) return null
  const vectors = await lineVectors(tx, { entryId, revision: entry.revision })
  const scope: ExplainScope = { from: dayOf(entry.day), to: dayOf(entry.day) + DAY, entryId }
  const line = { tx, target, entry, vectors, hours }
  const { exact, derivation } = await derivationOf(line)
  const known = await explainedHours(tx, scope)
  const factors = await explainedFactors(tx, scope, measure)
  const words = MEASURES[measure]
  const { bounds, contributions } =
    measure === 'location' && hour === null && target.row === null
      ? await intervalOfFigure(tx, scope, exact)
      : { bounds: {}, contributions: NO_QUALITY.contributions }
  const isWhole = hour === null && target.row === null
  const base = isWhole ? await explainedBase(tx, scope, measure) : null
  const knownHours = hours.filter((at) => vectors.location_mg[at] !== null).length
  const paired = hours.filter((at) => vectors.it_uwh[at] !== null && vectors.facility_uwh[at] !== null)
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: words.title,
    context: [contextOf(entry, hour), target.row === null ? null : `its ${hours.length} hours in row ${target.row}`]
      .filter(Boolean)
      .join('; '),
    sentence: sentenceOf({
      measure,
      exact,
      itUwh: vectorSum('energy', vectors, paired),
      facilityUwh: vectorSum('facility', vectors, paired.length > 0 ? paired : hours),
      base: base ?? kilowattHours(vectorSum('facility', vectors, hours)),
      knownHours,
      allHours: knownHours + hours.filter((at) => entry.gap[at] !== null).length,
      ofMany: false,
    }),
    figure: { ...figureOf(exact, MEASURE_VECTORS[measure].unit), ...bounds },
    formula: { text: words.formula, clause: words.clause, page: words.page, method_versions: [entry.method_version] },
    inputs: isWhole ? inputsOfLine(target, await explainedSum(tx, scope, measure), known, factors, base) : [],
    derivation,
    factors: factors.map(wireFactor),
    readings: wireReadings(
      await explainedReadings(
        orgId,
        { day: entry.day, seriesIds: entry.series_ids },
        { cursor: page.readingsAfter, limit: READINGS_A_PAGE },
      ),
    ),
    quality: {
      tiers: tierMix(known),
      contributions,
      coverage: coverageOf(known),
      known_hours: known.known_hours,
      gaps: await explainedGaps(tx, scope),
    },
    allocations: isMarketBased(measure)
      ? (await explainedAllocations(tx, { ...scope, attributionId: entry.attribution_id })).map(wireAllocation)
      : [],
    revisions: revisionsOf(detail),
    facts: factsOf(detail),
    provisional: entry.status === 'provisional',
  }
}

/** All hours of the entry, one of them, or those that stand in one of its scope lines; null for a line that it does not have. */
const hoursOf = async (tx: OrgTx, { hour, row, measure }: Target, entry: LedgerEntry): Promise<number[] | null> => {
  if (hour !== null) return [hour]
  if (row === null) return ALL_HOURS
  const settings = await settingsOf(tx)
  const method = isMarketBased(measure) ? 'market' : 'location'
  return linesOfEntry(entry, ALL_HOURS, { method, settings }).find(({ scope }) => scope.row_code === row)?.hours ?? null
}

const kilowattHours = (uwh: bigint | null): number | null => (uwh === null ? null : Number(uwh) / 1e9)

const inputsOfLine = (
  { line, measure }: Target,
  sum: ExplainedSum,
  hours: Awaited<ReturnType<typeof explainedHours>>,
  factors: Awaited<ReturnType<typeof explainedFactors>>,
  base: number | null,
): ExplainInput[] => inputsOf({ measure, addressOf: (of) => lineAddress(line, of), sum, hours, factors, base })

interface Line {
  tx: OrgTx
  target: Target
  entry: LedgerEntry
  vectors: LineVectors
  hours: number[]
}

const given = (label: string, exact: bigint | null, address: string | null): ExplainTerm => ({
  label,
  product: { by: 'given' },
  exact: exact?.toString() ?? null,
  address,
  count: null,
  note: null,
})

/** The figure as the sum of its hours, with what instruments take off it; a total as the sum of its parts. */
const derivationOf = async (line: Line): Promise<{ exact: bigint | null; derivation: Derivation }> => {
  const { measure, line: id, hour, row } = line.target
  if (isSingle(measure)) {
    const { exact, effect } = await singleOf(line, measure)
    const terms = hourTerms(measure, line.entry, line.vectors, line.hours)
    if (effect !== null) terms.push(given('Instruments, spread over the day by energy', effect, null))
    return { exact, derivation: { kind: 'sum', of: 'hour', terms } }
  }
  const terms: ExplainTerm[] = []
  for (const part of PARTS[measure] ?? []) {
    const { exact } = await singleOf(line, part)
    terms.push(given(MEASURES[part].title, exact, lineAddress(id, part, hour ?? undefined, row)))
  }
  const known = terms.flatMap((term) => (term.exact === null ? [] : BigInt(term.exact)))
  const exact = known.length === 0 ? null : known.reduce((sum, amount) => sum + amount, 0n)
  return { exact, derivation: { kind: 'sum', of: 'part', terms } }
}

const singleOf = async (
  { tx, target, entry, vectors, hours }: Line,
  measure: SingleMeasure,
): Promise<{ exact: bigint | null; effect: bigint | null }> => {
  const own = vectorSum(measure, vectors, hours)
  if (measure !== 'market') return { exact: own, effect: null }
  const effectIn = (hour: number | null) =>
    effectOnLine(tx, {
      attributionId: entry.attribution_id,
      unallocated: entry.unallocated,
      day: entry.day,
      dayAfter: dayName(dayOf(entry.day) + DAY),
      hour,
    })
  const effects: (bigint | null)[] = []
  for (const hour of target.row === null ? [target.hour] : hours) effects.push(await effectIn(hour))
  const effect = sumKnown(effects)
  return { exact: own === null ? effect : effect === null ? own : own + effect, effect }
}

const nameOf = (entry: LedgerEntry): string => {
  const { kind, name } = workloadOf(entry)
  return kind === 'unallocated' ? 'Unallocated' : (name ?? 'Site')
}

const contextOf = (entry: LedgerEntry, hour: number | null): string =>
  [
    nameOf(entry),
    `${formatDay(entry.day)}, UTC${hour === null ? '' : `, ${String(hour).padStart(2, '0')}:00`}`,
    ...[entry.team, entry.model, entry.stage, entry.site, entry.zone].filter((word) => word !== null),
    DEPLOYMENT_LABEL[entry.deployment],
  ].join('; ')

const revisionsOf = ({ revisions }: LineDetail): ExplainAnswer['revisions'] =>
  revisions.map((one) => ({
    revision: one.revision,
    is_current: one.is_current,
    status: one.status,
    posted_at: one.posted_at,
    method_version: one.method_version,
    input_sha256: one.input_sha256,
    exact: one.location_mg?.toString() ?? null,
    note: null,
  }))

const factsOf = ({ id, entry }: LineDetail): ExplainAnswer['facts'] => [
  { name: 'Ledger line', value: id, href: null },
  { name: 'Revision', value: `${entry.revision}, ${entry.status}`, href: null },
  ...(entry.hardware === null
    ? []
    : [
        {
          name: 'Hardware',
          value: entry.hardware_count === null ? entry.hardware : `${entry.hardware_count} × ${entry.hardware}`,
          href: null,
        },
      ]),
]
