import { gramsOf, intensityOf } from '@/lib/units/products'
import {
  type GramsCO2ePerKilowattHour,
  type KilogramsCO2e,
  type KilowattHours,
  type Pue,
  scale,
  value,
} from '@/lib/units/quantity'

/**
 * CUE = CO2e of the data centre ÷ E_IT (ISO/IEC 30134-8), as g per IT kWh (1,000 g/kWh = 1 kg/kWh); null without IT energy.
 * Say whether Scope 1 is in. 444,678 kg over 1 GWh → 444.678 g/kWh.
 */
export const cueOf = (emissions: KilogramsCO2e, it: KilowattHours): GramsCO2ePerKilowattHour | null =>
  intensityOf(gramsOf(emissions), it)

/** CUE = CI × PUE where electricity is all there is. 342.06 g/kWh × 1.3 → 444.678 g/kWh (case KPI-02). */
export const cueOfElectricity = (intensity: GramsCO2ePerKilowattHour, overhead: Pue): GramsCO2ePerKilowattHour =>
  scale(intensity, value(overhead))
