import type { ExperimentPatch } from '@/lib/contracts/codecarbon'
import type { DeploymentName, StageName } from '@/lib/contracts/common'
import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { idsOfNames } from './names'

/** A CodeCarbon experiment: what is said here holds for the runs that name it. */
export interface Experiment {
  experimentId: string
  name: string
  team: string | null
  model: string | null
  stage: StageName
  deployment: DeploymentName
  site: string | null
  siteZone: string | null
  pueAtSource: number | null
  createdAt: Date
}

interface ExperimentRow {
  experiment_id: string
  name: string
  team: string | null
  model: string | null
  stage: StageName
  deployment: DeploymentName
  site: string | null
  site_zone: string | null
  pue_at_source: number | null
  created_at: Date
}

const SELECT = `select e.experiment_id, e.name, t.name as team, m.name as model, e.stage, e.deployment, s.slug as site,
    s.zone as site_zone, e.pue_at_source, e.created_at
  from experiment e
  left join team t on t.org_id = e.org_id and t.team_id = e.team_id
  left join model m on m.org_id = e.org_id and m.model_id = e.model_id
  left join site s on s.org_id = e.org_id and s.site_id = e.site_id`

const asExperiment = (row: ExperimentRow): Experiment => ({
  experimentId: row.experiment_id,
  name: row.name,
  team: row.team,
  model: row.model,
  stage: row.stage,
  deployment: row.deployment,
  site: row.site,
  siteZone: row.site_zone,
  pueAtSource: row.pue_at_source,
  createdAt: row.created_at,
})

/** Newest first. */
export const listExperiments = async (tx: Tx, orgId: string): Promise<Experiment[]> => {
  const { rows } = await tx.query<ExperimentRow>(
    `${SELECT} where e.org_id = $1 order by e.created_at desc, e.experiment_id limit 1000`,
    [orgId],
  )
  return rows.map(asExperiment)
}

export const experimentOfId = async (tx: Tx, orgId: string, experimentId: string): Promise<Experiment | null> => {
  const { rows } = await tx.query<ExperimentRow>(`${SELECT} where e.org_id = $1 and e.experiment_id = $2`, [
    orgId,
    experimentId,
  ])
  return rows[0] ? asExperiment(rows[0]) : null
}

/** Makes the experiment where the id is new; a known one stays as people left it. */
export const ensureExperiment = async (
  tx: Tx,
  orgId: string,
  given: { experimentId: string; name: string; deployment: DeploymentName },
): Promise<void> => {
  await tx.query(
    `insert into experiment (org_id, experiment_id, name, stage, deployment) values ($1, $2, $3, 'training', $4)
     on conflict (org_id, experiment_id) do nothing`,
    [orgId, given.experimentId, given.name, given.deployment],
  )
}

const siteIdOf = async (tx: Tx, orgId: string, slug: string): Promise<string> => {
  const { rows } = await tx.query<{ site_id: string }>('select site_id from site where org_id = $1 and slug = $2', [
    orgId,
    slug,
  ])
  if (!rows[0]) throw new AppError('invalid_input', `There is no site ${slug}.`)
  return rows[0].site_id
}

/**
 * Says what an experiment's readings belong to from now on; readings already taken keep what was said then. The caller has checked
 * that the actor may; the change is in the audit trail.
 * @throws AppError not_found (no such experiment), invalid_input (no such site)
 */
export const updateExperiment = async (
  tx: Tx,
  orgId: string,
  experimentId: string,
  patch: ExperimentPatch,
  by: { kind: 'user' | 'key'; id: string },
): Promise<Experiment> => {
  await tx.query('select 1 from experiment where org_id = $1 and experiment_id = $2 for update', [orgId, experimentId])
  const before = await experimentOfId(tx, orgId, experimentId)
  if (!before) throw new AppError('not_found', 'No such experiment.')
  const idOf = async (table: 'team' | 'model', name: string | null) =>
    name === null ? null : ((await idsOfNames(tx, orgId, table, new Set([name]))).get(name) ?? null)
  const columns: Record<string, unknown> = {}
  if (patch.name !== undefined) columns.name = patch.name
  if (patch.team !== undefined) columns.team_id = await idOf('team', patch.team)
  if (patch.model !== undefined) columns.model_id = await idOf('model', patch.model)
  if (patch.stage !== undefined) columns.stage = patch.stage
  if (patch.deployment !== undefined) columns.deployment = patch.deployment
  if (patch.site !== undefined) columns.site_id = patch.site === null ? null : await siteIdOf(tx, orgId, patch.site)
  if (patch.pue_at_source !== undefined) columns.pue_at_source = patch.pue_at_source
  const names = Object.keys(columns)
  if (names.length === 0) return before

  await tx.query(
    `update experiment set ${names.map((name, index) => `${name} = $${index + 3}`).join(', ')}
     where org_id = $1 and experiment_id = $2`,
    [orgId, experimentId, ...Object.values(columns)],
  )
  const after = (await experimentOfId(tx, orgId, experimentId)) ?? before
  await tx.query(
    `insert into audit_event (org_id, event_id, actor_kind, actor_id, action, object_kind, object_id, detail)
     values ($1, $2, $3, $4, 'experiment.update', 'experiment', $5, $6)`,
    [orgId, newId(), by.kind, by.id, experimentId, JSON.stringify({ patch, before })],
  )
  return after
}
