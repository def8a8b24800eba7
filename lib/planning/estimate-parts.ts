import type { EstimatePart, EstimateRequest } from '@/lib/contracts/estimate'
import { EstimateRefusal } from './estimate-refusal'

/** One job, or one stage of it, with all that is said of it. */
export interface NamedPart {
  /** null: the request has no stages. */
  name: string | null
  /** Where its fields stand in the request. */
  path: string
  part: EstimatePart
}

type Field = keyof EstimatePart

/** Each is said of a stage or of the whole, never taken over. */
const OF_ONE: Field[] = ['hours', 'flops', 'energy_kwh', 'instruments', 'functional_unit', 'start']
/** Saying one of them anew takes back what the request says of the others. */
const TOGETHER: Field[][] = [
  ['cloud_region', 'grid_zone'],
  ['market_g_per_kwh', 'residual_g_per_kwh'],
]
const POWER: Field[] = ['watts', 'idle_watts', 'utilisation', 'power_model']

/**
 * The parts of a request: itself, or its stages, which take over what they do not say themselves. @throws EstimateRefusal
 * for what contradicts itself or would not be used: nothing given is silently dropped
 */
export const partsOf = (request: EstimateRequest): NamedPart[] => {
  const { stages, ...whole } = request
  if (stages === undefined) {
    check(whole, '')
    return [{ name: null, path: '', part: whole }]
  }
  for (const field of ['hours', 'flops', 'energy_kwh'] as const)
    if (whole[field] !== undefined)
      throw new EstimateRefusal(field, `${field} is said of the stages or of the whole, not of both.`)
  const names = new Set<string>()
  return stages.map(({ name, ...stage }, i) => {
    if (names.has(name)) throw new EstimateRefusal(`stages.${i}.name`, `Two stages are called ${name}.`)
    names.add(name)
    if (stage.instruments && whole.instruments)
      throw new EstimateRefusal(
        `stages.${i}.instruments`,
        'Instruments are said of the stages or of the whole, not of both.',
      )
    const path = `stages.${i}.`
    const part = inherited(whole, stage)
    check(part, path)
    return { name, path, part }
  })
}

const inherited = (whole: EstimatePart, stage: EstimatePart): EstimatePart => {
  const base: EstimatePart = { ...whole }
  const drop = (fields: Field[]) => {
    for (const field of fields) delete base[field]
  }
  drop(OF_ONE)
  for (const group of TOGETHER) if (group.some((field) => stage[field] !== undefined)) drop(group)
  if (stage.energy_kwh !== undefined) drop(POWER)
  if (stage.flops === undefined) drop(['mfu', 'peak_tflops'])
  if (typeof stage.flops === 'object' && stage.flops.mfu !== undefined) drop(['mfu'])
  return { ...base, ...stage }
}

/** False: only embodied emissions or a cost is asked for, and operational emissions are left out, with a word. */
export const asksForEnergy = (part: EstimatePart): boolean =>
  [part.watts, part.hardware, part.energy_kwh, part.flops].some((field) => field !== undefined)

const check = (part: EstimatePart, path: string): void => {
  const refuse = (field: Field, message: string): never => {
    throw new EstimateRefusal(`${path}${field}`, message)
  }
  const given = (field: Field) => part[field] !== undefined
  if (!given('energy_kwh') && !given('hours') && !given('flops'))
    refuse('energy_kwh', 'Give energy_kwh, hours or flops: without one of them there is nothing to estimate.')
  if (given('energy_kwh'))
    for (const field of POWER) if (given(field)) refuse(field, `energy_kwh is given, so ${field} would not be used.`)
  if (!asksForEnergy(part) && !part.embodied && !given('usd_per_hour'))
    refuse('watts', 'hours alone give no energy: give watts, hardware or energy_kwh.')
  if (!given('flops'))
    for (const field of ['mfu', 'peak_tflops'] as const)
      if (given(field)) refuse(field, `${field} turns flops into device-hours, and no flops are given.`)
  if (given('flops') && given('hours'))
    for (const field of ['mfu', 'peak_tflops'] as const)
      if (given(field)) refuse(field, `hours are given, so ${field} would not be used.`)
  if (typeof part.flops === 'object' && part.flops.mfu !== undefined && given('mfu'))
    refuse('mfu', 'mfu is given twice: in flops and beside it.')
  if (given('cloud_region') && given('grid_zone'))
    refuse('grid_zone', 'A cloud region names its grid zone; give one of the two.')
  if (given('market_g_per_kwh') && part.residual_g_per_kwh !== undefined)
    refuse(
      'residual_g_per_kwh',
      'A supplier’s rate covers all that no instrument does; the residual mix would not be used.',
    )
  if (given('idle_watts') && !given('utilisation')) refuse('idle_watts', 'idle_watts needs a utilisation.')
  if (given('idle_watts') && part.power_model === 'tdp-curve')
    refuse('idle_watts', 'The TDP curve has an idle draw of its own; idle_watts would not be used.')
  if (given('power_model') && !given('utilisation')) refuse('power_model', 'power_model needs a utilisation.')
  if (given('start')) {
    if (given('grid_g_per_kwh'))
      refuse('start', 'grid_g_per_kwh is given, so the hours from start on would not be used.')
    if (!given('cloud_region') && !given('grid_zone'))
      refuse('start', 'start needs a cloud_region or grid_zone whose hours to use.')
    if (!given('hours') && !given('flops')) refuse('start', 'start needs hours or flops: energy alone has no length.')
  }
}
