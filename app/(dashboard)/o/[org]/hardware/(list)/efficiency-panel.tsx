import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { HardwareEfficiency } from '@/lib/rollups/hardware-efficiency'
import { formatCount, formatPercent, threeFigures } from '@/lib/units/format'
import { counted } from '../../runs/_shared/words'
import { shortened } from '../_shared/words'

const titleOf = (rows: readonly HardwareEfficiency[]): string => {
  const [best] = rows
    .filter((row) => row.flops_per_joule !== null)
    .sort((a, b) => (b.flops_per_joule as number) - (a.flops_per_joule as number))
  if (!best) return 'No run says how many FLOPs it did'
  const mfu = best.mfu === null ? '' : ` at an MFU of ${formatPercent(best.mfu)}`
  return `${shortened(best.hardware, 30)} reaches ${threeFigures((best.flops_per_joule as number) / 1e9)} GFLOP/s per watt${mfu}`
}

/** What the hardware did for its energy: from runs of one hardware whose FLOPs are known. */
export function EfficiencyPanel({ rows, span }: { rows: readonly HardwareEfficiency[]; span: Span }) {
  return (
    <Panel
      span={span}
      title={titleOf(rows)}
      meta="From runs on this hardware alone whose FLOPs are known, since the first reading: FLOP ÷ IT energy, and FLOP ÷ (device-hours × dense peak)"
    >
      <DataTable
        caption="Efficiency by hardware"
        density={28}
        columns={[
          { key: 'hardware', label: 'Hardware' },
          { key: 'hours', label: 'Device-hours', align: 'right', plain: 'time' },
          { key: 'watts', label: 'Mean IT power, W a device', align: 'right', plain: 'told-here' },
          { key: 'runs', label: 'Runs with FLOPs', align: 'right', digits: 0, plain: 'count' },
          { key: 'efficiency', label: 'GFLOP/s per W', align: 'right', plain: 'told-here' },
          { key: 'mfu', label: 'MFU', align: 'right', plain: 'told-here' },
          { key: 'peak', label: 'Peak, TFLOP/s', align: 'right', plain: 'published' },
        ]}
        rows={rows.map((row) => ({
          id: row.hardware,
          cells: {
            hardware: {
              text: shortened(row.hardware, 28),
              why: `${row.hardware}, ${counted(row.workloads, 'workload')}`,
            },
            hours:
              row.device_hours === null
                ? { text: null, why: 'No sender says how many devices it holds' }
                : { text: formatCount(Math.round(row.device_hours)), sort: row.device_hours },
            watts:
              row.it_uwh === null || !row.device_hours
                ? { text: null, why: 'IT energy or device-hours are not known' }
                : Number(row.it_uwh) / 1e6 / row.device_hours,
            runs: row.flops_runs,
            efficiency:
              row.flops_per_joule === null
                ? { text: null, why: 'No run on this hardware says its FLOPs' }
                : { text: threeFigures(row.flops_per_joule / 1e9), sort: row.flops_per_joule },
            mfu:
              row.mfu === null
                ? { text: null, why: row.peak === null ? 'Its peak is not known' : 'No run says its FLOPs' }
                : { text: formatPercent(row.mfu), sort: row.mfu },
            peak:
              row.peak === null
                ? { text: null, why: 'Not in the register' }
                : { text: threeFigures(row.peak.tflops), why: row.peak.source },
          },
        }))}
        empty={<span className="text-muted">No workload names its hardware yet.</span>}
      />
    </Panel>
  )
}
