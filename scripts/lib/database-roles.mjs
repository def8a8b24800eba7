// Comes in: an administrator's login. Goes out: the database and the three roles of ARCHITECTURE §6, with their passwords.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import { Refusal } from './refusal.mjs'

export const ROLES = ['wl_owner', 'wl_app', 'wl_worker']
const OLDEST_MAJOR = 15

/**
 * Creates what is missing and sets the passwords of `logins`. Whatever exists already is left as it is.
 * @param {string} adminUrl
 * @param {{ database: string, passwords: Record<string, string>, reset?: string[] }} wanted
 */
export async function ensureRolesAndDatabase(adminUrl, { database, passwords, reset = ROLES }) {
  const admin = await connectAdmin(adminUrl)
  try {
    await refuseUnfitServer(admin)
    await ensureRoles(admin, passwords, reset)
    const known = await admin.query('select 1 from pg_database where datname = $1', [database])
    if (known.rowCount === 0) {
      await admin.query(
        `create database ${pg.escapeIdentifier(database)} owner wl_owner encoding 'UTF8' template template0`,
      )
    }
  } finally {
    await admin.end()
  }
  await grantDatabase(withDatabase(adminUrl, database), database)
}

/** Gives wl_owner the schema and the right to create; the others may only connect until a migration grants them more. */
export async function grantDatabase(adminUrl, database) {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    const name = pg.escapeIdentifier(database)
    await admin.query(`revoke all on database ${name} from public`)
    await admin.query(`grant connect, create, temporary on database ${name} to wl_owner`)
    await admin.query(`grant connect, temporary on database ${name} to wl_app, wl_worker`)
    await admin.query('alter schema public owner to wl_owner')
    await admin.query('revoke create on schema public from public')
  } finally {
    await admin.end()
  }
}

/** Refuses a server that is too old and roles that row-level security would not hold. */
export async function refuseUnfitServer(client) {
  const version = await client.query('show server_version_num')
  const major = Math.floor(Number(version.rows[0].server_version_num) / 10_000)
  if (major < OLDEST_MAJOR) {
    throw new Refusal(`Wattledger needs PostgreSQL ${OLDEST_MAJOR} or newer; the server of DATABASE_URL is ${major}.`)
  }
  const unfit = await client.query(
    'select rolname from pg_roles where rolname = any($1) and (rolsuper or rolbypassrls) order by rolname',
    [ROLES],
  )
  if (unfit.rowCount > 0) {
    const names = unfit.rows.map((row) => row.rolname).join(', ')
    throw new Refusal(`Row-level security would not hold ${names}: the role must have neither SUPERUSER nor BYPASSRLS.`)
  }
}

export function withDatabase(url, database) {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}

// A managed server has a maintenance database of its own name, and the one asked for may not exist yet.
async function connectAdmin(adminUrl) {
  let client = new pg.Client({ connectionString: adminUrl })
  try {
    await client.connect()
  } catch (error) {
    if (error.code !== '3D000') throw error
    client = new pg.Client({ connectionString: withDatabase(adminUrl, 'postgres') })
    await client.connect()
  }
  return client
}

async function ensureRoles(admin, passwords, reset) {
  const existing = await admin.query('select rolname from pg_roles where rolname = any($1)', [ROLES])
  const known = new Set(existing.rows.map((row) => row.rolname))
  for (const role of ROLES) {
    if (known.has(role) && !reset.includes(role)) continue
    // The server's log may keep statements: it gets the verifier, never the password.
    const verifier = pg.escapeLiteral(scramVerifier(passwords[role]))
    const verb = known.has(role) ? 'alter role' : 'create role'
    await admin.query(`${verb} ${role} login password ${verifier}`)
  }
  const me = await admin.query('select rolsuper from pg_roles where rolname = current_user')
  // An administrator that is no superuser hands objects over only to a role that it may become.
  if (!me.rows[0].rolsuper) await admin.query('grant wl_owner to current_user')
}

function scramVerifier(password) {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256')
  const hmac = (text) => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64')
  const serverKey = hmac('Server Key').toString('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}
