import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from './refusal.mjs'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

export const isRoot = process.getuid?.() === 0

/** The folder that holds everything this copy remembers: the cluster, its secrets, its port. */
export function dataFolder() {
  const folder = path.resolve(ROOT, process.env.DATA_DIR || '.data')
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true })
      // As root PostgreSQL runs as another user, who must be able to pass through; every file inside has its own mode.
      chmodSync(folder, isRoot ? 0o711 : 0o700)
    }
    if (!statSync(folder).isDirectory()) throw new Error('not a folder')
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw new Refusal(`The data folder ${folder} cannot be read and written by this user; name another in DATA_DIR.`)
  }
  return folder
}
