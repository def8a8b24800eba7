import Link from 'next/link'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { FactorUsage } from '@/lib/rollups/factor-usage'
import { formatCount, formatEnergy, formatMass } from '@/lib/units/format'
import { counted } from '../../runs/_shared/words'

const COLUMNS: Column[] = [
  { key: 'part', label: 'Part it plays' },
  { key: 'energy', label: 'Energy', align: 'right', plain: 'part' },
  { key: 'mass', label: 'Emissions', align: 'right', plain: 'part' },
]

const energy = (uwh: number) => {
  const text = uwh === 0 ? null : formatEnergy(uwh)
  return text === null
    ? { nothing: 'not-applicable' as const, why: 'Not multiplied by energy' }
    : `${text.value} ${text.unit}`
}
const mass = (mg: number) => {
  const text = mg === 0 ? null : formatMass(mg)
  return text === null ? { text: null, why: 'No mass is known' } : `${text.value} ${text.unit}`
}

/** What of this year rests on the factor, by the part that it plays. */
export function UsagePanel({ org, usage, year, span }: { org: string; usage: FactorUsage; year: string; span: Span }) {
  const parts: [string, number, number][] = [
    ['Grid intensity', usage.intensityUwh, usage.intensityMg],
    ['Level of typical hours', 0, usage.scaledMg],
    ['Overhead (PUE)', usage.overheadItUwh, usage.overheadLocationMg],
    ['Market-based rate', usage.marketUwh, usage.marketMg],
    ['Losses', usage.lossUwh, usage.lossMg],
    ['Upstream of electricity', usage.upstreamUwh, usage.upstreamMg],
    ['Embodied', 0, usage.embodiedMg],
    ['Activities', 0, usage.activityMg],
  ]
  const rows = parts
    .filter(([, uwh, mg]) => uwh !== 0 || mg !== 0)
    .map(([part, uwh, mg]): Row => ({ id: part, cells: { part, energy: energy(uwh), mass: mass(mg) } }))
  if (usage.waterUl > 0 || usage.waterItUwh > 0)
    rows.push({
      id: 'water',
      cells: {
        part: 'Water',
        energy: energy(usage.waterItUwh),
        mass: `${formatCount(Math.round(usage.waterUl / 1e6))} L`,
      },
    })
  const nothing = usage.lines + usage.activities === 0
  return (
    <Panel
      span={span}
      title={
        nothing
          ? `Nothing of ${year} rests on it`
          : `${[
              usage.lines > 0 && counted(usage.lines, 'ledger line'),
              usage.activities > 0 && counted(usage.activities, 'activity', 'activities'),
            ]
              .filter(Boolean)
              .join(' and ')} of ${year} rest on it`
      }
      meta={
        nothing
          ? 'No current line names it, in any version'
          : `${counted(usage.days, 'day')}; any version of the factor`
      }
    >
      {rows.length > 0 && <DataTable caption="Usage" columns={COLUMNS} rows={rows} sortable={false} density={28} />}
      {!nothing && (
        <p className="mt-2 text-meta">
          <Link href={`/o/${org}/ledger?range=fytd`} className="inline-block py-1">
            Ledger of the year
          </Link>
        </p>
      )}
    </Panel>
  )
}
