// Where every script finds the database: DATABASE_URL, else the embedded server of DATA_DIR, with one login per role.
import path from 'node:path'
import { runningPort, SUPERUSER, startEmbeddedPostgres } from '../embedded-postgres.mjs'
import { capableUrl, connect, databaseRefusal, failedLogins, parseUrl, refuseFailedLogins } from './database-logins.mjs'
import { ensureRolesAndDatabase, ROLES, refuseUnfitServer } from './database-roles.mjs'
import { withFileLock } from './file-lock.mjs'
import { dataFolder } from './folders.mjs'
import { Refusal } from './refusal.mjs'
import { readSecrets } from './secrets.mjs'
import { holdServer, letServerGo } from './server-holders.mjs'

const DATABASE = 'wattledger'
const URL_VARIABLES = { wl_app: 'DATABASE_URL', wl_worker: 'WORKER_DATABASE_URL', wl_owner: 'OWNER_DATABASE_URL' }

/**
 * @typedef {object} Database
 * @property {NodeJS.ProcessEnv} env what every child process is given
 * @property {boolean} embedded
 * @property {boolean} isFresh whether this call started the server: whoever did so before has prepared it
 * @property {string} summary one line for people
 * @property {() => Promise<void>} release stops an embedded server that nobody else holds
 * @property {(say: (line: string) => void) => Promise<void>} revive starts a server that died again; does nothing while it lives
 */

/**
 * @param {{ start: boolean, roles?: string[], say?: (line: string) => void }} options
 *   start: whether an embedded server that does not run is started; roles: whose logins are needed
 * @returns {Promise<Database>}
 */
export async function resolveDatabase({ start, roles = ROLES, say = () => {} }) {
  const folder = dataFolder()
  const lock = path.join(folder, 'lock')
  const secrets = await withFileLock(lock, async () => readSecrets(folder))
  if (process.env.DATABASE_URL) return external(secrets, roles)
  if (!start && runningPort(folder) === null) {
    throw new Refusal(`No database runs on ${folder}; run npm start first, or set DATABASE_URL.`)
  }
  return embedded({ folder, lock, secrets, say })
}

async function embedded({ folder, lock, secrets, say }) {
  const port = wholeNumber('PG_PORT')
  const flags = process.env.PG_FLAGS?.split(' ').filter(Boolean) ?? []
  const options = { dataFolder: folder, password: secrets.superuser, port, flags }
  let server = await withFileLock(lock, async () => {
    const started = await startEmbeddedPostgres({ ...options, say })
    holdServer(folder)
    return started
  })
  const address = () => `127.0.0.1:${server.port}/${DATABASE}`
  const urls = Object.fromEntries(ROLES.map((role) => [role, `postgresql://${role}:${secrets[role]}@${address()}`]))
  const adminUrl = `postgresql://${SUPERUSER}:${secrets.superuser}@${address()}`
  const release = () => withFileLock(lock, async () => letServerGo(folder) && (await server.stop()))
  try {
    if ((await failedLogins(urls, ROLES)).length > 0) {
      await ensureRolesAndDatabase(adminUrl, { database: DATABASE, passwords: secrets })
    }
  } catch (error) {
    await release()
    throw databaseRefusal(error, `The embedded PostgreSQL on port ${server.port}`)
  }
  return {
    env: childEnvironment(urls, secrets),
    embedded: true,
    isFresh: !server.adopted,
    summary: `PostgreSQL 18 ${server.adopted ? 'runs' : 'started'} on 127.0.0.1:${server.port}`,
    release,
    revive: async (tell) => {
      if (server.isAlive()) return
      tell('PostgreSQL ended unexpectedly and is started again …')
      server = await withFileLock(lock, () => startEmbeddedPostgres({ ...options, port: server.port, say: tell }))
    },
  }
}

async function external(secrets, roles) {
  const given = parseUrl('DATABASE_URL')
  const database = decodeURIComponent(given.pathname.slice(1)) || DATABASE
  const passwords = Object.fromEntries(ROLES.map((role) => [role, givenPassword(role) ?? secrets[role]]))
  const urls = Object.fromEntries(ROLES.map((role) => [role, loginUrl(given, database, role, passwords[role])]))
  const server = `The PostgreSQL at ${given.host}`
  try {
    const failed = await failedLogins(urls, roles)
    if (process.env.ADMIN_DATABASE_URL) {
      await ensureRolesAndDatabase(parseUrl('ADMIN_DATABASE_URL').href, { database, passwords, reset: failed })
    } else if (failed.length > 0) {
      // A password that somebody else on this server may use is changed only by a login that was named for it.
      await ensureRolesAndDatabase(await capableUrl(given, failed), { database, passwords, reset: [] })
    }
    if (failed.length > 0) await refuseFailedLogins(urls, roles, given)
    const client = await connect(urls[roles[0]])
    await refuseUnfitServer(client).finally(() => client.end())
  } catch (error) {
    throw databaseRefusal(error, server)
  }
  return {
    env: childEnvironment(urls, secrets),
    embedded: false,
    isFresh: false,
    summary: `Using the PostgreSQL at ${given.host}, database ${database}`,
    release: async () => {},
    revive: async () => {},
  }
}

function loginUrl(given, database, role, password) {
  const url = new URL(given)
  url.username = role
  url.password = encodeURIComponent(password)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

function givenPassword(role) {
  const variable = URL_VARIABLES[role]
  if (!process.env[variable]) return undefined
  const url = parseUrl(variable)
  return url.username === role ? decodeURIComponent(url.password) : undefined
}

function childEnvironment(urls, secrets) {
  const port = process.env.PORT || '3000'
  const logins = Object.fromEntries(ROLES.map((role) => [URL_VARIABLES[role], urls[role]]))
  const env = {
    ...process.env,
    ...logins,
    DATA_DIR: dataFolder(),
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || secrets.nextauth,
    SEALING_KEY: process.env.SEALING_KEY || secrets.sealing,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || `http://localhost:${port}`,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  delete env.ADMIN_DATABASE_URL
  return env
}

function wholeNumber(variable) {
  const text = process.env[variable] || '0'
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Refusal(`${variable} must be a port number, not ${text}.`)
  return Number(text)
}
