import Link from 'next/link'
import type { Explainable } from '@/components/explain/explainable'
import { TierMark } from '@/components/figures/tier-mark'
import type { Cell, CellSpec, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { type ExplainedMeasure, figureAddress, type SiteRatioName, siteAddress } from '@/lib/contracts/explain'
import { shareOf } from '@/lib/rollups/site-ratios'
import type { SiteSummary } from '@/lib/rollups/sites'
import { formatCount, formatPercent, formatRatio } from '@/lib/units/format'
import { energyIn, energyUnitOf, massIn, massUnitOf } from '../runs/_shared/amounts'
import { deploymentWords } from '../runs/_shared/words'
import { overheadMeaning, overheadWords, shortened } from './words'

export interface SitesTableProps {
  org: string
  sites: SiteSummary[]
  /** Whole hours of the range that have passed. */
  elapsed: number
  window: { from: string; to: string }
  /** The range as it is written in the address, to be carried on. */
  search: string
}

const ratioCell = (ratio: number | null, digits: number, why: string) =>
  ratio === null ? { text: null, why } : { text: formatRatio(ratio, digits), sort: ratio }

const ledgerCell = (amount: number | null, why: string, explained: Explainable): Cell =>
  amount === null ? { text: null, why } : { sort: amount, ...explained }

const unbroken = (text: string): CellSpec => ({ text, node: <span className="whitespace-nowrap">{text}</span> })

function ZoneLink({ org, zone }: { org: string; zone: string }) {
  return (
    <Link href={`/o/${org}/grid/${encodeURIComponent(zone)}`} className="-my-1 inline-block py-1 whitespace-nowrap">
      {zone}
    </Link>
  )
}

export function SitesTable({ org, sites, elapsed, window, search }: SitesTableProps) {
  const energy = energyUnitOf(sites.flatMap((site) => [site.it_uwh, site.facility_uwh]))
  const mass = massUnitOf(sites.map((site) => site.location_mg))
  const columns: Column[] = [
    { key: 'site', label: 'Site' },
    { key: 'operator', label: 'Operator' },
    { key: 'deployment', label: 'Deployment' },
    { key: 'zone', label: 'Zone' },
    { key: 'region', label: 'Cloud region' },
    { key: 'it', label: 'IT', unit: energy, align: 'right' },
    { key: 'facility', label: 'Facility', unit: energy, align: 'right' },
    { key: 'pue', label: 'PUE', align: 'right' },
    { key: 'source', label: 'PUE source' },
    { key: 'cue', label: 'CUE, kg/kWh IT', align: 'right' },
    { key: 'wue', label: 'WUE, L/kWh IT', align: 'right' },
    { key: 'mass', label: 'Location-based', unit: `${mass} CO2e`, align: 'right' },
    { key: 'idle', label: 'Unallocated', align: 'right', plain: 'beside' },
    { key: 'coverage', label: 'Hours metered', align: 'right', plain: 'count' },
  ]
  const rows = sites.map((site): Row => {
    const idle = shareOf(site.unallocated_it_uwh, site.it_uwh)
    const noMeter = site.facility_meters === 0
    const summed = (measure: ExplainedMeasure, exact: bigint | null): Explainable => ({
      explain: figureAddress(measure, window, { site: site.slug }),
      exact,
    })
    const ratio = (name: SiteRatioName, value: number | null): Explainable =>
      value === null ? {} : { explain: siteAddress(site.slug, name, window), exact: String(value) }
    return {
      id: site.slug,
      cells: {
        site: { text: shortened(site.name), why: site.name, href: `/o/${org}/sites/${site.slug}${search}` },
        operator: site.operator
          ? { ...unbroken(shortened(site.operator, 24)), why: site.operator }
          : { text: null, why: 'Not entered' },
        deployment: site.deployment ? unbroken(deploymentWords(site.deployment)) : { text: null, why: 'Not said yet' },
        zone: site.zone
          ? { text: site.zone, node: <ZoneLink org={org} zone={site.zone} /> }
          : { text: null, why: 'No zone: its emissions are a gap' },
        region: (site.cloud_region && unbroken(site.cloud_region)) ?? {
          nothing: 'not-applicable',
          why: 'Not a cloud region',
        },
        it: ledgerCell(
          energyIn(site.it_uwh, energy),
          'No IT energy known in this range',
          summed('energy', site.it_uwh),
        ),
        facility: ledgerCell(
          energyIn(site.facility_uwh, energy),
          'No energy known in this range',
          summed('facility', site.facility_uwh),
        ),
        pue: {
          ...ratioCell(site.overhead.pue, site.overhead.basis === 'metered' ? 3 : 2, 'No PUE known'),
          ...ratio('pue', site.overhead.pue),
        },
        source: {
          text: overheadWords(site.overhead),
          sort: site.overhead.tier,
          why: site.overhead.source,
          node: (
            <span className="flex items-center gap-1.5 whitespace-nowrap" title={site.overhead.source}>
              <TierMark tier={site.overhead.tier} of="overhead" meaning={overheadMeaning(site.overhead)} />
              {overheadWords(site.overhead)}
            </span>
          ),
        },
        cue: {
          ...ratioCell(
            site.cue,
            3,
            noMeter ? 'No facility meter' : 'No hour in which both meters and the grid intensity are known',
          ),
          ...ratio('cue', site.cue),
        },
        wue:
          site.wue === null
            ? { text: null, why: 'No water is measured, declared or published' }
            : {
                ...ratio('wue', site.wue.value),
                text: formatRatio(site.wue.value, 2),
                sort: site.wue.value,
                why: site.wue.source,
                node: (
                  <span
                    className="inline-flex items-center justify-end gap-1.5 whitespace-nowrap"
                    title={site.wue.source}
                  >
                    {formatRatio(site.wue.value, 2)}
                    <TierMark tier={site.wue.tier} of="overhead" meaning={site.wue.source} />
                  </span>
                ),
              },
        mass: ledgerCell(
          massIn(site.location_mg, mass),
          'No hour with energy and intensity',
          summed('location', site.location_mg),
        ),
        idle:
          site.unallocated_it_uwh === null
            ? { nothing: 'not-applicable', why: 'No IT meter of the site: all energy comes from workloads' }
            : idle === null
              ? null
              : { text: formatPercent(idle), sort: idle },
        coverage: noMeter
          ? { nothing: 'not-applicable', why: 'No facility meter' }
          : {
              text: `${formatCount(site.paired_hours)} of ${formatCount(elapsed)}`,
              sort: site.paired_hours,
            },
      },
    }
  })
  return <DataTable caption="Sites" columns={columns} rows={rows} />
}
