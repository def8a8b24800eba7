import { createHash } from 'node:crypto'
import type { ActivityAnswer, ActivityRequest } from '@/lib/contracts/activities'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { type ReferenceTables, referenceTables } from '@/lib/grid/zone-of'
import { once } from '@/lib/ledger/idempotency'
import { sourceOf } from '@/lib/registry/sources'
import { HOUR } from '@/lib/units/time'
import { ACTIVITY_METER, acceptReadings } from './accept'
import type { Sender } from './native'
import type { IncomingReading } from './reading'
import type { ResolvedContext } from './resolve-context'

/** What the activity amounts to by what is known now; posting gives the ledger's own figure from the same core. */
export type AccountActivity = (
  tx: Tx,
  activity: { orgId: string; tables: ReferenceTables; reading: IncomingReading; context: ResolvedContext },
) => Promise<ActivityAnswer>

const OLDEST = Date.UTC(2000, 0, 1)

const asReading = (request: ActivityRequest): IncomingReading => ({
  meter: ACTIVITY_METER,
  kind: 'delta',
  unit: 'kWh',
  boundary: request.boundary ?? 'it',
  start: request.start,
  at: request.end,
  value: request.energy_kwh,
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
  account: AccountActivity,
): Promise<ActivityAnswer> => {
  if (request.start < OLDEST) throw new AppError('invalid_input', 'The activity starts before the year 2000.')
  if (request.end > Date.now() + HOUR) throw new AppError('invalid_input', 'The activity ends in the future.')
  const pool = appPool()
  const tables = await referenceTables(pool)
  const reading = asReading(request)
  return withOrgSql(pool, sender.orgId, async (tx) => {
    const work = async () => {
      const sourceId = await sourceOf(tx, sender.orgId, 'activities')
      const { contexts } = await acceptReadings(tx, { ...sender, sourceId, tables, readings: [reading] })
      const context = contexts.get(reading.context)
      invariant(context, 'the context of an activity is resolved')
      return { status: 201, body: await account(tx, { orgId: sender.orgId, tables, reading, context }) }
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
