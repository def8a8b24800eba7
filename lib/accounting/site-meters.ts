import { toMicrowattHours } from '@/lib/units/physics'
import type { MicrowattHours, Pue } from '@/lib/units/quantity'
import { HOUR } from '@/lib/units/time'
import type { Cells } from './entries'
import type { Attribution, Boundary, ExpectedMeter, SiteFacts } from './facts'
import { everyHour } from './hour-cells'
import { type Metered, type MeterSum, sumOfMeters } from './meter-sum'
import { meteredPue } from './overhead'

/** What a site's own meters say of its day: those that no workload claims. */
export interface SiteMeters {
  siteId: string
  it: SiteMeter | null
  /** Meters of parts only, such as idle GPUs: energy that nobody claims, and never the site's whole IT energy. */
  parts: SiteMeter | null
  /** The site's own meters behind the one or the other. */
  ownIt: Metered[]
  facility: SiteMeter | null
  /** Only of hours that both meters cover from end to end: energies of different times have no quotient. */
  pue: Cells<Pue>
}

export interface SiteMeter {
  /** Of the first attribution by id, where the meter has several. */
  attribution: number
  sum: MeterSum
  uwh: Cells<MicrowattHours>
  /** The hour's energy when the meter covers the whole hour. */
  wholeUwh: Cells<MicrowattHours>
}

export const isSiteMeter = (attribution: Attribution): boolean =>
  attribution.workloadId === null && attribution.siteId !== null

/** Sites in order of their ids. */
export const siteMetersOf = (
  metered: Metered[],
  attributions: Attribution[],
  sites: SiteFacts[],
  day: number,
): SiteMeters[] => {
  const registered = new Map(sites.map((site) => [site.siteId, site.meters]))
  const bySite = new Map<string, Metered[]>()
  for (const one of metered) {
    const attribution = attributions[one.hours.attribution] as Attribution
    if (!isSiteMeter(attribution)) continue
    const siteId = attribution.siteId as string
    bySite.set(siteId, [...(bySite.get(siteId) ?? []), one])
  }
  return [...bySite.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([siteId, own]) => {
      const at = (boundary: Boundary) =>
        meterOf(
          own.filter((one) => one.boundary === boundary),
          attributions,
          (registered.get(siteId) ?? []).filter((one) => one.boundary === boundary),
          day,
        )
      const ownIt = own.filter((one) => one.boundary === 'it')
      const arePartsOnly = ownIt.every(({ measured }) => measured !== null && measured.component !== 'host')
      const [all, facility] = [at('it'), at('facility')]
      const [it, parts] = arePartsOnly ? [null, all] : [all, null]
      const pue = everyHour((hour) => meteredPue(facility?.wholeUwh[hour] ?? null, it?.wholeUwh[hour] ?? null))
      return { siteId, it, parts, ownIt, facility, pue }
    })
}

const meterOf = (
  metered: Metered[],
  attributions: Attribution[],
  expected: ExpectedMeter[],
  day: number,
): SiteMeter | null => {
  if (metered.length === 0) return null
  const id = (index: number) => (attributions[index] as Attribution).attributionId
  const attribution = metered
    .map((one) => one.hours.attribution)
    .reduce((first, other) => (id(other) < id(first) ? other : first))
  const sum = sumOfMeters(metered)
  const uwh = sum.kwh.map((energy) => (energy === null ? null : toMicrowattHours(energy)))
  const complete = completeHours(metered, expected, day)
  return {
    attribution,
    sum,
    uwh,
    wholeUwh: uwh.map((energy, hour) => (sum.whole[hour] && complete[hour] ? energy : null)),
  }
}

/**
 * Hours that every meter of the register covers from end to end while it is in service. Without a register the meters that run are all
 * there are, and a silent one among several cannot be missed.
 */
const completeHours = (metered: Metered[], expected: ExpectedMeter[], day: number): boolean[] =>
  everyHour((hour) => {
    const start = day + hour * HOUR
    return expected.every(({ meter, from, to }) => {
      if ((from !== null && start < from) || (to !== null && start >= to)) return true
      const own = metered.filter((one) => one.meter === meter)
      return own.reduce((ms, { hours }) => ms + (hours.coveredMs[hour] as number), 0) >= HOUR
    })
  })
