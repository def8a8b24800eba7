import { Sparkline } from '@/components/charts/sparkline'
import { UnitText } from '@/components/figures/unit-text'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { type ModelMeasure, modelAddress } from '@/lib/contracts/explain'
import { withOrg } from '@/lib/db/with-org'
import { makingMg } from '@/lib/rollups/model-carried'
import { inferenceDays, type ModelCrossover, modelCrossover } from '@/lib/rollups/model-crossover'
import { type ModelLife, modelLife } from '@/lib/rollups/model-life'
import { modelServed } from '@/lib/rollups/model-served'
import { lostStages, modelStages } from '@/lib/rollups/model-stages'
import { type PerUse, perUse } from '@/lib/rollups/model-use'
import { type ModelRow, models } from '@/lib/rollups/models'
import { formatMass, formatPercent } from '@/lib/units/format'
import { massIn, massUnitOf, ratioOf, sumOf } from '../../runs/_shared/amounts'
import { utcToday } from '../../runs/_shared/page-view'
import { shortDay } from '../../runs/_shared/words'
import { massFigure, scaled } from '../../services/_shared/score'
import { amountOf, inOrder, perOf, unitWords } from '../../services/_shared/units'
import { cumulativeMonths, largeNumber } from '../_shared/life-words'

interface Lived {
  model: ModelRow
  life: ModelLife
  crossover: ModelCrossover | null
  use: PerUse | null
}

const titleOf = (rows: readonly Lived[], whole: bigint | null): string => {
  const [first] = rows
  const share = first ? formatPercent(ratioOf(first.life.totalMg, whole)) : null
  const overtaken = rows.filter((row) => row.crossover?.day).length
  if (!first || !share) return 'No model has a figure'
  return `${first.model.name} is ${share} of all lives; use overtook making for ${overtaken} of ${rows.length}`
}

const crossoverCell = (crossover: ModelCrossover | null, life: ModelLife, today: string): Cell => {
  if (crossover === null)
    return life.inferenceMg === null
      ? { nothing: 'not-applicable', why: 'It serves nothing here' }
      : { text: null, why: 'Its making is not known' }
  if (crossover.day) return { text: shortDay(crossover.day, today).replaceAll(' ', '\u00a0'), sort: crossover.day }
  return crossover.expected
    ? {
        text: `about\u00a0${shortDay(crossover.expected, today).replaceAll(' ', '\u00a0')}`,
        sort: crossover.expected,
        muted: true,
      }
    : { text: 'not in sight', muted: true }
}

const nowrap = (text: string) => (
  <span className="block max-w-36 truncate" title={text}>
    {text}
  </span>
)

const parentCell = (model: ModelRow, names: ReadonlyMap<string, string>): Cell => {
  const parent = model.parent_model_id === null ? undefined : names.get(model.parent_model_id)
  if (parent === undefined) return { text: 'none', muted: true }
  const text = `${parent}, ${formatPercent(model.inherited_share)}`
  return { text, node: nowrap(text) }
}

/** Every model from its first reading to now: what it is made of, what one use of it emits, when use overtook making. */
export async function LifePanel({ org }: { org: string }) {
  const { actor } = await pageAccess(org)
  const today = utcToday()
  const read = await withOrg(actor, async (tx) => ({
    all: await models(tx),
    stages: await modelStages(tx),
    lost: await lostStages(tx),
    served: await modelServed(tx),
    days: await inferenceDays(tx),
  }))
  const lived: Lived[] = read.all
    .map((model) => {
      const life = modelLife(
        read.stages.filter((row) => row.model_id === model.model_id),
        read.lost.filter((row) => row.model_id === model.model_id),
      )
      const served = read.served.filter((row) => row.model_id === model.model_id)
      const first = served.find((row) => row.unit === inOrder(served.map((one) => one.unit))[0])
      return {
        model,
        life,
        crossover: modelCrossover(
          life.developmentMg,
          read.days.filter((row) => row.model_id === model.model_id),
        ),
        use: first ? perUse(first, makingMg(life), null) : null,
      }
    })
    .filter((row) => row.life.parts.size > 0)
    .sort((a, b) => ((b.life.totalMg ?? -1n) > (a.life.totalMg ?? -1n) ? 1 : -1))
  const unit = massUnitOf(lived.map((row) => row.life.totalMg))
  const whole = sumOf(lived.map((row) => row.life.totalMg))
  const names = new Map(read.all.map((model) => [model.model_id, model.name]))
  const lostOf = (life: ModelLife) =>
    sumOf([life.parts.get('failed')?.locationMg ?? null, life.parts.get('abandoned')?.locationMg ?? null])
  const mass = (key: string, label: string): Column => ({ key, label, unit, align: 'right' })
  const columns: Column[] = [
    { key: 'model', label: 'Model' },
    { key: 'parameters', label: 'Parameters', align: 'right', plain: 'entered' },
    { key: 'parent', label: 'Made from' },
    mass('making', 'Making'),
    mass('lost', 'of it lost'),
    mass('inference', 'Inference'),
    mass('upstream', 'Upstream'),
    mass('embodied', 'Embodied'),
    { key: 'total', label: 'Life to date', unit: `${unit} CO2e`, align: 'right' },
    { key: 'trend', label: 'To date', sortable: false },
    { key: 'served', label: 'Served' },
    { key: 'marginal', label: 'One use', align: 'right' },
    { key: 'amortised', label: 'with making', align: 'right' },
    { key: 'crossover', label: 'Use overtook making' },
  ]
  const noUse = 'No service states what it delivers with this model'
  const servedCell = (use: PerUse | null): Cell => {
    const amount = amountOf(use?.served.count ?? null)
    if (!use || !amount) return { text: null, why: noUse }
    const text = `${[amount.value, amount.unit].filter(Boolean).join(' ')} ${unitWords(use.unit)}`
    return { text, sort: use.served.count, node: nowrap(text) }
  }
  const cellOfUse = (
    model: string,
    use: PerUse | null,
    measure: 'marginal' | 'amortised',
    of: (use: PerUse) => number,
  ): Cell => {
    const figure = use ? massFigure(scaled(of(use), use.unit)) : null
    return figure && use
      ? {
          text: `${figure.value}\u202f${figure.unit}`,
          sort: of(use),
          exact: String(of(use)),
          explain: modelAddress(model, measure, use.unit),
        }
      : { text: null, why: noUse }
  }
  const massCell = (model: string, measure: ModelMeasure, mg: bigint | null): Cell =>
    mg === null ? null : { sort: massIn(mg, unit), exact: mg, explain: modelAddress(model, measure) }
  const rows: Row[] = lived.map(({ model, life, crossover, use }) => {
    const months = cumulativeMonths(life)
    const totals = months.map((month) =>
      Object.values(month.mass_kg).reduce<number>((all, kg) => all + (typeof kg === 'number' ? kg : 0), 0),
    )
    const total = formatMass(life.totalMg)
    return {
      id: model.model_id,
      cells: {
        model: {
          text: model.name,

          href: `/o/${org}/models/${encodeURIComponent(model.name)}`,
          why: model.name,
        },
        parameters: { text: largeNumber(model.parameters), sort: model.parameters, why: 'Nobody entered them' },
        parent: parentCell(model, names),
        making: massCell(model.name, 'making', life.developmentMg) ?? { text: null, why: 'No run of it has a figure' },
        lost: massCell(model.name, 'lost', lostOf(life)) ?? {
          nothing: 'not-applicable',
          why: 'No run of it is said to have failed',
        },
        inference:
          massCell(model.name, 'inference', life.inferenceMg) ??
          (life.parts.has('inference')
            ? { text: null, why: 'No hour of it has a figure' }
            : { nothing: 'not-applicable', why: 'It serves nothing here' }),
        upstream: massCell(model.name, 'upstream', life.upstreamMg),
        embodied: massCell(model.name, 'embodied', life.embodiedMg) ?? { text: null, why: 'Its hardware is not known' },
        total: massCell(model.name, 'total', life.totalMg) ?? { text: null, why: 'No hour of it has a figure' },
        trend:
          totals.length > 1
            ? {
                text: total ? `${total.value} ${total.unit}` : null,
                node: (
                  <Sparkline
                    values={totals}
                    label={`${totals.length} months, up to ${total?.value} ${total?.unit}`}
                    width_px={72}
                    height_px={20}
                    fromZero
                  />
                ),
              }
            : null,
        served: servedCell(use),
        marginal: cellOfUse(model.name, use, 'marginal', (one) => one.marginal),
        amortised: cellOfUse(model.name, use, 'amortised', (one) => one.together),
        crossover: crossoverCell(crossover, life, today),
      },
    }
  })
  /** The sum of the rows above, each explained. */
  const total = (of: (life: ModelLife) => bigint | null): Cell => ({
    sort: massIn(sumOf(lived.map((row) => of(row.life))), unit),
    plain: 'told-here',
  })
  const pers = [...new Set(lived.flatMap(({ use }) => (use ? [perOf(use.unit).words] : [])))]
  return (
    <Panel
      title={titleOf(lived, whole)}
      meta={
        <UnitText
          text={`Whole lives, whatever the range: operation (making and inference), location-based; upstream and grid losses; amortised hardware${pers.length > 0 ? `. One use = ${pers.join(', ')}` : ''}. Inherited shares are in no sum`}
        />
      }
    >
      <DataTable
        caption="Life cycle of every model"
        columns={columns}
        rows={rows}
        total={{
          id: 'total',
          cells: {
            model: 'Total',
            making: total((life) => life.developmentMg),
            lost: total(lostOf),
            inference: total((life) => life.inferenceMg),
            upstream: total((life) => life.upstreamMg),
            embodied: total((life) => life.embodiedMg),
            total: { sort: massIn(whole, unit), plain: 'told-here' },
          },
        }}
      />
    </Panel>
  )
}
