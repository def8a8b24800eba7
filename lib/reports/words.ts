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
  implausible: 'a reading that no machine can give',
  workloads_exceed_meter: 'workloads claim more than the site’s meter',
  no_market_rate: 'energy known, neither residual mix nor grid intensity',
  no_loss_factor: 'energy known, no loss factor for the grid',
  no_upstream_factor: 'energy known, no upstream factor for the grid',
  in_life_cycle_average: 'already inside a life-cycle average',
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
  s1: { chip: 'Scope 1', words: 'Scope 1, direct emissions' },
  s2: { chip: 'Scope 2', words: 'Scope 2, location-based' },
  's2-market': { chip: 'Scope 2 market', words: 'Scope 2, market-based after instruments' },
  's2-screening': { chip: 'Screening', words: 'Screening figure, kept out of Scope 2' },
  's3-1-cloud': {
    chip: 'Scope 3 · 1 cloud',
    words: 'Scope 3 category 1, cloud computing and data centre services',
  },
  's3-1-other': { chip: 'Scope 3 · 1', words: 'Scope 3 category 1, other purchases' },
  's3-3-a': { chip: 'Scope 3 · 3a', words: 'Scope 3 category 3, upstream of fuels' },
  's3-3-b': { chip: 'Scope 3 · 3b', words: 'Scope 3 category 3, upstream of purchased electricity' },
  's3-3-c': { chip: 'Scope 3 · 3c', words: 'Scope 3 category 3, transmission and distribution losses' },
  's3-8': { chip: 'Scope 3 · 8', words: 'Scope 3 category 8, upstream leased assets' },
  's3-8-cloud': { chip: 'Scope 3 · 8 cloud', words: 'Scope 3 category 8, cloud computing and data centre services' },
  's3-11': { chip: 'Scope 3 · 11', words: 'Scope 3 category 11, use of sold products' },
  's3-11-apart': {
    chip: 'Not counted',
    words: 'Use of software on customers’ machines, not counted by the organisation’s choice',
  },
  'embodied-memo': {
    chip: 'Embodied, memo',
    words: 'Amortised hardware: a management figure, in no row of the statement',
  },
}
const categoryOf = (rowCode: string): string | null => /^s3-(\d+)$/.exec(rowCode)?.[1] ?? null
export const rowChip = (rowCode: string): string =>
  ROWS[rowCode]?.chip ?? (categoryOf(rowCode) ? `Scope 3 · ${categoryOf(rowCode)}` : rowCode)
export const rowWords = (rowCode: string): string =>
  ROWS[rowCode]?.words ?? (categoryOf(rowCode) ? `Scope 3 category ${categoryOf(rowCode)}` : rowCode)

export const INSTRUMENT_WORDS: Record<string, string> = {
  go: 'Guarantee of origin',
  rec: 'REC',
  i_rec: 'I-REC',
  ppa: 'Power purchase agreement',
  green_tariff: 'Green tariff',
  supplier_rate: 'Supplier’s rate',
}

export const FACTOR_ROLE_WORDS: Record<string, string> = {
  intensity: 'Grid intensities',
  overhead: 'Overheads (PUE)',
  market: 'Residual mixes and suppliers’ rates',
  upstream: 'Upstream of electricity (category 3b)',
  loss: 'Grid losses (category 3c)',
  embodied: 'Embodied hardware, amortised',
  activity: 'Fuels, refrigerants, purchases and waste',
}

const GASES: Record<string, string> = {
  co2: 'CO₂',
  ch4: 'CH₄',
  ch4_fossil: 'CH₄, fossil',
  ch4_biogenic: 'CH₄, biogenic',
  n2o: 'N₂O',
  sf6: 'SF₆',
  nf3: 'NF₃',
}
export const gasWords = (gas: string): string => GASES[gas.toLowerCase()] ?? gas.toUpperCase()
