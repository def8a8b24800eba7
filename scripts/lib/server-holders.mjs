// Whoever uses the embedded server leaves a mark, so that a short command never stops it under a longer one.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isMarkedProcessAlive, processMark } from './processes.mjs'

const holders = (dataFolder) => path.join(dataFolder, 'holders')

/** The caller holds the lock of the data folder, here and below. */
export function holdServer(dataFolder) {
  mkdirSync(holders(dataFolder), { recursive: true })
  writeFileSync(path.join(holders(dataFolder), String(process.pid)), processMark(process.pid))
}

/** Takes the mark away; whether nobody else holds the server. */
export function letServerGo(dataFolder) {
  rmSync(path.join(holders(dataFolder), String(process.pid)), { force: true })
  if (!existsSync(holders(dataFolder))) return true
  const others = readdirSync(holders(dataFolder)).filter((name) => {
    const mark = path.join(holders(dataFolder), name)
    if (isMarkedProcessAlive(readFileSync(mark, 'utf8'))) return true
    rmSync(mark, { force: true })
    return false
  })
  return others.length === 0
}
