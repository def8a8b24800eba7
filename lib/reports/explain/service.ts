import { addressOfTarget, type ExplainTarget, figureAddress, serviceAddress } from '@/lib/contracts/explain'
import type { Derivation, ExplainAnswer, ExplainInput } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { explainedSum } from '@/lib/rollups/explain-figure'
import { runFacts } from '@/lib/rollups/run-facts'
import { type ServiceDay, serviceDays, serviceUnitDays } from '@/lib/rollups/service-days'
import { GPU_HOUR, type ServiceSci, sciByDay, serviceSci, type UnitSums } from '@/lib/rollups/service-sci'
import { formatCount, formatDay, threeFigures } from '@/lib/units/format'
import { DAY, dayName, dayOf } from '@/lib/units/time'
import { digits, inWords } from './amounts'
import { BARE } from './answer'
import { contextOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'service' }>

const PLAIN = { tier: null, tier_of: null, source: null, address: null, result: null } as const
const LACKS: Record<NonNullable<ServiceSci['lacks']>, string> = {
  units: 'nobody stated how many it delivered',
  emissions: 'its emissions are not known on days with a count',
  embodied: 'the embodied emissions of its hardware are not known',
}

/** SCI = (O + M) ÷ R of one service and unit; null for what is no service of the organisation. */
export const explainService = async (tx: OrgTx, target: Target): Promise<ExplainAnswer | null> => {
  const facts = await runFacts(tx, target.id)
  if (!facts?.is_service) return null
  const window = { from: target.from, to: target.to }
  const days = await serviceDays(tx, { ...window, service: target.id })
  const units = await serviceUnitDays(tx, { ...window, service: target.id })
  const sci = serviceSci(days, units, target.unit)
  const byDay = sciByDay(days, units, target.unit)
  const { whole } = sci
  const unit = `g CO2e per ${target.unit}`
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: `SCI, per ${target.unit}`,
    context: contextOf(window, { service: [facts.name] }),
    sentence:
      whole === null || sci.grams === null
        ? `No score: ${LACKS[sci.lacks ?? 'units']}`
        : `${threeFigures(sci.grams)}\u202f${unit} = (${inWords(whole.locationMg, 'mg')} + ${inWords(whole.embodiedMg, 'mg')}) ÷ ${formatCount(Math.round(whole.count))} ${target.unit}, location-based, no instruments, ${whole.days.length} of ${sci.activeDays} days`,
    figure: {
      value: sci.grams === null ? null : threeFigures(sci.grams),
      unit,
      number: sci.grams,
      exact: null,
      exact_unit: null,
      interval: null,
      low: null,
      high: null,
      u95: null,
    },
    formula: {
      text: 'SCI = (E × I + M) ÷ R',
      clause: 'ISO/IEC 21031:2024; METHOD §6: location-based, no offsets, no market-based instruments',
      page: 'sci',
      method_versions: [],
    },
    inputs: whole === null ? [] : await inputsOf(tx, target, whole, sci.grams),
    derivation: whole === null ? { kind: 'none' } : derivationOf(target, whole, byDay),
    quality: {
      ...BARE.quality,
      known_hours: null,
      gaps: gapsOf(days),
    },
    facts: [
      { name: 'Unit', value: target.unit, href: null },
      {
        name: 'Counts from',
        value:
          [...new Set(units.filter((one) => one.unit === target.unit).map(({ source }) => source))].join(', ') ||
          (target.unit === GPU_HOUR ? 'the ledger: devices × the time in which they were held' : 'nobody'),
        href: null,
      },
      { name: 'Days with everything known', value: `${whole?.days.length ?? 0} of ${sci.activeDays}`, href: null },
    ],
    provisional: byDay.some(({ provisional }) => provisional),
  }
}

const gapsOf = (days: readonly ServiceDay[]): ExplainAnswer['quality']['gaps'] => {
  const hours = days.reduce((sum, day) => sum + day.gap_hours, 0)
  return hours === 0 ? [] : [{ reason: 'without a figure', hours }]
}

const derivationOf = (target: Target, whole: UnitSums, byDay: ReturnType<typeof sciByDay>): Derivation => {
  const counted = new Set(whole.days)
  const pieces = byDay.flatMap(({ day, count, locationMg, embodiedMg }) =>
    !counted.has(day) || count === null || locationMg === null || embodiedMg === null
      ? []
      : [
          {
            label: formatDay(day),
            above: (locationMg + embodiedMg).toString(),
            below: String(count),
            address: serviceAddress(target.id, target.unit, { from: day, to: dayName(dayOf(day) + DAY) }),
          },
        ],
  )
  return {
    kind: 'quotient',
    above: {
      label: 'O + M',
      amount: (whole.locationMg + (whole.embodiedMg as bigint)).toString(),
      unit: 'mg CO2e',
      address: null,
    },
    below: { label: 'R', amount: String(whole.count), unit: target.unit, address: null },
    scale: 1e-3,
    of: 'day',
    pieces: pieces.length > 1 ? pieces : [],
  }
}

/** O and M with their own explanations, where those are of the very same days. */
const inputsOf = async (tx: OrgTx, target: Target, whole: UnitSums, grams: number | null): Promise<ExplainInput[]> => {
  const filter = { from: dayOf(target.from), to: dayOf(target.to), run: target.id }
  const addressOf = async (measure: 'location' | 'embodied', exact: bigint | null) => {
    const sum = await explainedSum(tx, filter, measure)
    return exact !== null && sum.exact === exact ? figureAddress(measure, target, { service: target.id }) : null
  }
  const line = (operator: ExplainInput['operator'], name: string, mg: bigint | null, address: string | null) => ({
    ...PLAIN,
    operator,
    name,
    value: mg === null ? null : digits(Number(mg) / 1e3),
    unit: 'g CO2e',
    address,
  })
  return [
    line('', 'Operation, location-based (O = E × I)', whole.locationMg, await addressOf('location', whole.locationMg)),
    line('+', 'Embodied, by time held (M)', whole.embodiedMg, await addressOf('embodied', whole.embodiedMg)),
    { ...PLAIN, operator: '÷', name: 'Delivered (R)', value: digits(whole.count), unit: target.unit },
    {
      ...PLAIN,
      operator: '=',
      name: `SCI, per ${target.unit}`,
      value: grams === null ? null : digits(grams),
      unit: 'g CO2e',
      result: 'total',
    },
  ]
}
