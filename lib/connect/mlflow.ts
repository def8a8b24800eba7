import { z } from 'zod'
import type { Tx } from '@/lib/db/with-org-sql'
import { acceptReadings } from '@/lib/ingest/accept'
import type { IncomingReading } from '@/lib/ingest/reading'
import { runTotals } from '@/lib/ledger/run-totals'
import { noteOutcome } from '@/lib/registry/run-outcome'
import { countRejections, sourceOf } from '@/lib/registry/sources'
import { DAY, isoInstant } from '@/lib/units/time'
import {
  experimentsOf,
  hasChildren,
  historyOf,
  type MlflowRun,
  mlflowSettings,
  runsStarted,
  someExperiments,
} from './mlflow-api'
import { contextOf, outcomeOf, powerKeys, powerReadings } from './mlflow-reading'
import { alsoWaiting, writeBack } from './mlflow-write-back'
import type { Cursor, Poller, Turn } from './turn'

/**
 * Runs of MLflow that have ended: the power of their GPUs as readings, how they ended, and their emissions back as tags. A run that goes on
 * waits, because only at its end is it known whether others are nested in it, and of nested runs only the innermost count.
 */

/** A run that has not ended after this long is taken for lost, and no longer looked for. */
const LONGEST_RUN = 60 * DAY
const FIRST_LOOK_BACK = DAY
const MOST_OF_A_BATCH = 50_000
/** System metrics are written beside the run and may arrive a little after its end. */
const LAST_METRICS = 60_000

const cursorSchema = z.object({ since: z.number().optional().catch(undefined), taken: z.array(z.string()).catch([]) })

/** Takes one run, once: its readings, its outcome and the note that it is taken stand or fall together. */
const take = async (turn: Turn, run: MlflowRun, experiment: string, cursor: Cursor): Promise<void> => {
  const settings = mlflowSettings(turn)
  const outcome = outcomeOf(run)
  if (outcome === null) return
  const isWhole = (await hasChildren(turn, run)) === false
  const context = contextOf(run, experiment, settings)
  const readings: IncomingReading[] = []
  const refused = new Map<string, number>()
  if (isWhole && settings.read_power) {
    for (const key of powerKeys(run)) {
      const found = powerReadings(run, key, await historyOf(turn, run.info.run_id, key), { context, now: turn.now() })
      readings.push(...found.readings)
      for (const [reason, count] of found.refused) refused.set(reason, (refused.get(reason) ?? 0) + count)
    }
  }
  const name = context.run as string
  const write = isWhole && settings.write_back ? { write: alsoWaiting(turn, { id: run.info.run_id, run: name }) } : {}
  await turn.keep({
    cursor: { ...cursor, ...write, newest: { runs: Math.max(newestRun(turn), run.info.start_time ?? 0) } },
    work: async (tx) => {
      await store(tx, turn, readings, refused)
      if (isWhole)
        await noteOutcome(tx, turn.orgId, name, outcome, { kind: 'system', id: `connector ${turn.connectorId}` })
    },
  })
}

const newestRun = (turn: Turn): number => z.object({ runs: z.number() }).safeParse(turn.cursor.newest).data?.runs ?? 0

const store = async (tx: Tx, turn: Turn, readings: IncomingReading[], refused: Map<string, number>): Promise<void> => {
  if (readings.length === 0 && refused.size === 0) return
  const sourceId = await sourceOf(tx, turn.orgId, 'mlflow', turn.name)
  const { orgId, tables } = turn
  for (let at = 0; at < readings.length; at += MOST_OF_A_BATCH)
    await acceptReadings(tx, {
      orgId,
      keyId: null,
      sourceId,
      tables,
      readings: readings.slice(at, at + MOST_OF_A_BATCH),
    })
  await countRejections(tx, orgId, sourceId, refused)
}

export const mlflow: Poller = {
  minIntervalMs: 50,

  async poll(turn) {
    const experiments = await experimentsOf(turn)
    const known = cursorSchema.parse({ since: turn.cursor.since, taken: turn.cursor.taken })
    const since = known.since ?? turn.now() - FIRST_LOOK_BACK
    const taken = new Set(known.taken)
    const starts = new Map<string, number>()
    let unfinished: number | null = null
    let last = since
    for await (const run of runsStarted(turn, [...experiments.keys()], { from: since, to: turn.now() + DAY })) {
      const started = run.info.start_time ?? since
      const { run_id: id } = run.info
      const goesOn = outcomeOf(run) === null || (run.info.end_time ?? 0) > turn.now() - LAST_METRICS
      starts.set(id, started)
      if (goesOn && turn.now() - started < LONGEST_RUN) unfinished ??= started
      if (!goesOn && !taken.has(id)) {
        if (!turn.mayGoOn()) {
          unfinished ??= started
          break
        }
        taken.add(id)
        await take(turn, run, experiments.get(run.info.experiment_id) ?? '', { taken: [...taken] })
      }
      last = Math.max(last, started)
    }
    // The next turn begins at the earliest run that still goes on; those taken after it are remembered.
    const next = unfinished ?? last
    await turn.keep({ cursor: { since: next, taken: [...taken].filter((id) => (starts.get(id) ?? 0) >= next) } })
    if (mlflowSettings(turn).write_back)
      await writeBack(turn, (run) => turn.read((tx) => runTotals(tx, turn.orgId, run)))
  },

  async backfill(turn, progress) {
    const experiments = await experimentsOf(turn)
    const range = { from: Date.parse(progress.done), to: Date.parse(progress.to) }
    for await (const run of runsStarted(turn, [...experiments.keys()], range)) {
      const started = run.info.start_time ?? range.from
      if (!turn.mayGoOn()) return turn.keep({ progress: { ...progress, done: isoInstant(started) } })
      // One that was taken before tells the same readings again, which changes nothing.
      await take(turn, run, experiments.get(run.info.experiment_id) ?? '', {})
    }
    await turn.keep({ progress: { ...progress, done: progress.to } })
  },

  async test(turn) {
    const names = await someExperiments(turn)
    const wanted = mlflowSettings(turn).experiments
    const missing = wanted.filter((name) => !names.includes(name))
    if (missing.length > 0) return `It answers, but knows no experiment named “${missing[0]}”.`
    return names.length === 0
      ? 'It answers, and has no experiment yet.'
      : `It answers: ${names.length} experiments, such as “${names[0]}”.`
  },
}
