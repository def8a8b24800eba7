import { waterUsed } from '@/lib/units/products'
import { add, type KilowattHours, type Litres, type LitresPerKilowattHour } from '@/lib/units/quantity'

/**
 * W = E_IT × WUE_site + E_facility × WUE_source, L (METHOD §2; Li 2023): water of the site per IT kWh, of the power
 * stations per kWh delivered to the facility. 1,000 kWh, PUE 1.17, 0.27 and 3.142 L/kWh → 3,946 L (case KPI-05). A part
 * that is unknown (null) is left out by the caller only with a word.
 */
export const workloadWater = (
  energy: { it: KilowattHours; facility: KilowattHours },
  rates: { site: LitresPerKilowattHour; source: LitresPerKilowattHour },
): Litres => add(waterUsed(energy.it, rates.site), waterUsed(energy.facility, rates.source))

/**
 * The form that applies PUE to both terms, P × PUE × (WUE_on + WUE_off), as Morrison 2025 does: for comparison with figures
 * published that way; the tool itself uses workloadWater. OLMo 2 7B: 131 MWh × 1.2 × 1.29 L/kWh → 202.8 kL (case OLM-01).
 */
export const facilityWater = (
  facility: KilowattHours,
  rates: { site: LitresPerKilowattHour; source: LitresPerKilowattHour },
): Litres => waterUsed(facility, add(rates.site, rates.source))
