import { massOf } from '@/lib/units/products'
import {
  type GramsCO2e,
  type GramsCO2ePerKilowattHour,
  gramsPerKilowattHour,
  type KilowattHours,
  type Share,
  value,
} from '@/lib/units/quantity'

/**
 * Category 3c: losses of transmission and distribution, E × CI × f ÷ (1 − f), f as a share of generation (METHOD §7; Scope
 * 3 Standard). 1 GWh at 400 g/kWh and 5 % → 21.05 t. @throws RangeError when everything is lost
 */
export const lossesOf = (energy: KilowattHours, intensity: GramsCO2ePerKilowattHour, loss: Share): GramsCO2e => {
  if (value(loss) >= 1) throw new RangeError('A grid that loses everything delivers nothing')
  return massOf(energy, gramsPerKilowattHour((value(intensity) * value(loss)) / (1 - value(loss))))
}

/** Category 3b or 3c by a published factor per kWh delivered. 1 GWh × 18.53 g/kWh → 18.53 t of losses (case S3-01). */
export const perDelivered = (energy: KilowattHours, factor: GramsCO2ePerKilowattHour): GramsCO2e =>
  massOf(energy, factor)
