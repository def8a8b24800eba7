import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Refusal } from './refusal.mjs'

const NAMES = ['superuser', 'wl_owner', 'wl_app', 'wl_worker', 'nextauth', 'sealing']

/** The generated passwords of this data folder; what is missing is added. The caller holds the folder's lock. */
export function readSecrets(folder) {
  const file = path.join(folder, 'secrets.json')
  const known = existsSync(file) ? parse(file) : {}
  const missing = NAMES.filter((name) => !known[name])
  if (missing.length === 0) return known
  const secrets = { ...known }
  for (const name of missing) secrets[name] = randomBytes(32).toString('base64url')
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return secrets
}

function parse(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${error.message}`)
  }
}
