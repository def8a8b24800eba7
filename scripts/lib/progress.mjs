const HEARTBEAT_MS = 10_000
const WORTH_MENTIONING_MS = 2_000

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/**
 * Says what is being done and, every ten seconds, that it goes on.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} [say]
 * @returns {Promise<T>}
 */
export async function progress(label, work, say = console.log) {
  const since = performance.now()
  say(`${label} …`)
  const heartbeat = setInterval(() => say(`  still at it after ${seconds(since)}`), HEARTBEAT_MS)
  try {
    const result = await work()
    if (performance.now() - since > WORTH_MENTIONING_MS) say(`  done in ${seconds(since)}`)
    return result
  } finally {
    clearInterval(heartbeat)
  }
}
