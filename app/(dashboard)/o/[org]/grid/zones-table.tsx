import { TierMark } from '@/components/figures/tier-mark'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { type ZoneRatioName, zoneAddress } from '@/lib/contracts/explain'
import type { ZoneListRow } from '@/lib/rollups/zones'
import { formatCount, formatPercent } from '@/lib/units/format'
import { shortInstant } from '../runs/_shared/words'
import { fallbackWords } from './words'

const COLUMNS: Column[] = [
  { key: 'zone', label: 'Zone' },
  { key: 'name', label: 'Name' },
  { key: 'basis', label: 'Basis' },
  { key: 'mean', label: 'Mean', unit: 'g/kWh', align: 'right', digits: 0 },
  { key: 'low', label: 'Lowest', align: 'right', digits: 0 },
  { key: 'high', label: 'Highest', align: 'right', digits: 0 },
  { key: 'measured', label: 'Measured', align: 'right', plain: 'count' },
  { key: 'estimated', label: 'Estimated, h', align: 'right', digits: 0, plain: 'count' },
  { key: 'until', label: 'Hourly data until, UTC' },
  { key: 'revision', label: 'Revision', align: 'right', digits: 0, plain: 'count' },
  { key: 'lifecycle', label: 'Life-cycle hours' },
  { key: 'without', label: 'Without hourly data' },
]

export interface ZonesTableProps {
  org: string
  zones: ZoneListRow[]
  today: string
  window: { from: string; to: string }
}

/** Zones in use first, each with what the ledger takes for its hours in the range. */
export function ZonesTable({ org, zones, today, window }: ZonesTableProps) {
  const rows = [...zones]
    .sort((a, b) => Number(b.isUsed) - Number(a.isUsed))
    .map((zone): Row => {
      const { basis, counts, meanGPerKwh, lowest, highest } = zone.statistics
      const [fallback] = zone.fallbacks
      const explained = (ratio: ZoneRatioName, gPerKwh: number | null): Cell =>
        gPerKwh === null
          ? { text: null, why: 'No hour of this range has an intensity' }
          : {
              text: formatCount(Math.round(gPerKwh)),
              sort: gPerKwh,
              explain: zoneAddress(zone.zone, ratio, window),
              exact: String(gPerKwh),
            }
      return {
        id: zone.zone,
        cells: {
          zone: { text: zone.zone, href: `/o/${org}/grid/${encodeURIComponent(zone.zone)}` },
          name: zone.name
            ? { text: zone.isUsed ? zone.name : `${zone.name} (not in use)`, muted: !zone.isUsed }
            : { text: null, why: 'Not in the zone table' },
          basis:
            basis === null
              ? null
              : basis === 'direct'
                ? 'Direct'
                : { text: 'Life cycle', why: 'Screening: kept out of Scope 2 rows' },
          mean: explained('mean', meanGPerKwh),
          low: explained('lowest', lowest?.gPerKwh ?? null),
          high: explained('highest', highest?.gPerKwh ?? null),
          measured: {
            text: formatPercent(counts.all === 0 ? null : counts.measured / counts.all),
            sort: counts.all === 0 ? null : counts.measured / counts.all,
          },
          estimated: counts.estimated,
          until: zone.direct?.knownUntil
            ? {
                text: shortInstant(zone.direct.knownUntil, today),
                sort: zone.direct.knownUntil,
                why: `${zone.direct.firstMonth} to ${zone.direct.lastMonth}, direct`,
              }
            : { text: null, why: 'No hourly direct data was imported' },
          revision: zone.direct?.revision ?? null,
          lifecycle: zone.lifecycle
            ? `${zone.lifecycle.firstMonth} to ${zone.lifecycle.lastMonth}`
            : { text: null, why: 'No hourly life-cycle data was imported' },
          without: fallback
            ? {
                text: `${fallbackWords(fallback)}, ${formatCount(Math.round(fallback.gPerKwh))} g/kWh`,
                sort: fallback.tier,
                why: fallback.id,
                node: (
                  <span className="flex items-center gap-1.5 whitespace-nowrap" title={fallback.id}>
                    <TierMark tier={fallback.tier} of="intensity" />
                    {fallbackWords(fallback)}
                    {fallback.status === 'recalled' && <span className="text-warn">unverified</span>}
                  </span>
                ),
              }
            : { text: null, why: 'Nothing: hours without hourly data are a gap' },
        },
      }
    })
  return (
    <DataTable
      caption="Grid zones"
      columns={zones.some((zone) => zone.lifecycle) ? COLUMNS : COLUMNS.filter(({ key }) => key !== 'lifecycle')}
      rows={rows}
    />
  )
}
