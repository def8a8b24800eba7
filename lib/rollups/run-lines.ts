import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, dayText, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { ledgerLineId } from '@/lib/ledger/entries'
import { attributionsOf } from './run-facts'

const lineRow = z.object({
  entry_id: z.string(),
  day: dayText,
  revision: z.number().int(),
  status: z.enum(['provisional', 'settled']),
  site: z.string().nullable(),
  zone: z.string().nullable(),
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  intensity_tier: z.number().int().nullable(),
  gap_hours: count,
})
export type RunLine = Omit<z.output<typeof lineRow>, 'entry_id'> & { id: string }

/** Current ledger entries of a run, the newest day first. */
export const runLines = async (
  tx: OrgTx,
  workloadId: string,
  { from, to, limit }: { from: string; to: string; limit: number },
): Promise<RunLine[]> => {
  const rows = await query(tx, {
    name: 'run.lines',
    row: lineRow,
    sql: Prisma.sql`
      select e.entry_id, e.day, e.revision, e.status, p.name as site, c.zone, e.total_facility_uwh as facility_uwh,
        e.total_location_mg as location_mg,
        (select max(t) from unnest(e.intensity_tier) t)::int as intensity_tier,
        (select count(g) from unnest(e.gap) g) as gap_hours
      from attribution c
      join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
      left join site p on p.org_id = c.org_id and p.site_id = c.site_id
      where c.org_id = app_org() and ${attributionsOf(workloadId)}
        and e.day >= ${from}::date and e.day < ${to}::date
      order by e.day desc, e.attribution_id
      limit ${limit}`,
  })
  return rows.map(({ entry_id, ...row }) => ({ id: ledgerLineId(entry_id), ...row }))
}
