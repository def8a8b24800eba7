import { closePools, workerPool } from '@/lib/db/pool'
import { referenceTables } from '@/lib/grid/zone-of'
import { log } from '@/lib/log'
import { allocateDue } from '@/lib/posting/allocate-month'
import { postDue } from '@/lib/posting/post-due'
import { connectorLoop } from './connector-loop'

const IDLE_MS = 250
const TROUBLE_MS = 1000

let stopping = false
let wake: () => void = () => undefined
const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })

const stopped = new AbortController()
const stop = () => {
  stopping = true
  stopped.abort()
  wake()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

/** The worker process: posts due days and allocates due months until told to stop, finishing what is in hand. */
const run = async (): Promise<void> => {
  log.info('worker started')
  const connecting = connectorLoop(stopped.signal)
  while (!stopping) {
    try {
      const tables = await referenceTables(workerPool())
      const posted = await postDue(workerPool(), tables)
      const allocated = await allocateDue(workerPool(), tables)
      if (posted + allocated === 0) await pause(IDLE_MS)
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'worker waits for the database')
      await pause(TROUBLE_MS)
    }
  }
  await connecting
  await closePools()
  log.info('worker stopped')
}

await run()
