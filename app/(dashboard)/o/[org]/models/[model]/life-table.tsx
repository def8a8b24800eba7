import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { figureAddress } from '@/lib/contracts/explain'
import { LIFE_PARTS, type LifePart, type ModelLife, sumKnown } from '@/lib/rollups/model-life'
import { massIn, massUnitOf } from '../../runs/_shared/amounts'
import { partWords } from '../_shared/life-words'

const WHY = {
  location: 'No hour of it has a figure',
  upstream: 'Neither the upstream of its fuels nor the losses of its grid are known',
  embodied: 'Embodied emissions of its hardware are not known: register it on the Hardware page',
}
const NO_STAGES: readonly LifePart[] = ['failed', 'abandoned']

/** Whether a part is all of a stage: an explanation names stages, and failed runs are in theirs there. */
const isWholeStage = (life: ModelLife, part: LifePart): boolean =>
  !NO_STAGES.includes(part) && !life.lostFrom.has(part === 'unassigned' ? null : part)

/** Each part of a model's life by what it is made of; rows and columns add up to the total, to the milligram. */
export function LifeTable({
  life,
  model,
  window,
}: {
  life: ModelLife
  model: string
  window: { from: string; to: string }
}) {
  const unit = massUnitOf([life.totalMg])
  const columns: Column[] = [
    { key: 'part', label: 'Part' },
    { key: 'location', label: 'Operational', unit, align: 'right' },
    { key: 'upstream', label: 'Upstream', unit, align: 'right' },
    { key: 'embodied', label: 'Embodied', unit, align: 'right' },
    { key: 'total', label: 'Total', unit: `${unit} CO2e`, align: 'right' },
  ]
  const cell = (mg: bigint | null, why: string, explain?: string): Cell => ({
    sort: massIn(mg, unit),
    why,
    explain: mg === null ? undefined : explain,
    exact: mg,
    // What failed is taken out of its stage: the parts sum to totals that are explained.
    plain: explain === undefined ? 'part' : undefined,
  })
  const address = (measure: 'location' | 'before' | 'embodied' | 'total-location', part?: LifePart) =>
    part === undefined || isWholeStage(life, part)
      ? figureAddress(measure, window, { model, ...(part ? { stage: part } : {}) })
      : undefined
  const rows: Row[] = LIFE_PARTS.flatMap((part) => {
    const sums = life.parts.get(part)
    if (!sums) return []
    const total = sumKnown([sums.locationMg, sums.upstreamMg, sums.embodiedMg])
    return [
      {
        id: part,
        cells: {
          part: partWords(part),
          location: cell(sums.locationMg, WHY.location, address('location', part)),
          upstream: cell(sums.upstreamMg, WHY.upstream, address('before', part)),
          embodied: cell(sums.embodiedMg, WHY.embodied, address('embodied', part)),
          total: cell(total, WHY.location, address('total-location', part)),
        },
      },
    ]
  })
  rows.push({
    id: 'end-of-life',
    muted: true,
    cells: {
      part: 'End of life',
      location: { nothing: 'not-applicable' },
      upstream: { nothing: 'not-applicable' },
      embodied: { nothing: 'not-applicable' },
      total: { text: null, why: 'Known when a unit is retired, and booked in category 5 of that year: see Hardware' },
    },
  })
  return (
    <DataTable
      caption="Life cycle by part"
      density={28}
      columns={columns}
      rows={rows}
      total={{
        id: 'total',
        cells: {
          part: 'Total',
          location: cell(life.locationMg, WHY.location, address('location')),
          upstream: cell(life.upstreamMg, WHY.upstream, address('before')),
          embodied: cell(life.embodiedMg, WHY.embodied, address('embodied')),
          total: cell(life.totalMg, WHY.location, address('total-location')),
        },
      }}
    />
  )
}
