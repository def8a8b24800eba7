import { without } from './better-evidence'
import type { LeftOutMeter } from './entries'
import type { Attribution, Measured } from './facts'
import { everyHour, HOURS, unionMs } from './hour-cells'
import type { Metered } from './meter-sum'

type Because = LeftOutMeter['because']
type Told = Metered & { measured: Measured }

const isTold = (one: Metered): one is Told => one.measured !== null
const hasEnergy = (one: Metered, hour: number): boolean => one.hours.kwh[hour] != null
/** It has energy, or would have had some. */
const isPresent = ({ hours }: Metered, hour: number): boolean =>
  hours.kwh[hour] != null || (hours.elapsedMs[hour] as number) > 0 || hours.lone[hour] === true

/** Ten preferences are one exporter's. */
const exporterOf = ({ preference }: Measured): number => Math.floor(preference / 10)

/** A name that begins with its machine is known inside its site only; a serial number is the same thing everywhere. */
const deviceKey = ({ measured, siteId, boundary }: Told): string | null => {
  if (measured.device === null) return null
  const isLocal = measured.machine !== null && measured.device.startsWith(`${measured.machine}/`)
  return JSON.stringify([boundary, isLocal ? siteId : null, measured.device])
}

const partKey = ({ measured, siteId, boundary }: Told): string | null =>
  measured.machine === null ? null : JSON.stringify([boundary, siteId, measured.machine, measured.component])

const bySource = (a: Measured, b: Measured): number =>
  a.preference - b.preference || (a.sourceId < b.sourceId ? -1 : a.sourceId > b.sourceId ? 1 : 0)

const byExporter = (a: Measured, b: Measured): number => exporterOf(a) - exporterOf(b)

/** Two meters of which one takes over from the other share a reading or so of an hour, and no more of it than this. */
const HANDED_OVER = 0.1

const isApart = (one: Told, standing: Told[], hour: number): boolean => {
  const own = one.hours.held[hour] ?? []
  const others = standing.flatMap(({ hours }) => hours.held[hour] ?? [])
  const [mine, theirs] = [unionMs(own), unionMs(others)]
  return mine > 0 && theirs > 0 && mine + theirs - unionMs([...own, ...others]) <= HANDED_OVER * mine
}

/** Those of a group that give way in the hour: the best that has energy stands, and who held another part of the hour beside it. */
const behind = (group: Told[], hour: number, order: (a: Measured, b: Measured) => number): Told[] => {
  const ordered = [...group].sort(
    (a, b) => Number(hasEnergy(b, hour)) - Number(hasEnergy(a, hour)) || order(a.measured, b.measured),
  )
  const standing: Told[] = []
  return ordered.filter((one) => {
    const peer = standing.some((other) => order(other.measured, one.measured) === 0)
    if (standing.length > 0 && !peer && !isApart(one, standing, hour)) return true
    standing.push(one)
    return false
  })
}

/**
 * The same energy told twice counts once, hour by hour:
 * - of the meters of one device, those of the lowest preference (then the first source) that have energy stand; a silence of all is told once;
 *   one that takes over from another within the hour stands beside it, each with its own time;
 * - on one machine and part, an exporter of a higher ten stands aside for one of a lower: Kepler's pods share out the GPU that DCGM gives whole;
 * - of a site's own meters, one of the whole site holds its machines, and one of a machine holds its parts.
 * Meters that say nothing of what they measure are never left out. PURE, and the same in any order of the meters.
 */
export const oncePerDevice = (
  metered: Metered[],
  attributionOf: (index: number) => Attribution,
): { metered: Metered[]; leftOut: LeftOutMeter[] } => {
  const told = metered.filter(isTold)
  if (told.length === 0) return { metered, leftOut: [] }
  const aside = new Map<Metered, Map<number, Because>>()
  const leave = (one: Metered, hour: number, because: Because) => {
    const hours = aside.get(one) ?? new Map<number, Because>()
    aside.set(one, hours)
    if (!hours.has(hour)) hours.set(hour, because)
  }
  const stands = (one: Metered, hour: number) => hasEnergy(one, hour) && !aside.get(one)?.has(hour)

  for (let hour = 0; hour < HOURS; hour += 1) {
    const present = told.filter((one) => isPresent(one, hour))
    for (const group of groupsBy(present, deviceKey))
      for (const one of behind(group, hour, bySource)) leave(one, hour, 'same_device')
    for (const group of groupsBy(present, partKey))
      for (const one of behind(group, hour, byExporter)) leave(one, hour, 'same_device')
    const own = metered.filter((one) => isOwn(one, attributionOf) && one.boundary === 'it' && stands(one, hour))
    for (const one of own) {
      const because = holderOf(one, own)
      if (because !== null) leave(one, hour, because)
    }
  }
  const leftOut: LeftOutMeter[] = []
  const kept = metered.flatMap((one): Metered[] => {
    const hours = aside.get(one)
    if (!hours) return [one]
    for (const because of ['same_device', 'inside_host', 'inside_site_meter'] as const) {
      const count = [...hours].filter(([hour, each]) => each === because && hasEnergy(one, hour)).length
      if (count > 0) leftOut.push({ seriesId: one.seriesId, attribution: one.hours.attribution, hours: count, because })
    }
    const left = without(one, new Set(hours.keys()))
    return everyHour((hour) => isPresent(left, hour)).includes(true) ? [left] : []
  })
  return { metered: kept, leftOut }
}

const groupsBy = (list: Told[], keyOf: (one: Told) => string | null): Told[][] => {
  const groups = new Map<string, Told[]>()
  for (const one of list) {
    const key = keyOf(one)
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

/** A site's own meter: its energy is nobody's in particular. */
const isOwn = (one: Metered, attributionOf: (index: number) => Attribution): boolean => {
  const { workloadId, siteId } = attributionOf(one.hours.attribution)
  return workloadId === null && siteId !== null
}

/** What holds a site's own meter, among those that run in the same hour. */
const holderOf = (one: Metered, own: Metered[]): Because | null => {
  if (one.measured === null) return null
  if (own.some((other) => other.siteId === one.siteId && other.measured === null)) return 'inside_site_meter'
  const { machine, component } = one.measured
  const hosted = own.some((other) => other.siteId === one.siteId && isHostOf(other, machine))
  return component !== 'host' && hosted ? 'inside_host' : null
}

export const isHostOf = (one: Metered, machine: string | null): boolean =>
  machine !== null && one.measured?.component === 'host' && one.measured.machine === machine

/**
 * The part of a workload's meter that a site's own meters hold, hour by hour: only that is taken off them. A meter of the whole site holds every
 * workload there, one of a machine what runs on it, one of a device its shares; an idle device holds none of the others. A workload of
 * which nothing is known is taken to run on the machines that are metered.
 */
export const heldByOwnMeters = (one: Metered, own: Metered[]): Metered | null => {
  const outside = new Set<number>()
  for (let hour = 0; hour < HOURS; hour += 1) {
    if (hasEnergy(one, hour) && !own.some((meter) => hasEnergy(meter, hour) && holds(meter, one))) outside.add(hour)
  }
  if (outside.size === 0) return one
  const left = without(one, outside)
  return left.hours.kwh.some((energy) => energy !== null) ? left : null
}

const holds = (meter: Metered, one: Metered): boolean => {
  if (meter.measured === null) return true
  if (one.measured === null) return meter.measured.component === 'host'
  if (isHostOf(meter, one.measured.machine)) return true
  if (meter.seriesId === one.seriesId) return false
  const { device, machine, component } = one.measured
  if (device === null) return false
  // A share of a part that has no name of its own, such as a pod's GPU energy by index.
  const isShare = device === `${machine}/${component}`
  const samePart = meter.measured.machine === machine && meter.measured.component === component
  return meter.measured.device === device || (isShare && samePart)
}
