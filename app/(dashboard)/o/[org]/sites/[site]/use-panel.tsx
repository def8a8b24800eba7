import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import type { SiteSummary } from '@/lib/rollups/sites'
import { formatPercent, formatRatio } from '@/lib/units/format'
import { energyIn, energyUnitOf, ratioOf } from '../../runs/_shared/amounts'

/** Where a kWh of the building goes: workloads, idle racks, overhead. Sums of the ledger, so that they add up. */
export function UsePanel({ site }: { site: SiteSummary }) {
  const unit = energyUnitOf([site.facility_uwh])
  const { it_uwh: it, facility_uwh: facility, unallocated_it_uwh: idle } = site
  const workloads = it === null ? null : it - (idle ?? 0n)
  const overhead = it === null || facility === null ? null : facility - it
  const columns: Column[] = [
    { key: 'use', label: 'Use' },
    { key: 'energy', label: '', unit, align: 'right', plain: 'part' },
    { key: 'share', label: 'Share', align: 'right', plain: 'part' },
    { key: 'per', label: 'kWh per IT kWh', align: 'right', plain: 'part' },
  ]
  const line = (id: string, use: string, energy: bigint | null): Row => {
    const share = ratioOf(energy, facility)
    const per = ratioOf(energy, it)
    return {
      id,
      cells: {
        use,
        energy: energyIn(energy, unit),
        share: share === null ? null : { text: formatPercent(share), sort: share },
        per: per === null ? null : { text: formatRatio(per), sort: per },
      },
    }
  }
  const share = formatPercent(ratioOf(overhead, facility))
  return (
    <Panel
      span={4}
      title={share === null ? 'Where the energy goes' : `Overhead is ${share} of the building’s energy`}
      meta="As booked in this range"
    >
      <DataTable
        caption="Use of the site’s energy"
        sortable={false}
        columns={columns}
        rows={[
          line('workloads', 'Workloads', workloads),
          ...(idle === null ? [] : [line('idle', 'Unallocated, idle', idle)]),
          line('overhead', 'Overhead', overhead),
        ]}
        total={line('all', 'Facility', facility)}
      />
    </Panel>
  )
}
