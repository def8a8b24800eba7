import { z } from 'zod'
import type { ExplainedMeasure } from '@/lib/contracts/explain'
import { query } from '@/lib/db/query'
import { count, dayText, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { explainedPieces } from './explain-figure'
import type { LedgerFilter } from './ledger-filter'

const addendRow = z.object({ starts: dayText, ends: dayText, entries: count, exact: exactIntegerOrNull })
export type Addend = z.output<typeof addendRow>
export type AddendOf = 'year' | 'month' | 'day'

/** The figure cut into years, months or days, in order; [starts, ends) lies inside the filter's window. They add up to explainedSum. */
export const explainedAddends = (
  tx: OrgTx,
  filter: LedgerFilter,
  measure: ExplainedMeasure,
  of: AddendOf,
): Promise<Addend[]> =>
  query(tx, {
    name: `explain.by_${of}`,
    row: addendRow,
    sql: Prisma.sql`
      select greatest(d.piece, ${new Date(filter.from)}::timestamptz at time zone 'utc')::date as starts,
        least(d.piece + ${`1 ${of}`}::interval, ${new Date(filter.to)}::timestamptz at time zone 'utc')::date as ends,
        sum(d.entries) as entries, sum(d.amount) as exact
      from (
        select date_trunc(${of}, p.day::timestamp) as piece, p.amount, p.entries from (${explainedPieces(filter, measure)}) p
      ) d
      group by d.piece
      order by d.piece`,
  })
