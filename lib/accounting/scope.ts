import type { Deployment } from './facts'

/** Where a workload's electricity stands in an inventory. Row codes are ours: disclosure profiles map them to a framework's rows. */
export interface ScopeLine {
  scope: 2 | 3
  /** Scope 2 is reported by both methods (Scope 2 Guidance §1.5); Scope 3 lines by the location-based figure. */
  scope2Methods: readonly ('location_based' | 'market_based')[]
  category: 1 | 8 | 11 | null
  subline: 'cloud computing and data centre services' | null
  rowCode: 's2' | 's3-1-cloud' | 's3-8' | 's3-11'
  clause: string
}

const PURCHASED: ScopeLine = {
  scope: 2,
  scope2Methods: ['location_based', 'market_based'],
  category: null,
  subline: null,
  rowCode: 's2',
  clause: 'GHG Protocol Scope 2 Guidance (2015); ESRS E1-6 §49',
}

const LEASED: ScopeLine = {
  scope: 3,
  scope2Methods: [],
  category: 8,
  subline: null,
  rowCode: 's3-8',
  clause: 'GHG Protocol Scope 3 Standard, category 8 upstream leased assets; ESRS E1-6 §51',
}

const CLOUD: ScopeLine = {
  scope: 3,
  scope2Methods: [],
  category: 1,
  subline: 'cloud computing and data centre services',
  rowCode: 's3-1-cloud',
  clause: 'GHG Protocol Scope 3 Standard, category 1; ESRS E1 AR 51',
}

const SOLD: ScopeLine = {
  scope: 3,
  scope2Methods: [],
  category: 11,
  subline: null,
  rowCode: 's3-11',
  clause: 'GHG Protocol Scope 3 Standard, category 11 use of sold products; ESRS E1-6 §51',
}

const LINES: Record<Deployment, ScopeLine> = {
  owned: PURCHASED,
  colocation_controlled: PURCHASED,
  colocation: LEASED,
  cloud: CLOUD,
  api: CLOUD,
  customer: SOLD,
}

/**
 * Scope line of a workload's electricity by who controls the machine (METHOD §7). `owned` → Scope 2; `cloud` → Scope 3 category 1,
 * sub-line "cloud computing and data centre services": the electricity is the provider's Scope 2, not the tenant's.
 */
export const scopeLineOf = (deployment: Deployment): ScopeLine => LINES[deployment]
