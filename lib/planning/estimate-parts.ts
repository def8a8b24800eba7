import type { EstimatePart, EstimateRequest } from '@/lib/contracts/estimate'
import { EstimateRefusal } from './estimate-refusal'

/** One job, or one stage of it, with all that is said of it. */
export interface NamedPart {
  /** null: the request has no stages. */
  name: string | null
  /** Where its fields stand in the request. */
  path: string
  part: EstimatePart
  /** Given, but not used, because something better was given too: told, never silently dropped. */
  unused: UnusedInput[]
}

export interface UnusedInput {
  field: string
  value: number | string | null
  why: string
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
 * for what contradicts itself. A published account may state more than the figure needs: that is told as not used
 */
export const partsOf = (request: EstimateRequest): NamedPart[] => {
  const { stages, ...whole } = request
  if (stages === undefined) {
    check(whole, '')
    return [{ name: null, path: '', part: whole, unused: unusedOf(whole) }]
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
    return { name, path, part, unused: unusedOf(part) }
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

/** Energy and the power that it was drawn at: together they tell the device-hours. */
export const hasPowerBesideEnergy = (part: EstimatePart): boolean =>
  part.energy_kwh !== undefined && part.hours === undefined && part.watts !== undefined

const unusedOf = (part: EstimatePart): UnusedInput[] => {
  const unused: UnusedInput[] = []
  const tell = (fields: Field[], why: string) => {
    for (const field of fields) {
      const value = part[field]
      if (value !== undefined && value !== null && typeof value !== 'object') unused.push({ field, value, why })
    }
  }
  if (part.energy_kwh !== undefined && !hasPowerBesideEnergy(part))
    tell(POWER, 'not used: energy_kwh is given and goes before power (METHOD §1.5)')
  if (part.hours !== undefined) {
    tell(['mfu', 'peak_tflops'], 'not used: hours are given')
    if (typeof part.flops === 'object' && part.flops.mfu !== undefined)
      unused.push({ field: 'flops.mfu', value: part.flops.mfu, why: 'not used: hours are given' })
  }
  if (part.market_g_per_kwh !== undefined)
    tell(['residual_g_per_kwh'], 'not used: the supplier’s rate covers all that no instrument does')
  if (part.grid_zone !== undefined)
    tell(['cloud_region'], 'for PUE and water alone: grid_zone is given and names the grid')
  if (part.grid_g_per_kwh !== undefined)
    tell(['start'], 'not used: grid_g_per_kwh is given, and goes before the hours of a grid')
  return unused
}

const check = (part: EstimatePart, path: string): void => {
  const refuse = (field: Field, message: string): never => {
    throw new EstimateRefusal(`${path}${field}`, message)
  }
  const given = (field: Field) => part[field] !== undefined
  if (!given('energy_kwh') && !given('hours') && !given('flops'))
    refuse('energy_kwh', 'Give energy_kwh, hours or flops: without one of them there is nothing to estimate.')
  if (!asksForEnergy(part) && !part.embodied && !given('usd_per_hour'))
    refuse('watts', 'hours alone give no energy: give watts, hardware or energy_kwh.')
  if (!given('flops'))
    for (const field of ['mfu', 'peak_tflops'] as const)
      if (given(field)) refuse(field, `${field} turns flops into device-hours, and no flops are given.`)
  if (typeof part.flops === 'object' && part.flops.mfu !== undefined && given('mfu'))
    refuse('mfu', 'mfu is given twice: in flops and beside it.')
  if (given('idle_watts') && !given('utilisation')) refuse('idle_watts', 'idle_watts needs a utilisation.')
  if (given('idle_watts') && part.power_model === 'tdp-curve')
    refuse('idle_watts', 'The TDP curve has an idle draw of its own; idle_watts would not be used.')
  if (given('power_model') && !given('utilisation')) refuse('power_model', 'power_model needs a utilisation.')
  if (given('start') && !given('grid_g_per_kwh')) {
    if (!given('cloud_region') && !given('grid_zone'))
      refuse('start', 'start needs a cloud_region or grid_zone whose hours to use.')
    if (!given('hours') && !given('flops') && !hasPowerBesideEnergy(part))
      refuse('start', 'start needs hours or flops: energy alone has no length.')
  }
}
