import { add, type GramsCO2e, gramsCO2e, value } from '@/lib/units/quantity'

export interface PerServedUnit {
  inference: GramsCO2e
  /** Of training, spread over what is or will be served. */
  training: GramsCO2e
  together: GramsCO2e
}

/**
 * g per unit = inference per unit + training ÷ served units (METHOD §5.6): an additional ratio beside the plain one, with
 * the count shown, for a forecast is an assumption. Null for a count of 0. 0.001 g + 24.7 t over 1e10 tokens → 0.001 +
 * 0.00247 g.
 */
export const amortisedTraining = (
  inferencePerUnit: GramsCO2e,
  training: GramsCO2e,
  servedUnits: number,
): PerServedUnit | null => {
  if (!(Number.isFinite(servedUnits) && servedUnits >= 0)) throw new RangeError(`Units start at 0, got ${servedUnits}`)
  if (servedUnits === 0) return null
  const share = gramsCO2e(value(training) / servedUnits)
  return { inference: inferencePerUnit, training: share, together: add(inferencePerUnit, share) }
}
