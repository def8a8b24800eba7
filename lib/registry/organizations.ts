import type { ClientBase } from 'pg'
import { ROLES, type Role } from '@/lib/auth/actor'
import { hashPassword } from '@/lib/auth/password'
import { newId } from '@/lib/db/ids'
import { AppError } from '@/lib/errors'
import { writeAuditEvent } from '@/lib/ledger/audit'

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/
const EMAIL = /^[^\s@]+@[^\s@]+$/

/** The operator's connection (role wl_owner) inside one transaction that sees one organisation. */
const asOperator = async <T>(client: ClientBase, orgId: string, work: () => Promise<T>): Promise<T> => {
  await client.query('begin')
  try {
    await client.query("select set_config('app.org_id', $1, true)", [orgId])
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

const personOf = async (
  client: ClientBase,
  email: string,
  password: string,
): Promise<{ userId: string; isNewPerson: boolean }> => {
  const address = email.trim().toLowerCase()
  if (!EMAIL.test(address)) throw new AppError('invalid_input', `${email} is not an e-mail address.`)
  const { rows } = await client.query<{ user_id: string }>('select user_id from person_by_email($1)', [address])
  if (rows[0]) return { userId: rows[0].user_id, isNewPerson: false }
  const userId = newId()
  await client.query('insert into app_user (user_id, email, password_hash) values ($1, $2, $3)', [
    userId,
    address,
    await hashPassword(password),
  ])
  return { userId, isNewPerson: true }
}

/**
 * Makes an organisation and its owner. A person who is known keeps the password.
 * @throws AppError invalid_input, conflict (the slug is taken)
 */
export const createOrganization = async (
  client: ClientBase,
  given: { slug: string; name: string; email: string; password: string; isDemo: boolean },
): Promise<{ orgId: string; userId: string; isNewPerson: boolean }> => {
  if (!SLUG.test(given.slug)) {
    throw new AppError('invalid_input', 'A slug has 1 to 63 characters of a-z, 0-9 and -, and does not start with -.')
  }
  const orgId = newId()
  return asOperator(client, orgId, async () => {
    const { rowCount } = await client.query(
      'insert into organization (org_id, slug, name, is_demo) values ($1, $2, $3, $4) on conflict (slug) do nothing',
      [orgId, given.slug, given.name, given.isDemo],
    )
    if (rowCount === 0) throw new AppError('conflict', `The slug ${given.slug} is taken.`)
    const person = await personOf(client, given.email, given.password)
    await writeMembership(client, orgId, person.userId, 'owner')
    return { orgId, ...person }
  })
}

const writeMembership = async (client: ClientBase, orgId: string, userId: string, role: Role): Promise<void> => {
  await client.query(
    `insert into membership (org_id, user_id, role) values ($1, $2, $3)
     on conflict (org_id, user_id) do update set role = excluded.role`,
    [orgId, userId, role],
  )
  await writeAuditEvent(
    client,
    orgId,
    { kind: 'system', id: 'operator' },
    { action: 'membership.set', objectKind: 'user', objectId: userId, detail: { role } },
  )
}

/** The id behind a slug, for the operator's scripts. Row-level security hides it from everyone else. */
export const orgIdOfSlug = async (client: ClientBase, slug: string): Promise<string> => {
  const { rows } = await client.query<{ org_id: string | null }>('select organization_id($1) as org_id', [slug])
  const orgId = rows[0]?.org_id
  if (!orgId) throw new AppError('not_found', `There is no organisation ${slug}.`)
  return orgId
}

/** Gives a person a role in an organisation; a new person gets the password. */
export const addMember = async (
  client: ClientBase,
  given: { org: string; email: string; role: string; password: string },
): Promise<{ userId: string; isNewPerson: boolean }> => {
  const role = ROLES.find((known) => known === given.role)
  if (!role) throw new AppError('invalid_input', `The role must be one of ${ROLES.join(', ')}.`)
  const orgId = await orgIdOfSlug(client, given.org)
  return asOperator(client, orgId, async () => {
    const person = await personOf(client, given.email, given.password)
    await writeMembership(client, orgId, person.userId, role)
    return person
  })
}
