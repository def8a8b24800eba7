import { type Share, value, type Watts, watts } from '@/lib/units/quantity'

/**
 * P = P_idle + u × (P_max − P_idle), W (METHOD §1.3, Cloud Carbon Footprint). 0.74 … 3.5 W per vCPU at 50 % → 2.12 W (case
 * CCF-01). @throws RangeError where idle draws more than full load
 */
export const powerAtUtilisation = (idle: Watts, full: Watts, utilisation: Share): Watts => {
  if (value(idle) > value(full)) throw new RangeError('Idle draws no more than full load')
  return watts(value(idle) + value(utilisation) * (value(full) - value(idle)))
}
