import { changeOf } from '@/lib/accounting/comparisons/before-after'
import { percentOfPrevious } from '@/lib/accounting/comparisons/esrs'
import { METHOD_VERSION } from '@/lib/accounting/entries'
import type { Interval } from '@/lib/accounting/uncertainty/interval'
import { COMPARED, type CompareAnswer, type CompareQuery } from '@/lib/contracts/compare'
import type { OrgTx } from '@/lib/db/with-org'
import { exactDecimal, exactKilograms } from '@/lib/units/format'
import { asPercent } from '@/lib/units/measure'
import { quantityIn, value } from '@/lib/units/quantity'
import { type Compared, comparedSide } from './compared-side'

type Measure = (typeof COMPARED)[number]

/** Two runs or two windows side by side: what changed, by how much, and whether the intervals let it be told. */
export const compare = async (tx: OrgTx, { before, after }: CompareQuery): Promise<CompareAnswer> => {
  const [one, other] = [await comparedSide(tx, before), await comparedSide(tx, after)]
  return {
    before: sideOf(one),
    after: sideOf(other),
    measures: COMPARED.map((measure) => {
      const [was, is] = [one.measured[measure], other.measured[measure]]
      return { measure, before: shown(was), after: shown(is), ...changed(measure, was, is) }
    }),
    location_interval: {
      before: boundsOf(one.location),
      after: boundsOf(other.location),
      overlap:
        one.location === null || other.location === null
          ? null
          : one.location.low <= other.location.high && other.location.low <= one.location.high,
    },
    note: 'Two sets of figures side by side. A difference says nothing of its cause: see energy, PUE and intensity apart.',
    method_version: METHOD_VERSION,
  }
}

const sideOf = ({ kind, run, name, from, to, provisional, gapHours }: Compared): CompareAnswer['before'] => ({
  kind,
  run,
  name,
  from,
  to,
  provisional,
  gap_hours: gapHours,
})

type Figure = Compared['measured'][Measure]

const shown = (figure: Figure): number | null =>
  figure === null || typeof figure === 'number' ? figure : Number(exactDecimal(figure.amount, figure.decimals))

const changed = (measure: Measure, before: Figure, after: Figure) => {
  const [was, is] = [shown(before), shown(after)].map((each) => (each === null ? null : quantityIn(each, measure)))
  const { delta, relative } = changeOf(was ?? null, is ?? null)
  return {
    delta: exactDelta(before, after) ?? (delta === null ? null : value(delta)),
    change_percent: relative === null ? null : asPercent(relative),
    percent_of_before: percentOfPrevious(is ?? null, was ?? null),
  }
}

/** The difference of two sums is as exact as they are; null for ratios, and for what is unknown. */
const exactDelta = (before: Figure, after: Figure): number | null =>
  before === null || after === null || typeof before === 'number' || typeof after === 'number'
    ? null
    : Number(exactDecimal(after.amount - before.amount, after.decimals))

const boundsOf = (interval: Interval | null) =>
  interval === null
    ? null
    : { low_kg: Number(exactKilograms(interval.low)), high_kg: Number(exactKilograms(interval.high)) }
