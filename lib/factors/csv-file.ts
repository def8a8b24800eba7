import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'

/** Cells of the shipped files: a blank is unknown (null) and never zero. */

export const text = z.string().trim().min(1)
export const textOrNull = z
  .string()
  .trim()
  .transform((cell) => cell || null)
export const numberOrNull = textOrNull
  .transform((cell) => (cell === null ? null : Number(cell)))
  .pipe(z.number().nullable())
export const positiveOrNull = numberOrNull.pipe(z.number().nonnegative().nullable())
export const year = text.transform(Number).pipe(z.number().int())
export const yearOrNull = numberOrNull.pipe(z.number().int().nullable())

export const contentOf = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`./data/${file}`, import.meta.url)), 'utf8')

/** @throws Error that names the file and the row that does not fit its schema */
export const rowsOf = <Row extends z.ZodType>(file: string, row: Row): z.infer<Row>[] => {
  const cells: unknown[] = parse(contentOf(file), { columns: true, bom: true, skip_empty_lines: true })
  return cells.map((cell, index) => {
    const result = row.safeParse(cell)
    if (!result.success) throw new Error(`${file}, row ${index + 1}: ${z.prettifyError(result.error)}`)
    return result.data
  })
}
