import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isMarkedProcessAlive, processMark, sleep } from './processes.mjs'
import { Refusal } from './refusal.mjs'

const PATIENCE_MS = 300_000

/**
 * Holds a lock file while `work` runs; a lock whose holder died is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFileLock(file, work) {
  await acquire(file)
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

async function acquire(file) {
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, processMark(process.pid))
  try {
    for (const since = performance.now(); performance.now() - since < PATIENCE_MS; await sleep(50)) {
      try {
        // A link appears with its content: nobody can read a half-written lock.
        linkSync(mine, file)
        return
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
      }
      removeIfAbandoned(file, `${mine}.abandoned`)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  throw new Refusal(`Another process has held ${file} for five minutes; end it and try again.`)
}

function removeIfAbandoned(file, aside) {
  try {
    if (isMarkedProcessAlive(readFileSync(file, 'utf8'))) return
    renameSync(file, aside)
    // Another waiter may have replaced it between the two calls: a live lock goes back.
    if (isMarkedProcessAlive(readFileSync(aside, 'utf8'))) linkSync(aside, file)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  }
  rmSync(aside, { force: true })
}
