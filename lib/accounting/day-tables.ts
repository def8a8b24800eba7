import { selectHardware } from './embodied-hours'
import type { EntryFactors } from './entry-draft'
import type { Attribution, DayFacts } from './facts'
import { selectLoss } from './grid-losses'
import { selectMarketRate } from './market-rate'
import { type Overhead, selectOverhead } from './overhead'
import { type DayIntensity, selectIntensity } from './select-intensity'
import type { SiteMeters } from './site-meters'
import { selectWue } from './water'

/** Each attribution's constants of the day, looked up once. */
export const dayTables = (facts: DayFacts, metered: SiteMeters[]) => {
  const attributionOf = (index: number) => facts.attributions[index] as Attribution
  const pues = new Map(metered.map((site) => [site.siteId, site.pue]))
  const zones = new Map(facts.zones.map((zone) => [zone.zone, zone]))
  const zoneTerms = new Map(facts.zoneTerms.map((zone) => [zone.zone, zone]))
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
    factorsOf: (index: number): EntryFactors => {
      const attribution = attributionOf(index)
      const site = sites.get(attribution.siteId ?? '')
      const zone = zoneTerms.get(attribution.zone ?? '')
      const intensity = intensityFor(attribution.zone, attribution.declaredGPerKwh)
      return {
        intensity,
        market: selectMarketRate(attribution, site, zone),
        loss: selectLoss(zone, intensity),
        upstream: zone?.upstream ?? null,
        water: selectWue(attribution, site),
        sourceWater: zone?.sourceWater ?? null,
        hardware: selectHardware(attribution, facts.assets, facts.day),
        zone,
      }
    },
    intensityIn: (zone: string | null): DayIntensity => intensityFor(zone, null),
  }
}
