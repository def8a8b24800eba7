// On what was measured: a ratio is told with its machine and versions.
import os from 'node:os'

export const describeMachine = (versions = {}) => {
  const [cpu] = os.cpus()
  const facts = {
    date: new Date().toISOString().slice(0, 16),
    cpu: `${os.cpus().length} × ${cpu?.model.trim()}`,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    load: os
      .loadavg()
      .map((one) => one.toFixed(1))
      .join(' '),
    node: process.versions.node,
    postgresql: '18 (embedded), fsync and synchronous_commit on',
    ...versions,
  }
  console.log(
    Object.entries(facts)
      .map(([name, value]) => `${name}: ${value ?? 'not installed'}`)
      .join(' · '),
  )
  console.log('')
}
