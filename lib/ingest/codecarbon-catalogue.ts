import type { ExperimentCreate } from '@/lib/contracts/codecarbon'
import { newId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { type Experiment, ensureExperiment, experimentOfId, listExperiments } from '@/lib/registry/experiments'
import { asRunAnswer, type CodecarbonSender } from './codecarbon'
import type { CodecarbonRunDetails } from './codecarbon-reading'

/** What CodeCarbon's command line asks before and after a run. One organisation here is one organisation and one project there. */

export const notFound = (what: string) => new AppError('not_found', `${what} not found`)

export const organizationOf = async (tx: Tx, orgId: string) => {
  const { rows } = await tx.query<{ name: string; slug: string }>(
    'select name, slug from organization where org_id = $1',
    [orgId],
  )
  const found = rows[0]
  invariant(found, 'a key belongs to an organisation')
  return { id: orgId, name: found.name, description: `Wattledger organisation ${found.slug}` }
}

const within = <T>(actor: CodecarbonSender, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withOrgSql(appPool(), actor.orgId, work)

/** Whose key this is. */
export const userAnswer = (actor: CodecarbonSender) =>
  within(actor, async (tx) => {
    const organization = await organizationOf(tx, actor.orgId)
    return { user: { sub: actor.keyId, name: `API key of ${organization.name}`, organization_id: organization.id } }
  })

export const organizationAnswer = (actor: CodecarbonSender, id = actor.orgId) =>
  within(actor, async (tx) => {
    if (id !== actor.orgId) throw notFound('Organization')
    return organizationOf(tx, actor.orgId)
  })

export const projectAnswer = (actor: CodecarbonSender, id = actor.orgId) =>
  within(actor, async (tx) => {
    if (id !== actor.orgId) throw notFound('Project')
    const { name, description } = await organizationOf(tx, actor.orgId)
    const experiments = await listExperiments(tx, actor.orgId)
    return {
      id: actor.orgId,
      name,
      description,
      public: false,
      organization_id: actor.orgId,
      experiments: experiments.map(({ experimentId }) => experimentId),
    }
  })

export const asExperimentAnswer = (orgId: string, experiment: Experiment) => ({
  id: experiment.experimentId,
  timestamp: experiment.createdAt.toISOString(),
  name: experiment.name,
  description: '',
  country_name: null,
  country_iso_code: null,
  region: null,
  on_cloud: experiment.deployment === 'cloud',
  cloud_provider: null,
  cloud_region: null,
  project_id: orgId,
})

export const experimentAnswers = (actor: CodecarbonSender, projectId: string) =>
  within(actor, async (tx) => {
    if (projectId !== actor.orgId) throw notFound('Project')
    return (await listExperiments(tx, actor.orgId)).map((one) => asExperimentAnswer(actor.orgId, one))
  })

const experimentHere = async (tx: Tx, orgId: string, id: string): Promise<Experiment> => {
  const experiment = await experimentOfId(tx, orgId, id)
  if (!experiment) throw notFound('Experiment')
  return experiment
}

export const experimentAnswer = (actor: CodecarbonSender, id: string) =>
  within(actor, async (tx) => asExperimentAnswer(actor.orgId, await experimentHere(tx, actor.orgId, id)))

export const addCodecarbonExperiment = (actor: CodecarbonSender, given: ExperimentCreate) =>
  within(actor, async (tx) => {
    if (given.project_id !== actor.orgId) throw notFound('Project')
    const experimentId = newId()
    const deployment = given.on_cloud || given.cloud_provider ? 'cloud' : 'owned'
    await ensureExperiment(tx, actor.orgId, { experimentId, name: given.name, deployment })
    return asExperimentAnswer(actor.orgId, await experimentHere(tx, actor.orgId, experimentId))
  })

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const runAnswer = (actor: CodecarbonSender, id: string) =>
  within(actor, async (tx) => {
    if (!UUID.test(id)) throw notFound('Run')
    const { rows } = await tx.query<{ details: CodecarbonRunDetails }>(
      `select details from run where org_id = $1 and run_id = $2 and details->>'source' in ('codecarbon', 'codecarbon-file')`,
      [actor.orgId, id],
    )
    if (!rows[0]) throw notFound('Run')
    return asRunAnswer(id, rows[0].details)
  })

/** The newest thousand, of one experiment or of all. */
export const runAnswers = (actor: CodecarbonSender, experimentId: string | null) =>
  within(actor, async (tx) => {
    if (experimentId !== null) await experimentHere(tx, actor.orgId, experimentId)
    const { rows } = await tx.query<{ run_id: string; details: CodecarbonRunDetails }>(
      `select run_id, details from run
       where org_id = $1 and details->>'source' in ('codecarbon', 'codecarbon-file')
         and ($2::text is null or details->>'experiment_id' = $2)
       order by created_at desc, run_id
       limit 1000`,
      [actor.orgId, experimentId],
    )
    return rows.map((row) => asRunAnswer(row.run_id, row.details))
  })

/** People are added, and things named and removed, by people: whoever holds a key is none of them. */
const notByKey = (what: string) => new AppError('forbidden', what)

/** PATCH of an organisation or project: what changes nothing is answered as done. */
export const unchangedAnswer = async <Told extends { name: string; description: string }>(
  told: Promise<Told>,
  wanted: { name?: string | null | undefined; description?: string | null | undefined },
): Promise<Told> => {
  const known = await told
  const changes = (wanted.name ?? known.name) !== known.name
  if (changes) throw notByKey('An organisation is named in Wattledger')
  return known
}

export const refuseByKey = (what: string) => (): Promise<never> => Promise.reject(notByKey(what))

/** GET /organizations/{id}/users */
export const userAnswers = (actor: CodecarbonSender, id: string) =>
  within(actor, async (tx) => {
    if (id !== actor.orgId) throw notFound('Organization')
    const { rows } = await tx.query<{
      user_id: string
      email: string
      name: string | null
      role: string
      active: boolean
    }>(
      `select m.user_id, u.email, u.name, m.role, m.expires_at is null or m.expires_at > now() as active
       from membership m join app_user u using (user_id) where m.org_id = $1 order by u.email`,
      [actor.orgId],
    )
    return rows.map((row) => ({
      id: row.user_id,
      name: row.name ?? row.email,
      email: row.email,
      is_active: row.active,
      organizations: [actor.orgId],
      organization_id: actor.orgId,
      is_admin: row.role === 'owner' || row.role === 'admin',
    }))
  })
