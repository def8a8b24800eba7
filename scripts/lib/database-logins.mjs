// Tries logins, and says in one sentence why a database does not let us in.
import pg from 'pg'
import { ROLES } from './database-roles.mjs'
import { Refusal } from './refusal.mjs'

/** The roles of `wanted` that cannot log in for a reason that creating them would cure. */
export async function failedLogins(urls, wanted) {
  const failed = []
  for (const role of wanted) {
    try {
      const client = await connect(urls[role])
      await client.end()
    } catch (error) {
      // 28P01 wrong password or no such role, 28000 not let in by that name, 3D000 no such database, 42501 may not connect
      if (!['28P01', '28000', '3D000', '42501'].includes(error.code)) throw error
      failed.push(role)
    }
  }
  return failed
}

export async function refuseFailedLogins(urls, roles, given) {
  const failed = await failedLogins(urls, roles)
  if (failed.length > 0) throw lockedOut(given, failed)
}

const lockedOut = (given, failed) =>
  new Refusal(
    `The database at ${given.host} does not let ${failed.join(', ')} in; ` +
      'set ADMIN_DATABASE_URL once, a login that may create roles and set their passwords.',
  )

/** DATABASE_URL itself, if its login may create the roles. */
export async function capableUrl(given, failed) {
  const refusal = lockedOut(given, failed)
  if (ROLES.includes(decodeURIComponent(given.username))) throw refusal
  let client
  try {
    client = await connect(given.href).catch((error) => {
      if (error.code !== '3D000') throw error
      return connect(Object.assign(new URL(given), { pathname: '/postgres' }).href)
    })
    const me = await client.query(
      'select rolsuper or rolcreaterole as capable from pg_roles where rolname = current_user',
    )
    if (me.rows[0].capable) return given.href
  } catch (error) {
    if (!['28P01', '28000'].includes(error.code)) throw error
  } finally {
    await client?.end()
  }
  throw refusal
}

export async function connect(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 })
  client.on('error', () => {})
  await client.connect()
  return client
}

export function parseUrl(variable) {
  try {
    const url = new URL(process.env[variable])
    if (!/^postgres(ql)?:$/.test(url.protocol)) throw new Error('not PostgreSQL')
    return url
  } catch {
    throw new Refusal(`${variable} is not a URL of the form postgresql://user:password@host:5432/database.`)
  }
}

export function databaseRefusal(error, server) {
  if (error instanceof Refusal) return error
  const codes = [error.code, ...(error.errors ?? []).map((inner) => inner.code)]
  if (codes.includes('ECONNREFUSED')) return new Refusal(`${server} refuses the connection: nothing listens there.`)
  if (codes.includes('ENOTFOUND') || codes.includes('EAI_AGAIN')) {
    return new Refusal(`${server} cannot be found: the host name does not resolve.`)
  }
  return new Refusal(`${server} refuses: ${error.message}.`)
}
