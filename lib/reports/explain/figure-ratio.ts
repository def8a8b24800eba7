import { addressOfTarget, type ExplainFilter, type ExplainTarget, figureAddress } from '@/lib/contracts/explain'
import type { Derivation, ExplainAnswer, ExplainInput, QuotientSide } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { explainedGaps, explainedHours, explainedSum } from '@/lib/rollups/explain-figure'
import { MEASURE_VECTORS } from '@/lib/rollups/explain-measures'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'
import { runHours } from '@/lib/rollups/run-hours'
import { runSums } from '@/lib/rollups/run-sums'
import { totals } from '@/lib/rollups/totals'
import { formatPercent, threeFigures } from '@/lib/units/format'
import { dayName } from '@/lib/units/time'
import { inWords } from './amounts'
import { BARE } from './answer'
import { MEASURES } from './formulas'
import { contextOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'figure' }>
type Ratio = NonNullable<Target['ratio']>

export const RATIO_WORDS: Record<
  Ratio,
  { title: string; formula: string; clause: string; page: string; unit: string; above: string; below: string }
> = {
  pue: {
    title: 'PUE applied, energy-weighted',
    formula: 'PUE = Σₕ E_facility,h ÷ Σₕ E_IT,h',
    clause: 'ISO/IEC 30134-2; METHOD §2',
    page: 'overhead',
    unit: '',
    above: 'Facility energy of those hours',
    below: 'IT energy',
  },
  intensity: {
    title: 'Grid intensity, energy-weighted',
    formula: 'CI = Σₕ EM_h ÷ Σₕ E_facility,h',
    clause: 'METHOD §3, over the hours whose emissions are known',
    page: 'intensity-tiers',
    unit: 'g/kWh',
    above: 'Emissions, location-based',
    below: 'Facility energy with a figure',
  },
  coverage: {
    title: 'Coverage',
    formula: 'coverage = Σₕ time read ÷ Σₕ time run',
    clause: 'METHOD §1: an hour between readings is filled or a gap',
    page: 'energy-counter',
    unit: '',
    above: 'Time between readings',
    below: 'Time in use',
  },
  grade: {
    title: 'Graded A or B',
    formula: 'share = Σ EM of tiers 1 and 2 ÷ Σ EM',
    clause: 'METHOD §9, each hour by the weakest of its three tiers',
    page: 'uncertainty',
    unit: '',
    above: 'Emissions of tiers 1 and 2',
    below: 'Emissions, location-based',
  },
  share: {
    title: 'Share',
    formula: 'share = Σ of these ÷ Σ of all',
    clause: 'Σ of the parts = the whole, to the last ledger unit',
    page: 'allocation',
    unit: '',
    above: 'Of these',
    below: 'Of all',
  },
}

interface Sides {
  above: bigint | null
  below: bigint | null
  unit: [above: string, below: string]
  /** Explanations of the sides, where they are figures of their own. */
  address: [above: string | null, below: string | null]
  scale: number
}

/** A ratio over ledger entries from the rollup that its pages read: of one workload its hours, of several the cube. */
export const explainFigureRatio = async (
  tx: OrgTx,
  target: Target & { ratio: Ratio },
  filter: LedgerFilter,
  named: Partial<Record<ExplainFilter, readonly string[]>>,
): Promise<ExplainAnswer> => {
  const sides = await sidesOf(tx, target, filter)
  const words = RATIO_WORDS[target.ratio]
  const { above, below } = sides
  const value = above === null || below === null || below === 0n ? null : (Number(above) / Number(below)) * sides.scale
  const isShare = target.ratio !== 'pue' && target.ratio !== 'intensity'
  const shown = value === null ? null : isShare ? formatPercent(value) : threeFigures(value)
  const unit = words.unit
  const of = target.of === null ? '' : `, of ${MEASURES[target.measure].title.toLowerCase()}`
  const title = `${words.title}${of}`
  const hours = await explainedHours(tx, filter)
  return {
    ...BARE,
    address: addressOfTarget(target),
    title,
    context: contextOf(target, named),
    sentence:
      shown === null
        ? `No ${words.title.toLowerCase()}: one of its sides is not known`
        : `${shown}${unit ? `\u202f${unit}` : ''} = ${amountWords(above, sides.unit[0])} ÷ ${amountWords(below, sides.unit[1])}${of}`,
    figure: {
      value: shown,
      unit,
      number: value,
      exact: null,
      exact_unit: null,
      interval: null,
      low: null,
      high: null,
      u95: null,
    },
    formula: { text: words.formula, clause: words.clause, page: words.page, method_versions: [] },
    inputs: inputsOf(words, sides, shown, unit),
    derivation: derivationOf(words, sides, value),
    quality: {
      ...BARE.quality,
      known_hours: hours.known_hours,
      gaps: await explainedGaps(tx, filter),
    },
  }
}

const MS_PER_HOUR = 3_600_000
const amountWords = (amount: bigint | null, unit: string): string =>
  amount === null
    ? 'unknown'
    : unit === 'ms'
      ? `${threeFigures(Number(amount) / MS_PER_HOUR)}\u202fh`
      : inWords(amount, unit === 'mg CO2e' ? 'mg' : unit === 'µL' ? 'µL' : 'µWh')

const UNIT = { mg: 'mg CO2e', µWh: 'µWh', µL: 'µL' } as const

const sidesOf = async (tx: OrgTx, target: Target, filter: LedgerFilter): Promise<Sides> => {
  const { ratio, filters, from, to, measure, of } = target
  const at = (what: Parameters<typeof figureAddress>[0]) => figureAddress(what, { from, to }, filters)
  const none: Sides['address'] = [null, null]
  if (ratio === 'share') {
    const whole = { ...filters, ...(of === null ? {} : { [of]: [] }) }
    const { [of as 'team']: _, ...rest } = filter
    const wholeFilter = of === 'run' || of === 'service' ? { ...filter, run: undefined } : (rest as LedgerFilter)
    const unit = UNIT[MEASURE_VECTORS[measure].unit]
    return {
      above: (await explainedSum(tx, filter, measure)).exact,
      below: (await explainedSum(tx, wholeFilter, measure)).exact,
      unit: [unit, unit],
      address: [at(measure), figureAddress(measure, { from, to }, whole)],
      scale: 1,
    }
  }
  const { from: _from, to: _to, run, gap: _gap, ...dimensions } = filter
  const isNarrowed = Object.values(dimensions).some((names) => names.length > 0)
  if (run !== undefined && ratio !== 'grade' && !isNarrowed) {
    const hours = await runHours(tx, run, { from, to })
    const sums = runSums(hours)
    if (ratio === 'pue')
      return {
        above: sums.pairedFacilityUwh,
        below: sums.itUwh,
        unit: ['µWh', 'µWh'],
        address: [sums.pairedFacilityUwh === sums.facilityUwh ? at('facility') : null, at('energy')],
        scale: 1,
      }
    if (ratio === 'intensity')
      return {
        above: sums.locationMg,
        below: sums.knownFacilityUwh,
        unit: ['mg CO2e', 'µWh'],
        address: [at('location'), sums.knownFacilityUwh === sums.facilityUwh ? at('facility') : null],
        scale: 1e6,
      }
    const sum = (key: 'covered_ms' | 'elapsed_ms') => hours.reduce((all, hour) => all + hour[key], 0n)
    return { above: sum('covered_ms'), below: sum('elapsed_ms'), unit: ['ms', 'ms'], address: none, scale: 1 }
  }
  // The cube knows no workloads: a part of one is summed from its entries.
  const all =
    run === undefined
      ? await totals(tx, { ...dimensions, from: dayName(filter.from), to: dayName(filter.to) })
      : await entrySums(tx, filter)
  if (ratio === 'coverage')
    return { above: all.covered_ms, below: all.elapsed_ms, unit: ['ms', 'ms'], address: none, scale: 1 }
  if (ratio === 'grade') {
    return {
      above: all.tier1_mg + all.tier2_mg,
      below: all.location_mg,
      unit: ['mg CO2e', 'mg CO2e'],
      address: [null, at('location')],
      scale: 1,
    }
  }
  const hours = await explainedHours(tx, filter)
  return ratio === 'pue'
    ? {
        above: hours.paired_facility_uwh,
        below: hours.paired_it_uwh,
        unit: ['µWh', 'µWh'],
        address: [
          hours.paired_facility_uwh === all.facility_uwh ? at('facility') : null,
          hours.paired_it_uwh === all.it_uwh ? at('energy') : null,
        ],
        scale: 1,
      }
    : {
        above: all.location_mg,
        below: hours.known_facility_uwh,
        unit: ['mg CO2e', 'µWh'],
        address: [at('location'), hours.known_facility_uwh === all.facility_uwh ? at('facility') : null],
        scale: 1e6,
      }
}

const entrySums = async (tx: OrgTx, filter: LedgerFilter) => {
  const { exact, it_uwh, facility_uwh } = await explainedSum(tx, filter, 'location')
  return { ...(await explainedHours(tx, filter)), location_mg: exact, it_uwh, facility_uwh }
}

type Words = (typeof RATIO_WORDS)[Ratio]

const sideOf = (label: string, sides: Sides, place: 0 | 1): QuotientSide => ({
  label,
  amount: (place === 0 ? sides.above : sides.below)?.toString() ?? null,
  unit: sides.unit[place],
  address: sides.address[place],
})

const derivationOf = (words: Words, sides: Sides, value: number | null): Derivation =>
  value === null
    ? { kind: 'none' }
    : {
        kind: 'quotient',
        above: sideOf(words.above, sides, 0),
        below: sideOf(words.below, sides, 1),
        scale: sides.scale,
        of: '',
        pieces: [],
      }

const PLAIN = { tier: null, tier_of: null, source: null, address: null, result: null } as const

const inputsOf = (words: Words, sides: Sides, shown: string | null, unit: string): ExplainInput[] => [
  {
    ...PLAIN,
    operator: '',
    name: words.above,
    ...told(sides.above, sides.unit[0]),
    address: sides.address[0],
  },
  { ...PLAIN, operator: '÷', name: words.below, ...told(sides.below, sides.unit[1]), address: sides.address[1] },
  { ...PLAIN, operator: '=', name: words.title, value: shown, unit, result: 'total' },
]

const told = (amount: bigint | null, unit: string): { value: string | null; unit: string } => {
  const [name, size] =
    unit === 'ms'
      ? ['h', MS_PER_HOUR]
      : unit === 'mg CO2e'
        ? ['kg CO2e', 1e6]
        : unit === 'µL'
          ? ['L', 1e6]
          : ['kWh', 1e9]
  return {
    value:
      amount === null
        ? null
        : new Intl.NumberFormat('en', { minimumSignificantDigits: 7, maximumSignificantDigits: 7 }).format(
            Number(amount) / (size as number),
          ),
    unit: name as string,
  }
}
