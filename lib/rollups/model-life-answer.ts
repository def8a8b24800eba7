import type { ModelLifeAnswer } from '@/lib/contracts/models'
import type { OrgTx } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { exactKilograms } from '@/lib/units/format'
import { roundHalfEven } from '@/lib/units/round'
import { carriedMg, makingMg } from './model-carried'
import { inferenceDays, modelCrossover } from './model-crossover'
import { LIFE_PARTS, type ModelLife, modelLife } from './model-life'
import { modelServed } from './model-served'
import { modelSpread } from './model-spread'
import { lostStages, modelStages } from './model-stages'
import { perUse } from './model-use'
import { models } from './models'
import { totalsSpan } from './totals'

const kilograms = (mg: bigint | null): number | null => (mg === null ? null : Number(exactKilograms(mg)))

/** GET /api/v1/models/[model]: the same figures as its page. @throws AppError not_found */
export const modelLifeAnswer = async (tx: OrgTx, name: string): Promise<ModelLifeAnswer> => {
  const all = await models(tx)
  const model = all.find((one) => one.name === name)
  if (!model) throw new AppError('not_found', 'No such model.')
  const stages = await modelStages(tx)
  const lost = await lostStages(tx)
  const lives = new Map<string, ModelLife>(
    all.map(({ model_id }) => [
      model_id,
      modelLife(
        stages.filter((row) => row.model_id === model_id),
        lost.filter((row) => row.model_id === model_id),
      ),
    ]),
  )
  const byId = new Map(all.map((one) => [one.model_id, one]))
  const life = lives.get(model.model_id) as ModelLife
  const span = await totalsSpan(tx, { model: [name] })
  const interval = await modelSpread(tx, model.model_id)
  const crossover = modelCrossover(life.developmentMg, await inferenceDays(tx, model.model_id))
  const carried = carriedMg(model, byId, lives)
  const making = makingMg(life)
  return {
    model: name,
    parent: model.parent_model_id === null ? null : (byId.get(model.parent_model_id)?.name ?? null),
    inherited_share: model.inherited_share,
    parameters: model.parameters,
    active_parameters: model.active_parameters,
    first_day: span.first,
    last_day: span.last,
    parts: LIFE_PARTS.flatMap((part) => {
      const sums = life.parts.get(part)
      return sums
        ? [
            {
              part,
              location_kg: kilograms(sums.locationMg),
              upstream_kg: kilograms(sums.upstreamMg),
              embodied_kg: kilograms(sums.embodiedMg),
            },
          ]
        : []
    }),
    location_kg: kilograms(life.locationMg),
    upstream_kg: kilograms(life.upstreamMg),
    embodied_kg: kilograms(life.embodiedMg),
    total_kg: kilograms(life.totalMg),
    low_kg: kilograms(interval?.low ?? null),
    high_kg: kilograms(interval?.high ?? null),
    embodied_coverage: life.embodiedCoverage,
    inherited_kg: carried === null ? null : kilograms(BigInt(roundHalfEven(carried))),
    crossover_day: crossover?.day ?? null,
    crossover_expected: crossover?.expected ?? null,
    served: (await modelServed(tx, model.model_id)).map((served) => {
      const use = perUse(served, making, null)
      return {
        unit: served.unit,
        count: served.count,
        marginal_g: use?.marginal ?? null,
        amortised_g: use?.together ?? null,
      }
    }),
    provisional: life.provisional,
  }
}
