import type { DeploymentName } from '@/lib/contracts/common'

/** What people read for what the books hold: one wording for page, drawer and PDF. */

export const DEPLOYMENT_LABEL: Record<DeploymentName, string> = {
  owned: 'Owned data centre',
  colocation_controlled: 'Colocation, own control',
  colocation: 'Colocation, landlord’s control',
  cloud: 'Public cloud',
  api: 'Third-party model API',
  customer: 'Customers’ own equipment',
}

const GAPS: Record<string, string> = {
  no_reading: 'no reading of the meter',
  single_reading: 'a single reading, which makes no energy',
  zone_unknown: 'energy known, grid zone unknown',
  no_intensity: 'energy known, no grid intensity for the zone',
}
export const gapWords = (reason: string): string => GAPS[reason] ?? reason.replaceAll('_', ' ')

export const ENERGY_TIERS = ['meter or counter', 'complete samples', 'partly estimated', 'modelled', 'proxy'] as const
export const OVERHEAD_TIERS = [
  'metered PUE of the hour',
  'PUE declared by sender or site',
  'PUE of the cloud region',
  'PUE of the provider’s fleet',
  'PUE of the industry',
] as const
export const INTENSITY_TIERS = [
  'hourly, measured',
  'hourly, estimated',
  'typical hour, scaled to the year',
  'zone’s annual average, or declared',
  'country’s annual average, or screening',
] as const

export const STATUS_WORDS: Record<string, string> = {
  verified: 'verified at source',
  'verified-secondary': 'verified, secondary source',
  derived: 'derived',
  recalled: 'unverified (recalled)',
}

const ROWS: Record<string, { chip: string; words: string }> = {
  s2: { chip: 'Scope 2', words: 'Scope 2, location-based' },
  's2-screening': { chip: 'Screening', words: 'Screening figure, kept out of Scope 2' },
  's3-1-cloud': {
    chip: 'Scope 3 · 1 cloud',
    words: 'Scope 3 category 1, cloud computing and data centre services',
  },
  's3-8': { chip: 'Scope 3 · 8', words: 'Scope 3 category 8, upstream leased assets' },
  's3-11': { chip: 'Scope 3 · 11', words: 'Scope 3 category 11, use of sold products' },
}
export const rowChip = (rowCode: string): string => ROWS[rowCode]?.chip ?? rowCode
export const rowWords = (rowCode: string): string => ROWS[rowCode]?.words ?? rowCode
