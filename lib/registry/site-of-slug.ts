import type { Tx } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'

/** @throws AppError not_found, for an unknown site and another organisation's alike */
export const siteIdOfSlug = async (tx: Tx, orgId: string, slug: string): Promise<string> => {
  const { rows } = await tx.query<{ site_id: string }>('select site_id from site where org_id = $1 and slug = $2', [
    orgId,
    slug,
  ])
  if (!rows[0]) throw new AppError('not_found', 'No such site.')
  return rows[0].site_id
}
