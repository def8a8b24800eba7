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
  if (target.ratio !== 'sci') return explainPart(target, target.ratio, facts.name, sci, gapsOf(days))
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

type Part = Exclude<Target['ratio'], 'sci'>
const PART: Record<Part, { title: string; formula: string; clause: string; unit: string; page: string }> = {
  operation: {
    title: 'Operational',
    formula: 'O ÷ R, O = E × I',
    clause: 'ISO/IEC 21031:2024; of the days with everything known, else with operation and counts',
    unit: 'g CO2e',
    page: 'sci',
  },
  embodied: {
    title: 'Embodied',
    formula: 'M ÷ R',
    clause: 'ISO/IEC 21031:2024; METHOD §4',
    unit: 'g CO2e',
    page: 'sci',
  },
  energy: {
    title: 'Facility energy',
    formula: 'E_facility ÷ R',
    clause: 'METHOD §6, of the days with operation and counts',
    unit: 'kWh',
    page: 'sci',
  },
  water: { title: 'Water', formula: '(W_site + W_source) ÷ R', clause: 'METHOD §2 and §6', unit: 'L', page: 'water' },
}

/** mg → g, µWh → kWh, µL → L. */
const sideOfPart = (sci: ServiceSci, part: Part) => {
  const { whole, operational } = sci
  switch (part) {
    case 'operation': {
      const sums = whole ?? operational
      return { amount: sums?.locationMg ?? null, unit: 'mg CO2e', scale: 1e-3, count: sums?.count ?? null }
    }
    case 'embodied':
      return { amount: whole?.embodiedMg ?? null, unit: 'mg CO2e', scale: 1e-3, count: whole?.count ?? null }
    case 'energy':
      return {
        amount: operational?.facilityUwh ?? null,
        unit: 'µWh',
        scale: 1e-9,
        count: operational?.count ?? null,
      }
    case 'water':
      return { amount: sci.water?.ul ?? null, unit: 'µL', scale: 1e-6, count: sci.water?.count ?? null }
  }
}

const explainPart = (
  target: Target,
  part: Part,
  service: string,
  sci: ServiceSci,
  gaps: ExplainAnswer['quality']['gaps'],
): ExplainAnswer => {
  const words = PART[part]
  const unit = `${words.unit} per ${target.unit}`
  const { amount, unit: sideUnit, scale, count } = sideOfPart(sci, part)
  const value = amount === null || count === null || count === 0 ? null : (Number(amount) / count) * scale
  const text = value === null ? null : threeFigures(value)
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: `${words.title}, per ${target.unit}`,
    context: contextOf({ from: target.from, to: target.to }, { service: [service] }),
    sentence:
      text === null || count === null
        ? `No figure: ${LACKS[sci.lacks ?? 'units']}`
        : `${text}\u202f${unit}, over ${formatCount(Math.round(count))} delivered`,
    figure: {
      value: text,
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
    derivation:
      value === null || amount === null
        ? { kind: 'none' }
        : {
            kind: 'quotient',
            above: { label: words.title, amount: amount.toString(), unit: sideUnit, address: null },
            below: { label: 'R', amount: String(count), unit: target.unit, address: null },
            scale,
            of: '',
            pieces: [],
          },
    quality: { ...BARE.quality, gaps },
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
