import { z } from 'zod'

/** `?dry_run=1`: every row is judged and nothing is stored. */
export const importQuerySchema = z.strictObject({
  dry_run: z.enum(['0', '1']).optional(),
  org: z.string().optional(),
})

const importedRowSchema = z.object({
  /** Line of the file; the header is line 1. */
  line: z.number().int(),
  /** What the row is of, in its own words. */
  name: z.string(),
  outcome: z.enum(['new', 'changed', 'unchanged', 'refused']),
  changes: z.array(z.object({ column: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  /** Why the row is refused; a null column is the row as a whole. */
  issues: z.array(z.object({ column: z.string().nullable(), message: z.string() })),
})
export type ImportedRow = z.infer<typeof importedRowSchema>

/** A file is taken as a whole: one refused row, and nothing of it is stored. */
export const importAnswerSchema = z.object({
  dry_run: z.boolean(),
  stored: z.boolean(),
  rows: z.array(importedRowSchema),
  new: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  /** Days that are posted anew; null where nothing was stored. */
  reopened_days: z.number().int().nullable(),
})
export type ImportAnswer = z.infer<typeof importAnswerSchema>
