// Comes in: a data folder. Goes out: a running PostgreSQL on the loopback, started here or adopted from a killed run.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { isRoot } from './lib/folders.mjs'
import { answers, freePort, isPortFree } from './lib/ports.mjs'
import { postgresBinaries } from './lib/postgres-binaries.mjs'
import { clusterPlace, postgresIdentity } from './lib/postgres-places.mjs'
import { processFacts, sleep } from './lib/processes.mjs'
import { Refusal } from './lib/refusal.mjs'

export const SUPERUSER = 'postgres'
const READY_WITHIN_MS = 300_000
const LOG_LIMIT_BYTES = 16 * 1024 * 1024

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/**
 * The caller holds the lock of the data folder.
 * @param {{ dataFolder: string, password: string, port?: number, flags?: string[], say?: (line: string) => void }} options
 */
export async function startEmbeddedPostgres({ dataFolder, password, port = 0, flags = [], say = () => {} }) {
  const cluster = clusterPlace(dataFolder, say)
  const identity = postgresIdentity(cluster)
  const programs = await postgresBinaries(identity, say)
  const run = { ...identity, cwd: path.parse(cluster).root, env: plainEnvironment() }
  const server = { cluster, programs, run, dataFolder, flags }
  const created = await initialise(server, password, say)
  const adopted = created ? null : await adopt(server)
  const { pid, port: livePort } = adopted ?? (await launch(server, port))
  writeFileSync(path.join(dataFolder, 'postgres-port'), String(livePort))
  return {
    host: '127.0.0.1',
    port: livePort,
    user: SUPERUSER,
    password,
    pid,
    created,
    adopted: adopted !== null,
    isAlive: () => isPostgres(pid),
    stop: () => stop(server, pid),
  }
}

/** The port of the server that runs on this data folder, or null. */
export function runningPort(dataFolder) {
  return readPostmaster(clusterPlace(dataFolder, () => {}))?.port ?? null
}

function plainEnvironment() {
  if (process.platform === 'win32') return process.env
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
}

async function initialise({ cluster, programs, run }, password, say) {
  if (existsSync(path.join(cluster, 'PG_VERSION'))) {
    refuseForeignCluster(cluster)
    return false
  }
  say('Creating the database cluster …')
  rmSync(cluster, { recursive: true, force: true })
  // initdb writes PG_VERSION before it is done: the final name appears only with a whole cluster behind it.
  const partial = `${cluster}.new`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { mode: 0o700 })
  const passwordFile = `${partial}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (run.uid !== undefined) for (const file of [partial, passwordFile]) chownSync(file, run.uid, run.gid)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['--auth=scram-sha-256', `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`]
  const args = ['--pgdata', partial, ...access, ...locale, '--data-checksums', '--no-instructions']
  const { status, stderr, error } = spawnSync(programs.initdb, args, { ...run, encoding: 'utf8' })
  rmSync(passwordFile, { force: true })
  if (status !== 0) {
    rmSync(partial, { recursive: true, force: true })
    throw new Refusal(`PostgreSQL could not create a cluster in ${cluster}: ${lastLine(stderr) || error?.message}`)
  }
  renameSync(partial, cluster)
  return true
}

function refuseForeignCluster(cluster) {
  const owner = statSync(cluster).uid
  if (process.getuid && !isRoot && owner !== process.getuid()) {
    throw new Refusal(`The cluster in ${cluster} belongs to user ${owner}; run as that user or name another DATA_DIR.`)
  }
  const version = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (version !== '18') throw new Refusal(`The cluster in ${cluster} is of PostgreSQL ${version}; this copy ships 18.`)
}

/** A server outlives the kill -9 of whoever started it; the next start takes it over. */
async function adopt({ cluster, dataFolder }) {
  const postmaster = readPostmaster(cluster)
  if (!postmaster) {
    rmSync(path.join(cluster, 'postmaster.pid'), { force: true })
    return null
  }
  for (const since = performance.now(); performance.now() - since < READY_WITHIN_MS; await sleep(50)) {
    const now = readPostmaster(cluster)
    if (!now) return null
    if (now.isReady && (await answers(now.port))) return now
  }
  throw new Refusal(`PostgreSQL ${postmaster.pid} does not answer; see ${path.join(dataFolder, 'postgres.log')}.`)
}

/** What postmaster.pid says, if that process lives and is PostgreSQL: the number may belong to another program by now. */
function readPostmaster(cluster) {
  const file = path.join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const [pid, , , port, , , , state = ''] = readFileSync(file, 'utf8').split('\n')
  if (!isPostgres(Number(pid))) return null
  return { pid: Number(pid), port: Number(port), isReady: state.startsWith('ready') }
}

function isPostgres(pid) {
  const facts = processFacts(pid)
  return facts !== null && (process.platform === 'win32' || facts.name === 'postgres')
}

async function launch(server, wanted) {
  if (wanted && !(await isPortFree(wanted))) {
    throw new Refusal(`Port ${wanted} (PG_PORT) is taken; name another, or none for any free one.`)
  }
  const log = path.join(server.dataFolder, 'postgres.log')
  // Right after the kill -9 of a postmaster its backends may still hold the shared memory block; and a port that was
  // free a moment ago may be gone. Both pass.
  for (let attempt = 0; attempt < 20; attempt++) {
    const started = await launchOnce(server, wanted || (await rememberedPort(server.dataFolder)), log)
    if (started) return started
    await sleep(500)
  }
  throw new Refusal(`PostgreSQL does not start: ${lastLine(readFileSync(log, 'utf8'))} (see ${log}).`)
}

async function rememberedPort(dataFolder) {
  const file = path.join(dataFolder, 'postgres-port')
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  return port && (await isPortFree(port)) ? port : await freePort()
}

async function launchOnce({ cluster, programs, run, flags }, port, log) {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`)
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const out = openSync(log, 'a', 0o600)
  const child = spawn(programs.postgres, ['-D', cluster, ...settings, ...flags], {
    ...run,
    detached: true,
    stdio: ['ignore', out, out],
  })
  closeSync(out)
  child.unref()
  let ended = false
  child.on('exit', () => (ended = true))
  child.on('error', () => (ended = true))
  for (const since = performance.now(); !ended; await sleep(20)) {
    const postmaster = readPostmaster(cluster)
    if (postmaster?.pid === child.pid && postmaster.isReady) return { pid: child.pid, port }
    if (performance.now() - since > READY_WITHIN_MS) throw new Refusal(`PostgreSQL is not ready; see ${log}.`)
  }
  return null
}

async function stop({ cluster, programs }, pid) {
  if (process.platform === 'win32') {
    execFileSync(programs.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w'], { stdio: 'ignore' })
    return
  }
  if (isPostgres(pid)) process.kill(pid, 'SIGINT')
  for (const since = performance.now(); isPostgres(pid); await sleep(20)) {
    if (performance.now() - since > 60_000) throw new Refusal(`PostgreSQL ${pid} does not stop.`)
  }
}

const lastLine = (text) => text?.trim().split('\n').pop() ?? ''
