import type { Attribution, Deployment } from '@/lib/accounting/facts'
import { invariant } from '@/lib/errors'
import { cloudRegionNamed, providerNamed, splitCloudRegion } from './cloud-region'
import { fleetPueId, INDUSTRY_AVERAGE_PUE, regionPueId } from './pue-factors'
import type { ReferenceTables } from './reference-tables'

export type FallbackPue = Attribution['fallbackPue']

export interface PueQuestion {
  cloudRegion?: string | null
  provider?: string | null
  deployment: Deployment
}

const FLEETS: Record<string, string> = { aws: 'aws', gcp: 'google', azure: 'microsoft' }

/** An owned or colocated building is not the provider's, whatever region the sender named beside it. */
const isProvidersBuilding = (deployment: Deployment): boolean =>
  deployment === 'cloud' || deployment === 'api' || deployment === 'customer'

/**
 * Overhead where neither the sender nor the site knows it: the cloud region's own PUE (tier 3), the provider's fleet (tier 4),
 * else the industry average (tier 5).
 */
export const fallbackPue = (
  tables: ReferenceTables,
  { cloudRegion, provider, deployment }: PueQuestion,
): FallbackPue => {
  const asFallback = (factorId: string | null, tier: 3 | 4 | 5): FallbackPue | null => {
    const found = factorId === null ? undefined : tables.factors.get(factorId)
    if (!found || found.value === null) return null
    return { pue: found.value, tier, factor: found.factor }
  }
  const region = cloudRegion ? cloudRegionNamed(tables, cloudRegion, provider) : null
  const named =
    (cloudRegion ? splitCloudRegion(cloudRegion).provider : null) ?? (provider ? providerNamed(provider) : null)
  const owner = region?.provider.toLowerCase() ?? named
  const fleet = owner ? FLEETS[owner] : undefined
  const ofProvider = isProvidersBuilding(deployment)
    ? ((region && asFallback(regionPueId(region.provider, region.region), 3)) ??
      asFallback(fleet ? fleetPueId(fleet) : null, 4))
    : null
  const found = ofProvider ?? asFallback(INDUSTRY_AVERAGE_PUE, 5)
  invariant(found, 'the reference tables hold no industry average PUE: scripts/load-reference.ts has not run')
  return found
}
