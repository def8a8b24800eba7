import type { Tier } from '@/components/figures/tier-mark'
import type { SiteRatioName } from '@/lib/contracts/explain'
import type { RatioBasis, SiteRatio } from '@/lib/rollups/site-ratio-series'
import { formatPercent, formatRatio, threeFigures } from '@/lib/units/format'

const BASIS: Record<RatioBasis, string> = {
  hourly: 'Hourly meters',
  monthly: 'Monthly measurements',
  booked: 'As booked',
  declared: 'Declared',
  regional: 'Published for the region',
  fleet: 'The provider’s fleet',
  average: 'Assumed',
}
export const basisWords = (basis: RatioBasis): string => BASIS[basis]

export const RATIO_WORDS: Record<SiteRatioName, { label: string; unit: string | undefined; missing: string }> = {
  pue: { label: 'PUE', unit: undefined, missing: 'No PUE is known' },
  cue: { label: 'CUE', unit: 'kg/kWh IT', missing: 'No month with emissions and IT energy' },
  wue: { label: 'WUE', unit: 'L/kWh IT', missing: 'No water is measured, declared or published' },
  ref: { label: 'REF', unit: undefined, missing: 'No renewable energy is recorded' },
  erf: { label: 'ERF', unit: undefined, missing: 'No reused heat is recorded' },
}

/** REF and ERF are shares and read as such; the others are quotients. */
export const ratioText = (name: SiteRatioName, value: number): string => {
  if (name === 'ref' || name === 'erf') return formatPercent(value) as string
  // A clean grid's CUE and a dry building's WUE have their figures far behind the point.
  return name === 'pue' ? (formatRatio(value, 3) as string) : threeFigures(value)
}

export const CATEGORY_WORDS: Record<1 | 2 | 3, string> = {
  1: 'PUE1, at the UPS output',
  2: 'PUE2, at the PDU output',
  3: 'PUE3, at the IT input',
}

export const ratioMeaning = (ratio: SiteRatio): string => `${basisWords(ratio.basis).toLowerCase()}, ${ratio.source}`
export const tierOf = (ratio: SiteRatio): Tier => ratio.tier
