import type { Deployment } from '@/lib/accounting/facts'
import { cloudRegionNamed, providerNamed, splitCloudRegion } from './cloud-region'
import { type FoundFactor, foundFactor } from './found-factor'
import type { ReferenceTables } from './reference-tables'
import { fleetWueId, regionWueId } from './region-factors'
import { countryOf } from './zone-country'

export interface WueQuestion {
  cloudRegion?: string | null
  provider?: string | null
  deployment: Deployment
}

const FLEETS: Record<string, string> = { aws: 'aws', gcp: 'google', azure: 'microsoft' }
/** What EcoLogits assumes where a provider publishes no fleet value. */
const ASSUMED: Record<string, string> = {
  aws: 'wue:ecologits-default:aws-anthropic',
  gcp: 'wue:ecologits-default:google',
  azure: 'wue:ecologits-default:azure-openai',
}

/**
 * Litres per IT kWh on site (ISO/IEC 30134-9) where the site has no water meter and declares none: the cloud region's own (tier 3), the
 * provider's fleet (4), an assumption about the provider (5). A building of one's own has none: null, never 0.
 */
export const wueOf = (
  tables: ReferenceTables,
  { cloudRegion, provider, deployment }: WueQuestion,
): FoundFactor | null => {
  if (deployment !== 'cloud' && deployment !== 'api' && deployment !== 'customer') return null
  const at = (id: string | null | undefined, tier: 3 | 4 | 5, levels: string[]): FoundFactor | null => {
    const row = id ? tables.factors.get(id) : undefined
    return row && (row.isOwn || levels.includes(row.level)) ? foundFactor(row, tier) : null
  }
  const region = cloudRegion ? cloudRegionNamed(tables, cloudRegion, provider) : null
  const named =
    (cloudRegion ? splitCloudRegion(cloudRegion).provider : null) ?? (provider ? providerNamed(provider) : null)
  const owner = region?.provider.toLowerCase() ?? named
  if (!owner) return null
  return (
    (region && at(regionWueId(region.provider, region.region), 3, ['cloud-region'])) ??
    at(fleetWueId(FLEETS[owner] ?? owner), 4, ['fleet']) ??
    at(ASSUMED[owner], 5, ['alternative'])
  )
}

/** Litres per kWh at the power stations: the zone's or its country's; a national average of one study for the US, recalled. */
export const sourceWaterOf = (tables: ReferenceTables, zone: string): FoundFactor | null => {
  for (const place of [zone, countryOf(tables, zone)]) {
    const row = (place === null ? [] : (tables.factorsByZone.get(place) ?? [])).find(
      (each) => each.kind === 'source-water' && each.value !== null,
    )
    const found = row && foundFactor(row, 5)
    if (found) return found
  }
  return null
}
