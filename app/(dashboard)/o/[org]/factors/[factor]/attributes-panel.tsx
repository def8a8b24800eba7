import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { FactorVersion } from '@/lib/rollups/factor-detail'
import { factorNumber } from '../_shared/words'

const COLUMNS: Column[] = [
  { key: 'name', label: 'Number' },
  { key: 'value', label: 'Value', align: 'right', plain: 'published' },
  { key: 'unit', label: '', width: 'wide' },
]

const UNITS: [RegExp, string][] = [
  [/_tflops$/, 'TFLOP/s'],
  [/_tb_s$/, 'TB/s'],
  [/_gib$/, 'GiB'],
  [/_gb$/, 'GB'],
  [/_kg$/, 'kg CO2e'],
  [/_w$/, 'W'],
  [/^usd_per_hour$/, 'USD/h'],
  [/_years$/, 'years'],
  [/_share$/, 'share'],
]

/** `peak_bf16_tflops` → `Peak bf16` and `TFLOP/s`. */
const SPELT: Record<string, string> = { vcpu: 'vCPU', tflops: 'TFLOP/s' }
const SHORT = /\b(tdp|fp4|fp8|fp32|tf32|bf16|vcpu|gpu|cpu|tflops)\b/gi

const named = (key: string): { name: string; unit: string } => {
  const unit = UNITS.find(([pattern]) => pattern.test(key))
  const plain = (unit && key !== 'usd_per_hour' ? key.replace(unit[0], '') : key).replaceAll('_', ' ')
  return {
    name:
      key === 'usd_per_hour'
        ? 'List price'
        : (plain.charAt(0).toUpperCase() + plain.slice(1)).replace(
            SHORT,
            (word) => SPELT[word.toLowerCase()] ?? word.toUpperCase(),
          ),
    unit: unit?.[1] ?? '',
  }
}

/** The further numbers of the same row, and the gases that make it up. */
export function AttributesPanel({ version, span }: { version: FactorVersion; span: Span }) {
  const gases = Object.entries(version.gases_kg ?? {}).map(
    ([gas, kg]): Row => ({
      id: `gas ${gas}`,
      cells: {
        name: gas.toUpperCase(),
        value: { text: factorNumber(kg), sort: kg },
        unit: { text: `of ${version.unit}, as CO2e`, muted: true },
      },
    }),
  )
  // Numbers before words, each by name.
  const ordered = Object.entries(version.attributes ?? {}).sort(
    ([a, one], [b, two]) => Number(typeof two === 'number') - Number(typeof one === 'number') || (a < b ? -1 : 1),
  )
  const attributes = ordered.map(([key, value]): Row => {
    const { name, unit } = named(key)
    return {
      id: key,
      cells:
        typeof value === 'number'
          ? {
              name,
              value: { text: key.endsWith('_year') ? String(value) : factorNumber(value), sort: value },
              unit: { text: unit, muted: true },
            }
          : { name, value: { text: '' }, unit: { text: String(value), muted: true } },
    }
  })
  if (gases.length + attributes.length === 0) return null
  return (
    <Panel span={span} title="Further numbers of the row" meta="A number that nobody published is left out, never 0">
      <DataTable
        caption="Attributes"
        columns={COLUMNS}
        rows={[...gases, ...attributes]}
        density={28}
        sortable={false}
      />
    </Panel>
  )
}
