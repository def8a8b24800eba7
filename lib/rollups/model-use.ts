import { amortisedTraining } from '@/lib/accounting/life-cycle/amortised-training'
import { massIn } from '@/lib/units/measure'
import { value } from '@/lib/units/quantity'
import type { ModelServed } from './model-served'

/** What one unit that a model served emits, in g. */
export interface PerUse {
  unit: string
  served: ModelServed
  /** Units that development is spread over: to date, or what was asked for. */
  over: number
  isForecast: boolean
  /** g per unit. */
  marginal: number
  development: number
  together: number
}

/** Marginal and amortised emissions of a unit; null where inference or development is unknown, or nothing was served. */
export const perUse = (served: ModelServed, developmentMg: bigint | null, forecast: number | null): PerUse | null => {
  if (developmentMg === null || served.location_mg === null || served.count === 0) return null
  const over = forecast ?? served.count
  const inference = massIn(Number(served.location_mg) / served.count, 'mg')
  const each = amortisedTraining(inference, massIn(Number(developmentMg), 'mg'), over)
  return each === null
    ? null
    : {
        unit: served.unit,
        served,
        over,
        isForecast: forecast !== null,
        marginal: value(each.inference),
        development: value(each.training),
        together: value(each.together),
      }
}
