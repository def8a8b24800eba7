import type { EstimateAnswer } from '@/lib/contracts/estimate'
import type { ExplainInput } from '@/lib/contracts/explain-answer'

export type EstimatedFigure = 'total-location' | 'total-market' | 'facility' | 'embodied' | 'sci' | 'water'

export interface EstimateTerms {
  title: string
  formula: string
  clause: string
  unit: string
  value: number
  inputs: ExplainInput[]
  /** The figure from the terms above it, in the same unit; null where one of them is not told. */
  again: number | null
}

const line = (
  operator: ExplainInput['operator'],
  name: string,
  amount: number | null,
  unit: string,
  result: ExplainInput['result'] = null,
): ExplainInput => ({
  operator,
  name,
  value: amount === null ? null : digits(amount),
  unit,
  tier: null,
  tier_of: null,
  source: null,
  address: null,
  result,
})
const digits = (value: number): string =>
  new Intl.NumberFormat('en', { minimumSignificantDigits: 7, maximumSignificantDigits: 7 }).format(value)

const quotient = (above: number | null, below: number | null, scale = 1): number | null =>
  above === null || below === null || below === 0 ? null : (above / below) * scale

/** IT energy × PUE = facility energy: the PUE that follows, of all stages together. */
const energyOf = ({ energy_kwh: it, facility_kwh: facility }: EstimateAnswer): ExplainInput[] =>
  it === null
    ? [line('', 'Facility energy', facility, 'kWh')]
    : [
        line('', 'IT energy', it, 'kWh'),
        line('×', 'PUE', quotient(facility, it), ''),
        line('=', 'Facility energy', facility, 'kWh', 'between'),
      ]

/** How one figure of an estimate follows from the others, which the estimate tells; null where it is not known. */
export const estimateTerms = (
  answer: EstimateAnswer,
  figure: EstimatedFigure,
  unitName: string | null,
): EstimateTerms | null => {
  const { facility_kwh: facility, energy_kwh: it, embodied_kg: embodied } = answer
  switch (figure) {
    case 'total-location':
    case 'total-market': {
      const isMarket = figure === 'total-market'
      const [own, total] = isMarket
        ? [answer.market_kg, answer.total_market_kg]
        : [answer.location_kg, answer.total_location_kg]
      if (total === null) return null
      const words = isMarket ? 'market-based' : 'location-based'
      return {
        title: `Emissions, ${words}, with hardware where known`,
        formula: isMarket ? 'E_IT × PUE × EF_market + M' : 'E_IT × PUE × CI + M',
        clause: 'METHOD §3 and §4',
        unit: 'kg CO2e',
        value: total,
        inputs: [
          ...energyOf(answer),
          line('×', isMarket ? 'Market-based rate' : 'Grid intensity', quotient(own, facility, 1000), 'g/kWh'),
          line('=', `Electricity, ${words}`, own, 'kg CO2e', 'between'),
          ...(embodied === null ? [] : [line('+', 'Embodied, amortised', embodied, 'kg CO2e')]),
          line('=', 'Together', total, 'kg CO2e', 'total'),
        ],
        again: own === null ? embodied : own + (embodied ?? 0),
      }
    }
    case 'facility':
      return facility === null
        ? null
        : {
            title: 'Facility energy',
            formula: 'E_facility = E_IT × PUE',
            clause: 'ISO/IEC 30134-2; METHOD §2',
            unit: 'kWh',
            value: facility,
            inputs: energyOf(answer),
            again: it === null ? null : it * (quotient(facility, it) ?? Number.NaN),
          }
    case 'embodied':
      return embodied === null
        ? null
        : {
            title: 'Embodied, amortised',
            formula: 'M = TE × device-hours ÷ life × share',
            clause: 'ISO/IEC 21031:2024; METHOD §4',
            unit: 'kg CO2e',
            value: embodied,
            inputs: [
              line('', 'Device-hours', answer.device_hours, 'h'),
              line('×', 'Embodied per device-hour', quotient(embodied, answer.device_hours, 1000), 'g CO2e'),
              line('=', 'Embodied, amortised', embodied, 'kg CO2e', 'total'),
            ],
            again:
              answer.device_hours === null
                ? null
                : answer.device_hours * (quotient(embodied, answer.device_hours) ?? Number.NaN),
          }
    case 'sci': {
      if (answer.sci === null) return null
      const count = quotient(answer.total_location_kg, answer.sci, 1000)
      return {
        title: `SCI, one ${unitName ?? 'unit'}`,
        formula: 'SCI = (E × I + M) ÷ R',
        clause: 'ISO/IEC 21031:2024; location-based, no instruments',
        unit: 'g CO2e',
        value: answer.sci,
        inputs: [
          line('', 'Operation and embodied', answer.total_location_kg, 'kg CO2e'),
          line('÷', `Delivered, ${unitName ?? 'units'}`, count, ''),
          line('=', 'SCI', answer.sci, 'g CO2e', 'total'),
        ],
        again: count === null || answer.total_location_kg === null ? null : (answer.total_location_kg / count) * 1000,
      }
    }
    case 'water':
      return answer.water_l === null
        ? null
        : {
            title: 'Water',
            formula: 'W = E_IT × WUE + E_facility × WUE_off',
            clause: 'ISO/IEC 30134-9; METHOD §2',
            unit: 'L',
            value: answer.water_l,
            inputs: [
              line('', 'IT energy', it, 'kWh'),
              line('×', 'Water, on site and at the power stations', quotient(answer.water_l, it), 'L/kWh'),
              line('=', 'Water', answer.water_l, 'L', 'total'),
            ],
            again: it === null ? null : it * (quotient(answer.water_l, it) ?? Number.NaN),
          }
  }
}
