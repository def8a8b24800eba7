import { getServerSession } from 'next-auth/next'
import { appPool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/with-org-sql'
import { type Actor, ROLES, type Role } from './actor'
import { authOptions } from './options'

export interface SignedIn {
  userId: string
  name: string | null
  email: string | null
}

/** The signed-in person of this request's cookie, or null. A session without an id counts as none. */
export const signedIn = async (): Promise<SignedIn | null> => {
  const session = await getServerSession(authOptions())
  const user = session?.user as { id?: string; name?: string | null; email?: string | null } | undefined
  return user?.id ? { userId: user.id, name: user.name ?? null, email: user.email ?? null } : null
}

export interface OrganizationOfPerson {
  orgId: string
  slug: string
  name: string
  isDemo: boolean
  role: Role
}

/** The organisations that a person belongs to now; a membership past its date is none. */
export const organizationsOf = (userId: string): Promise<OrganizationOfPerson[]> =>
  inTransaction(appPool(), async (tx) => {
    await tx.query("select set_config('app.user_id', $1, true)", [userId])
    const { rows } = await tx.query<{ org_id: string; slug: string; name: string; is_demo: boolean; role: string }>(
      `select o.org_id, o.slug, o.name, o.is_demo, m.role
       from membership m join organization o on o.org_id = m.org_id
       where m.user_id = $1 and (m.expires_at is null or m.expires_at > now())
       order by o.is_demo, o.name`,
      [userId],
    )
    return rows.flatMap((row) => {
      const role = ROLES.find((known) => known === row.role)
      return role ? [{ orgId: row.org_id, slug: row.slug, name: row.name, isDemo: row.is_demo, role }] : []
    })
  })

/** The person as an actor of the organisation with this slug, or null: not a member and no such organisation are one answer. */
export const actorOfPerson = async (userId: string, slug: string): Promise<Actor | null> => {
  const organization = (await organizationsOf(userId)).find((candidate) => candidate.slug === slug)
  return organization ? { kind: 'user', orgId: organization.orgId, userId, role: organization.role } : null
}
