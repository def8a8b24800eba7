import type { SiteOverhead, SiteSummary } from '@/lib/rollups/sites'
import { formatRatio } from '@/lib/units/format'

const BASIS: Record<SiteOverhead['basis'], string> = {
  metered: 'Metered',
  declared: 'Declared',
  fallback: 'Fallback',
}
export const overheadWords = ({ basis }: SiteOverhead): string => BASIS[basis]

/** What a tier of overhead means, for the mark's own words. */
export const overheadMeaning = ({ basis, source }: SiteOverhead): string => `${BASIS[basis].toLowerCase()}, ${source}`

/** At most so many characters of a name that a person typed; the whole of it is in the title. */
export const shortened = (name: string, most = 40): string =>
  name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`

/** `FRA-2 runs at PUE 1.276; 2 of 3 sites have no meter of their own`: what the list says first. */
export const sitesTitle = (sites: SiteSummary[]): string => {
  const metered = sites.filter((site) => site.overhead.basis === 'metered')
  const rest = sites.length - metered.length
  const best = [...metered].sort((a, b) => Number((b.it_uwh ?? 0n) - (a.it_uwh ?? 0n)))[0]
  if (!best)
    return sites.length === 1 ? 'The site has no metered PUE' : `None of ${sites.length} sites has a metered PUE`
  const said = `${shortened(best.name, 32)} runs at PUE ${formatRatio(best.overhead.pue)}`
  if (rest === 0) return said
  return `${said}; ${rest} of ${sites.length} sites ${rest === 1 ? 'has' : 'have'} no facility meter`
}
