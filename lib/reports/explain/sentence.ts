import { deploymentSchema } from '@/lib/contracts/common'
import type { ExplainedMeasure, ExplainFilter } from '@/lib/contracts/explain'
import { MEASURE_VECTORS } from '@/lib/rollups/explain-measures'
import { formatCount, formatDay, threeFigures } from '@/lib/units/format'
import { DAY, dayName, dayOf } from '@/lib/units/time'
import { DEPLOYMENT_LABEL } from '../words'
import { inWords } from './amounts'
import { MEASURES } from './formulas'

export interface Told {
  measure: ExplainedMeasure
  exact: bigint | null
  /** Energies of the hours in which both sides are known. */
  itUwh: bigint | null
  facilityUwh: bigint | null
  /** kWh or device-hours behind the measure. */
  base: number | null
  knownHours: number
  allHours: number
  /** One workload's hours are hours; those of many are counted for each. */
  ofMany: boolean
}

const hoursWords = ({ knownHours, allHours, ofMany }: Told): string =>
  `${formatCount(knownHours)} of ${formatCount(allHours)} ${ofMany ? 'workload-hours' : 'hours'}`

/** `412 t = 1.09 GWh IT × 1.21 PUE × 312 g/kWh, location-based, 8,760 of 8,760 hours` */
export const sentenceOf = (told: Told): string => {
  const { measure, exact, itUwh, facilityUwh, base } = told
  const words = MEASURES[measure].words
  const unit = MEASURE_VECTORS[measure].unit
  if (exact === null) return `No figure, ${words}: nothing of it is known in ${hoursWords(told)}`
  const whole = inWords(exact, unit)
  const energy =
    itUwh !== null && facilityUwh !== null && itUwh > 0n
      ? `${inWords(itUwh, 'µWh')} IT × ${threeFigures(Number(facilityUwh) / Number(itUwh))} PUE`
      : facilityUwh === null
        ? null
        : `${inWords(facilityUwh, 'µWh')} at the facility`
  const ended = `${words}, ${hoursWords(told)}`
  if (measure === 'energy') return `${whole}, ${ended}`
  if (measure === 'facility') return energy === null ? `${whole}, ${ended}` : `${whole} = ${energy}, ${ended}`
  if (measure === 'embodied' && base)
    return `${whole} = ${threeFigures(base)} device-hours × ${threeFigures(Number(exact) / 1e3 / base)} g CO2e, ${words}`
  if (unit === 'µL' && base)
    return `${whole} = ${threeFigures(base)} kWh × ${threeFigures(Number(exact) / 1e6 / base)} L/kWh, ${words}`
  if (energy === null || base === null || base === 0) return `${whole}, ${ended}`
  return `${whole} = ${energy} × ${threeFigures(Number(exact) / 1e3 / base)} g/kWh, ${ended}`
}

const FILTER_WORDS: Record<ExplainFilter, string> = {
  team: 'team',
  model: 'model',
  run: 'run',
  service: 'service',
  site: 'site',
  stage: 'stage',
  zone: 'grid zone',
  deployment: '',
}

/** `1 Jan 2026 to 31 Dec 2026, team Search`; the last day is the last inside. */
export const contextOf = (
  window: { from: string; to: string },
  filters: Partial<Record<ExplainFilter, readonly string[]>>,
): string => {
  const last = dayName(dayOf(window.to) - DAY)
  const days = last === window.from ? formatDay(last) : `${formatDay(window.from)} to ${formatDay(last)}`
  const named = Object.entries(filters).flatMap(([key, values]) =>
    values && values.length > 0
      ? [`${FILTER_WORDS[key as ExplainFilter]} ${values.map((value) => valueWords(key, value)).join(' or ')}`.trim()]
      : [],
  )
  return [`${days}, UTC`, ...named].join('; ')
}

const valueWords = (key: string, value: string): string => {
  const deployment = key === 'deployment' ? deploymentSchema.safeParse(value).data : undefined
  return deployment ? DEPLOYMENT_LABEL[deployment] : value
}
