import type { ModelFields, ModelView } from '@/lib/contracts/models'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'

const idOf = async (tx: Tx, orgId: string, name: string): Promise<string | null> => {
  const { rows } = await tx.query<{ model_id: string }>('select model_id from model where org_id = $1 and name = $2', [
    orgId,
    name,
  ])
  return rows[0]?.model_id ?? null
}

/** Whether the model is among the ancestors that the parent has already. */
const descendsFrom = async (tx: Tx, orgId: string, parentId: string, modelId: string): Promise<boolean> => {
  const { rows } = await tx.query(
    `with recursive line(model_id, parent_model_id) as (
       select model_id, parent_model_id from model where org_id = $1 and model_id = $2
       union
       select m.model_id, m.parent_model_id from model m join line l on m.model_id = l.parent_model_id where m.org_id = $1
     ) select 1 from line where model_id = $3`,
    [orgId, parentId, modelId],
  )
  return rows.length > 0
}

const refuseParent = (message: string): never => {
  throw new AppError('invalid_input', 'The parent cannot be taken.', { issues: [{ path: 'parent', message }] })
}

/** @throws AppError not_found, invalid_input (no such parent, or one that descends from this model) */
export const writeModel = async (
  tx: Tx,
  orgId: string,
  name: string,
  fields: ModelFields,
  by: Author,
): Promise<ModelView> => {
  // Two edits at once could otherwise each close half of a circle.
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' model parents', 3))", [orgId])
  const modelId = await idOf(tx, orgId, name)
  if (!modelId) throw new AppError('not_found', 'No such model.')
  const parentId = fields.parent === null ? null : await idOf(tx, orgId, fields.parent)
  if (fields.parent !== null && parentId === null) refuseParent('no model has this name')
  if (parentId !== null && parentId === modelId) refuseParent('a model is not its own parent')
  if (parentId !== null && (await descendsFrom(tx, orgId, parentId, modelId)))
    refuseParent(`${fields.parent} was itself made from ${name}: that would be a circle`)
  await tx.query(
    `update model set parent_model_id = $3, inherited_share = $4, parameters = $5, active_parameters = $6
     where org_id = $1 and model_id = $2`,
    [orgId, modelId, parentId, fields.inherited_share, fields.parameters, fields.active_parameters],
  )
  await writeAuditEvent(tx, orgId, by, {
    action: 'model.edit',
    objectKind: 'model',
    objectId: modelId,
    detail: { ...fields },
  })
  return { model: name, ...fields }
}

/** PUT /api/v1/models/[model]. Nothing is posted anew: inheritance is shown beside a model's own figures. */
export const editModel = (orgId: string, name: string, fields: ModelFields, by: Author): Promise<ModelView> =>
  withOrgSql(appPool(), orgId, (tx) => writeModel(tx, orgId, name, fields, by))
