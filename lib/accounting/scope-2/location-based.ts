import { intensityOf, massOf, sumOf } from '@/lib/units/products'
import {
  type GramsCO2e,
  type GramsCO2ePerKilowattHour,
  gramsCO2e,
  type KilowattHours,
  kilowattHours,
} from '@/lib/units/quantity'

/** Facility energy of a period and the grid's intensity in it. */
export interface EnergyAtIntensity {
  energy: KilowattHours
  intensity: GramsCO2ePerKilowattHour
}

/** Scope 2 takes the emissions of combustion; those of the whole life belong to category 3 as well (METHOD §3). */
export const refuseLifecycle = (basis: 'direct' | 'lifecycle'): void => {
  if (basis === 'lifecycle')
    throw new RangeError('A life-cycle intensity holds upstream emissions: it is refused in Scope 2')
}

/** LB = Σ E_h × CI_h, kWh and g/kWh → g (METHOD §3; Scope 2 Guidance, §6.5). 30 kWh at 400 g/kWh → 12,000 g (case SEED-01). */
export const locationBasedOf = (hours: readonly EnergyAtIntensity[]): GramsCO2e =>
  sumOf(
    gramsCO2e(0),
    hours.map(({ energy, intensity }) => massOf(energy, intensity)),
  )

/** CI as experienced: Σ E_h × CI_h ÷ Σ E_h, g/kWh; null without energy. 1 kWh at 100 and 3 kWh at 300 → 250 g/kWh. */
export const experiencedIntensity = (hours: readonly EnergyAtIntensity[]): GramsCO2ePerKilowattHour | null =>
  intensityOf(
    locationBasedOf(hours),
    sumOf(
      kilowattHours(0),
      hours.map(({ energy }) => energy),
    ),
  )
