import type { EstimateAnswer, EstimateAssumption } from '@/lib/contracts/estimate'
import { threeFigures } from '@/lib/units/format'
import { type Tier, TierMark } from '../figures/tier-mark'
import type { Cell, Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { FIELDS } from './fields'

/** Choices and sums that are no single field of the form. */
const OTHER: Record<string, string> = { embodied: 'Hardware', functional_unit: 'Functional unit', hours: 'Hours' }

/** `training.pue` → `PUE, training`. */
export const labelOf = (path: string, stages: readonly string[]): string => {
  const stage = stages.find((name) => path.startsWith(`${name}.`))
  const own = stage === undefined ? path : path.slice(stage.length + 1)
  const label = FIELDS.find((one) => one.path === own)?.label ?? OTHER[own] ?? own.replaceAll(/[._]/g, ' ')
  return stage === undefined ? label : `${label}, ${stage}`
}

const valueCell = ({ field, value }: EstimateAssumption): Cell => {
  if (value === null) return { text: null, why: 'Not known, or left out' }
  if (typeof value === 'string') return value
  const unit = FIELDS.find((one) => field === one.path || field.endsWith(`.${one.path}`))?.unit
  return { text: `${threeFigures(value)}${unit ? `\u202f${unit}` : ''}`, sort: value }
}

const effectCell = (effect: number | null): Cell =>
  effect === null
    ? { text: null, why: 'Its effect cannot be told' }
    : { text: `${effect > 0 ? '+' : ''}${threeFigures(effect)}`, sort: Math.abs(effect) }

/** What was not given and taken instead, the weightiest first. */
export function AssumptionsTable({ answer }: { answer: EstimateAnswer }) {
  const stages = answer.stages?.map((stage) => stage.name) ?? []
  const columns: Column[] = [
    { key: 'field', label: 'Assumed' },
    { key: 'value', label: 'Value', align: 'right', plain: 'told-here' },
    { key: 'effect', label: 'Effect', unit: 'kg', align: 'right', plain: 'told-here' },
    { key: 'tier', label: 'Grade' },
    { key: 'source', label: 'Source', width: 'wide' },
  ]
  const rows: Row[] = [...answer.assumptions]
    .sort((one, other) => Math.abs(other.effect_kg ?? -1) - Math.abs(one.effect_kg ?? -1))
    .map((one) => ({
      id: one.field,
      cells: {
        field: labelOf(one.field, stages),
        value: valueCell(one),
        effect: effectCell(one.effect_kg),
        tier:
          one.tier === null
            ? { text: null, why: 'A choice, not a measured value' }
            : { text: String(one.tier), sort: one.tier, node: <TierMark tier={one.tier as Tier} of="figure" /> },
        source: { text: one.source, node: <span className="block py-1 text-meta text-ink-2">{one.source}</span> },
      },
    }))
  return (
    <DataTable
      caption="Assumptions"
      density={28}
      columns={columns}
      rows={rows}
      empty={<span className="text-muted">Nothing was assumed: every input was given.</span>}
    />
  )
}

/** Each stage with its own figures; they sum to the whole. */
export function StagesTable({ answer }: { answer: EstimateAnswer }) {
  const columns: Column[] = [
    { key: 'name', label: 'Stage' },
    { key: 'energy', label: 'Facility', unit: 'kWh', align: 'right', plain: 'told-here' },
    { key: 'location', label: 'Location', unit: 'kg', align: 'right', plain: 'told-here' },
    { key: 'market', label: 'Market', unit: 'kg', align: 'right', plain: 'told-here' },
    { key: 'embodied', label: 'Embodied', unit: 'kg', align: 'right', plain: 'told-here' },
    { key: 'total', label: 'Total', unit: 'kg CO2e', align: 'right', plain: 'told-here' },
    { key: 'low', label: 'Low', unit: 'kg', align: 'right', plain: 'told-here' },
    { key: 'high', label: 'High', unit: 'kg', align: 'right', plain: 'told-here' },
    { key: 'water', label: 'Water', unit: 'L', align: 'right', plain: 'told-here' },
  ]
  const cells = (one: Omit<EstimateAnswer, 'assumptions' | 'stages' | 'method_version'>): Record<string, Cell> => ({
    energy: one.facility_kwh,
    location: one.location_kg,
    market: one.market_kg,
    embodied: one.embodied_kg,
    total: one.total_location_kg,
    low: one.low_kg,
    high: one.high_kg,
    water: one.water_l,
  })
  return (
    <DataTable
      caption="Stages"
      density={28}
      columns={columns}
      rows={(answer.stages ?? []).map((stage, at) => ({
        id: `${at} ${stage.name}`,
        cells: { name: stage.name, ...cells(stage) },
      }))}
      total={{ id: 'total', cells: { name: 'All', ...cells(answer) } }}
    />
  )
}
