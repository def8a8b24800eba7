import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ClientBase } from 'pg'
import { newPassword } from '@/lib/auth/password'
import { addMember, createOrganization } from '@/lib/registry/organizations'

const DEMO_SLUG = 'demo'
const DEMO_NAME = 'Meridian Labs'
const OWNER = 'demo@meridian.example'
const MEMBERS = ['analyst', 'ml', 'viewer', 'auditor'].map((role) => ({ role, email: `${role}@meridian.example` }))

/** Makes the demo organisation and its people, or completes them. Gives its id; null where its slug is somebody else's. */
export const demoOrganization = async (
  owner: ClientBase,
  dataFolder: string,
  say: (line: string) => void,
): Promise<string | null> => {
  const { orgId: known, isTaken } = await organizationOfSlug(owner)
  if (isTaken) {
    say(`The slug ${DEMO_SLUG} belongs to an organisation that is not the demo: nothing is filled.`)
    return null
  }
  const passwords = passwordsOf(dataFolder)
  if (known && passwords.state === 'shown') return known
  if (known && passwords.state === 'new') {
    say(`Its passwords are in the data folder of the copy that made it, not in ${dataFolder}.`)
    return known
  }
  passwords.keep()
  const orgId =
    known ??
    (
      await createOrganization(owner, {
        slug: DEMO_SLUG,
        name: DEMO_NAME,
        email: OWNER,
        password: passwords.of(OWNER),
        isDemo: true,
      })
    ).orgId
  for (const { role, email } of MEMBERS) {
    await addMember(owner, { org: DEMO_SLUG, email, role, password: passwords.of(email) })
  }
  passwords.show()
  return orgId
}

const organizationOfSlug = async (owner: ClientBase): Promise<{ orgId: string | null; isTaken: boolean }> => {
  const { rows } = await owner.query<{ org_id: string; is_demo: boolean }>(
    'select org_id, is_demo from organization where slug = $1',
    [DEMO_SLUG],
  )
  return { orgId: rows[0]?.org_id ?? null, isTaken: rows[0]?.is_demo === false }
}

interface Passwords {
  /** shown: all people exist. kept: an interrupted seed made them. new: they are nobody's yet. */
  state: 'shown' | 'kept' | 'new'
  of(email: string): string
  keep(): void
  show(): void
}

/**
 * Passwords are on disk before anyone has them, so that a seed that was interrupted between the two goes on with the same ones.
 * Only when all people exist does the file get its final name.
 */
const passwordsOf = (dataFolder: string): Passwords => {
  const shown = path.join(dataFolder, 'demo-sign-in.txt')
  const kept = `${shown}.new`
  const state = existsSync(shown) ? 'shown' : existsSync(kept) ? 'kept' : 'new'
  const passwords =
    state === 'new'
      ? new Map([OWNER, ...MEMBERS.map(({ email }) => email)].map((email) => [email, newPassword()]))
      : parse(readFileSync(state === 'shown' ? shown : kept, 'utf8'))
  return {
    state,
    of: (email) => {
      const password = passwords.get(email)
      if (!password)
        throw new Error(`The sign-in file in ${dataFolder} holds no password of ${email}: remove it and start again.`)
      return password
    },
    keep: () => writeFileSync(kept, textOf(passwords), { mode: 0o600 }),
    show: () => renameSync(kept, shown),
  }
}

const textOf = (passwords: Map<string, string>): string =>
  [
    `email: ${OWNER}`,
    `password: ${passwords.get(OWNER)}`,
    ...MEMBERS.map(({ role, email }) => `${role}: ${email} ${passwords.get(email)}`),
    '',
  ].join('\n')

const parse = (text: string): Map<string, string> => {
  const found = new Map<string, string>()
  let email: string | undefined
  for (const line of text.split('\n')) {
    const [label, first, second] = line.split(/:? +/)
    if (label === 'email') email = first
    else if (label === 'password' && email && first) found.set(email, first)
    else if (first && second) found.set(first, second)
  }
  return found
}
