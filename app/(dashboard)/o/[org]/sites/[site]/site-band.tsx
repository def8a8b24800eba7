import { KpiBand } from '@/components/figures/kpi-band'
import { figureAddress } from '@/lib/contracts/explain'
import { shareOf } from '@/lib/rollups/site-ratios'
import type { SiteSummary } from '@/lib/rollups/sites'
import { formatCount, formatEnergy, formatMass, threeFigures } from '@/lib/units/format'
import { intensityOf, percentFigure } from '../../runs/_shared/amounts'

/** What the site used. */
export function SiteBand({
  site,
  elapsed,
  window,
}: {
  site: SiteSummary
  elapsed: number
  window: { from: string; to: string }
}) {
  const water = site.water_l === null ? null : site.water_l / 1000
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
          label: 'IT energy',
          explain: site.it_uwh === null ? undefined : figureAddress('energy', window, { site: site.slug }),
          exact: site.it_uwh,
          value: it?.value ?? null,
          unit: it?.unit,
          why: 'No IT energy is known in this range',
          note: `of ${formatCount(elapsed)} h in the range`,
        },
        {
          label: 'Facility energy',
          explain: site.facility_uwh === null ? undefined : figureAddress('facility', window, { site: site.slug }),
          exact: site.facility_uwh,
          value: facility?.value ?? null,
          unit: facility?.unit,
          why: 'No energy is known in this range',
          note:
            experienced === null ? undefined : `its kWh carried ${formatCount(Math.round(experienced))}\u202fg each`,
        },
        {
          label: 'Emissions, location-based',
          explain: site.location_mg === null ? undefined : figureAddress('location', window, { site: site.slug }),
          exact: site.location_mg,
          value: emissions?.value ?? null,
          unit: emissions ? `${emissions.unit} CO2e` : undefined,
          why: 'No hour with energy and intensity',
        },
        {
          label: 'Water on site',
          plain: 'read',
          value: water === null ? null : threeFigures(water),
          unit: 'm³',
          why: 'No month of water is recorded in this range',
          note: water === null ? 'record a month below' : 'as recorded, whole months',
        },
        {
          label: 'Unallocated, idle',
          plain: 'part',
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
