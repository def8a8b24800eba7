import { setTimeout as rest } from 'node:timers/promises'
import { runDueConnectors } from '@/lib/connect/run-due'
import { workerPool } from '@/lib/db/pool'
import { referenceTables } from '@/lib/grid/zone-of'
import { log } from '@/lib/log'

const IDLE_MS = 1000
const TROUBLE_MS = 5000

/**
 * Runs due connectors beside posting until told to stop: what others let us wait for must not hold up a day's figures. A stop breaks off
 * the request that runs; what was stored before it stays.
 */
export const connectorLoop = async (signal: AbortSignal): Promise<void> => {
  let lastTrouble = ''
  while (!signal.aborted) {
    let pause = IDLE_MS
    try {
      if ((await runDueConnectors(workerPool(), await referenceTables(workerPool()), { signal })) > 0) pause = 0
      lastTrouble = ''
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error)
      if (trouble !== lastTrouble) log.warn({ error: trouble }, 'connectors wait for the database')
      lastTrouble = trouble
      pause = TROUBLE_MS
    }
    await rest(pause, undefined, { signal }).catch(() => undefined)
  }
}
