import { notFound } from 'next/navigation'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { UNASSIGNED } from '@/lib/rollups/cube-filter'
import { filterOptions } from '@/lib/rollups/totals-options'

export type NamedKind = 'team' | 'model'

/** The name in the address; a stray percent sign is part of a name and no error. */
export const nameOf = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** Asked above the skeleton: once a page streams, its status is 200 and an unknown name could no longer be a 404. */
export const requireName = async (org: string, kind: NamedKind, segment: string): Promise<void> => {
  const name = nameOf(segment)
  const { actor } = await pageAccess(org)
  const options = await withOrg(actor, filterOptions)
  if (name !== UNASSIGNED && !options[kind].includes(name)) notFound()
}
