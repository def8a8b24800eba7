import { z } from 'zod'
import type { ExplainedMeasure } from '@/lib/contracts/explain'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'
import { amountOf, withEffects } from './explain-measures'
import { LEDGER_ENTRY_TABLES } from './ledger-entry'
import { type LedgerFilter, ledgerConditions, saysSomething } from './ledger-filter'

const lineRow = z.object({
  entry_id: z.string(),
  day: z.string(),
  run: z.string().nullable(),
  service: z.string().nullable(),
  site: z.string().nullable(),
  team: z.string().nullable(),
  model: z.string().nullable(),
  stage: z.string().nullable(),
  zone: z.string().nullable(),
  unallocated: z.boolean(),
  status: z.enum(['provisional', 'settled']),
  exact: exactIntegerOrNull,
})
export type ExplainedLine = z.output<typeof lineRow>

/** Where a page ends: amount and id of its last line. Opaque to callers. */
const cursorSchema = z.tuple([
  z
    .string()
    .regex(/^-?\d{1,38}$/)
    .nullable(),
  z.uuid(),
])
const cursorOf = (line: ExplainedLine): string =>
  Buffer.from(JSON.stringify([line.exact?.toString() ?? null, line.entry_id])).toString('base64url')
const readCursor = (cursor: string): z.infer<typeof cursorSchema> => {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch (cause) {
    throw new AppError('bad_request', 'The cursor is not one of ours.', { cause })
  }
}

/** Entries of the filter by their share of the measure, largest first, one page by keyset; those without a figure last. */
export const explainedLines = async (
  tx: OrgTx,
  filter: LedgerFilter,
  measure: ExplainedMeasure,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<{ lines: ExplainedLine[]; nextCursor: string | null }> => {
  const after = cursor === undefined ? null : readCursor(cursor)
  // Unknown sorts below every amount: an amount is never negative.
  const key = Prisma.sql`(coalesce(l.exact, -1), l.id)`
  const rows = await query(tx, {
    name: 'explain.lines',
    row: lineRow,
    sql: Prisma.sql`
      select l.id::text as entry_id, l.day, l.run, l.service, l.site, l.team, l.model, l.stage, l.zone, l.unallocated, l.status, l.exact
      from (
        select e.entry_id as id, to_char(e.day, 'YYYY-MM-DD') as day, r.name as run, s.name as service, p.slug as site, t.name as team,
          m.name as model, a.stage, a.zone, e.unallocated, e.status, (${amountOf(measure)})::numeric as exact
        from ${LEDGER_ENTRY_TABLES}
        ${withEffects(measure, filter)}
        where ${ledgerConditions(filter)} and e.is_current and ${saysSomething}
      ) l
      ${after ? Prisma.sql`where ${key} < (${after[0] ?? '-1'}::numeric, ${after[1]}::uuid)` : Prisma.empty}
      order by coalesce(l.exact, -1) desc, l.id desc
      limit ${limit + 1}`,
  })
  const lines = rows.slice(0, limit)
  const last = lines.at(-1)
  return { lines, nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}

const largestRow = z.object({ lines: count })

/** How many of the largest entries make nine tenths of the measure; null where it is unknown or 0. */
export const linesOfNinety = async (
  tx: OrgTx,
  filter: LedgerFilter,
  measure: ExplainedMeasure,
): Promise<number | null> => {
  const [row] = await query(tx, {
    name: 'explain.ninety',
    row: largestRow,
    sql: Prisma.sql`
      select count(*) filter (where 10 * (l.upto - l.exact) < 9 * l.whole and l.whole > 0) as lines
      from (
        select x.exact, sum(x.exact) over (order by x.exact desc, x.id desc) as upto, sum(x.exact) over () as whole
        from (
          select e.entry_id as id, (${amountOf(measure)})::numeric as exact
          from entry e
          join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
          ${withEffects(measure, filter)}
          where ${ledgerConditions(filter)} and e.is_current and ${saysSomething}
        ) x
        where x.exact is not null
      ) l`,
  })
  return row && row.lines > 0 ? row.lines : null
}
