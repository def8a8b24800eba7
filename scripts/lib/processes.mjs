import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Refusal } from './refusal.mjs'

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP']
const ORPHAN_CHECK_MS = 500

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The command name and start time of a live process; null when it is gone (a zombie is gone). */
export function processFacts(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return null
  }
  try {
    if (process.platform === 'linux') {
      const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
      const fields = rest.split(' ')
      return fields[0] === 'Z' ? null : { name, startedAt: fields[19] }
    }
    if (process.platform === 'win32') return { name: '', startedAt: '' }
    const line = execFileSync('ps', ['-p', String(pid), '-o', 'lstart=,comm='], { encoding: 'utf8' }).trim()
    return { name: line.slice(24).trim().split('/').pop(), startedAt: line.slice(0, 24) }
  } catch {
    return null
  }
}

/** Identifies a process beyond the reuse of its number. */
export const processMark = (pid) => `${pid} ${processFacts(pid)?.startedAt ?? ''}`

export function isMarkedProcessAlive(mark) {
  const [pid, ...startedAt] = mark.trim().split(' ')
  const facts = processFacts(Number(pid))
  return facts !== null && facts.startedAt === startedAt.join(' ')
}

/**
 * Calls back when this process is asked to stop; returns how to undo it. npm puts a shell between itself and the
 * script, which dies of a SIGTERM without passing it on: losing that shell counts as being asked.
 */
export function onStopAsked(callback) {
  for (const signal of STOP_SIGNALS) process.on(signal, callback)
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== shell) callback('SIGTERM')
  }, ORPHAN_CHECK_MS)
  watch.unref()
  return () => {
    clearInterval(watch)
    for (const signal of STOP_SIGNALS) process.off(signal, callback)
  }
}

const quietChildren = new Set()

/** Runs to the end with its output kept; on failure the output is shown and `refusal` says what failed. */
export function runQuietly(command, args, { refusal, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    quietChildren.add(child)
    let output = ''
    const keep = (chunk) => {
      output += chunk
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => reject(new Refusal(`${refusal}: ${error.message}`)))
    child.on('close', (code, signal) => {
      const wasKnown = quietChildren.delete(child)
      if (code === 0) return resolve(output)
      if (wasKnown) process.stderr.write(output)
      reject(new Refusal(`${refusal} (exit ${code ?? signal}); its output is above.`))
    })
  })
}

/** Ends what runs quietly, without a word: somebody asked to stop. */
export function abandonQuietChildren() {
  for (const child of quietChildren) {
    quietChildren.delete(child)
    child.kill('SIGTERM')
  }
}

const TIED = new URL('./tied-to-parent.mjs', import.meta.url).href

/** Runs this Node to the end with the terminal handed through; resolves with the exit code. */
export function runNode(args, env) {
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  const child = spawn(process.execPath, ['--import', TIED, ...args], { env, stdio })
  let isAsked = false
  const forward = (signal) => {
    isAsked = true
    // Ctrl-C has reached the child already: the terminal sends it to both.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  const stopListening = onStopAsked(forward)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      stopListening()
      // Next answers a SIGTERM with 143; whoever asked to stop got what was asked for.
      const endedAsAsked = isAsked && (signal !== null || code > 128)
      resolve(endedAsAsked ? 0 : (code ?? 1))
    })
  })
}

/**
 * A Node process that lives as long as this one: it ends by itself when this one is killed.
 * Its own process group keeps Ctrl-C here, where the order of stopping is known.
 */
export function spawnTied(args, env) {
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc']
  return spawn(process.execPath, ['--import', TIED, ...args], { env, detached: process.platform !== 'win32', stdio })
}

/** Asks a child to stop, and insists after a while. */
export async function stopChild(child, patienceMs = 15_000) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await ended
  clearTimeout(insist)
}
