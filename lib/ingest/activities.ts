import { createHash } from 'node:crypto'
import type { EnergyMethod } from '@/lib/accounting/facts'
import type { ActivityAnswer, ActivityRequest } from '@/lib/contracts/activities'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { type ReferenceTables, referenceTables } from '@/lib/grid/zone-of'
import { writeAuditEvent } from '@/lib/ledger/audit'
import { once } from '@/lib/ledger/idempotency'
import { sourceOf } from '@/lib/registry/sources'
import { HOUR, isoInstant } from '@/lib/units/time'
import { ACTIVITY_METER, acceptReadings } from './accept'
import type { Sender } from './native'
import type { IncomingReading } from './reading'
import type { ResolvedContext } from './resolve-context'

/** What the activity amounts to by what is known now; posting gives the ledger's own figure from the same core. */
export type AccountActivity = (
  tx: Tx,
  activity: { orgId: string; tables: ReferenceTables; reading: IncomingReading; context: ResolvedContext },
) => Promise<ActivityAnswer>

/** An energy that nobody metered, and all that it was made of. */
export interface ModelledEnergy {
  kwh: number
  method: Exclude<EnergyMethod, 'metered' | 'usage_report' | 'spend'>
  /** Kept with the evidence, so that the energy can be made again. */
  inputs: Record<string, unknown>
  assumptions: ActivityAnswer['assumptions']
}

export type ModelEnergy = (
  tx: Tx,
  asked: { orgId: string; tables: ReferenceTables; request: ActivityRequest },
) => Promise<ModelledEnergy>

const OLDEST = Date.UTC(2000, 0, 1)

const asReading = (request: ActivityRequest, kwh: number, method: EnergyMethod): IncomingReading => ({
  meter: ACTIVITY_METER,
  kind: 'delta',
  unit: 'kWh',
  boundary: request.boundary ?? 'it',
  start: request.start,
  at: request.end,
  value: kwh,
  method,
  context: {
    run: request.run,
    service: request.service ?? null,
    model: request.model,
    team: request.team,
    stage: request.stage,
    site: request.site ?? null,
    gridZone: request.grid_zone ?? null,
    country: null,
    cloudRegion: request.cloud_region ?? null,
    deployment: request.deployment,
    pue: request.pue ?? null,
    gPerKwh: request.grid_g_per_kwh ?? null,
    hardware: request.hardware ?? null,
    hardwareCount: request.count ?? null,
  },
})

/**
 * POST /api/v1/activities: an energy activity becomes one delta reading of its run. The same run, start and end again changes
 * nothing, also long after the idempotency key is forgotten.
 */
export const ingestActivity = async (
  sender: Sender,
  request: ActivityRequest,
  { account, model }: { account: AccountActivity; model: ModelEnergy },
): Promise<ActivityAnswer> => {
  if (request.start < OLDEST) throw new AppError('invalid_input', 'The activity starts before the year 2000.')
  if (request.end > Date.now() + HOUR) throw new AppError('invalid_input', 'The activity ends in the future.')
  const pool = appPool()
  const tables = await referenceTables(pool)
  return withOrgSql(pool, sender.orgId, async (tx) => {
    const work = async () => {
      const sourceId = await sourceOf(tx, sender.orgId, 'activities')
      const modelled =
        request.energy_kwh === undefined ? await model(tx, { orgId: sender.orgId, tables, request }) : null
      const energy = modelled?.kwh ?? request.energy_kwh
      invariant(energy !== undefined, 'an activity has an energy or a model of it')
      const reading = asReading(request, energy, modelled?.method ?? 'metered')
      const { accepted, contexts } = await acceptReadings(tx, { ...sender, sourceId, tables, readings: [reading] })
      const context = contexts.get(reading.context)
      invariant(context, 'the context of an activity is resolved')
      if (modelled && accepted > 0) await keepInputs(tx, sender, request, modelled)
      const answer = await account(tx, { orgId: sender.orgId, tables, reading, context })
      const assumptions = [...(modelled?.assumptions ?? []), ...answer.assumptions]
      return { status: 201, body: { ...answer, assumptions } }
    }
    if (sender.idempotencyKey === null) return (await work()).body
    const digest = createHash('sha256').update(JSON.stringify(request)).digest()
    const answered = await once(
      tx,
      { orgId: sender.orgId, route: 'activities', key: sender.idempotencyKey, digest },
      work,
    )
    return answered.body as ActivityAnswer
  })
}

/** A reading holds a model's energy only; what it was made of is kept beside it, append-only. */
const keepInputs = (tx: Tx, sender: Sender, request: ActivityRequest, modelled: ModelledEnergy): Promise<void> =>
  writeAuditEvent(
    tx,
    sender.orgId,
    sender.keyId === null ? { kind: 'system', id: 'activities' } : { kind: 'key', id: sender.keyId },
    {
      ...{ action: 'activity.model', objectKind: 'run', objectId: request.run },
      detail: {
        ...{ start: isoInstant(request.start), end: isoInstant(request.end), method: modelled.method },
        ...modelled.inputs,
      },
    },
  )
