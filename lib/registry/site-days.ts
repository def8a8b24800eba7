import type { Tx } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { openDays } from '@/lib/ledger/open-days'

/** @throws AppError not_found, for an unknown site and another organisation's alike */
export const siteIdOfSlug = async (tx: Tx, orgId: string, slug: string): Promise<string> => {
  const { rows } = await tx.query<{ site_id: string }>('select site_id from site where org_id = $1 and slug = $2', [
    orgId,
    slug,
  ])
  if (!rows[0]) throw new AppError('not_found', 'No such site.')
  return rows[0].site_id
}

/** Opens the days in [from, to) on which the site's meters or workloads were read; null is without end. Tells how many. */
export const openDaysOfSite = async (
  tx: Tx,
  orgId: string,
  { siteId, from, to }: { siteId: string; from: string | null; to: string | null },
): Promise<number> => {
  const { rows } = await tx.query<{ days: string[] | null }>(
    `select array_agg(to_char(day, 'YYYY-MM-DD')) as days from (
       select e.day from entry e join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
       where e.org_id = $1 and e.is_current and a.site_id = $2
       union select f.day from facility_day f where f.org_id = $1 and f.site_id = $2
     ) touched
     where ($3::date is null or day >= $3::date) and ($4::date is null or day < $4::date)`,
    [orgId, siteId, from, to],
  )
  const row = rows[0]
  invariant(row, 'an aggregate has one row')
  const days = row.days ?? []
  await openDays(tx, orgId, days)
  return days.length
}
