import { KpiBand } from '@/components/figures/kpi-band'
import { UnitText } from '@/components/figures/unit-text'
import { shareOf } from '@/lib/rollups/site-ratios'
import type { SiteSummary } from '@/lib/rollups/sites'
import { formatCount, formatEnergy, formatMass, formatRatio } from '@/lib/units/format'
import { intensityOf, percentFigure } from '../../runs/_shared/amounts'
import { overheadMeaning } from '../words'

/** What the site is judged by, and what it used. */
export function SiteBand({ site, elapsed, ledgerHref }: { site: SiteSummary; elapsed: number; ledgerHref: string }) {
  const { overhead } = site
  const isMetered = overhead.basis === 'metered'
  const it = formatEnergy(site.it_uwh)
  const facility = formatEnergy(site.facility_uwh)
  const idle = percentFigure(shareOf(site.unallocated_it_uwh, site.it_uwh))
  const idleEnergy = formatEnergy(site.unallocated_it_uwh)
  const experienced = intensityOf(site.location_mg, site.facility_uwh)
  const emissions = formatMass(site.location_mg)
  return (
    <KpiBand
      items={[
        {
          label: 'PUE',
          value: formatRatio(overhead.pue, isMetered ? 3 : 2),
          tier: overhead.tier,
          tierOf: 'overhead',
          tierMeaning: overheadMeaning(overhead),
          note: isMetered
            ? `over ${formatCount(site.paired_hours)} metered hours`
            : `${overhead.basis}: ${overhead.source}`,
          provisional: site.provisional,
        },
        {
          label: 'CUE',
          value: formatRatio(site.cue),
          unit: 'kg/kWh IT',
          why:
            site.facility_meters === 0
              ? 'No facility meter'
              : 'No hour in which both meters and a direct grid intensity are known',
          note:
            experienced === null ? undefined : `its kWh carried ${formatCount(Math.round(experienced))}\u202fg each`,
        },
        {
          label: 'IT energy',
          explainHref: site.it_uwh === null ? undefined : ledgerHref,
          value: it?.value ?? null,
          unit: it?.unit,
          why: 'No IT energy is known in this range',
          note: `of ${formatCount(elapsed)} h in the range`,
        },
        {
          label: 'Facility energy',
          explainHref: site.facility_uwh === null ? undefined : ledgerHref,
          value: facility?.value ?? null,
          unit: facility?.unit,
          why: 'No energy is known in this range',
          note: emissions ? (
            <>
              {emissions.value} <UnitText text={`${emissions.unit} CO2e`} /> location-based
            </>
          ) : undefined,
        },
        {
          label: 'Unallocated, idle',
          ...idle,
          why: 'Without an IT meter of the site, no energy beside its workloads is known',
          note: idleEnergy
            ? `${idleEnergy.value}\u202f${idleEnergy.unit} that no workload claims`
            : 'needs an IT meter of the site',
        },
      ]}
    />
  )
}
