import type { EstimatePart } from '@/lib/contracts/estimate'
import { embodiedOf } from '@/lib/factors/embodied-of'
import { type Hardware, hardwareCandidates } from '@/lib/factors/hardware-of'
import { type Instance, instanceOf } from '@/lib/factors/instance-of'
import type { ReferenceTables, StoredFactor } from '@/lib/factors/reference-tables'
import { neededOfLibrary } from '@/lib/planning/estimate-energy'
import type { HardwareFacts, Known } from '@/lib/planning/estimate-facts'
import { EstimateRefusal } from '@/lib/planning/estimate-refusal'
import { known } from './estimate-facts'

interface AskedHardware {
  hardware: HardwareFacts | null
  hardwareNote: string | null
}

/**
 * The device or cloud instance that a part names. Of a name that fits several devices, what they have in common is taken (all A100
 * have one peak and one footprint). Where a number is needed on which they differ, or the library does not know the name, it is
 * refused with those that it may mean; unless nothing is needed from the library, when it is no more than a name.
 */
export const hardwareFacts = (tables: ReferenceTables, part: EstimatePart, path: string): AskedHardware => {
  if (part.hardware === undefined) return { hardware: null, hardwareNote: null }
  const devices = hardwareCandidates(tables, part.hardware)
  const [device] = devices
  if (device && devices.length === 1) return { hardware: ofDevice(tables, device), hardwareNote: null }
  const instance = devices.length === 0 ? instanceNamed(tables, part.hardware) : null
  if (instance?.hardware && instance.accelerators !== null)
    return { hardware: ofInstance(tables, instance, instance.hardware, instance.accelerators), hardwareNote: null }
  const needed = neededOfLibrary(part)
  const common =
    devices.length > 0
      ? inCommon(
          part.hardware,
          devices.map((each) => ofDevice(tables, each)),
        )
      : null
  if (common && needed.every((field) => common[field] !== null))
    return { hardware: common, hardwareNote: `${mayBe(part.hardware, devices)}: taken is what they have in common` }
  const why = common ? mayBe(part.hardware, devices) : notKnown(tables, part.hardware)
  if (needed.length > 0)
    throw new EstimateRefusal(
      `${path}hardware`,
      `${why}. Name one of them, or give ${needed.map((field) => GIVEN_AS[field]).join(' and ')}.`,
    )
  return { hardware: null, hardwareNote: `${why}. Nothing is taken from the library` }
}

const GIVEN_AS = { fullWatts: 'watts', peakTflops: 'peak_tflops' } as const
const NAMED = 8

const mayBe = (asked: string, devices: readonly Hardware[]): string =>
  `${asked} may be ${devices
    .slice(0, NAMED)
    .map(({ name, tdpW }) => (tdpW === null ? name : `${name} (${tdpW} W)`))
    .join(', ')}`

const notKnown = (tables: ReferenceTables, asked: string): string =>
  `No hardware is known as ${asked}. Known: ${namesLike(tables, asked).slice(0, NAMED).join(', ')} … (GET /api/v1/hardware-catalogue)`

/** A number that all of several devices share; null where one differs or is not known. */
const inCommon = (asked: string, devices: readonly HardwareFacts[]): HardwareFacts | null => {
  const [first, ...others] = devices
  if (!first) return null
  const shared = (field: 'fullWatts' | 'idleWatts' | 'peakTflops' | 'embodiedKg' | 'usdPerHour'): Known | null =>
    others.every((each) => each[field] !== null && each[field]?.value === first[field]?.value) ? first[field] : null
  return {
    name: asked,
    kind: first.kind,
    fullWatts: shared('fullWatts'),
    idleWatts: shared('idleWatts'),
    peakTflops: shared('peakTflops'),
    embodiedKg: shared('embodiedKg'),
    usdPerHour: shared('usdPerHour'),
  }
}

/** `aws:p5.48xlarge`, `p5.48xlarge` */
const instanceNamed = (tables: ReferenceTables, name: string): Instance | null => {
  const parts = /^([a-z ]+)[:/](.+)$/i.exec(name.trim())
  return parts?.[1] && parts[2] ? instanceOf(tables, parts[1], parts[2]) : instanceOf(tables, null, name)
}

const namesLike = (tables: ReferenceTables, asked: string): string[] => {
  const names = (tables.factorsByKind.get('accelerator') ?? []).map((row) => row.subject ?? row.factor.name)
  const words = asked
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1)
  const like = names.filter((name) => words.some((word) => name.toLowerCase().includes(word)))
  return like.length > 0 ? like : names
}

const CONFIRMED = 4
const UNCONFIRMED = 5

const numberOf = (row: StoredFactor, amount: number | null, what: string): Known | null =>
  amount === null
    ? null
    : {
        value: amount,
        tier: row.status === 'recalled' ? UNCONFIRMED : CONFIRMED,
        u95: null,
        source: `${what} of ${row.subject ?? row.factor.name}${row.status === 'recalled' ? ', recalled' : ''} (${row.factor.source})`,
      }

const ofDevice = (tables: ReferenceTables, device: Hardware): HardwareFacts => ({
  name: device.name,
  kind: device.device === 'cpu' ? 'cpu' : 'accelerator',
  fullWatts: numberOf(device.row, device.tdpW, 'TDP, without its host,'),
  idleWatts: idleOf(tables, device),
  peakTflops: numberOf(device.row, device.peakBf16Tflops ?? device.peakFp32Tflops, 'dense peak'),
  embodiedKg: known(embodiedOf(tables, device.id)),
  usdPerHour: numberOf(device.row, device.usdPerHour, 'list price'),
})

/** Cloud Carbon Footprint measured the idle draw of a few families. */
const idleOf = (tables: ReferenceTables, device: Hardware): Known | null => {
  const words = device.name.toLowerCase().split(/[^a-z0-9]+/)
  const row = (tables.factorsByKind.get('coefficient') ?? []).find(
    (each) => each.attributes?.category === 'gpu_power_min' && words.includes((each.subject ?? '').toLowerCase()),
  )
  return row ? numberOf(row, row.value, 'idle draw') : null
}

/**
 * An instance is asked for as one: all its accelerators together. Its host is not counted where the library does not know
 * it.
 */
const ofInstance = (
  tables: ReferenceTables,
  instance: Instance,
  device: Hardware,
  accelerators: number,
): HardwareFacts => {
  const one = ofDevice(tables, device)
  const all = (each: Known | null): Known | null =>
    each && { ...each, value: each.value * accelerators, source: `${accelerators} × ${each.source}` }
  return {
    ...one,
    name: instance.name,
    fullWatts: all(one.fullWatts),
    idleWatts: all(one.idleWatts),
    peakTflops: all(one.peakTflops),
    embodiedKg: all(one.embodiedKg),
    usdPerHour: numberOf(
      instance.row,
      instance.usdPerHour,
      `list price (${instance.priceBoundary ?? 'boundary unknown'})`,
    ),
  }
}
