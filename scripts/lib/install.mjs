// Runs before anything is installed: plain Node only.
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './folders.mjs'
import { runQuietly } from './processes.mjs'
import { progress } from './progress.mjs'
import { Refusal } from './refusal.mjs'

const LOCK = path.join(ROOT, 'package-lock.json')
const MODULES = path.join(ROOT, 'node_modules')
const STAMP = path.join(MODULES, '.wattledger-lock')

/** Installs the packages of the lock file unless they are there. */
export async function ensureInstalled({ say = console.log } = {}) {
  if (isInstalled()) return
  refuseUnwritable()
  const command = existsSync(LOCK) ? 'ci' : 'install'
  await progress(`Installing packages (npm ${command})`, () => npm(command), say)
  if (existsSync(LOCK)) writeFileSync(STAMP, lockHash())
}

function isInstalled() {
  const installed = path.join(MODULES, '.package-lock.json')
  if (!existsSync(installed) || !existsSync(LOCK)) return false
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash()) return true
  // Somebody ran npm by hand: what it recorded decides.
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages
  const wanted = Object.entries(JSON.parse(readFileSync(LOCK, 'utf8')).packages)
  const complete = wanted.every(([name, facts]) => {
    if (name === '' || facts.optional || facts.devOptional) return true
    return present[name]?.version === facts.version
  })
  if (complete) stamp()
  return complete
}

function stamp() {
  try {
    writeFileSync(STAMP, lockHash())
  } catch {
    // A read-only installation is as good; it is only looked through again next time.
  }
}

function refuseUnwritable() {
  try {
    accessSync(existsSync(MODULES) ? MODULES : ROOT, constants.W_OK)
  } catch {
    throw new Refusal(`The folder ${ROOT} cannot be written by this user, so packages cannot be installed in it.`)
  }
}

function npm(command) {
  // Nothing here needs an install script, and without them nothing is fetched beyond the package registry. The build
  // checks types, so it needs the packages of development even where NODE_ENV=production is set.
  const args = [command, '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund']
  const script = process.env.npm_execpath
  const options = { cwd: ROOT, refusal: `npm ${command} failed` }
  if (script?.endsWith('.js')) return runQuietly(process.execPath, [script, ...args], options)
  const windows = process.platform === 'win32'
  return runQuietly(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows })
}

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex')
