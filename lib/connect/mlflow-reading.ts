import { nameSchema, STAGES } from '@/lib/contracts/common'
import type { MlflowSettings } from '@/lib/contracts/connectors'
import type { Outcome } from '@/lib/contracts/runs'
import { timeFault, valueFault } from '@/lib/ingest/judge-reading'
import type { Context, IncomingReading } from '@/lib/ingest/reading'
import type { MetricPoint, MlflowRun } from './mlflow-api'

/** Comes in: a run of MLflow. Goes out: readings and what is said of it. PURE. */

/** `system/gpu_0_power_usage_watts`, with the node's name where there are several nodes. */
const POWER = /^system\/(?:([^/]+)\/)?gpu_(\d+)_power_usage_watts$/

export const powerKeys = (run: MlflowRun): string[] =>
  run.data.metrics
    .map(({ key }) => key)
    .filter((key) => POWER.test(key))
    .sort()

const OUTCOMES: Record<string, Outcome> = { FINISHED: 'completed', FAILED: 'failed', KILLED: 'abandoned' }
/** Null while it runs. */
export const outcomeOf = (run: MlflowRun): Outcome | null => OUTCOMES[run.info.status] ?? null

const said = (run: MlflowRun, key: string): string | null => {
  const value = run.data.tags.find((tag) => tag.key === key)?.value
  return nameSchema.safeParse(value).data ?? null
}

/** A run's name in the ledger: its own where it says so, else MLflow's with the start of its id, because names repeat. */
export const runNameOf = (run: MlflowRun): string => {
  const { run_id: id, run_name } = run.info
  const name = nameSchema.safeParse(run_name ?? said(run, 'mlflow.runName')).data
  return said(run, 'wattledger.run') ?? (name ? `${name.slice(0, 180)} ${id.slice(0, 8)}` : id)
}

export const contextOf = (run: MlflowRun, experiment: string, settings: MlflowSettings): Context => ({
  run: runNameOf(run),
  service: null,
  model:
    said(run, 'wattledger.model') ?? settings.model ?? nameSchema.safeParse(experiment).data ?? 'unnamed experiment',
  team: said(run, 'wattledger.team') ?? settings.team,
  stage: STAGES.find((stage) => stage === said(run, 'wattledger.stage')) ?? settings.stage,
  site: settings.site ?? null,
  gridZone: settings.grid_zone ?? null,
  country: null,
  cloudRegion: null,
  deployment: settings.deployment ?? null,
  pue: settings.pue ?? null,
  gPerKwh: null,
  hardware: null,
  hardwareCount: null,
})

/**
 * Power samples of one GPU. The meter carries the run's id: MLflow names GPUs by their place in a machine, and does not name the machine.
 * A value that no meter gives is refused with its reason.
 */
export const powerReadings = (
  run: MlflowRun,
  key: string,
  points: MetricPoint[],
  { context, now }: { context: Context; now: number },
): { readings: IncomingReading[]; refused: Map<string, number> } => {
  const refused = new Map<string, number>()
  const readings = points.flatMap(({ at, value }): IncomingReading[] => {
    const fault = valueFault('power', 'W', value) ?? timeFault(at, now)
    if (fault) {
      refused.set(fault, (refused.get(fault) ?? 0) + 1)
      return []
    }
    const meter = `${run.info.run_id}/${key.replace(/^system\//, '').replace(/_power_usage_watts$/, '')}`
    return [{ meter, kind: 'power', unit: 'W', boundary: 'it', at, start: null, value, context, component: 'gpu' }]
  })
  return { readings, refused }
}
