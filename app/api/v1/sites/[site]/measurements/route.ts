import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import {
  measurementAnswerSchema,
  measurementFieldsSchema,
  measurementListSchema,
} from '@/lib/contracts/site-measurements'
import { route } from '@/lib/http/route'
import { recordMeasurement, siteMeasurements } from '@/lib/registry/site-measurements'

const params = z.strictObject({ site: z.string().min(1).max(63) })

export const GET = route({
  permission: 'read',
  params,
  answer: measurementListSchema,
  handle: async ({ actor, params }) => ({ measurements: await siteMeasurements(actor.orgId, params.site) }),
})

/** The first value of a month, or its correction: the earlier one stays as a revision. */
export const POST = route({
  permission: 'site:edit',
  params,
  body: measurementFieldsSchema,
  answer: measurementAnswerSchema,
  status: 201,
  handle: ({ actor, params, body }) =>
    recordMeasurement(actor.orgId, params.site, body, { kind: actor.kind, id: actorId(actor) }),
})
