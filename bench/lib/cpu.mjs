// Processor time of processes and their children, those already reaped too, from /proc: it survives a busy machine better than the clock.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const TICKS_A_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

const childrenOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

const ownTicks = (pid) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    // utime, stime, and of reaped children cutime, cstime.
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0)
  } catch {
    return 0
  }
}

const treeTicks = (pid) => ownTicks(pid) + childrenOf(pid).reduce((sum, child) => sum + treeTicks(child), 0)

/** Milliseconds of processor time that the processes and everything below them have used. */
export const cpuMs = (...pids) => (pids.reduce((sum, pid) => sum + treeTicks(pid), 0) * 1000) / TICKS_A_SECOND
