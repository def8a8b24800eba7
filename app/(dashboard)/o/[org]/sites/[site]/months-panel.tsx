import { addDays } from '@/components/shell/range'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import { figureAddress, siteAddress } from '@/lib/contracts/explain'
import type { SiteMonth } from '@/lib/rollups/site-days'
import { cueOfSums, pueOfSums } from '@/lib/rollups/site-ratios'
import type { SiteSummary } from '@/lib/rollups/sites'
import { formatCount, formatRatio } from '@/lib/units/format'
import { energyIn, energyUnitOf, massIn, massUnitOf, sumOf } from '../../runs/_shared/amounts'

const nameOf = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })
    .format(Date.parse(`${month}-01`))
    .replace('Sept', 'Sep')

/** The range month by month; the total is the quotient of the sums, not a mean of the months. */
export function MonthsPanel({
  months,
  site,
  metered,
  window,
}: {
  months: SiteMonth[]
  site: SiteSummary
  metered: boolean
  window: { from: string; to: string }
}) {
  const energy = energyUnitOf(months.map((month) => month.facility_uwh))
  const mass = massUnitOf(months.map((month) => month.location_mg))
  const columns: Column[] = [
    { key: 'month', label: 'Month' },
    { key: 'it', label: 'IT', unit: energy, align: 'right' },
    { key: 'facility', label: 'Facility', unit: energy, align: 'right' },
    ...(metered
      ? ([
          { key: 'pue', label: 'PUE', align: 'right' },
          { key: 'cue', label: 'CUE, kg/kWh IT', align: 'right' },
          { key: 'hours', label: 'Hours metered', align: 'right', plain: 'count' },
        ] as const)
      : []),
    { key: 'mass', label: 'Location-based', unit: `${mass} CO2e`, align: 'right' },
    { key: 'state', label: 'State' },
  ]
  const quotient = (ratio: 'pue' | 'cue', value: number | null, days: { from: string; to: string }): Cell =>
    value === null
      ? null
      : { text: formatRatio(value), sort: value, exact: String(value), explain: siteAddress(site.slug, ratio, days) }
  const booked = (
    measure: 'energy' | 'facility' | 'location',
    exact: bigint | null,
    days: { from: string; to: string },
  ): Cell =>
    exact === null
      ? null
      : {
          sort: measure === 'location' ? massIn(exact, mass) : energyIn(exact, energy),
          exact,
          explain: figureAddress(measure, days, { site: site.slug }),
        }
  /** The days of a month that lie in the range. */
  const daysIn = (month: string): { from: string; to: string } => {
    const from = `${month}-01`
    const to = `${addDays(`${month}-28`, 4).slice(0, 7)}-01`
    return { from: from < window.from ? window.from : from, to: to > window.to ? window.to : to }
  }
  const rows = months.map(
    (month): Row => ({
      id: month.month,
      cells: {
        month: { text: nameOf(month.month), sort: month.month },
        it: booked('energy', month.it_uwh, daysIn(month.month)),
        facility: booked('facility', month.facility_uwh, daysIn(month.month)),
        pue: quotient('pue', pueOfSums(month.paired_facility_uwh, month.paired_it_uwh), daysIn(month.month)),
        cue: quotient('cue', cueOfSums(month.cue_mg, month.cue_it_uwh), daysIn(month.month)),
        hours: { text: formatCount(month.paired_hours), sort: month.paired_hours },
        mass: booked('location', month.location_mg, daysIn(month.month)),
        state: { text: month.provisional ? 'Provisional' : 'Settled', muted: true },
      },
    }),
  )
  const total: Row = {
    id: 'total',
    cells: {
      month: 'Range',
      it: booked('energy', sumOf(months.map((month) => month.it_uwh)), window),
      facility: booked('facility', sumOf(months.map((month) => month.facility_uwh)), window),
      pue: quotient('pue', pueOfSums(site.paired_facility_uwh, site.paired_it_uwh), window),
      cue: quotient('cue', site.cue, window),
      hours: formatCount(site.paired_hours),
      mass: booked('location', sumOf(months.map((month) => month.location_mg)), window),
    },
  }
  return (
    <Panel
      span={8}
      title="Month by month"
      meta={
        metered
          ? 'Energy and emissions as booked; PUE and CUE over the hours in which both meters are known'
          : 'Energy and emissions as booked'
      }
    >
      <DataTable
        caption="Months of this site"
        columns={columns}
        rows={rows}
        total={total}
        density={28}
        empty={<span className="text-muted">Nothing is booked for this site in this range.</span>}
      />
    </Panel>
  )
}
