import { changeOf } from '@/lib/accounting/comparisons/before-after'
import { energyOfDevices } from '@/lib/accounting/energy-models/device-hours'
import { facilityEnergyWith } from '@/lib/accounting/ratios/pue'
import { avoidedOf } from '@/lib/accounting/scope-2/avoided'
import { locationBasedOf } from '@/lib/accounting/scope-2/location-based'
import { asPercent, energyFrom, massAs, massIn, powerFrom } from '@/lib/units/measure'
import { deviceHoursOf } from '@/lib/units/products'
import { gramsPerKilowattHour, pue, value } from '@/lib/units/quantity'
import { type Adapter, estimated } from './case'

// Adapters rename inputs, pick a public function and name units. They hold no arithmetic: accuracy.test.ts reads this file.
// The mean intensities are inputs of the cases; hourly.test.ts takes them again from the hours themselves.

const tonnes = (kg: number | null): number | null => (kg === null ? null : massAs(massIn(kg, 'kg'), 't'))

const window: Adapter = (given) => {
  const it = energyFrom(given.number('mwh_it'), 'MWh')
  const facility = facilityEnergyWith(it, 'it', pue(given.number('pue')))
  const at = (mean: string) =>
    locationBasedOf([{ energy: facility, intensity: gramsPerKilowattHour(given.number(mean)) }])
  const asked = (mean: string) =>
    estimated({
      energy_kwh: value(it),
      energy_boundary: 'it',
      pue: given.number('pue'),
      grid_g_per_kwh: given.number(mean),
    }).location_kg
  const { relative } = changeOf(at('mean_window_g'), at('mean_year_g'))
  return {
    hourly_t: { formula: massAs(at('mean_window_g'), 't'), estimate: tonnes(asked('mean_window_g')) },
    annual_t: { formula: massAs(at('mean_year_g'), 't'), estimate: tonnes(asked('mean_year_g')) },
    bias_pct: { formula: relative === null ? null : asPercent(relative) },
  }
}

const flat: Adapter = (given) => {
  const it = energyOfDevices(powerFrom(given.number('load_kw'), 'kW'), deviceHoursOf(1, given.number('hours')))
  const facility = facilityEnergyWith(it, 'it', pue(given.number('pue')))
  const intensity = gramsPerKilowattHour(given.number('mean_year_g'))
  const { location_kg } = estimated({
    watts: value(powerFrom(given.number('load_kw'), 'kW')),
    hours: given.number('hours'),
    pue: given.number('pue'),
    grid_g_per_kwh: given.number('mean_year_g'),
  })
  return {
    t: { formula: massAs(locationBasedOf([{ energy: facility, intensity }]), 't'), estimate: tonnes(location_kg) },
  }
}

const counterfactual: Adapter = (given) => {
  const energy = energyOfDevices(powerFrom(given.number('kw'), 'kW'), deviceHoursOf(1, given.number('h')))
  const at = (mean: string) => [{ energy, intensity: gramsPerKilowattHour(given.number(mean)) }]
  const { mass, share } = avoidedOf(at('baseline_g'), at('best_g'), 'average-based')
  return {
    saved_kg: { formula: massAs(mass, 'kg') },
    saved_pct: { formula: share === null ? null : asPercent(share) },
  }
}

export const HOURLY_CASES: Record<string, Adapter> = {
  'HR-01': window,
  'HR-02': window,
  'HR-03': window,
  'HR-04': window,
  'HR-05': window,
  'HR-06': window,
  'HR-07': flat,
  'HR-08': counterfactual,
  'HR-09': counterfactual,
}
