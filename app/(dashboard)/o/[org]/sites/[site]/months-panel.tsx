import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
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
export function MonthsPanel({ months, site, metered }: { months: SiteMonth[]; site: SiteSummary; metered: boolean }) {
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
          { key: 'hours', label: 'Hours metered', align: 'right' },
        ] as const)
      : []),
    { key: 'mass', label: 'Location-based', unit: `${mass} CO2e`, align: 'right' },
    { key: 'state', label: 'State' },
  ]
  const quotient = (value: number | null) => (value === null ? null : { text: formatRatio(value), sort: value })
  const rows = months.map(
    (month): Row => ({
      id: month.month,
      cells: {
        month: { text: nameOf(month.month), sort: month.month },
        it: energyIn(month.it_uwh, energy),
        facility: energyIn(month.facility_uwh, energy),
        pue: quotient(pueOfSums(month.paired_facility_uwh, month.paired_it_uwh)),
        cue: quotient(cueOfSums(month.cue_mg, month.cue_it_uwh)),
        hours: { text: formatCount(month.paired_hours), sort: month.paired_hours },
        mass: massIn(month.location_mg, mass),
        state: { text: month.provisional ? 'Provisional' : 'Settled', muted: true },
      },
    }),
  )
  const total: Row = {
    id: 'total',
    cells: {
      month: 'Range',
      it: energyIn(sumOf(months.map((month) => month.it_uwh)), energy),
      facility: energyIn(sumOf(months.map((month) => month.facility_uwh)), energy),
      pue: quotient(pueOfSums(site.paired_facility_uwh, site.paired_it_uwh)),
      cue: quotient(site.cue),
      hours: formatCount(site.paired_hours),
      mass: massIn(sumOf(months.map((month) => month.location_mg)), mass),
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
