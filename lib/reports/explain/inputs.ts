import type { ExplainedMeasure } from '@/lib/contracts/explain'
import type { ExplainInput } from '@/lib/contracts/explain-answer'
import type { ExplainedFactor } from '@/lib/rollups/explain-factors'
import type { ExplainedHours, ExplainedSum } from '@/lib/rollups/explain-figure'
import { MEASURE_VECTORS } from '@/lib/rollups/explain-measures'
import { digits, kwhDigits } from './amounts'
import { onlyFactor } from './answer'
import { MEASURES, PARTS } from './formulas'

/** The sum as a column: operator, name, value, unit, grade. Each energy has its own explanation. */

export interface FigureParts {
  measure: ExplainedMeasure
  /** The explanation of another measure over the same entries. */
  addressOf: (measure: ExplainedMeasure) => string
  sum: ExplainedSum
  hours: ExplainedHours
  factors: readonly ExplainedFactor[]
  /** kWh or device-hours behind the measure. */
  base: number | null
}

const PLAIN = { tier: null, tier_of: null, source: null, address: null, result: null } as const
const line = (operator: ExplainInput['operator'], name: string, value: string | null, unit: string): ExplainInput => ({
  ...PLAIN,
  operator,
  name,
  value,
  unit,
})

/** E_IT × PUE = E_facility, with what was read with its overhead inside. */
const energyInputs = ({ sum, hours, factors, addressOf }: FigureParts): ExplainInput[] => {
  const { facility_uwh } = sum
  if (facility_uwh === null) return []
  const facility = addressOf('facility')
  const tier = { tier: hours.energy_tier, tier_of: 'energy' as const }
  const { paired_it_uwh: it, paired_facility_uwh: paired } = hours
  if (it === null || paired === null || it === 0n)
    return [
      {
        ...line('', 'Facility energy, read with its overhead inside', kwhDigits(facility_uwh), 'kWh'),
        ...tier,
        address: facility,
      },
    ]
  const rest = facility_uwh - paired
  return [
    { ...line('', 'IT energy', kwhDigits(it), 'kWh'), ...tier, address: addressOf('energy') },
    {
      ...line('×', 'PUE, energy-weighted', digits(Number(paired) / Number(it)), ''),
      tier: hours.overhead_tier,
      tier_of: 'overhead',
      ...onlyFactor(factors, 'overhead'),
    },
    ...(rest === 0n
      ? []
      : [
          line('=', 'Facility energy of those hours', kwhDigits(paired), 'kWh'),
          line('+', 'Energy read with its overhead inside', kwhDigits(rest), 'kWh'),
        ]),
    { ...line('=', 'Facility energy', kwhDigits(facility_uwh), 'kWh'), address: facility, result: 'between' },
  ]
}

const UNIT = { mg: { name: 'kg CO2e', size: 1e6 }, µWh: { name: 'kWh', size: 1e9 }, µL: { name: 'L', size: 1e6 } }

const total = (measure: ExplainedMeasure, exact: bigint | null): ExplainInput => {
  const { name, size } = UNIT[MEASURE_VECTORS[measure].unit]
  return {
    ...line('=', MEASURES[measure].title, exact === null ? null : digits(Number(exact) / size), name),
    result: 'total',
  }
}

/** ± energy of hours whose emissions are unknown, × the mean rate of the others. */
const rated = (parts: FigureParts, rate: ExplainInput, rateOf: number): ExplainInput[] => {
  const { sum, base, measure } = parts
  const before = energyInputs(parts)
  const facility = sum.facility_uwh === null ? null : Number(sum.facility_uwh) / 1e9
  const without = facility === null || base === null ? 0 : facility - base
  return [
    ...before,
    ...(base !== null && without > 1e-9
      ? [
          line('−', 'Energy of hours without the figure', digits(without), 'kWh'),
          { ...line('=', 'Energy with a figure', digits(base), 'kWh'), result: 'between' as const },
        ]
      : []),
    ...(Number.isFinite(rateOf) ? [{ ...rate, value: digits(rateOf) }] : []),
    total(measure, sum.exact),
  ]
}

const RATE: Partial<Record<ExplainedMeasure, { name: string; role: ExplainedFactor['role']; unit: string }>> = {
  location: { name: 'Grid intensity, energy-weighted', role: 'intensity', unit: 'g/kWh' },
  market: { name: 'Market-based rate after instruments, mean', role: 'market', unit: 'g/kWh' },
  loss: { name: 'Losses per kWh delivered, mean', role: 'loss', unit: 'g/kWh' },
  upstream: { name: 'Upstream of fuels, mean', role: 'upstream', unit: 'g/kWh' },
  'source-water': { name: 'Water at power stations, mean', role: 'sourceWater', unit: 'L/kWh' },
}

export const inputsOf = (parts: FigureParts): ExplainInput[] => {
  const { measure, sum, hours, factors, addressOf, base } = parts
  const exact = sum.exact
  const at = (of: ExplainedMeasure, operator: ExplainInput['operator']): ExplainInput => ({
    ...line(operator, MEASURES[of].title, null, UNIT[MEASURE_VECTORS[of].unit].name),
    address: addressOf(of),
  })
  if (measure === 'energy')
    return [{ ...total(measure, exact), operator: '', tier: hours.energy_tier, tier_of: 'energy' }]
  if (measure === 'facility') {
    const all = energyInputs(parts)
    return all.map((one, place) => (place === all.length - 1 ? { ...one, result: 'total' as const } : one))
  }
  const addends = PARTS[measure]
  if (addends) return [...addends.map((of, place) => at(of, place === 0 ? '' : '+')), total(measure, exact)]
  if (exact === null || base === null || base === 0) return [...energyInputs(parts), total(measure, exact)]
  if (measure === 'embodied')
    return [
      line('', 'Device-hours held', digits(base), 'device-h'),
      {
        ...line('×', 'Embodied per device-hour, mean', digits(Number(exact) / 1e3 / base), 'g CO2e'),
        ...onlyFactor(factors, 'embodied'),
      },
      total(measure, exact),
    ]
  if (measure === 'water')
    return [
      { ...line('', 'IT energy', digits(base), 'kWh'), address: addressOf('energy') },
      {
        ...line('×', 'WUE, mean', digits(Number(exact) / 1e6 / base), 'L/kWh'),
        ...onlyFactor(factors, 'water'),
      },
      total(measure, exact),
    ]
  const rate = RATE[measure]
  if (!rate) return [total(measure, exact)]
  const size = measure === 'source-water' ? 1e6 : 1e3
  const tier = measure === 'location' ? { tier: hours.intensity_tier, tier_of: 'intensity' as const } : {}
  return rated(
    parts,
    { ...line('×', rate.name, null, rate.unit), ...tier, ...onlyFactor(factors, rate.role) },
    Number(exact) / size / base,
  )
}
