import { z } from 'zod'
import { WATTTIME_SIGNALS } from '@/lib/contracts/connectors'
import type { GridBasis } from '@/lib/contracts/grid'
import { energyFrom, massIn } from '@/lib/units/measure'
import { value } from '@/lib/units/quantity'
import { HOUR } from '@/lib/units/time'
import type { FileHour } from '../intensity-csv'
import { hourMeans } from './hour-means'
import { SourceFault } from './source-fault'

/** Comes in: answers of WattTime v3, in lb/MWh. Goes out: hours in g/kWh of one signal. PURE. */

export type WattTimeSignal = (typeof WATTTIME_SIGNALS)[number]

/** The average of all plants that ran is a direct intensity; what one more kWh causes is marginal, and never stands in for it. */
export const BASIS_OF_SIGNAL: Record<WattTimeSignal, GridBasis> = { co2_aoer: 'direct', co2_moer: 'marginal' }

const answerSchema = z.object({
  data: z.array(z.object({ point_time: z.iso.datetime({ offset: true }), value: z.number().nullable() })),
  meta: z.object({
    region: z.string(),
    signal_type: z.string(),
    units: z.string(),
    model: z.object({ date: z.string() }).nullish(),
    data_point_period_seconds: z.number().int().positive(),
    generated_at: z.iso.datetime({ offset: true }).nullish(),
  }),
})

export interface WattTimeHours {
  hours: FileHour[]
  /** When the model that made the figures was made; figures of two models are not of one series. */
  modelDate: string | null
  generatedAt: number | null
}

/** 870.1 lb/MWh → 394.67 g/kWh. */
export const gPerKwhOf = (lbPerMwh: number): number => value(massIn(lbPerMwh, 'lb')) / value(energyFrom(1, 'MWh'))

/** @throws SourceFault when the answer is of another region, signal or unit, or of an unknown shape */
export const wattTimeHours = (answer: unknown, asked: { region: string; signal: WattTimeSignal }): WattTimeHours => {
  const parsed = answerSchema.safeParse(answer)
  if (!parsed.success) throw new SourceFault('WattTime answered in a shape that is not known')
  const { data, meta } = parsed.data
  if (meta.region !== asked.region)
    throw new SourceFault(`WattTime answered for the region ${meta.region.slice(0, 40)}, not for ${asked.region}`)
  if (meta.signal_type !== asked.signal)
    throw new SourceFault(`WattTime answered with ${meta.signal_type.slice(0, 40)}, not with ${asked.signal}`)
  if (meta.units !== 'lbs_co2_per_mwh')
    throw new SourceFault(`WattTime answered in ${meta.units.slice(0, 40)}, not in lb/MWh`)
  const cadence = meta.data_point_period_seconds * 1000
  if (HOUR % cadence !== 0)
    throw new SourceFault(`WattTime answered every ${cadence / 1000} s, which is no part of an hour`)
  const points = data.map((point) => ({
    at: Date.parse(point.point_time),
    gPerKwh: point.value === null ? null : gPerKwhOf(point.value),
  }))
  return {
    hours: hourMeans(points, cadence),
    modelDate: meta.model?.date ?? null,
    generatedAt: meta.generated_at ? Date.parse(meta.generated_at) : null,
  }
}

/** How the source of stored hours is named. */
export const wattTimeSource = (region: string, signal: WattTimeSignal, modelDate: string | null): string =>
  `WattTime v3 ${signal} ${region}${modelDate === null ? '' : `, model ${modelDate}`}`

/** The region, signal and hours of a saved answer, whatever it is of; null when it is no answer of WattTime. @throws SourceFault */
export const wattTimeFile = (answer: unknown): (WattTimeHours & { region: string; signal: WattTimeSignal }) | null => {
  const meta = z.object({ meta: answerSchema.shape.meta }).safeParse(answer).data?.meta
  if (!meta) return null
  const signal = WATTTIME_SIGNALS.find((one) => one === meta.signal_type)
  if (!signal) throw new SourceFault(`${meta.signal_type.slice(0, 40)} is neither co2_aoer nor co2_moer`)
  return { ...wattTimeHours(answer, { region: meta.region, signal }), region: meta.region, signal }
}
