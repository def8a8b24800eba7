import type { CodecarbonCsvAnswer, CodecarbonCsvRow, EmissionsTotal } from '@/lib/contracts/codecarbon-files'
import { contentId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { referenceTables } from '@/lib/grid/zone-of'
import { countryAt } from '@/lib/grid/zone-of-coordinates'
import { ensureExperiment, experimentOfId } from '@/lib/registry/experiments'
import { sourceOf } from '@/lib/registry/sources'
import { acceptReadings } from './accept'
import { type CodecarbonSender, writeRun } from './codecarbon'
import {
  type CodecarbonRunDetails,
  cloudRegionOf,
  contextOf,
  deploymentOf,
  hardwareOf,
  NEW_CLOCK,
  NOTHING_REPORTED,
  type Reported,
} from './codecarbon-reading'
import { readEmissionsTable } from './codecarbon-table'
import {
  faultOf,
  type MeterPoint,
  pointsOf,
  type RefusedRow,
  readTotalsRow,
  runsOfRows,
  SAME_START_MS,
  type TotalsRow,
  type TotalsRun,
  totalsRow,
} from './codecarbon-totals'
import { instantNear, instantsOf } from './local-time'
import type { IncomingReading } from './reading'

/** Totals that came as a file or at `emissions_endpoint` → evidence: a counter that began with the run, so that no order and no repeat counts twice. */

/** `run.details` of a run whose totals or tasks came so. */
export interface FileRunDetails extends CodecarbonRunDetails {
  source: 'codecarbon-file'
  told: 'totals' | 'tasks'
  signature: string
  /** Milliseconds since 1970. */
  began: number
  /** Totals told so far by their time; of tasks, their energies by name and time. kWh. */
  points: Record<string, number>
}

/** The newest are enough to tell a repeat; evidence itself is never counted twice. */
const MOST_POINTS = 2000

/** A run as it is to be written; nothing of it is in the books yet. */
interface Plan {
  run: TotalsRun
  runId: string
  stored: FileRunDetails | null
  /** Of the rows in order. */
  points: MeterPoint[]
  began: number
  /** What stands in the answer. */
  energy: number
}

const SOURCE_OF_FILES = 'codecarbon-file'

interface RunRow {
  run_id: string
  details: CodecarbonRunDetails | FileRunDetails | Record<string, never>
}

const runOf = async (tx: Tx, orgId: string, runId: string): Promise<RunRow | undefined> =>
  (
    await tx.query<RunRow>('select run_id, details from run where org_id = $1 and run_id = $2 for update', [
      orgId,
      runId,
    ])
  ).rows[0]

/** A run without an id that was told before: the same machine, the same start. */
const runAlike = async (tx: Tx, orgId: string, run: TotalsRun, began: number): Promise<RunRow | undefined> =>
  (
    await tx.query<RunRow>(
      `select run_id, details from run
       where org_id = $1 and details->>'source' = '${SOURCE_OF_FILES}' and details->>'signature' = $2
         and abs((details->>'began')::double precision - $3) <= $4
       order by created_at limit 1 for update`,
      [orgId, run.signature, began, SAME_START_MS],
    )
  ).rows[0]

/**
 * A run of the same experiment that was sent over the API while this one went on. Clients from 3.2 write no id into the file then, so
 * nothing tells the two apart.
 */
const sentRunAround = async (tx: Tx, orgId: string, run: TotalsRun, from: number, to: number) =>
  (
    await tx.query<{ name: string }>(
      `select name from run
       where org_id = $1 and details->>'source' = 'codecarbon' and details->>'experiment_id' = $2
         and (details->>'timestamp')::timestamptz <= $4
         and coalesce((details->'clock'->>'lastAt')::double precision, 0) >= $3
       order by created_at limit 1`,
      [orgId, run.experiment, from, new Date(to)],
    )
  ).rows[0]?.name

const keyOfPoint = (point: { row: TotalsRow; at: number }): string =>
  point.row.task === null ? String(point.at) : `${point.row.task} ${point.at}`

const taskPoints = (run: TotalsRun, before: Record<string, number>): MeterPoint[] =>
  run.rows.map((row) => {
    const point = { row, at: row.at }
    const known = before[keyOfPoint(point)] === row.energy
    return { ...point, known, adds: known ? 0 : row.energy }
  })

/** What is to be done with a run, or why its rows are refused. Reads only. */
const planOf = async (tx: Tx, orgId: string, run: TotalsRun): Promise<Plan | { refused: string }> => {
  const [first, last] = [run.rows[0], run.rows.at(-1)]
  invariant(first && last, 'a run has rows')
  const known = run.runId === null ? await runAlike(tx, orgId, run, first.start) : await runOf(tx, orgId, run.runId)
  const source = known?.details.source
  if (known && source !== SOURCE_OF_FILES) {
    return {
      refused:
        source === 'codecarbon'
          ? 'this run was sent over the API already; its energy is in the ledger'
          : 'another run has this id',
    }
  }
  // Guaranteed by its source, which only this file writes.
  const stored = (known?.details ?? null) as FileRunDetails | null
  if (stored && (stored.told === 'tasks') !== run.tasks) {
    return {
      refused: run.tasks
        ? 'the totals of this run are in the ledger; they hold its tasks'
        : 'tasks of this run are in the ledger; its totals would count them again',
    }
  }
  if (run.runId === null) {
    const sent = await sentRunAround(tx, orgId, run, first.start, last.at)
    if (sent) {
      return {
        refused: `${sent} of the same experiment was sent over the API at that time, and run_id "None" does not tell them apart`,
      }
    }
  }
  const before = stored?.points ?? {}
  const points = run.tasks
    ? taskPoints(run, before)
    : pointsOf(run.rows, new Map(Object.entries(before).map(([at, energy]) => [Number(at), energy])))
  const fresh = points.reduce((sum, { adds }) => sum + adds, 0)
  const told = Object.values(before)
  const had = run.tasks ? told.reduce((sum, energy) => sum + energy, 0) : Math.max(0, ...told)
  return {
    run,
    runId:
      known?.run_id ?? run.runId ?? contentId('codecarbon-file-run', [orgId, run.signature, first.at, first.energy]),
    stored,
    points,
    began: stored?.began ?? first.start,
    energy: had + fresh,
  }
}

const detailsOf = async (plan: Plan, said: EmissionsTotal, at: number): Promise<FileRunDetails> => {
  const text = (value: string | null | undefined) => value?.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, 300) || null
  const onCloud = said.on_cloud !== 'N' && text(said.cloud_provider) !== null
  const place = {
    provider: onCloud ? text(said.cloud_provider) : null,
    region: onCloud ? text(said.cloud_region) : null,
  }
  const { latitude, longitude } = said
  const iso = /^[A-Za-z]{2,3}$/.exec(said.country_iso_code?.trim() ?? '')?.[0]?.toUpperCase()
  const country = iso ?? (latitude == null || longitude == null ? null : await countryAt(latitude, longitude))
  return {
    source: SOURCE_OF_FILES,
    told: plan.run.tasks ? 'tasks' : 'totals',
    signature: plan.run.signature,
    began: plan.began,
    timestamp: new Date(plan.began).toISOString(),
    experiment_id: plan.run.experiment,
    os: text(said.os),
    python_version: text(said.python_version),
    codecarbon_version: text(said.codecarbon_version),
    cpu_count: said.cpu_count ?? null,
    cpu_model: text(said.cpu_model),
    gpu_count: said.gpu_count ?? null,
    gpu_model: text(said.gpu_model),
    longitude: longitude ?? null,
    latitude: latitude ?? null,
    ...place,
    ram_total_size: said.ram_total_size ?? null,
    tracking_mode: text(said.tracking_mode),
    place: { country, cloudRegion: cloudRegionOf(place) },
    reported: reportedOf(plan),
    clock: { ...NEW_CLOCK, lastAt: Math.max(at, plan.stored?.clock.lastAt ?? at) },
    points: {},
  }
}

/** The client's own totals. Of cumulative rows the last one says all; tasks are told one by one and added. */
const reportedOf = ({ run, points, stored }: Plan): Reported => {
  const fresh = points.filter(({ known }) => !known).map(({ row }) => row)
  const before = stored?.reported ?? NOTHING_REPORTED
  const said = run.tasks ? fresh : fresh.filter(({ energy }) => energy >= before.energy_kwh).slice(-1)
  if (said.length === 0) return before
  const base = run.tasks ? before : NOTHING_REPORTED
  const sum = (of: (row: EmissionsTotal) => number | null | undefined, from: number) =>
    said.reduce((total, row) => total + (of(row.said) ?? 0), from)
  const last = said.at(-1)?.said
  return {
    posts: before.posts + fresh.length,
    energy_kwh: sum((row) => row.energy_consumed, base.energy_kwh),
    emissions_kg: sum((row) => row.emissions, base.emissions_kg),
    cpu_energy: sum((row) => row.cpu_energy, base.cpu_energy),
    gpu_energy: sum((row) => row.gpu_energy, base.gpu_energy),
    ram_energy: sum((row) => row.ram_energy, base.ram_energy),
    duration_s: sum((row) => row.duration, base.duration_s),
    cpu_power: last?.cpu_power ?? before.cpu_power,
    gpu_power: last?.gpu_power ?? before.gpu_power,
    ram_power: last?.ram_power ?? before.ram_power,
    wue: last?.wue ?? before.wue,
  }
}

const newestPoints = (before: Record<string, number>, points: MeterPoint[]): Record<string, number> => {
  const all = Object.entries({
    ...before,
    ...Object.fromEntries(points.map((point) => [keyOfPoint(point), point.row.energy])),
  })
  const timeOf = (key: string) => Number(key.slice(key.lastIndexOf(' ') + 1))
  return Object.fromEntries(all.sort(([a], [b]) => timeOf(a) - timeOf(b)).slice(-MOST_POINTS))
}

/** Writes the run and returns the readings that its new rows are. */
const writePlan = async (tx: Tx, orgId: string, plan: Plan): Promise<IncomingReading[]> => {
  const { run, points } = plan
  const last = run.rows.at(-1)
  invariant(last, 'a run has rows')
  const details = await detailsOf(plan, last.said, last.at)
  details.points = newestPoints(plan.stored?.points ?? {}, points)
  const experimentId = run.experiment
  await ensureExperiment(tx, orgId, { experimentId, name: experimentId, deployment: deploymentOf(details) })
  const experiment = await experimentOfId(tx, orgId, experimentId)
  invariant(experiment, 'an experiment that was made sure of exists')
  const name = await writeRun(tx, orgId, plan.runId, experiment, details)
  await tx.query('update run set details = $3 where org_id = $1 and run_id = $2', [
    orgId,
    plan.runId,
    JSON.stringify(details),
  ])
  const hardware = hardwareOf(details)
  const contexts = new Map<number | null, IncomingReading['context']>()
  return points
    .filter(({ known }) => !known)
    .map(({ row, at }): IncomingReading => {
      // 1.0 is what a client has that nobody configured: it says nothing.
      const pue = row.said.pue != null && row.said.pue > 1 && row.said.pue <= 5 ? row.said.pue : null
      const context = contexts.get(pue) ?? contextOf({ name, place: details.place, hardware }, experiment, pue)
      contexts.set(pue, context)
      return {
        meter: row.task === null ? name : `${name} ${row.task}`.slice(0, 200),
        kind: row.task === null ? 'counter' : 'delta',
        unit: 'kWh',
        boundary: 'facility',
        at,
        start: row.task === null ? Math.min(plan.began, at - 1) : row.start,
        value: row.energy,
        context,
      }
    })
}

interface Outcome {
  plans: Plan[]
  refused: RefusedRow[]
}

/** Plans each run and, unless it is only tried, stores all that is good in one batch of evidence. */
const takeRuns = async (sender: CodecarbonSender, rows: TotalsRow[], dryRun: boolean): Promise<Outcome> => {
  const { orgId, keyId } = sender
  const { runs, refused } = runsOfRows(rows)
  const pool = appPool()
  const tables = await referenceTables(pool)
  return withOrgSql(pool, orgId, async (tx) => {
    // Two uploads of one run wait for each other: each sees the totals that the one before left.
    if (!dryRun)
      await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' codecarbon totals', 1))", [orgId])
    const plans: Plan[] = []
    for (const run of runs) {
      const plan = await planOf(tx, orgId, run)
      if ('refused' in plan)
        for (const { line } of run.rows) refused.push({ line, run: run.runId, reason: plan.refused })
      else plans.push(plan)
    }
    if (dryRun) return { plans, refused }
    const readings: IncomingReading[] = []
    for (const plan of plans) {
      if (plan.points.some(({ known }) => !known)) readings.push(...(await writePlan(tx, orgId, plan)))
    }
    if (readings.length > 0) {
      const sourceId = await sourceOf(tx, orgId, 'codecarbon-csv')
      await acceptReadings(tx, { orgId, keyId, sourceId, tables, readings })
    }
    return { plans, refused }
  })
}

const nameOf = ({ runId }: Plan): string => `codecarbon ${runId.slice(0, 8)}`

/**
 * POST /api/v1/imports/codecarbon.csv: an emissions.csv, whose rows are totals, or a task file, whose rows are not. Good rows are stored, the
 * others are named; the same file again, or one that has grown, adds only what is new.
 * @throws AppError malformed_body, invalid_input (the file as a whole)
 */
export const importCodecarbonCsv = async (
  sender: CodecarbonSender,
  { bytes, zone, dryRun }: { bytes: Uint8Array; zone: string; dryRun: boolean },
): Promise<CodecarbonCsvAnswer> => {
  const now = Date.now()
  const table = readEmissionsTable(bytes)
  const read = table.rows.map((row) => readTotalsRow(row, { zone, now }))
  const good = read.filter((row): row is TotalsRow => 'energy' in row)
  const { plans, refused } = await takeRuns(sender, good, dryRun)
  for (const row of read) if ('reason' in row) refused.push(row)

  const rows: CodecarbonCsvRow[] = [
    ...plans.flatMap((plan) =>
      plan.points.map(({ row, known, adds }): CodecarbonCsvRow => {
        const outcome = known ? 'known' : 'new'
        return { line: row.line, run: nameOf(plan), outcome, energy_kwh: adds, message: row.note }
      }),
    ),
    ...refused.map(
      ({ line, run, reason }): CodecarbonCsvRow => ({
        line,
        run,
        outcome: 'refused',
        energy_kwh: null,
        message: reason,
      }),
    ),
  ].sort((a, b) => a.line - b.line)
  const counted = (outcome: CodecarbonCsvRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  const fresh = counted('new')
  return {
    dry_run: dryRun,
    stored: !dryRun && fresh > 0,
    time_zone: zone,
    rows,
    runs: plans.map((plan) => ({
      run: nameOf(plan),
      experiment: plan.run.experiment,
      told: plan.run.tasks ? 'tasks' : 'totals',
      from: new Date(plan.began).toISOString(),
      to: new Date(plan.points.at(-1)?.at ?? plan.began).toISOString(),
      rows: plan.points.length,
      energy_kwh: plan.energy,
    })),
    new: fresh,
    known: counted('known'),
    refused: counted('refused'),
    energy_kwh: rows.reduce((sum, { energy_kwh }) => sum + (energy_kwh ?? 0), 0),
  }
}

/**
 * What `emissions_endpoint` posts at flush and stop. Its local time is read by the zone given, else by the clock that it arrived at.
 * @throws AppError invalid_input (a time that cannot be read, a total that falls), conflict (a run that came another way)
 */
export const addCodecarbonTotal = async (sender: CodecarbonSender, said: EmissionsTotal, zone: string | undefined) => {
  const now = Date.now()
  const near = zone === undefined ? instantNear(said.timestamp, now) : null
  if (zone === undefined && near === null) {
    throw new AppError('invalid_input', 'The local time cannot be read.', {
      issues: [
        { path: 'timestamp', message: 'is no local time of just now; name ?time_zone=Europe/Paris in the address' },
      ],
    })
  }
  const ends = near === null ? instantsOf(said.timestamp, zone ?? 'UTC') : [near]
  const fault = faultOf(said, ends, now)
  if (fault)
    throw new AppError('invalid_input', fault, { issues: [{ path: fault.split(':')[0] ?? 'body', message: fault }] })
  const { plans, refused } = await takeRuns(sender, [totalsRow(said, { line: 1, ends, task: null })], false)
  const [plan] = plans
  if (!plan) throw new AppError('conflict', refused[0]?.reason ?? 'The total was refused.')
  const { row, known } = plan.points[0] as MeterPoint
  return { run_id: plan.runId, run: nameOf(plan), known, energy_consumed: row.energy }
}
