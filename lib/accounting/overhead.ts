import { type MicrowattHours, type Pue, pue, value } from '@/lib/units/quantity'
import type { Cells } from './entries'
import type { Attribution, FactorReference, SiteFacts, Tier } from './facts'
import { everyHour } from './hour-cells'

/** A PUE to apply to IT energy, how good it is and what it rests on. */
export interface Overhead {
  pue: Pue
  tier: Tier
  factor: FactorReference
}

const HIGHEST_CREDIBLE = 5

const DECLARED: FactorReference = {
  id: 'declared-pue',
  version: 1,
  name: 'PUE declared by the sender',
  source: 'sender',
  basis: null,
}

/**
 * PUE of an hour from a site's own meters: facility µWh ÷ IT µWh (ISO/IEC 30134-2). 1,200,000,000 ÷ 1,000,000,000 → 1.2.
 * Null where either side is unknown, the IT side is zero, or the quotient lies outside 1 … 5 and so measures something else.
 */
export const meteredPue = (facility: MicrowattHours | null, it: MicrowattHours | null): Pue | null => {
  if (facility === null || it === null || value(it) === 0) return null
  const quotient = value(facility) / value(it)
  return quotient >= 1 && quotient <= HIGHEST_CREDIBLE ? pue(quotient) : null
}

/**
 * The overhead of each hour, best first: declared with the readings (tier 2); the site's meters of that hour (tier 1); declared for
 * the site (tier 2); the attribution's fallback with its own tier. What the sender declares goes before the meters because its
 * readings were taken under that statement.
 */
export const selectOverhead = (
  attribution: Attribution,
  site: SiteFacts | undefined,
  metered: Cells<Pue> | undefined,
): Overhead[] => {
  const standing = standingOverhead(attribution, site)
  return everyHour((hour) => {
    const measured = metered?.[hour] ?? null
    if (attribution.declaredPue !== null || measured === null) return standing
    return { pue: measured, tier: 1, factor: meteredReference(attribution.siteId as string) }
  })
}

const standingOverhead = ({ declaredPue, fallbackPue }: Attribution, site: SiteFacts | undefined): Overhead => {
  if (declaredPue !== null) return { pue: pue(declaredPue), tier: 2, factor: DECLARED }
  if (site?.declaredPue)
    return { pue: pue(site.declaredPue.pue), tier: 2, factor: siteReference(site.siteId, site.declaredPue.source) }
  return { pue: pue(fallbackPue.pue), tier: fallbackPue.tier, factor: fallbackPue.factor }
}

const meteredReference = (siteId: string): FactorReference => ({
  id: `site-pue:${siteId}`,
  version: 1,
  name: 'Site PUE, metered hourly',
  source: 'site meters',
  basis: null,
})

const siteReference = (siteId: string, source: string): FactorReference => ({
  id: `site-pue-declared:${siteId}`,
  version: 1,
  name: 'Site PUE, declared',
  source,
  basis: null,
})
