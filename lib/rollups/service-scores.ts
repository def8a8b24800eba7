import type { ScoresAnswer } from '@/lib/contracts/services'
import type { OrgTx } from '@/lib/db/with-org'
import { exactKilograms } from '@/lib/units/format'
import { serviceDays, serviceUnitDays } from './service-days'
import { GPU_HOUR, gramsPerUnit, serviceSci } from './service-sci'
import { serviceSpread } from './service-spread'
import { services } from './services'

/** Every service that was read in the days [from, to), with its score in each unit that anybody stated, and per device-hour. */
export const serviceScores = async (tx: OrgTx, window: { from: string; to: string }): Promise<ScoresAnswer> => {
  const days = await serviceDays(tx, window)
  const units = await serviceUnitDays(tx, window)
  const answer: ScoresAnswer = { boundary: 'consumer', services: [] }
  for (const service of await services(tx)) {
    const own = days.filter((day) => day.service_id === service.service_id)
    if (own.length === 0) continue
    const stated = units.filter((one) => one.service_id === service.service_id)
    const location = own
      .flatMap((day) => day.location_mg ?? [])
      .reduce<bigint | null>((all, mg) => (all ?? 0n) + mg, null)
    const scores: ScoresAnswer['services'][number]['scores'] = []
    for (const unit of new Set([...service.units, GPU_HOUR])) {
      const sci = serviceSci(own, stated, unit)
      const sums = sci.whole ?? sci.operational
      const spread = await serviceSpread(tx, service.service_id, sums?.days ?? [])
      scores.push({
        unit,
        unit_source: stated.some((one) => one.unit === unit) || unit !== GPU_HOUR ? 'stated' : 'ledger',
        sci_g: sci.grams,
        u95: spread && ((sci.whole ? spread.total.u95 : spread.location.u95) ?? null),
        operational_g: sums && gramsPerUnit(sums.locationMg, sums.count),
        embodied_g: sci.whole && gramsPerUnit(sci.whole.embodiedMg, sci.whole.count),
        kwh: sci.kilowattHours,
        water_l: sci.litres,
        count: sums?.count ?? null,
        days_known: sums?.days.length ?? 0,
        days_active: sci.activeDays,
        lacks: sci.lacks,
      })
    }
    answer.services.push({
      service_id: service.service_id,
      service: service.name,
      models: service.models,
      location_kg: location === null ? null : Number(exactKilograms(location)),
      provisional: own.some((day) => day.provisional),
      scores,
    })
  }
  return answer
}
