import type { z } from 'zod'
import { Prisma } from '@/lib/generated/prisma/client'
import type { OrgTx } from './with-org'

/**
 * The one way to ask a question in SQL: a tagged statement (parameters only), a name that pg_stat_statements can be read by,
 * and a schema for its rows, so that a column that changes its type is caught here and not on a screen.
 */
export const query = async <Row extends z.ZodType>(
  tx: OrgTx,
  question: { name: string; sql: Prisma.Sql; row: Row },
): Promise<z.infer<Row>[]> => {
  const [first = '', ...rest] = question.sql.strings
  const named = new Prisma.Sql([`/* ${question.name} */ ${first}`, ...rest], question.sql.values)
  const rows = await tx.$queryRaw<unknown[]>(named)
  return rows.map((row) => question.row.parse(row))
}
