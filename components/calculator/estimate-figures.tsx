import type { EstimateAnswer } from '@/lib/contracts/estimate'
import { threeFigures } from '@/lib/units/format'
import { KpiBand } from '../figures/kpi-band'
import { type Spec, SpecLine } from '../shell/spec-line'
import type { EstimatedFigure } from './estimate-terms'
import { ExplainEstimate } from './explain-estimate'

export const massOf = (kg: number | null): { value: string; unit: string } | null => {
  if (kg === null) return null
  const size = Math.abs(kg)
  if (size >= 1000) return { value: threeFigures(kg / 1000), unit: 't' }
  if (size >= 1 || size === 0) return { value: threeFigures(kg), unit: 'kg' }
  if (size >= 1e-3) return { value: threeFigures(kg * 1000), unit: 'g' }
  return size >= 1e-6 ? { value: threeFigures(kg * 1e6), unit: 'mg' } : { value: kg.toExponential(2), unit: 'kg' }
}
const energyOf = (kwh: number | null): { value: string; unit: string } | null => {
  if (kwh === null) return null
  if (kwh >= 1e6) return { value: threeFigures(kwh / 1e6), unit: 'GWh' }
  if (kwh >= 1e3) return { value: threeFigures(kwh / 1e3), unit: 'MWh' }
  return kwh >= 0.1 || kwh === 0
    ? { value: threeFigures(kwh), unit: 'kWh' }
    : { value: threeFigures(kwh * 1000), unit: 'Wh' }
}
const volumeOf = (litres: number | null): { value: string; unit: string } | null => {
  if (litres === null) return null
  if (litres >= 1000) return { value: threeFigures(litres / 1000), unit: 'm³' }
  return litres >= 1 || litres === 0
    ? { value: threeFigures(litres), unit: 'L' }
    : { value: threeFigures(litres * 1000), unit: 'mL' }
}
const moneyOf = (amount: number | null): string | null =>
  amount === null
    ? null
    : new Intl.NumberFormat('en', { maximumFractionDigits: 2, minimumFractionDigits: 2 }).format(amount)

const KG: Record<string, number> = { t: 1000, kg: 1, g: 1e-3, mg: 1e-6 }
const halfOf = (answer: EstimateAnswer, unit: string): string | null => {
  if (answer.low_kg === null || answer.high_kg === null) return null
  const half = (answer.high_kg - answer.low_kg) / 2 / (KG[unit] as number)
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 2 }).format(Number(half.toPrecision(2)))
}

/** The answer's figures: the whole large, then what it is made of. */
export function EstimateFigures({ answer, unitName }: { answer: EstimateAnswer; unitName: string | null }) {
  const total = massOf(answer.total_location_kg)
  const market = massOf(answer.total_market_kg)
  const energy = energyOf(answer.facility_kwh)
  const it = energyOf(answer.energy_kwh)
  const embodied = massOf(answer.embodied_kg)
  const water = volumeOf(answer.water_l)
  const score = massOf(answer.sci === null ? null : answer.sci / 1000)
  const low = massOf(answer.low_kg)
  const high = massOf(answer.high_kg)
  const cost = moneyOf(answer.compute_cost)
  const carbon = moneyOf(answer.carbon_cost)
  const further: Spec[] = [
    ...(answer.device_hours === null ? [] : [{ label: 'Device-hours', value: threeFigures(answer.device_hours) }]),
    ...(answer.flops === null
      ? []
      : [{ label: 'Work', value: `${answer.flops.toExponential(2).replace('e+', 'e')} FLOP` }]),
    ...(score && water ? [{ label: 'Water', value: `${water.value} ${water.unit}` }] : []),
    ...(cost === null ? [] : [{ label: 'Compute', value: `$\u202f${cost}` }]),
    ...(carbon === null ? [] : [{ label: 'Carbon', value: `${carbon}, in the currency of the price` }]),
  ]
  const explained = (figure: EstimatedFigure, value: number | null) =>
    value === null
      ? {}
      : {
          plain: 'told-here' as const,
          explainNode: <ExplainEstimate answer={answer} figure={figure} unitName={unitName} />,
        }
  return (
    <>
      <KpiBand
        hero={{
          ...explained('total-location', answer.total_location_kg),
          label: 'Location-based, with hardware where known',
          value: total?.value ?? null,
          unit: total ? `${total.unit} CO2e` : undefined,
          interval: total ? halfOf(answer, total.unit) : null,
          why: 'No emission follows from what was given',
          note:
            low && high
              ? `95 % between ${low.value}\u202f${low.unit} and ${high.value}\u202f${high.unit}`
              : 'no interval can be told',
        }}
        items={[
          {
            label: 'Energy, facility',
            ...explained('facility', answer.facility_kwh),
            value: energy?.value ?? null,
            unit: energy?.unit,
            why: 'No energy follows from what was given',
            note: it ? `${it.value}\u202f${it.unit} IT` : undefined,
          },
          {
            label: 'Market-based',
            ...explained('total-market', answer.total_market_kg),
            value: market?.value ?? null,
            unit: market?.unit,
            why: 'No market-based figure follows',
            note: 'with hardware where known',
          },
          {
            label: 'Embodied',
            ...explained('embodied', answer.embodied_kg),
            value: embodied?.value ?? null,
            unit: embodied?.unit,
            why: 'Left out, or not known for this hardware',
            note: embodied ? 'amortised over its hours' : undefined,
          },
          score
            ? {
                label: `SCI, one ${unitName ?? 'unit'}`,
                ...explained('sci', answer.sci),
                value: score.value,
                unit: score.unit,
                note: 'location-based, no instruments',
              }
            : {
                label: 'Water',
                ...explained('water', answer.water_l),
                value: water?.value ?? null,
                unit: water?.unit,
                why: 'No WUE is known or given',
                note: water ? 'on site and at the power stations' : undefined,
              },
        ]}
      />
      {further.length > 0 && (
        <div className="-mt-4 mb-7">
          <SpecLine specs={further} />
        </div>
      )}
    </>
  )
}
