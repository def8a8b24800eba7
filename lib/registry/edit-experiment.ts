import type { ExperimentFields, ExperimentView } from '@/lib/contracts/experiments'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { type Experiment, listExperiments, updateExperiment } from './experiments'

const asView = (experiment: Experiment): ExperimentView => ({
  experiment_id: experiment.experimentId,
  name: experiment.name,
  team: experiment.team,
  model: experiment.model,
  stage: experiment.stage,
  deployment: experiment.deployment,
  site: experiment.site,
  pue_at_source: experiment.pueAtSource,
  created_at: experiment.createdAt.toISOString(),
})

/** The organisation's CodeCarbon experiments, newest first. */
export const experimentViews = (orgId: string): Promise<ExperimentView[]> =>
  withOrgSql(appPool(), orgId, async (tx) => (await listExperiments(tx, orgId)).map(asView))

/** PUT /api/v1/experiments/[id]. @throws AppError not_found, invalid_input (no such site) */
export const editExperiment = (
  orgId: string,
  experimentId: string,
  fields: ExperimentFields,
  by: { kind: 'user' | 'key'; id: string },
): Promise<ExperimentView> =>
  withOrgSql(appPool(), orgId, async (tx) => asView(await updateExperiment(tx, orgId, experimentId, fields, by)))
