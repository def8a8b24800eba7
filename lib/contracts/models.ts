import { z } from 'zod'
import { nameSchema } from './common'

/** What is said of a model by hand; null is unknown. */
export const modelFieldsSchema = z
  .strictObject({
    /** The model that it was made from, by name. */
    parent: nameSchema.nullable(),
    /** Share of the parent's development that this model carries, 0 … 1: 0 unless somebody says so (METHOD §13). */
    inherited_share: z.number().min(0).max(1),
    parameters: z.number().positive().max(1e15).nullable(),
    /** Of a mixture of experts: those that one token uses. */
    active_parameters: z.number().positive().max(1e15).nullable(),
  })
  .refine((model) => model.parent !== null || model.inherited_share === 0, {
    path: ['inherited_share'],
    message: 'is 0 without a parent',
  })
  .refine(
    (model) =>
      model.parameters === null || model.active_parameters === null || model.active_parameters <= model.parameters,
    { path: ['active_parameters'], message: 'must not exceed the parameters' },
  )
export type ModelFields = z.infer<typeof modelFieldsSchema>

export const modelViewSchema = z.object({
  model: z.string(),
  parent: z.string().nullable(),
  inherited_share: z.number(),
  parameters: z.number().nullable(),
  active_parameters: z.number().nullable(),
})
export type ModelView = z.infer<typeof modelViewSchema>

const known = z.number().nullable()

/** A model from its first reading to now. Parts add up to the total, to the milligram; an inherited share is in none of them. */
export const modelLifeSchema = modelViewSchema.extend({
  first_day: z.string().nullable(),
  last_day: z.string().nullable(),
  parts: z.array(
    z.object({
      /** A stage without its lost runs, `failed`, `abandoned`, or `unassigned`. */
      part: z.string(),
      location_kg: known,
      /** Fuels before the power station, and losses of the grid (categories 3b, 3c). */
      upstream_kg: known,
      /** Amortised hardware: a management figure. */
      embodied_kg: known,
    }),
  ),
  location_kg: known,
  upstream_kg: known,
  embodied_kg: known,
  total_kg: known,
  low_kg: known,
  high_kg: known,
  /** Share of the energy whose hardware is known. */
  embodied_coverage: known,
  /** What it carries of its parent's making, shown apart and never summed over models. */
  inherited_kg: known,
  /** First UTC day on which inference to date emitted as much as making to date, location-based; else when it is expected. */
  crossover_day: z.string().nullable(),
  crossover_expected: z.string().nullable(),
  served: z.array(
    z.object({
      unit: z.string(),
      count: z.number(),
      /** g CO2e per unit: inference by itself, and with the making spread over what was served to date. */
      marginal_g: known,
      amortised_g: known,
    }),
  ),
  provisional: z.boolean(),
})
export type ModelLifeAnswer = z.infer<typeof modelLifeSchema>
