import { z } from 'zod'
import type { Basis } from '@/lib/accounting/facts'
import { HOUR } from '@/lib/units/time'
import type { FileHour } from '../intensity-csv'
import { credible } from './hour-means'
import { SourceFault } from './source-fault'

/** Comes in: answers of the Electricity Maps API. Goes out: hours of one zone and one basis. PURE. */

export const ELECTRICITY_MAPS = 'Electricity Maps API'

const hourSchema = z.object({
  zone: z.string().optional(),
  carbonIntensity: z.number().nullish(),
  datetime: z.iso.datetime({ offset: true }),
  emissionFactorType: z.string().nullish(),
  isEstimated: z.boolean().nullish(),
})
const actualSchema = z.union([
  z
    .object({ zone: z.string(), history: z.array(hourSchema) })
    .transform(({ zone, history }) => ({ zone, list: history })),
  z.object({ zone: z.string(), data: z.array(hourSchema) }).transform(({ zone, data }) => ({ zone, list: data })),
  hourSchema.extend({ zone: z.string() }).transform((one) => ({ zone: one.zone, list: [one] })),
])
const forecastSchema = z.object({
  zone: z.string(),
  forecast: z.array(hourSchema),
  updatedAt: z.iso.datetime({ offset: true }),
})

interface Asked {
  zone: string
  basis: Basis
}

/**
 * What was, of `latest`, `history`, `past` and `past-range`. An unknown zone is answered for the place of the caller, and a key may be
 * fixed to one kind of factor: so the answer itself must say zone and kind.
 * @throws SourceFault
 */
export const electricityMapsHours = (answer: unknown, asked: Asked): FileHour[] => {
  const parsed = actualSchema.safeParse(answer)
  if (!parsed.success) throw new SourceFault('Electricity Maps answered in a shape that is not known')
  const { zone, list } = parsed.data
  sameZone(zone, asked.zone)
  return list.map((item) => {
    if (item.zone !== undefined) sameZone(item.zone, asked.zone)
    if (item.emissionFactorType !== asked.basis)
      throw new SourceFault(
        `Electricity Maps answered with ${item.emissionFactorType ?? 'unnamed'} factors where ${asked.basis} was asked`,
      )
    const gPerKwh = credible(item.carbonIntensity ?? null)
    return { at: hourOf(item.datetime), gPerKwh, estimated: gPerKwh !== null && item.isEstimated === true }
  })
}

export interface ForecastHours {
  issuedAt: number
  hours: FileHour[]
}

/** What was expected. @throws SourceFault */
export const electricityMapsForecast = (answer: unknown, asked: Asked): ForecastHours => {
  const parsed = forecastSchema.safeParse(answer)
  if (!parsed.success) throw new SourceFault('Electricity Maps answered a forecast in a shape that is not known')
  const { zone, forecast, updatedAt } = parsed.data
  sameZone(zone, asked.zone)
  for (const { emissionFactorType } of forecast)
    if (emissionFactorType && emissionFactorType !== asked.basis)
      throw new SourceFault(`Electricity Maps forecast ${emissionFactorType} factors where ${asked.basis} was asked`)
  const hours = forecast.map(({ datetime, carbonIntensity }) => ({
    at: hourOf(datetime),
    gPerKwh: credible(carbonIntensity ?? null),
    estimated: true,
  }))
  return { issuedAt: Date.parse(updatedAt), hours }
}

const sameZone = (answered: string, asked: string): void => {
  if (answered.toUpperCase() !== asked.toUpperCase())
    throw new SourceFault(`Electricity Maps answered for the zone ${answered.slice(0, 40)}, not for ${asked}`)
}

const hourOf = (datetime: string): number => {
  const at = Date.parse(datetime)
  if (at % HOUR !== 0) throw new SourceFault(`Electricity Maps answered ${datetime}, which is not the start of an hour`)
  return at
}
