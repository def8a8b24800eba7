import { energyFrom } from '@/lib/units/measure'
import type { KilowattHours } from '@/lib/units/quantity'

/**
 * EcoLogits' fit to measured inference: coefficients in Wh per token and billion parameters, per request of a batch, and Wh
 * per token.
 */
export interface TokenRegression {
  alpha: number
  beta: number
  gamma: number
}

export const ECOLOGITS_GPU: TokenRegression = {
  alpha: 1.1665273170451914e-6,
  beta: -0.011205921025579175,
  gamma: 4.052928146734005e-5,
}

/**
 * E_token = α × e^(β B) × P_active + γ, Wh → kWh of one GPU per output token; P in billions of active parameters, B
 * requests in a batch (METHOD §1.4, EcoLogits). 70 billion, batch of 64 → 8.0388e-5 Wh (case ECO-01).
 */
export const energyPerToken = (
  billionParameters: number,
  batch: number,
  fit: TokenRegression = ECOLOGITS_GPU,
): KilowattHours => {
  if (!(billionParameters >= 0 && batch >= 1)) throw new RangeError('Parameters start at 0 and a batch at 1')
  return energyFrom(fit.alpha * Math.exp(fit.beta * batch) * billionParameters + fit.gamma, 'Wh')
}
