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
