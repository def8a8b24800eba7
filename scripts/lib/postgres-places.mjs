// As root PostgreSQL runs as another user. Where only root may enter this copy's folder (a clone in /root, a private
// temporary folder), that user reaches neither the programs nor a cluster in the data folder: both then live outside.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isRoot } from './folders.mjs'
import { Refusal } from './refusal.mjs'

const POINTER = 'postgres-location'
const OWNER = 'belongs-to'

/** PostgreSQL refuses to run as root: the owner of an existing cluster, else a user that every Linux has. */
export function postgresIdentity(cluster) {
  if (!isRoot) return {}
  const existing = cluster && statSync(cluster, { throwIfNoEntry: false })
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid }
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {}
  }
  throw new Refusal('PostgreSQL does not run as root, and there is no user postgres or nobody; set DATABASE_URL.')
}

/** The folder of the cluster that belongs to this data folder; its parent exists and is in reach of PostgreSQL's user. */
export function clusterPlace(dataFolder, say) {
  const pointer = path.join(dataFolder, POINTER)
  if (existsSync(pointer)) return pointedPlace(dataFolder, readFileSync(pointer, 'utf8').trim())
  const inside = path.join(dataFolder, 'postgres')
  if (!isRoot || existsSync(inside) || canEnter(dataFolder, postgresIdentity())) return inside
  // A new folder each time: one that a removed data folder of this name left behind has other passwords.
  const home = mkdtempSync(path.join(outsideFolder(), `${hash(realpathSync(dataFolder))}-`))
  chmodSync(home, 0o711)
  writeFileSync(path.join(home, OWNER), realpathSync(dataFolder))
  writeFileSync(pointer, home)
  say(`Only root may enter ${dataFolder}, so the database lives in ${home}.`)
  return path.join(home, 'postgres')
}

/** Removes a data folder and what it keeps outside; its server must be stopped. */
export function removeDataFolder(dataFolder) {
  const pointer = path.join(dataFolder, POINTER)
  if (existsSync(pointer)) {
    const home = readFileSync(pointer, 'utf8').trim()
    if (existsSync(path.join(home, OWNER))) rmSync(home, { recursive: true, force: true })
  }
  rmSync(dataFolder, { recursive: true, force: true })
}

function pointedPlace(dataFolder, home) {
  const owner = path.join(home, OWNER)
  if (!existsSync(owner)) throw new Refusal(`The database of ${dataFolder} was in ${home} and is no longer there.`)
  const here = realpathSync(dataFolder)
  const recorded = readFileSync(owner, 'utf8').trim()
  if (recorded !== here) {
    const other = path.join(recorded, POINTER)
    if (existsSync(other) && readFileSync(other, 'utf8').trim() === home) {
      throw new Refusal(`${here} is a copy: its database belongs to ${recorded}. Remove ${here} to start an empty one.`)
    }
    writeFileSync(owner, here)
  }
  return path.join(home, 'postgres')
}

/** A copy of the programs that only root can have written; named by their content's version, made once. */
export async function rootOwnedCopy(shipped, say) {
  const manifest = JSON.parse(readFileSync(path.join(shipped, '..', 'package.json'), 'utf8'))
  const parent = outsideFolder()
  const copy = path.join(parent, `programs-${manifest.version}-${hash(manifest.name)}`)
  if (isRootOwned(copy)) return copy
  rmSync(copy, { recursive: true, force: true })
  say(`Only root may enter ${path.dirname(shipped)}, so PostgreSQL's programs are copied to ${copy}.`)
  const partial = mkdtempSync(path.join(parent, 'copying-'))
  cpSync(shipped, partial, { recursive: true, verbatimSymlinks: true })
  execFileSync('chmod', ['-R', 'a+rX,go-w', partial])
  try {
    renameSync(partial, copy)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!isRootOwned(copy)) throw error
  }
  return copy
}

/** Persistent where the system allows it, because a cluster may live in it. */
function outsideFolder() {
  for (const folder of ['/var/lib/wattledger', path.join(os.tmpdir(), 'wattledger-root'), '/tmp/wattledger-root']) {
    try {
      if (!existsSync(folder)) makePassable(folder)
    } catch {
      continue
    }
    // A folder that another user planted in a shared temporary folder is not ours.
    if (isRootOwned(folder) && canEnter(folder, postgresIdentity())) return folder
  }
  throw new Refusal(
    'Only root may enter this folder, and PostgreSQL may not run as root; set DATA_DIR or DATABASE_URL.',
  )
}

// The umask of root is often 077, so the mode is set, not asked for.
function makePassable(folder) {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o711)
}

function isRootOwned(folder) {
  const facts = lstatSync(folder, { throwIfNoEntry: false })
  return Boolean(facts?.isDirectory() && facts.uid === 0 && (facts.mode & 0o022) === 0)
}

const canEnter = (folder, identity) =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0

const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12)
