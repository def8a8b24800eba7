import type { EmissionCreate, RunCreate } from '@/lib/contracts/codecarbon'
import { contentId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { referenceTables } from '@/lib/grid/zone-of'
import { countryAt } from '@/lib/grid/zone-of-coordinates'
import { type Experiment, ensureExperiment, experimentOfId } from '@/lib/registry/experiments'
import { idsOfNames } from '@/lib/registry/names'
import { sourceOf } from '@/lib/registry/sources'
import { HOUR } from '@/lib/units/time'
import { acceptReadings } from './accept'
import { emissionIdOf } from './codecarbon-emission-id'
import {
  type CodecarbonRunDetails,
  clockAfter,
  cloudRegionOf,
  codecarbonReading,
  deploymentOf,
  hardwareOf,
  NEW_CLOCK,
  NOTHING_REPORTED,
  startOf,
  withEmission,
} from './codecarbon-reading'

export interface CodecarbonSender {
  orgId: string
  keyId: string | null
}

const refuseFuture = (at: number): void => {
  if (at > Date.now() + HOUR) {
    throw new AppError('invalid_input', 'The timestamp lies in the future.', {
      issues: [{ path: 'timestamp', message: 'must not be more than an hour ahead' }],
    })
  }
}

const detailsOf = async (run: RunCreate): Promise<CodecarbonRunDetails> => {
  const { latitude, longitude } = run
  return {
    ...run,
    source: 'codecarbon',
    place: {
      country: latitude == null || longitude == null ? null : await countryAt(latitude, longitude),
      cloudRegion: cloudRegionOf(run),
    },
    reported: NOTHING_REPORTED,
    clock: NEW_CLOCK,
  }
}

/** A run as CodeCarbon's server tells it. */
export const asRunAnswer = (runId: string, details: CodecarbonRunDetails) => {
  const { source, place, reported, clock, ...said } = details
  return { id: runId, ...said }
}

/**
 * POST /runs. The id is a digest of the body, so that a request that is sent again gives the same run.
 */
export const addCodecarbonRun = async (sender: CodecarbonSender, run: RunCreate) => {
  refuseFuture(Date.parse(run.timestamp))
  const { orgId } = sender
  const runId = contentId('codecarbon-run', [orgId, JSON.stringify(run)])
  const details = await detailsOf(run)
  return withOrgSql(appPool(), orgId, async (tx) => {
    const experimentId = run.experiment_id
    await ensureExperiment(tx, orgId, { experimentId, name: experimentId, deployment: deploymentOf(run) })
    const experiment = await experimentOfId(tx, orgId, experimentId)
    invariant(experiment, 'an experiment that was made sure of exists')
    await writeRun(tx, orgId, runId, experiment, details)
    return asRunAnswer(runId, details)
  })
}

/** Makes the run where the id is new. Returns its name. */
export const writeRun = async (
  tx: Tx,
  orgId: string,
  runId: string,
  experiment: Experiment,
  details: CodecarbonRunDetails,
): Promise<string> => {
  const idOf = async (table: 'team' | 'model', name: string | null) =>
    name === null ? null : ((await idsOfNames(tx, orgId, table, new Set([name]))).get(name) ?? null)
  const teamId = await idOf('team', experiment.team)
  const modelId = await idOf('model', experiment.model)
  const { hardware, hardwareCount } = hardwareOf(details)
  // The short name is taken once in four billion; then the whole id.
  for (const name of [`codecarbon ${runId.slice(0, 8)}`, `codecarbon ${runId}`]) {
    await tx.query(
      `insert into run (org_id, run_id, name, team_id, model_id, stage, hardware, hardware_count, details)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [orgId, runId, name, teamId, modelId, experiment.stage, hardware, hardwareCount, JSON.stringify(details)],
    )
    const { rows } = await tx.query<{ name: string }>('select name from run where org_id = $1 and run_id = $2', [
      orgId,
      runId,
    ])
    if (rows[0]) return rows[0].name
  }
  return invariant(false, 'a run is stored under its id') as never
}

interface RunRow {
  name: string
  details: CodecarbonRunDetails
}

/**
 * POST /emissions: one delta reading of facility energy, and the client's own totals beside it. The same emission again changes
 * nothing. Returns the id of the emission.
 * @throws AppError forbidden for a run that this organisation does not have, as CodeCarbon's server answers
 */
export const addCodecarbonEmission = async (sender: CodecarbonSender, emission: EmissionCreate): Promise<string> => {
  refuseFuture(emission.timestamp)
  const { orgId, keyId } = sender
  const pool = appPool()
  const tables = await referenceTables(pool)
  return withOrgSql(pool, orgId, async (tx) => {
    // The lock makes emissions of one run wait for each other: each sees the clock that the one before left.
    const { rows } = await tx.query<RunRow>(
      `select name, details from run where org_id = $1 and run_id = $2 and details->>'source' = 'codecarbon' for update`,
      [orgId, emission.run_id],
    )
    const run = rows[0]
    if (!run) throw new AppError('forbidden', 'No such run.')
    const { details } = run
    const experiment = await experimentOfId(tx, orgId, details.experiment_id)
    invariant(experiment, 'the experiment of a run exists')

    const start = startOf(details.clock, Date.parse(details.timestamp), emission)
    const reading = codecarbonReading(
      emission,
      { name: run.name, start, place: details.place, hardware: hardwareOf(details) },
      experiment,
    )
    const sourceId = await sourceOf(tx, orgId, 'codecarbon')
    const { accepted } = await acceptReadings(tx, { orgId, keyId, sourceId, tables, readings: [reading] })
    if (accepted > 0) {
      const kept: Partial<CodecarbonRunDetails> = {
        reported: withEmission(details.reported, emission),
        clock: clockAfter(details.clock, start, emission),
      }
      await tx.query('update run set details = details || $3::jsonb where org_id = $1 and run_id = $2', [
        orgId,
        emission.run_id,
        JSON.stringify(kept),
      ])
    }
    return emissionIdOf(emission.run_id, emission.timestamp)
  })
}
