import { type EmissionsTotal, emissionsTotalSchema } from '@/lib/contracts/codecarbon-files'
import { nameSchema } from '@/lib/contracts/common'
import { SECOND } from '@/lib/units/time'
import type { TableRow } from './codecarbon-table'
import { instantsOf } from './local-time'

/** Cumulative totals and task rows of CodeCarbon → what each run's meter showed and when. PURE. Instants are milliseconds since 1970. */

const OLDEST = Date.UTC(2000, 0, 1)
const AHEAD = 3600 * SECOND
const MOST_SECONDS = 366 * 86_400
const MOST_KWH = 1e6

/** The experiment that the client names when nobody configured one. */
const NO_EXPERIMENT = '5b0fa12a-3dd7-45bb-9766-cc326314d9f1'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export interface TotalsRow {
  line: number
  /** The end of what it tells; two in the hour that clocks go through twice. */
  ends: number[]
  durationMs: number
  /** kWh, × the client's PUE: of the run so far, or of the task. */
  energy: number
  task: string | null
  said: EmissionsTotal
}

export interface RefusedRow {
  line: number
  run: string | null
  reason: string
}

/** Rows of one tracker, or of its tasks, in order of time. */
export interface TotalsRun {
  /** The client's own id; null where it wrote "None", as 3.2 and 3.3 do while they also send to an API. */
  runId: string | null
  experiment: string
  tasks: boolean
  /** Tells machines apart where there is no id. */
  signature: string
  rows: PlacedRow[]
}

export interface PlacedRow extends TotalsRow {
  at: number
  start: number
  note: string | null
}

const textOf = (text: string | null | undefined): string | null => {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' || /^(none|nan|null)$/i.test(trimmed) ? null : trimmed
}

const NUMBERS = [
  'duration',
  'emissions',
  'cpu_power',
  'gpu_power',
  'ram_power',
  'cpu_energy',
  'gpu_energy',
  'ram_energy',
]
const MORE_NUMBERS = [
  'energy_consumed',
  'cpu_count',
  'gpu_count',
  'longitude',
  'latitude',
  'ram_total_size',
  'pue',
  'wue',
]
const NUMERIC = new Set([...NUMBERS, ...MORE_NUMBERS])

/** A cell that is no number stays text, so that the schema refuses it by its column. */
const typed = (cells: Record<string, string>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => {
      if (!NUMERIC.has(name)) return [name, cell]
      const text = textOf(cell)
      return [name, text === null ? null : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text]
    }),
  )

/** What speaks against totals, whichever way they came. */
export const faultOf = (said: EmissionsTotal, ends: number[], now: number): string | null => {
  if (said.energy_consumed > MOST_KWH) return 'energy_consumed: beyond a gigawatt-hour'
  if (said.duration > MOST_SECONDS) return 'duration: beyond a year'
  const [end] = ends
  if (end === undefined)
    return 'timestamp: no such time there (a time such as 2026-03-01T09:00:00; one hour is left out when clocks go forward)'
  if (end < OLDEST) return 'timestamp: before the year 2000'
  return end > now + AHEAD ? 'timestamp: in the future. Is the time zone right?' : null
}

/** One row as it is said, or why it is refused. */
export const readTotalsRow = (row: TableRow, { zone, now }: { zone: string; now: number }): TotalsRow | RefusedRow => {
  const { line } = row
  if ('fault' in row) return { line, run: null, reason: row.fault }
  const run = textOf(row.cells.run_id)
  const read = emissionsTotalSchema.safeParse(typed(row.cells))
  if (!read.success) {
    const [issue] = read.error.issues
    return { line, run, reason: `${issue?.path.join('.') ?? 'row'}: ${issue?.message ?? 'cannot be read'}` }
  }
  const ends = instantsOf(read.data.timestamp, zone)
  const reason = faultOf(read.data, ends, now)
  if (reason !== null) return { line, run, reason }
  return totalsRow(read.data, { line, ends, task: textOf(row.cells.task_name) })
}

export const totalsRow = (
  said: EmissionsTotal,
  { line, ends, task }: { line: number; ends: number[]; task: string | null },
): TotalsRow => ({
  line,
  ends,
  // The time is cut off to its second, so the shortest run still took one.
  durationMs: Math.max(SECOND, Math.round(said.duration * 1000)),
  energy: said.energy_consumed + 0,
  task,
  said,
})

const experimentOf = (said: EmissionsTotal): string => {
  const experiment = textOf(said.experiment_id)
  const named = experiment === null || experiment === NO_EXPERIMENT ? textOf(said.project_name) : experiment
  const name = nameSchema.safeParse(named ?? 'codecarbon')
  return name.success ? name.data : 'codecarbon'
}

const runIdOf = (said: EmissionsTotal): string | null => {
  const id = textOf(said.run_id)
  return id !== null && UUID.test(id) ? id.toLowerCase() : null
}

const signatureOf = ({ said }: TotalsRow): string =>
  JSON.stringify([
    experimentOf(said),
    said.os ?? '',
    said.cpu_model ?? '',
    said.gpu_model ?? '',
    said.tracking_mode ?? '',
  ])

/** A start is known to the second, and the duration was taken a moment before the time. */
export const SAME_START_MS = 2500
const startOf = (row: TotalsRow, at: number): number => at - row.durationMs

/** A tracker told by its start, where its id is "None". */
const withSameStart = (runs: TotalsRun[], row: TotalsRow): TotalsRun | undefined =>
  runs.find((run) => {
    const last = run.rows.at(-1)
    return last && row.ends.some((at) => Math.abs(startOf(row, at) - startOf(last, last.at)) <= SAME_START_MS)
  })

/**
 * Rows → runs. A run is told by its id, else by its machine and start: all of its rows are totals since one start. Rows of one machine that
 * began in the same second without an id cannot be told apart, and are refused rather than joined.
 */
export const runsOfRows = (rows: TotalsRow[]): { runs: TotalsRun[]; refused: RefusedRow[] } => {
  const byId = new Map<string, TotalsRun>()
  const bySignature = new Map<string, TotalsRun[]>()
  const ordered = [...rows].sort(
    (a, b) => (a.ends[0] ?? 0) - (b.ends[0] ?? 0) || a.energy - b.energy || a.line - b.line,
  )
  for (const row of ordered) {
    const runId = runIdOf(row.said)
    const signature = signatureOf(row)
    const fresh = (): TotalsRun => ({
      runId,
      experiment: experimentOf(row.said),
      tasks: row.task !== null,
      signature,
      rows: [],
    })
    let run: TotalsRun
    if (runId !== null) {
      run = byId.get(runId) ?? fresh()
      byId.set(runId, run)
    } else {
      const alike = bySignature.get(signature) ?? []
      bySignature.set(signature, alike)
      run = withSameStart(alike, row) ?? fresh()
      if (!alike.includes(run)) alike.push(run)
    }
    run.rows.push(placed(row, run))
  }
  const runs = [...byId.values(), ...[...bySignature.values()].flat()]
  return withoutBackwards(runs)
}

/** Of the two instants of a doubled hour, the one that agrees with the start of the run's other rows; else the first. */
const placed = (row: TotalsRow, run: TotalsRun): PlacedRow => {
  const first = row.ends[0] as number
  const last = run.rows.at(-1)
  const away = (at: number) => (last && !run.tasks ? Math.abs(startOf(row, at) - startOf(last, last.at)) : 0)
  const at = row.ends.reduce((best, end) => (away(end) < away(best) ? end : best), first)
  const note = row.ends.length > 1 ? `this hour was gone through twice; taken as ${new Date(at).toISOString()}` : null
  return { ...row, at, start: startOf(row, at), note }
}

/** Totals only grow; one that falls belongs to another tracker or was edited. */
const withoutBackwards = (given: TotalsRun[]): { runs: TotalsRun[]; refused: RefusedRow[] } => {
  const refused: RefusedRow[] = []
  const runs = given.flatMap((run) => {
    if (run.tasks) return [run]
    const rows: PlacedRow[] = []
    for (const row of run.rows) {
      const before = rows.at(-1)
      if (before && row.energy < before.energy) {
        const reason =
          run.runId === null
            ? `run_id is "None", and line ${before.line} is of a tracker that began in the same second: they cannot be told apart`
            : `energy_consumed is less than on line ${before.line}, and a run's total only grows`
        refused.push({ line: row.line, run: run.runId, reason })
      } else rows.push(row)
    }
    return rows.length === 0 ? [] : [{ ...run, rows }]
  })
  return { runs, refused }
}

export interface MeterPoint {
  row: PlacedRow
  /** The row's time, a millisecond later for each further row of that second. */
  at: number
  known: boolean
  /** What the row adds, kWh. */
  adds: number
}

/**
 * The points of a cumulative meter, beside those told before (their time → kWh). Times are whole seconds, so further totals of one
 * second stand a millisecond after each other. What a row adds is what it tells beyond all totals before it, so that the sum of all
 * that is added is the last total.
 */
export const pointsOf = (rows: PlacedRow[], before: Map<number, number>): MeterPoint[] => {
  const known = new Map(before)
  let most = 0
  for (const energy of before.values()) most = Math.max(most, energy)
  return rows.map((row) => {
    let at = row.at
    while (known.has(at) && known.get(at) !== row.energy && at < row.at + 900) at += 1
    const isKnown = known.get(at) === row.energy
    known.set(at, row.energy)
    const adds = isKnown ? 0 : Math.max(0, row.energy - most)
    if (!isKnown) most = Math.max(most, row.energy)
    return { row, at, known: isKnown, adds }
  })
}
