import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isDemoDue, seedDemo } from './demo.mjs'
import { dataFolder, ROOT } from './folders.mjs'
import { listenAddress, webArguments } from './listen-address.mjs'
import { ensureBuild } from './next-build.mjs'
import { prepareDatabase } from './prepare.mjs'
import { abandonQuietChildren, onStopAsked, sleep, spawnTied, stopChild } from './processes.mjs'
import { Refusal, runCommand, sentence } from './refusal.mjs'
import { typescriptArguments } from './run-typescript.mjs'

const WORKER = 'lib/jobs/worker.ts'
const HEALTHY_WITHIN_MS = 120_000
const DATABASE_WATCH_MS = 500
const LONGEST_WORKER_PAUSE_MS = 10_000

export const main = () =>
  runCommand(async () => {
    const since = performance.now()
    const stopping = stopSignal()
    try {
      return await launch(stopping, since)
    } catch (error) {
      if (!stopping.isAsked()) throw error
      return 0
    } finally {
      // A health probe or a pipe of a child may still be open; everything that matters has ended.
      setImmediate(() => process.exit())
    }
  })

async function launch(stopping, since) {
  const address = await listenAddress()
  const database = await prepareDatabase({ migrate: 'always' })
  const running = { children: new Set(), isStopping: false }
  try {
    console.log(database.summary)
    await ensureBuild({ env: database.env })
    if (stopping.isAsked()) return 0
    return await Promise.race([stopping.asked, serve({ address, database, running, since })])
  } finally {
    running.isStopping = true
    console.log('Stopping …')
    for (const child of running.children) await stopChild(child)
    await database.release()
    console.log('Stopped.')
  }
}

function stopSignal() {
  let isAsked = false
  const asked = new Promise((resolve) => {
    onStopAsked(() => {
      isAsked = true
      abandonQuietChildren()
      resolve(0)
    })
  })
  return { asked, isAsked: () => isAsked }
}

/** Starts everything and comes back, with an exit code, only when the whole must end. */
async function serve({ address, database, running, since }) {
  const webEnded = startWeb(address, database.env, running)
  keepWorker(database.env, running)
  const watched = watchDatabase(database, running)
  const probe = `http://${probeHost(address.host)}:${address.port}/api/health`
  const failure = await Promise.race([healthy(probe, running).then(() => null), webEnded, watched])
  if (failure) throw failure
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  console.log(`Wattledger is ready at ${database.env.NEXTAUTH_URL} (${seconds} s)`)
  if (isDemoDue()) seedDemo(database.env, running, showSignIn).catch((error) => console.error(sentence(error)))
  else showSignIn()
  throw await Promise.race([webEnded, watched])
}

// Each process is given its own login only: the web never holds the password of the tables' owner.
function without(env, names) {
  const kept = { ...env }
  for (const name of names) delete kept[name]
  return kept
}

function startWeb(address, env, running) {
  const web = spawnTied(webArguments(address), without(env, ['OWNER_DATABASE_URL', 'WORKER_DATABASE_URL']))
  running.children.add(web)
  return new Promise((resolve) => {
    web.on('error', (error) => resolve(new Refusal(`The web process did not start: ${error.message}.`)))
    web.on('exit', (code, signal) => {
      running.children.delete(web)
      if (!running.isStopping) resolve(new Refusal(`The web process ended unexpectedly (${signal ?? `exit ${code}`}).`))
    })
  })
}

/** The worker holds nothing that a successor could not take up, so it is simply started again. */
function keepWorker(env, running, pause = 500) {
  if (!existsSync(path.join(ROOT, WORKER))) return
  const startedAt = performance.now()
  const workerEnv = { ...without(env, ['OWNER_DATABASE_URL']), WATTLEDGER_PROCESS: 'worker' }
  const worker = spawnTied(typescriptArguments(WORKER), workerEnv)
  running.children.add(worker)
  worker.on('exit', async (code, signal) => {
    running.children.delete(worker)
    if (running.isStopping) return
    const next = performance.now() - startedAt > 60_000 ? 500 : Math.min(pause * 2, LONGEST_WORKER_PAUSE_MS)
    console.error(`The worker ended unexpectedly (${signal ?? `exit ${code}`}) and is started again.`)
    await sleep(pause)
    if (!running.isStopping) keepWorker(env, running, next)
  })
}

async function watchDatabase(database, running) {
  try {
    while (!running.isStopping) {
      await database.revive(console.error)
      await sleep(DATABASE_WATCH_MS)
    }
    return await new Promise(() => {})
  } catch (error) {
    return new Refusal(`PostgreSQL ended and does not start again: ${sentence(error)}`)
  }
}

async function healthy(url, running) {
  for (const since = performance.now(); performance.now() - since < HEALTHY_WITHIN_MS; await sleep(100)) {
    if (running.isStopping) return
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' })
      await answer.arrayBuffer()
      if (answer.ok) return
    } catch {}
  }
  throw new Refusal(`The web process does not answer at ${url}.`)
}

const probeHost = (host) =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host

function showSignIn() {
  const file = path.join(dataFolder(), 'demo-sign-in.txt')
  if (existsSync(file)) console.log(readFileSync(file, 'utf8').trimEnd())
  else console.log('Create an organisation: npm run -s create-org -- --slug <slug> --name <name> --email <email>')
}
