import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { readBatches } from '@/lib/ledger/batches'
import type { CodecarbonSender } from './codecarbon'
import { UUID } from './codecarbon-catalogue'
import { emissionIdOf, partsOf } from './codecarbon-emission-id'

/** Emissions as CodeCarbon's API lists them, read from the evidence. */

interface Emission {
  at: number
  start: number | null
  /** kWh. */
  energy: number
}

/** What was sent of a run, in order of time; an emission that was sent twice is one. */
const emissionsOf = async (tx: Tx, orgId: string, name: string): Promise<Emission[]> => {
  const { rows: series } = await tx.query<{ series_id: string }>(
    `select s.series_id from series s join source o using (org_id, source_id)
     where s.org_id = $1 and s.meter = $2 and s.kind = 'delta' and o.protocol = 'codecarbon'`,
    [orgId, name],
  )
  const ids = series.map((row) => row.series_id)
  const { rows: days } = await tx.query<{ day: string }>(
    `select distinct to_char(day, 'YYYY-MM-DD') as day from series_day where org_id = $1 and series_id = any($2::uuid[])`,
    [orgId, ids],
  )
  const batches = await readBatches(
    tx,
    orgId,
    days.map(({ day }) => day),
    ids,
  )
  const byTime = new Map<number, Emission>()
  for (const { seriesIds, rows } of batches) {
    for (const { series: index, at, start, value } of rows) {
      if (ids.includes(seriesIds[index] as string) && !byTime.has(at)) byTime.set(at, { at, start, energy: value })
    }
  }
  return [...byTime.values()].sort((a, b) => a.at - b.at)
}

/**
 * As CodeCarbon's server tells one. Its kilograms, powers and parts are kept summed on the run (GET /experiments/{id}/runs/sums), not by
 * emission, and are null here.
 */
const asEmissionAnswer = (runId: string, runAt: number, emissions: Emission[], index: number) => {
  const { at, start, energy } = emissions[index] as Emission
  const from = start ?? emissions[index - 1]?.at ?? runAt
  return {
    id: emissionIdOf(runId, at),
    timestamp: new Date(at).toISOString(),
    run_id: runId,
    duration: Math.max(1, Math.round((at - from) / 1000)),
    energy_consumed: energy,
    emissions_sum: null,
    emissions_rate: null,
    cpu_power: null,
    gpu_power: null,
    ram_power: null,
    cpu_energy: null,
    gpu_energy: null,
    ram_energy: null,
    cpu_utilization_percent: null,
    gpu_utilization_percent: null,
    ram_utilization_percent: null,
    wue: null,
  }
}

interface RunRow {
  run_id: string
  name: string
  began: Date
}

const notFound = (what: string) => new AppError('not_found', `${what} not found`)

/** GET /runs/{id}/emissions?page&size */
export const emissionAnswers = (
  actor: CodecarbonSender,
  runId: string,
  { page, size }: { page: number; size: number },
) =>
  withOrgSql(appPool(), actor.orgId, async (tx) => {
    if (!UUID.test(runId)) throw notFound('Run')
    const { rows } = await tx.query<RunRow>(
      `select run_id, name, (details->>'timestamp')::timestamptz as began from run
       where org_id = $1 and run_id = $2 and details->>'source' = 'codecarbon'`,
      [actor.orgId, runId],
    )
    const [run] = rows
    if (!run) throw notFound('Run')
    const emissions = await emissionsOf(tx, actor.orgId, run.name)
    const first = (page - 1) * size
    return {
      items: emissions
        .slice(first, first + size)
        .map((_, index) => asEmissionAnswer(run.run_id, run.began.getTime(), emissions, first + index)),
      total: emissions.length,
      page,
      size,
      pages: Math.ceil(emissions.length / size),
    }
  })

/** GET /emissions/{id} */
export const emissionAnswer = (actor: CodecarbonSender, id: string) =>
  withOrgSql(appPool(), actor.orgId, async (tx) => {
    if (!UUID.test(id)) throw notFound('Emission')
    const { at, digits } = partsOf(id)
    const { rows } = await tx.query<RunRow>(
      `select run_id, name, (details->>'timestamp')::timestamptz as began from run
       where org_id = $1 and right(replace(run_id::text, '-', ''), 18) = $2 and details->>'source' = 'codecarbon' limit 1`,
      [actor.orgId, digits],
    )
    const [run] = rows
    if (!run) throw notFound('Emission')
    const emissions = await emissionsOf(tx, actor.orgId, run.name)
    const index = emissions.findIndex((emission) => emission.at === at)
    if (index < 0) throw notFound('Emission')
    return asEmissionAnswer(run.run_id, run.began.getTime(), emissions, index)
  })
