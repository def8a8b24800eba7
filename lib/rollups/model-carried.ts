import { type Descent, withInherited } from '@/lib/accounting/life-cycle/inheritance'
import { massIn } from '@/lib/units/measure'
import { kilogramsOf } from '@/lib/units/products'
import { share, value } from '@/lib/units/quantity'
import { isDevelopment, type ModelLife, sumKnown } from './model-life'
import type { ModelRow } from './models'

/** Making of a model: operation, upstream and amortised hardware of all parts but inference, in mg. */
export const makingMg = (life: ModelLife): bigint | null =>
  sumKnown(
    [...life.parts].flatMap(([part, sums]) =>
      isDevelopment(part) ? [sums.locationMg, sums.upstreamMg, sums.embodiedMg] : [],
    ),
  )

const descentOf = (
  model: ModelRow,
  all: ReadonlyMap<string, ModelRow>,
  lives: ReadonlyMap<string, ModelLife>,
): Descent | null => {
  const life = lives.get(model.model_id)
  const own = life ? makingMg(life) : null
  if (own === null) return null
  const parent = model.parent_model_id === null ? undefined : all.get(model.parent_model_id)
  const footprint = parent && model.inherited_share > 0 ? descentOf(parent, all, lives) : null
  return {
    own: kilogramsOf(massIn(Number(own), 'mg')),
    parent: footprint ? { footprint, inherited: share(model.inherited_share) } : null,
  }
}

/**
 * What a model carries of its parent's making, with what that one carries of its own parent, in mg; 0 where it inherits nothing, null where
 * the parent's making is unknown. Shown apart and never summed over models: the parent's own figure stays whole.
 */
export const carriedMg = (
  model: ModelRow,
  all: ReadonlyMap<string, ModelRow>,
  lives: ReadonlyMap<string, ModelLife>,
): number | null => {
  const parent = model.parent_model_id === null ? undefined : all.get(model.parent_model_id)
  if (!parent || model.inherited_share === 0) return 0
  const footprint = descentOf(parent, all, lives)
  return footprint === null ? null : value(withInherited(footprint)) * 1e6 * model.inherited_share
}
