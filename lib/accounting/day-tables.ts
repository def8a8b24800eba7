import type { Attribution, DayFacts } from './facts'
import { type Overhead, selectOverhead } from './overhead'
import { type DayIntensity, selectIntensity } from './select-intensity'
import type { SiteMeters } from './site-meters'

/** Each attribution's overhead and intensity, looked up once. */
export const dayTables = (facts: DayFacts, metered: SiteMeters[]) => {
  const attributionOf = (index: number) => facts.attributions[index] as Attribution
  const pues = new Map(metered.map((site) => [site.siteId, site.pue]))
  const zones = new Map(facts.zones.map((zone) => [zone.zone, zone]))
  const sites = new Map(facts.sites.map((site) => [site.siteId, site]))
  const known = new Map<string, DayIntensity>()

  const intensityFor = (zone: string | null, declaredGPerKwh: number | null): DayIntensity => {
    const key = JSON.stringify([zone, declaredGPerKwh])
    const found = known.get(key)
    if (found) return found
    const fresh = selectIntensity({ zone, declaredGPerKwh }, zone === null ? undefined : zones.get(zone), facts.day)
    known.set(key, fresh)
    return fresh
  }

  return {
    overheadOf: (index: number): Overhead[] => {
      const attribution = attributionOf(index)
      const siteId = attribution.siteId ?? ''
      return selectOverhead(attribution, sites.get(siteId), pues.get(siteId))
    },
    intensityOf: (index: number): DayIntensity => {
      const { zone, declaredGPerKwh } = attributionOf(index)
      return intensityFor(zone, declaredGPerKwh)
    },
    intensityIn: (zone: string | null): DayIntensity => intensityFor(zone, null),
  }
}
