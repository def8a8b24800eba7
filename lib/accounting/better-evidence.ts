import type { SetAside } from './entries'
import { ENERGY_METHODS } from './facts'
import { emptyCells, HOURS, zeroCells } from './hour-cells'
import type { Metered } from './meter-sum'

const rankOf = (one: Metered): number => ENERGY_METHODS.indexOf(one.method)

/**
 * Of each workload and hour only the best kind of evidence (METHOD §1.5: meter > utilisation > usage report > device-hours > FLOPs >
 * spend): a model of an hour that a meter knows would count the same kWh twice. Where the meter is silent the model fills the
 * hour with its own tier. What stood aside is told, by series. Site meters belong to no workload and are left as they are.
 */
export const bestEvidence = (
  metered: Metered[],
  workloadOf: (attribution: number) => string | null,
): { metered: Metered[]; setAside: SetAside[] } => {
  if (metered.every((one) => one.method === 'metered')) return { metered, setAside: [] }
  const best = new Map<string, number>()
  const eachKnown = (one: Metered, visit: (key: string, hour: number) => void) => {
    const workload = workloadOf(one.hours.attribution)
    if (workload === null) return
    for (let hour = 0; hour < HOURS; hour += 1) if (one.hours.kwh[hour] != null) visit(`${hour} ${workload}`, hour)
  }
  for (const one of metered)
    eachKnown(one, (key) => best.set(key, Math.min(best.get(key) ?? ENERGY_METHODS.length, rankOf(one))))

  const setAside: SetAside[] = []
  const kept = metered.flatMap((one): Metered[] => {
    const aside = new Set<number>()
    eachKnown(one, (key, hour) => {
      if (rankOf(one) > (best.get(key) as number)) aside.add(hour)
    })
    if (aside.size === 0) return [one]
    setAside.push({ seriesId: one.seriesId, attribution: one.hours.attribution, hours: aside.size })
    const left = without(one, aside)
    return left.hours.kwh.some((energy) => energy !== null) ? [left] : []
  })
  return { metered: kept, setAside }
}

/** A series' day without some of its hours. */
export const without = (one: Metered, aside: Set<number>): Metered => {
  const { hours } = one
  const keep = <T>(cells: T[], nothing: T[]): T[] =>
    cells.map((cell, hour) => (aside.has(hour) ? (nothing[hour] as T) : cell))
  return {
    ...one,
    hours: {
      ...hours,
      kwh: keep(hours.kwh, emptyCells()),
      tier: keep(hours.tier, emptyCells()),
      coveredMs: keep(hours.coveredMs, zeroCells()),
      elapsedMs: keep(hours.elapsedMs, zeroCells()),
      held: hours.held.map((spans, hour) => (aside.has(hour) ? [] : spans)),
      lone: hours.lone.map((lone, hour) => lone && !aside.has(hour)),
    },
  }
}
