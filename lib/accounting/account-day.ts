import { bestEvidence } from './better-evidence'
import { dayTables } from './day-tables'
import { heldByOwnMeters, oncePerDevice } from './device-overlap'
import type { AccountedDay, EntryDraft, FacilityDraft } from './entries'
import { entryDraft } from './entry-draft'
import { entryEnergy } from './entry-energy'
import { facilityOf } from './facility'
import type { Attribution, Boundary, DayFacts } from './facts'
import { type Metered, meteredOf, sumOfMeters } from './meter-sum'
import { withoutRepeats } from './repeats'
import { isSiteMeter, siteMetersOf } from './site-meters'
import { residualOf, type WorkloadDay } from './unallocated'

/**
 * One organisation's UTC day: readings → entries of 24 hours each, and each site's day. The same evidence gives the same result in
 * whatever order it is told; only between conflicting readings does the order of receipt count.
 * Throws RangeError on what ingest refuses: an impossible value, a unit of the wrong kind, an attribution that is not there.
 */
export const accountDay = (facts: DayFacts): AccountedDay => {
  const { day, attributions } = facts
  const { series, duplicates, conflicts } = withoutRepeats(facts.series, day)
  refuseUnknownAttributions(facts)

  const once = oncePerDevice(meteredOf(series, day), (index) => attributionOf(facts, index))
  const { metered, setAside } = bestEvidence(
    once.metered,
    (attribution) => attributionOf(facts, attribution).workloadId,
  )
  const sites = siteMetersOf(metered, attributions, facts.sites, day)
  const tables = dayTables(facts, sites)

  const workloadDay = ({ attribution, own }: { attribution: number; own: Metered[] }): WorkloadDay => {
    const meters = sumOfMeters(own)
    // An hour is plausible as a whole or not at all: the rest of it would pass for the whole.
    const energyAt = (boundary: Boundary) =>
      sumOfMeters(own.filter((one) => one.boundary === boundary)).kwh.map((energy, hour) =>
        meters.gap[hour] === 'implausible' ? null : energy,
      )
    const { declaredPue } = attributionOf(facts, attribution)
    const energy = entryEnergy(energyAt('it'), energyAt('facility'), tables.overheadOf(attribution), declaredPue)
    return { attribution, meters, energy }
  }
  const claimed = byAttribution(metered).filter(({ attribution }) => !isSiteMeter(attributionOf(facts, attribution)))
  const workloads = claimed.map(workloadDay)

  const entries = workloads.map(({ attribution, meters, energy }) => {
    // A meter that names neither a workload nor a site: nobody claims it, and no site's meter holds it.
    const unallocated = attributionOf(facts, attribution).workloadId === null
    return entryDraft({ attribution, unallocated }, meters, energy, tables.factorsOf(attribution))
  })

  const facilities: FacilityDraft[] = []
  for (const site of sites) {
    const isThere = ({ attribution }: { attribution: number }) =>
      attributionOf(facts, attribution).siteId === site.siteId
    const there = workloads.filter(isThere)
    const meter = site.it ?? site.parts
    if (meter) {
      const { attribution } = meter
      const held = claimed.filter(isThere).flatMap(({ attribution: claimant, own }, index): WorkloadDay[] => {
        const inside = own.flatMap((one) => heldByOwnMeters(one, site.ownIt) ?? [])
        if (inside.length === own.length && inside.every((one, i) => one === own[i]))
          return [there[index] as WorkloadDay]
        return inside.length === 0 ? [] : [workloadDay({ attribution: claimant, own: inside })]
      })
      const residual = residualOf(meter, held, tables.overheadOf(attribution))
      const factors = tables.factorsOf(attribution)
      entries.push(entryDraft({ attribution, unallocated: true }, residual.meters, residual.energy, factors))
      // Idle parts are IT energy of the site as its workloads are.
      if (site.parts) there.push({ attribution, ...residual })
    }
    const zone = facts.sites.find((one) => one.siteId === site.siteId)?.zone ?? null
    const facility = facilityOf(site, there, zone, tables.intensityIn(zone))
    if (facility) facilities.push(facility)
  }

  return {
    entries: entries.filter(tellsSomething).sort(byAttributionId(attributions)),
    facilities,
    duplicates,
    conflicts,
    setAside,
    leftOut: once.leftOut,
  }
}

const attributionOf = (facts: DayFacts, index: number): Attribution => facts.attributions[index] as Attribution

const byAttribution = (metered: Metered[]): { attribution: number; own: Metered[] }[] => {
  const groups = new Map<number, Metered[]>()
  for (const one of metered) {
    const group = groups.get(one.hours.attribution)
    if (group) group.push(one)
    else groups.set(one.hours.attribution, [one])
  }
  return [...groups].map(([attribution, own]) => ({ attribution, own }))
}

const tellsSomething = (entry: EntryDraft): boolean =>
  entry.facilityUwh.some((energy) => energy !== null) || entry.gap.some((gap) => gap !== null)

const byAttributionId = (attributions: Attribution[]) => (a: EntryDraft, b: EntryDraft) => {
  const [left, right] = [a, b].map((entry) => (attributions[entry.attribution] as Attribution).attributionId)
  return (left as string) < (right as string) ? -1 : left === right ? 0 : 1
}

const refuseUnknownAttributions = (facts: DayFacts): void => {
  for (const { seriesId, readings } of facts.series)
    for (const { attribution } of readings)
      if (facts.attributions[attribution] === undefined)
        throw new RangeError(`Series ${seriesId} names attribution ${attribution}, which the facts do not hold`)
}
