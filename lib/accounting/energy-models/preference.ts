import type { Tier } from '../facts'

/** How an energy can be known, best first (METHOD §1.5), and the tier that it has where nothing says otherwise (§9). */
export const EVIDENCE = [
  'facility_meter',
  'energy_counter',
  'power_samples',
  'utilisation',
  'usage_report',
  'device_hours',
  'flops',
  'spend',
] as const
export type Evidence = (typeof EVIDENCE)[number]

export const EVIDENCE_TIER: Readonly<Record<Evidence, Tier>> = {
  facility_meter: 1,
  energy_counter: 1,
  power_samples: 2,
  utilisation: 4,
  usage_report: 4,
  device_hours: 4,
  flops: 5,
  spend: 5,
}

/** The best of several; null of none. A model never stands beside a meter of the same thing in the same hour. */
export const bestEvidence = (known: readonly Evidence[]): Evidence | null =>
  EVIDENCE.find((evidence) => known.includes(evidence)) ?? null
