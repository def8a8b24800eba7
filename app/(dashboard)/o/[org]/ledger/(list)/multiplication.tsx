import { type Tier, TierMark, type TierOf } from '@/components/figures/tier-mark'
import { UnitText } from '@/components/figures/unit-text'
import { cx } from '@/components/ui/cx'
import { type EntryLine, sumKnown } from '@/lib/reports/ledger-lines'
import { gapWords } from '../../runs/_shared/words'
import { kilogramsToTheMilligram } from './exact'

interface Term {
  operator: '' | '×' | '=' | '+' | '−'
  name: string
  value: string
  unit: string
  tier?: { tier: Tier; of: TierOf }
  result?: 'between' | 'total'
}

/** Digits enough that multiplying by hand gives the line below. */
const digits = (value: number): string =>
  new Intl.NumberFormat('en', { minimumSignificantDigits: 7, maximumSignificantDigits: 7 }).format(value)
const kwh = (uwh: bigint): string => digits(Number(uwh) / 1e9)
const graded = (of: TierOf, tier: number | null) => (tier === null ? undefined : { tier: tier as Tier, of })

const grams = (value: number | null | undefined): string =>
  value === null || value === undefined ? '—' : digits(value)

/** What a further line is made of after its facility energy. */
const rateTerms = (line: EntryLine): Term[] => {
  const { entry, measure, massMg, tiers } = line
  const { loss, upstream, market } = entry.terms
  const result = (name: string): Term => ({
    operator: '=',
    name,
    value: kilogramsToTheMilligram(massMg) ?? '—',
    unit: 'kg CO2e',
    result: 'total',
  })
  const factor = graded('figure', tiers.intensity)
  if (measure === 'loss')
    return [
      loss?.gPerKwh != null
        ? { operator: '×', name: 'Loss factor', value: grams(loss.gPerKwh), unit: 'g/kWh', tier: factor }
        : {
            operator: '×',
            name: `Grid intensity × loss ÷ (1 − loss), loss ${digits((loss?.fraction ?? 0) * 100)}\u202f% of generation`,
            value: grams(line.gPerKwh),
            unit: 'g/kWh',
            tier: factor,
          },
      result('Losses of transmission and distribution'),
    ]
  if (measure === 'upstream')
    return [
      {
        operator: '×',
        name: 'Well-to-tank of the fuels burnt',
        value: grams(upstream?.gPerKwh),
        unit: 'g/kWh',
        tier: factor,
      },
      result('Upstream of the electricity'),
    ]
  if (line.scope.method !== 'market_based') return []
  const rate = {
    supplier: 'Supplier’s rate',
    residual: 'Residual mix',
    location: 'Grid average: no residual mix is known',
  }
  const energy = line.facilityUwh
  return [
    {
      operator: '×',
      name: market ? rate[market.rate] : 'Market rate',
      value:
        market?.gPerKwh != null
          ? digits(market.gPerKwh)
          : grams(line.beforeMg === null || !energy ? null : (Number(line.beforeMg) / Number(energy)) * 1e6),
      unit: 'g/kWh',
      tier: factor,
    },
    ...(line.effectMg !== null
      ? [
          {
            operator: '=' as const,
            name: 'Before instruments',
            value: kilogramsToTheMilligram(line.beforeMg) ?? '—',
            unit: 'kg CO2e',
            result: 'between' as const,
          },
          {
            operator: (line.effectMg < 0n ? '−' : '+') as '−' | '+',
            name: 'Instruments, their month’s share',
            value: kilogramsToTheMilligram(line.effectMg < 0n ? -line.effectMg : line.effectMg) ?? '—',
            unit: 'kg CO2e',
          },
        ]
      : []),
    result('Emissions, market-based'),
  ]
}

const embodiedTerms = (line: EntryLine): Term[] => {
  const held = line.entry.terms.embodied
  if (!held || line.massMg === null) return []
  const perHour = (held.kgPerDevice * held.devices) / (held.lifeHours * held.plannedUse)
  return [
    {
      operator: '',
      name: 'Embodied, one device',
      value: digits(held.kgPerDevice),
      unit: 'kg CO2e',
      tier: graded('figure', held.tier),
    },
    { operator: '×', name: 'Devices', value: digits(held.devices), unit: '' },
    {
      operator: '×',
      name: `1 ÷ life of ${digits(held.lifeHours)} h at ${digits(held.plannedUse * 100)}\u202f% planned use`,
      value: digits(1 / (held.lifeHours * held.plannedUse)),
      unit: '1/h',
    },
    {
      operator: '×',
      name: 'Hours held',
      value: digits(perHour === 0 ? 0 : Number(line.massMg) / 1e6 / perHour),
      unit: 'h',
    },
    {
      operator: '=',
      name: 'Amortised hardware',
      value: kilogramsToTheMilligram(line.massMg) ?? '—',
      unit: 'kg CO2e',
      result: 'total',
    },
  ]
}

const termsOf = (line: EntryLine): Term[] => {
  const { entry, hours, facilityUwh, locationMg, tiers } = line
  if (line.measure === 'embodied') return embodiedTerms(line)
  if (facilityUwh === null) return []
  const sum = (cells: (bigint | null)[], when: (bigint | null)[]) =>
    sumKnown(hours.filter((hour) => when[hour] !== null).map((hour) => cells[hour]))
  const pairedIt = sum(entry.it_uwh, entry.facility_uwh)
  const paired = sum(entry.facility_uwh, entry.it_uwh)
  const weighed = sum(entry.facility_uwh, entry.location_mg)
  const terms: Term[] = []
  if (pairedIt !== null && paired !== null && line.pue !== null) {
    terms.push(
      { operator: '', name: 'IT energy', value: kwh(pairedIt), unit: 'kWh', tier: graded('energy', tiers.energy) },
      {
        operator: '×',
        name: 'PUE, energy-weighted',
        value: digits(line.pue),
        unit: '',
        tier: graded('overhead', tiers.overhead),
      },
    )
    if (paired !== facilityUwh)
      terms.push(
        { operator: '=', name: 'Facility energy of those hours', value: kwh(paired), unit: 'kWh' },
        { operator: '+', name: 'Read with its overhead inside', value: kwh(facilityUwh - paired), unit: 'kWh' },
      )
    terms.push({ operator: '=', name: 'Facility energy', value: kwh(facilityUwh), unit: 'kWh', result: 'between' })
  } else {
    terms.push({
      operator: '',
      name: 'Facility energy, read with its overhead inside',
      value: kwh(facilityUwh),
      unit: 'kWh',
      tier: graded('energy', tiers.energy),
    })
  }
  const further = rateTerms(line)
  if (further.length > 0) return [...terms, ...further]
  if (weighed !== null && weighed !== facilityUwh)
    terms.push(
      { operator: '−', name: 'Energy without an intensity', value: kwh(facilityUwh - weighed), unit: 'kWh' },
      { operator: '=', name: 'Facility energy with a figure', value: kwh(weighed), unit: 'kWh', result: 'between' },
    )
  if (locationMg !== null && line.gPerKwh !== null)
    terms.push(
      {
        operator: '×',
        name: 'Grid intensity, energy-weighted',
        value: digits(line.gPerKwh),
        unit: 'g/kWh',
        tier: graded('intensity', tiers.intensity),
      },
      {
        operator: '=',
        name: 'Emissions, location-based',
        value: kilogramsToTheMilligram(locationMg) ?? '',
        unit: 'kg CO2e',
        result: 'total',
      },
    )
  return terms
}

/** Σ IT energy × PUE = facility energy, × grid intensity = emissions: one line of the ledger, as a column. */
export function Multiplication({ line }: { line: EntryLine }) {
  return (
    <table className="w-full border-collapse border-t border-rule text-table">
      <caption className="sr-only">How the figure comes about</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Operator</th>
          <th scope="col">Quantity</th>
          <th scope="col">Value</th>
          <th scope="col">Unit</th>
          <th scope="col">Grade</th>
        </tr>
      </thead>
      <tbody>
        {termsOf(line).map((term) => (
          <tr
            key={term.name}
            className={cx(
              'h-9 border-b',
              term.result === 'total' ? 'border-rule font-semibold' : 'border-hairline',
              term.result === 'between' && 'bg-sunken font-semibold',
            )}
          >
            <td className="w-6 pl-1 text-muted">{term.operator}</td>
            <td className="pr-3">{term.name}</td>
            <td className="text-right whitespace-nowrap">{term.value}</td>
            <td className="w-16 pl-1.5 font-normal whitespace-nowrap text-muted">
              <UnitText text={term.unit} />
            </td>
            <td className="w-5 pr-1 text-right">{term.tier && <TierMark {...term.tier} />}</td>
          </tr>
        ))}
        {line.massMg === null && (
          <tr className="h-9 border-b border-rule">
            <td />
            <td className="text-muted" colSpan={4}>
              No emission follows{line.gaps[0] ? `: ${gapWords(line.gaps[0].reason)}` : ''}. A missing figure is never
              counted as zero.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
