import { z } from 'zod'
import type { RunTotals } from '@/lib/ledger/run-totals'
import { exactKilograms, exactKilowattHours } from '@/lib/units/format'
import { setTags } from './mlflow-api'
import type { Turn } from './turn'

/** Runs whose emissions are to be written to them, and the figures that were written last. */

const waitingSchema = z.array(z.object({ id: z.string(), run: z.string(), told: z.string().optional() }))
export type WaitingRun = z.infer<typeof waitingSchema>[number]

const MOST_WAITING = 1000

export const waitingRuns = (turn: Turn): WaitingRun[] => waitingSchema.safeParse(turn.cursor.write).data ?? []

export const alsoWaiting = (turn: Turn, run: WaitingRun): WaitingRun[] =>
  [...waitingRuns(turn).filter((one) => one.id !== run.id), run].slice(-MOST_WAITING)

/** What is unknown gets no tag: a zero would be read as a figure. */
export const tagsOf = ({ facilityUwh, locationMg, marketMg, isProvisional }: RunTotals): Record<string, string> => ({
  ...(facilityUwh === null ? {} : { 'wattledger.energy_kwh': exactKilowattHours(facilityUwh) }),
  ...(locationMg === null ? {} : { 'wattledger.location_kg_co2e': exactKilograms(locationMg) }),
  ...(marketMg === null ? {} : { 'wattledger.market_kg_co2e_before_instruments': exactKilograms(marketMg) }),
  'wattledger.status': isProvisional ? 'provisional' : 'settled',
})

/** Writes what has been posted since; a run leaves the list when its figures are settled. */
export const writeBack = async (turn: Turn, read: (run: string) => Promise<RunTotals | null>): Promise<void> => {
  for (const waiting of waitingRuns(turn)) {
    if (!turn.mayGoOn()) return
    const totals = await read(waiting.run)
    if (totals === null || totals.isWaiting) continue
    const tags = tagsOf(totals)
    const told = JSON.stringify(tags)
    if (told !== waiting.told) await setTags(turn, waiting.id, tags)
    const others = waitingRuns(turn).filter((one) => one.id !== waiting.id)
    await turn.keep({ cursor: { write: totals.isProvisional ? [...others, { ...waiting, told }] : others } })
  }
}
