import { KpiBand } from '@/components/figures/kpi-band'
import { SITE_RATIOS, type SiteRatioName, siteAddress } from '@/lib/contracts/explain'
import type { SiteRatio, SiteRatios } from '@/lib/rollups/site-ratio-series'
import type { SiteSummary } from '@/lib/rollups/sites'
import { formatCount } from '@/lib/units/format'
import { counted } from '../../runs/_shared/words'
import { basisWords, CATEGORY_WORDS, RATIO_WORDS, ratioMeaning, ratioText } from './ratio-words'

const BASIS_OF = { metered: 'hourly', declared: 'declared', fallback: 'average' } as const

/** PUE and CUE are explained by the hours of the meters, or by what stands in for them. */
const isExplained = (name: SiteRatioName, { basis }: SiteRatio): boolean =>
  name === 'cue' ? basis === 'hourly' : name !== 'pue' || basis !== 'monthly'

/** What the site is judged by (ISO/IEC 30134-2, -3, -6, -8, -9), each with what it rests on. */
export function RatioBand({
  site,
  ratios,
  window,
}: {
  site: SiteSummary
  ratios: SiteRatios
  window: { from: string; to: string }
}) {
  const { overhead } = site
  // PUE and CUE to the day; the others by the months of the range.
  const shown: SiteRatios = {
    ...ratios,
    pue:
      overhead.basis === 'metered' && overhead.pue !== null
        ? { value: overhead.pue, basis: BASIS_OF.metered, tier: 1, source: overhead.source, months: 1 }
        : ratios.pue,
    cue: site.cue === null ? ratios.cue : { ...(ratios.cue as SiteRatio), value: site.cue, basis: 'hourly', tier: 1 },
  }
  const noteOf = (name: SiteRatioName, ratio: SiteRatio | null): string | undefined => {
    if (ratio === null) return undefined
    if (name === 'pue' && ratio.basis === 'hourly') {
      const hours = `${formatCount(site.paired_hours)} hours`
      return site.pue_category === null
        ? `over ${hours}; category not said`
        : `${CATEGORY_WORDS[site.pue_category]}, ${hours}`
    }
    if (ratio.basis === 'hourly') return 'hourly meters and grid'
    return ratio.months === 0
      ? `${basisWords(ratio.basis).toLowerCase()}: ${ratio.source}`
      : `${basisWords(ratio.basis).toLowerCase()}, ${counted(ratio.months, 'month')}`
  }
  return (
    <KpiBand
      items={SITE_RATIOS.map((name) => {
        const ratio = shown[name]
        const { label, unit, missing } = RATIO_WORDS[name]
        const text = ratio === null ? null : ratioText(name, ratio.value)
        const isShare = name === 'ref' || name === 'erf'
        return {
          label,
          value: isShare ? (text?.replace(/\u202f%$/, '') ?? null) : text,
          unit: isShare ? '%' : unit,
          why: missing,
          explain: ratio !== null && isExplained(name, ratio) ? siteAddress(site.slug, name, window) : undefined,
          tier: ratio?.tier,
          tierOf: 'overhead' as const,
          tierMeaning: ratio === null ? undefined : ratioMeaning(ratio),
          note: noteOf(name, ratio) ?? missing,
          provisional: name === 'pue' && site.provisional,
        }
      })}
    />
  )
}
