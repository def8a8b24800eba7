import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { meterEditAnswerSchema, meterFieldsSchema, meterListSchema } from '@/lib/contracts/meters'
import { route } from '@/lib/http/route'
import { addMeter, registeredMeters } from '@/lib/registry/meters'

const params = z.strictObject({ site: z.string().min(1).max(63) })

export const GET = route({
  permission: 'read',
  params,
  answer: meterListSchema,
  handle: async ({ actor, params }) => ({ meters: await registeredMeters(actor.orgId, params.site) }),
})

export const POST = route({
  permission: 'site:edit',
  params,
  body: meterFieldsSchema,
  answer: meterEditAnswerSchema,
  status: 201,
  handle: ({ actor, params, body }) =>
    addMeter(actor.orgId, params.site, body, { kind: actor.kind, id: actorId(actor) }),
})
