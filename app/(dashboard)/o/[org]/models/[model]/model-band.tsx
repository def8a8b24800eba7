import { KpiBand } from '@/components/figures/kpi-band'
import type { Interval } from '@/lib/accounting/uncertainty/interval'
import { figureAddress, modelAddress } from '@/lib/contracts/explain'
import type { ModelLife } from '@/lib/rollups/model-life'
import type { PerUse } from '@/lib/rollups/model-use'
import { formatMass, formatPercent, massUnitFor } from '@/lib/units/format'
import { halfOf, ratioOf, sumOf } from '../../runs/_shared/amounts'
import { massFigure, scaled, waterFigure } from '../../services/_shared/score'
import { perOf } from '../../services/_shared/units'

export interface ModelBandProps {
  model: string
  life: ModelLife
  interval: Interval | null
  window: { from: string; to: string }
  developmentMg: bigint | null
  /** The first unit that is served, if any. */
  use: PerUse | null
  ratio: 'amortised' | 'marginal'
}

/** The whole life, its making and its use, one use, and water. */
export function ModelBand({ model, life, interval, window, developmentMg, use, ratio }: ModelBandProps) {
  const total = formatMass(life.totalMg)
  const development = formatMass(developmentMg)
  const inference = formatMass(life.inferenceMg)
  const lost = sumOf([life.parts.get('failed')?.locationMg ?? null, life.parts.get('abandoned')?.locationMg ?? null])
  const each = use ? massFigure(scaled(ratio === 'amortised' ? use.together : use.marginal, use.unit)) : null
  const water =
    life.waterUl === null || life.sourceWaterUl === null ? null : Number(life.waterUl + life.sourceWaterUl) / 1e6
  const waterText =
    water !== null && water >= 1000
      ? { value: waterFigure(water / 1000)?.value ?? null, unit: 'm³' }
      : waterFigure(water)
  const lostShare = formatPercent(ratioOf(lost, developmentMg))
  return (
    <KpiBand
      hero={{
        label: 'Life cycle to date',
        value: total?.value ?? null,
        unit: total ? `${total.unit} CO2e` : undefined,
        interval: life.totalMg === null ? null : halfOf(interval, massUnitFor(life.totalMg)),
        why: 'No hour of it has a figure',
        explain: life.totalMg === null ? undefined : figureAddress('total-location', window, { model }),
        exact: life.totalMg,
        provisional: life.provisional,
        note:
          life.embodiedMg === null
            ? 'without its hardware, which is not known'
            : life.embodiedCoverage !== null && life.embodiedCoverage < 0.9995
              ? `hardware known for ${formatPercent(life.embodiedCoverage)} of its energy`
              : 'operation, upstream and amortised hardware',
      }}
      items={[
        {
          label: 'Making, operational',
          value: development?.value ?? null,
          unit: development?.unit,
          why: 'No run of it has a figure',
          explain: developmentMg === null ? undefined : modelAddress(model, 'making'),
          exact: developmentMg,
          note: lost === null ? 'no run of it failed' : `${lostShare} failed or given up`,
        },
        {
          label: 'Inference, operational',
          value: inference?.value ?? null,
          unit: inference?.unit,
          why: 'No service of it has a figure',
          explain: life.inferenceMg === null ? undefined : modelAddress(model, 'inference'),
          exact: life.inferenceMg,
          note: inference ? `${formatPercent(ratioOf(life.inferenceMg, life.locationMg))} of operation` : undefined,
        },
        {
          label: use ? `Per ${perOf(use.unit).words}, ${ratio}` : 'Per use',
          value: each?.value ?? null,
          unit: each?.unit,
          ...(each && use
            ? {
                explain: modelAddress(
                  model,
                  ratio,
                  use.unit,
                  use.isForecast && ratio === 'amortised' ? use.over : null,
                ),
                exact: String(ratio === 'amortised' ? use.together : use.marginal),
              }
            : {}),
          why: 'No service states what it delivers with this model',
          note: use
            ? ratio === 'amortised'
              ? `making spread over what is ${use.isForecast ? 'expected' : 'served to date'}`
              : 'inference by itself'
            : undefined,
        },
        {
          label: 'Water',
          value: waterText?.value ?? null,
          unit: waterText?.unit,
          ...(waterText === null || life.waterUl === null || life.sourceWaterUl === null
            ? {}
            : {
                explain: figureAddress('total-water', window, { model }),
                exact: life.waterUl + life.sourceWaterUl,
              }),
          why: 'Water use of its places is not known',
          note: !waterText
            ? undefined
            : life.waterCoverage !== null && life.waterCoverage < 0.9995
              ? `known for ${formatPercent(life.waterCoverage)} of its energy`
              : 'on site and at the power stations',
        },
      ]}
    />
  )
}
