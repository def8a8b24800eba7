import { UnitText } from '@/components/figures/unit-text'
import type { Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import type { ModelRow } from '@/lib/rollups/models'
import type { RunWork } from '@/lib/rollups/run-work'
import { formatCount, formatPercent, threeFigures } from '@/lib/units/format'
import { counted } from '../../runs/_shared/words'
import { largeNumber, powerOfTen } from '../_shared/life-words'

const sum = (runs: readonly RunWork[], of: (run: RunWork) => number | null): number | null => {
  const known = runs.map(of).filter((amount) => amount !== null)
  return known.length === 0 ? null : known.reduce((all, amount) => all + amount, 0)
}

export interface Making {
  tokens: number | null
  flops: number | null
  deviceHours: number | null
  flopsPerJoule: number | null
  mfu: number | null
  flopsRuns: number
}

/** The work of a model's runs together; a ratio is over the runs in which both of its sides are known. */
export const makingOf = (runs: readonly RunWork[]): Making => {
  const withEnergy = runs.filter((run) => run.flops_per_joule !== null)
  const withPeak = runs.filter((run) => run.mfu !== null)
  const joules = sum(withEnergy, (run) => (run.flops as number) / (run.flops_per_joule as number))
  const possible = sum(withPeak, (run) => (run.flops as number) / (run.mfu as number))
  return {
    tokens: sum(runs, (run) => run.tokens),
    flops: sum(runs, (run) => run.flops),
    deviceHours: sum(runs, (run) => run.device_hours),
    flopsPerJoule: joules === null ? null : (sum(withEnergy, (run) => run.flops) as number) / joules,
    mfu: possible === null ? null : (sum(withPeak, (run) => run.flops) as number) / possible,
    flopsRuns: runs.filter((run) => run.flops !== null).length,
  }
}

/** What it took to make the model, and per what it gave: the provider boundary of SCI for AI. */
export function MakingTable({
  making,
  model,
  developmentMg,
}: {
  making: Making
  model: ModelRow
  /** Operational and amortised hardware of its development; null is unknown. */
  developmentMg: bigint | null
}) {
  const grams = developmentMg === null ? null : Number(developmentMg) / 1000
  const per = (count: number | null, times: number): number | null =>
    grams === null || count === null || count === 0 ? null : (grams / count) * times
  const row = (id: string, what: string, value: string | null, unit: string, why: string): Row => ({
    id,
    cells: {
      what,
      value: value === null ? { text: null, why } : { text: value },
      unit: { text: unit, node: <UnitText text={unit} />, muted: true },
    },
  })
  const told = (value: number | null) => (value === null ? null : threeFigures(value))
  const noFlops = 'No run states its FLOPs: enter them on its page'
  const parameters = model.active_parameters ?? model.parameters
  return (
    <DataTable
      caption="What it took to make it"
      density={28}
      sortable={false}
      columns={[
        { key: 'what', label: 'Quantity' },
        { key: 'value', label: 'Value', align: 'right', plain: 'told-here' },
        { key: 'unit', label: 'Unit' },
      ]}
      rows={[
        row(
          'hours',
          'Device-hours',
          making.deviceHours === null ? null : formatCount(making.deviceHours),
          'h',
          'No sender named a number of devices',
        ),
        row(
          'tokens',
          'Tokens trained on',
          largeNumber(making.tokens),
          '',
          'No run states its tokens: enter them on its page',
        ),
        row('flops', `Work, of ${counted(making.flopsRuns, 'run')}`, powerOfTen(making.flops), 'FLOP', noFlops),
        row(
          'mfu',
          'Share of the dense peak (MFU)',
          formatPercent(making.mfu)?.replace(/\u202f%$/, '') ?? null,
          '%',
          noFlops,
        ),
        row(
          'efficiency',
          'Achieved per watt of IT power',
          making.flopsPerJoule === null ? null : threeFigures(making.flopsPerJoule / 1e9),
          'GFLOP/s/W',
          noFlops,
        ),
        row(
          'per-token',
          'Per million training tokens',
          told(per(making.tokens, 1e6)),
          'g CO2e',
          'No run states its tokens',
        ),
        row('per-flop', 'Per 10¹⁸ FLOP', told(per(making.flops, 1e18)), 'g CO2e', noFlops),
        row(
          'per-parameter',
          `Per billion ${model.active_parameters !== null ? 'active ' : ''}parameters`,
          grams === null || parameters === null ? null : threeFigures(((grams / parameters) * 1e9) / 1000),
          'kg CO2e',
          'Its parameters are not known: enter them below',
        ),
      ]}
    />
  )
}
