import { energyOfDevices } from '@/lib/accounting/energy-models/device-hours'
import { flopsOf } from '@/lib/accounting/energy-models/flops'
import { deviceHoursOfFlops } from '@/lib/accounting/energy-models/mfu'
import { powerOnCurve } from '@/lib/accounting/energy-models/tdp-curve'
import { powerAtUtilisation } from '@/lib/accounting/energy-models/utilisation'
import type { TierWidths } from '@/lib/accounting/uncertainty/tier-widths'
import type { EstimatePart } from '@/lib/contracts/estimate'
import { flopsPerSecondIn } from '@/lib/units/measure'
import { deviceHoursOf } from '@/lib/units/products'
import {
  type DeviceHours,
  type Flops,
  flops,
  type KilowattHours,
  kilowattHours,
  share,
  value,
  type Watts,
  watts,
} from '@/lib/units/quantity'
import { type Assumed, assumed, assumedFrom } from './assumption'
import type { HardwareFacts } from './estimate-facts'
import { asksForEnergy, hasPowerBesideEnergy } from './estimate-parts'

/** Energy as it was given or modelled, and how well it is known. */
export interface PartEnergy {
  energy: KilowattHours | null
  boundary: 'it' | 'facility'
  /** Half-width as a share of the energy. */
  u95: number
  flops: Flops | null
  deviceHours: DeviceHours | null
  /** From begin to end; null where nothing says. */
  elapsedHours: number | null
  assumptions: Assumed[]
}

/** METHOD §1.4: training 0.30–0.55, decoding 0.01–0.15. */
const DEFAULT_MFU = { training: 0.4, inference: 0.1 } as const

/**
 * The energy of a part by what is known best (METHOD §1.5): energy as given, else power × device-hours, else FLOPs ÷ (peak
 * × MFU) × power. Doubles throughout; nothing is rounded.
 */
export const energyOfPart = (part: EstimatePart, hardware: HardwareFacts | null, widths: TierWidths): PartEnergy => {
  const assumptions: Assumed[] = []
  const count = part.count ?? 1
  const work = workOf(part, assumptions)
  if (part.count === undefined && part.hours !== undefined)
    assumptions.push(assumed('count', 1, 'one device, where no count is given'))

  const deviceHours =
    part.hours !== undefined
      ? deviceHoursOf(count, part.hours)
      : (workHours(part, work, hardware, widths, assumptions) ?? energyHours(part, hardware, widths, assumptions))
  const elapsedHours = part.hours ?? (deviceHours === null ? null : value(deviceHours) / count)

  const boundary = part.energy_boundary ?? 'it'
  const shared = { boundary, flops: work, deviceHours, elapsedHours, assumptions }
  if (part.energy_kwh !== undefined) return { ...shared, energy: kilowattHours(part.energy_kwh), u95: widths.energy[2] }
  const power = asksForEnergy(part) ? powerOf(part, hardware, widths, assumptions) : null
  const energy = power === null || deviceHours === null ? null : energyOfDevices(power.watts, deviceHours)
  const mfuKnown = mfuOfPart(part) !== undefined
  const model = part.hours !== undefined ? 0 : mfuKnown ? widths.energy[4] : widths.energy[5]
  return { ...shared, energy, u95: Math.hypot(power?.u95 ?? 0, model) }
}

const workOf = (part: EstimatePart, assumptions: Assumed[]): Flops | null => {
  if (part.flops === undefined) return null
  if (typeof part.flops === 'number') return flops(part.flops)
  const { parameters, tokens, rule } = part.flops
  if (rule === undefined)
    assumptions.push(
      assumed('flops.rule', '6ND', 'training without recomputation (METHOD §1.4); 8ND recomputes, 2ND is inference', {
        bearing: 'devices',
        relative: part.hours === undefined && part.energy_kwh === undefined ? 8 / 6 - 1 : null,
      }),
    )
  return flopsOf(parameters, tokens, rule ?? '6ND')
}

const mfuOfPart = (part: EstimatePart): number | undefined =>
  (typeof part.flops === 'object' ? part.flops.mfu : undefined) ?? part.mfu

const isInference = (part: EstimatePart): boolean => typeof part.flops === 'object' && part.flops.rule === '2ND'

/** Device-hours that the FLOPs take; null where the peak is unknown, or energy is given and says nothing of time. */
const workHours = (
  part: EstimatePart,
  work: Flops | null,
  hardware: HardwareFacts | null,
  widths: TierWidths,
  assumptions: Assumed[],
): DeviceHours | null => {
  if (work === null) return null
  const given = mfuOfPart(part)
  if (part.energy_kwh !== undefined && (given === undefined || part.peak_tflops === undefined)) return null
  const peak = part.peak_tflops ?? hardware?.peakTflops?.value
  if (peak === undefined) {
    assumptions.push(
      assumed('peak_tflops', null, 'neither given nor known of the hardware: FLOPs give no time and no energy'),
    )
    return null
  }
  if (part.peak_tflops === undefined && hardware?.peakTflops)
    assumptions.push(assumedFrom('peak_tflops', hardware.peakTflops, 0, 'devices'))
  const mfu = given ?? (isInference(part) ? DEFAULT_MFU.inference : DEFAULT_MFU.training)
  if (given === undefined)
    assumptions.push(
      assumed(
        'mfu',
        mfu,
        isInference(part)
          ? 'typical of decoding, 0.01–0.15 (METHOD §1.4)'
          : 'typical of training, 0.30–0.55 (METHOD §1.4)',
        {
          tier: 5,
          bearing: 'devices',
          relative: widths.energy[5],
        },
      ),
    )
  return deviceHoursOfFlops(work, flopsPerSecondIn(peak, 'TFLOP'), share(mfu))
}

/**
 * Device-hours that the energy took at the power given, or, where embodied emissions or a cost ask for them, at that of the hardware;
 * null where nothing tells them. 700 kWh at 700 W → 1,000 h.
 */
const energyHours = (
  part: EstimatePart,
  hardware: HardwareFacts | null,
  widths: TierWidths,
  assumptions: Assumed[],
): DeviceHours | null => {
  const isAsked = hasPowerBesideEnergy(part) || part.embodied != null || part.usd_per_hour !== undefined
  if (part.energy_kwh === undefined || !isAsked || (part.watts ?? hardware?.fullWatts?.value) === undefined) return null
  // Power is that of the equipment, so the facility's energy says nothing of the time without its PUE.
  const it = part.energy_boundary !== 'facility' ? part.energy_kwh : part.pue && part.energy_kwh / part.pue
  const power = powerOf(part, hardware, widths, assumptions)
  if (it === undefined || power === null || value(power.watts) === 0) return null
  const hours = (it * 1000) / value(power.watts)
  assumptions.push(assumed('hours', hours / (part.count ?? 1), 'energy ÷ power: device-hours follow from energy_kwh'))
  return deviceHoursOf(1, hours)
}

interface Power {
  watts: Watts
  u95: number
}

/** Mean power of one device. Null where neither watts nor hardware tells it. */
const powerOf = (
  part: EstimatePart,
  hardware: HardwareFacts | null,
  widths: TierWidths,
  assumptions: Assumed[],
): Power | null => {
  const full = part.watts ?? hardware?.fullWatts?.value
  if (full === undefined) {
    assumptions.push(assumed('watts', null, 'neither given nor known of the hardware: the energy is unknown'))
    return null
  }
  const given = part.watts !== undefined
  const known = hardware?.fullWatts ?? null
  const u95 = given ? widths.energy[3] : (known?.u95 ?? widths.energy[4])
  if (!given && known) assumptions.push(assumedFrom('watts', known, u95, 'operational'))
  if (part.utilisation === undefined) {
    if (!given)
      assumptions.push(
        assumed(
          'utilisation',
          1,
          'full load all the time, as published training accounts take it (Lacoste 2019, Touvron 2023)',
          {
            tier: 4,
            bearing: 'operational',
            relative: atUtilisation(part, hardware, full, 0.5).power / full - 1,
          },
        ),
      )
    return { watts: watts(full), u95 }
  }
  const { power, idle, model } = atUtilisation(part, hardware, full, part.utilisation)
  if (part.power_model === undefined && part.idle_watts === undefined)
    assumptions.push(
      assumed('power_model', model, 'TDP curve of Teads (METHOD §1.3); the effect is that of utilisation × full load', {
        tier: 4,
        bearing: 'operational',
        relative: power === 0 ? null : (full * part.utilisation) / power - 1,
      }),
    )
  if (model === 'linear' && part.idle_watts === undefined)
    assumptions.push(
      assumed(
        'idle_watts',
        idle,
        idle === 0 ? 'idle draw unknown: power is utilisation × full load' : (hardware?.idleWatts?.source ?? ''),
        {
          tier: 4,
        },
      ),
    )
  return { watts: watts(power), u95: Math.max(u95, widths.energy[4]) }
}

/** Told as an assumption where it is taken: power is then utilisation × full load. */
const UNKNOWN_IDLE = 0

/** The TDP curve, unless somebody knows the idle draw (METHOD §1.3). */
const atUtilisation = (part: EstimatePart, hardware: HardwareFacts | null, full: number, utilisation: number) => {
  const model = part.power_model ?? (part.idle_watts === undefined ? 'tdp-curve' : 'linear')
  const known = hardware?.idleWatts
  const idle = part.idle_watts ?? (known ? Math.min(full, known.value) : UNKNOWN_IDLE)
  const power =
    model === 'linear'
      ? powerAtUtilisation(watts(idle), watts(full), share(utilisation))
      : powerOnCurve(watts(full), share(utilisation))
  return { power: value(power), idle, model }
}

/** What must come from the library, so that hardware which it does not know, or not as one, cannot be passed over. */
export const neededOfLibrary = (part: EstimatePart): ('fullWatts' | 'peakTflops')[] => {
  if (part.energy_kwh !== undefined) return []
  const peakNeeded = part.flops !== undefined && part.hours === undefined && part.peak_tflops === undefined
  return [
    ...(part.watts === undefined ? (['fullWatts'] as const) : []),
    ...(peakNeeded ? (['peakTflops'] as const) : []),
  ]
}
