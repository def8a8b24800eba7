// Temporary data folders of test runs, and what a killed run left of them: a server that nobody will stop.
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isRoot } from '../lib/folders.mjs'
import { clusterPlace, removeDataFolder } from '../lib/postgres-places.mjs'
import { isMarkedProcessAlive, processFacts, processMark, sleep } from '../lib/processes.mjs'

const PREFIX = 'wattledger-test-'
const OWNER = 'test-run'

/** A fresh data folder that the next run removes if this one cannot. */
export async function makeTemporaryDataFolder() {
  await sweepAbandoned()
  const folder = mkdtempSync(path.join(os.tmpdir(), PREFIX))
  // PostgreSQL's user must be able to pass through where this runs as root.
  if (isRoot) chmodSync(folder, 0o711)
  writeFileSync(path.join(folder, OWNER), processMark(process.pid))
  return folder
}

async function sweepAbandoned() {
  for (const name of readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(os.tmpdir(), name)
    try {
      if (isMarkedProcessAlive(readFileSync(path.join(folder, OWNER), 'utf8'))) continue
      await stopHolders(folder)
      await stopServer(folder)
      removeDataFolder(folder)
    } catch {
      // Another user's, or one that is being made or removed right now.
    }
  }
}

async function stopHolders(folder) {
  const holders = path.join(folder, 'holders')
  if (!existsSync(holders)) return
  for (const pid of readdirSync(holders)) {
    const mark = readFileSync(path.join(holders, pid), 'utf8')
    if (!isMarkedProcessAlive(mark)) continue
    process.kill(Number(pid), 'SIGTERM')
    for (let look = 0; look < 400 && isMarkedProcessAlive(mark); look++) await sleep(50)
  }
}

async function stopServer(folder) {
  const file = path.join(
    clusterPlace(folder, () => {}),
    'postmaster.pid',
  )
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const isServer = () => processFacts(pid)?.name === 'postgres'
  if (isServer()) process.kill(pid, 'SIGQUIT')
  for (let look = 0; look < 100 && isServer(); look++) await sleep(50)
}
