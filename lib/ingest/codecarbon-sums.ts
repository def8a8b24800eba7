import type { SumsQuery } from '@/lib/contracts/codecarbon'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { experimentOfId, listExperiments } from '@/lib/registry/experiments'
import { DAY } from '@/lib/units/time'
import { asRunAnswer, type CodecarbonSender } from './codecarbon'
import { asExperimentAnswer, notFound, organizationOf } from './codecarbon-catalogue'
import { type CodecarbonRunDetails, NOTHING_REPORTED, type Reported } from './codecarbon-reading'

/**
 * Sums as CodeCarbon's API tells them: the client's own totals of the runs that began in the window. CodeCarbon's server averages rates and
 * powers without weights; here a rate is all kilograms by all seconds, and a power is weighted by the seconds of its run.
 */

interface RunRow {
  run_id: string
  details: CodecarbonRunDetails
}

const PER_QUARTER = 92 * DAY

const runsIn = async (
  tx: Tx,
  orgId: string,
  { start_date, end_date }: SumsQuery,
  experimentId: string | null = null,
) => {
  const { rows } = await tx.query<RunRow>(
    `select run_id, details from run
     where org_id = $1 and details->>'source' in ('codecarbon', 'codecarbon-file')
       and (details->>'timestamp')::timestamptz >= $2 and (details->>'timestamp')::timestamptz < $3
       and ($4::text is null or details->>'experiment_id' = $4)
     order by (details->>'timestamp')::timestamptz desc, run_id`,
    [orgId, new Date(start_date ?? Date.now() - PER_QUARTER), new Date(end_date ?? Date.now() + DAY), experimentId],
  )
  return rows
}

type Power = 'cpu_power' | 'gpu_power' | 'ram_power'

/** kg, kWh, s, W; a sum of nothing is 0, as it is there. */
export const sumsOf = (all: Reported[]) => {
  const sum = (of: (one: Reported) => number) => all.reduce((total, one) => total + of(one), 0)
  const duration = sum(({ duration_s }) => duration_s)
  const emissions = sum(({ emissions_kg }) => emissions_kg)
  const power = (name: Power): number => {
    const told = all.filter((one) => one[name] !== null && one.duration_s > 0)
    const seconds = told.reduce((total, one) => total + one.duration_s, 0)
    const wattSeconds = told.reduce((total, one) => total + (one[name] as number) * one.duration_s, 0)
    return seconds === 0 ? 0 : wattSeconds / seconds
  }
  return {
    emissions,
    cpu_power: power('cpu_power'),
    gpu_power: power('gpu_power'),
    ram_power: power('ram_power'),
    cpu_energy: sum(({ cpu_energy }) => cpu_energy),
    gpu_energy: sum(({ gpu_energy }) => gpu_energy),
    ram_energy: sum(({ ram_energy }) => ram_energy),
    energy_consumed: sum(({ energy_kwh }) => energy_kwh),
    duration: Math.round(duration),
    emissions_rate: duration === 0 ? 0 : emissions / duration,
    emissions_count: sum(({ posts }) => posts),
  }
}

const reportedOf = ({ details }: RunRow): Reported => details.reported ?? NOTHING_REPORTED

const within = <T>(actor: CodecarbonSender, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withOrgSql(appPool(), actor.orgId, work)

/** GET /organizations/{id}/sums and /projects/{id}/sums: one organisation is one project. */
export const organizationSums = (
  actor: CodecarbonSender,
  id: string,
  window: SumsQuery,
  as: 'organization' | 'project',
) =>
  within(actor, async (tx) => {
    if (id !== actor.orgId) throw notFound(as === 'project' ? 'Project' : 'Organization')
    const { name, description } = await organizationOf(tx, actor.orgId)
    const sums = sumsOf((await runsIn(tx, actor.orgId, window)).map(reportedOf))
    return as === 'project'
      ? { project_id: id, name, description, organization_id: actor.orgId, ...sums }
      : { organization_id: id, name, description, ...sums }
  })

/** GET /projects/{id}/experiments/sums */
export const experimentSums = (actor: CodecarbonSender, projectId: string, window: SumsQuery) =>
  within(actor, async (tx) => {
    if (projectId !== actor.orgId) throw notFound('Project')
    const runs = new Map<string, Reported[]>()
    for (const row of await runsIn(tx, actor.orgId, window)) {
      const of = row.details.experiment_id
      runs.set(of, [...(runs.get(of) ?? []), reportedOf(row)])
    }
    return (await listExperiments(tx, actor.orgId)).flatMap((experiment) => {
      const { id, ...said } = asExperimentAnswer(actor.orgId, experiment)
      const own = runs.get(experiment.experimentId)
      return own ? [{ experiment_id: id, ...said, ...sumsOf(own) }] : []
    })
  })

/** GET /experiments/{id}/runs/sums */
export const runSums = (actor: CodecarbonSender, experimentId: string, window: SumsQuery) =>
  within(actor, async (tx) => {
    if (!(await experimentOfId(tx, actor.orgId, experimentId))) throw notFound('Experiment')
    return (await runsIn(tx, actor.orgId, window, experimentId)).map((row) => {
      const { id, ...said } = asRunAnswer(row.run_id, row.details)
      return { run_id: id, ...said, ...sumsOf([reportedOf(row)]) }
    })
  })

/** GET /lastrun/project/{id}: the newest run of the window, or nothing at all. */
export const lastRunAnswer = (actor: CodecarbonSender, projectId: string, window: SumsQuery) =>
  within(actor, async (tx) => {
    if (projectId !== actor.orgId) throw notFound('Project')
    const [last] = await runsIn(tx, actor.orgId, window)
    return last ? asRunAnswer(last.run_id, last.details) : {}
  })
