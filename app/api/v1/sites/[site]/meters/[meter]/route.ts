import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { meterEditAnswerSchema, meterFieldsSchema } from '@/lib/contracts/meters'
import { route } from '@/lib/http/route'
import { deleteMeter, editMeter } from '@/lib/registry/meters'

const params = z
  .strictObject({ site: z.string().min(1).max(63), meter: z.uuid() })
  .transform(({ site, meter }) => ({ slug: site, meterId: meter }))

export const PUT = route({
  permission: 'site:edit',
  params,
  body: meterFieldsSchema,
  answer: meterEditAnswerSchema,
  handle: ({ actor, params, body }) => editMeter(actor.orgId, params, body, { kind: actor.kind, id: actorId(actor) }),
})

/** DELETE is for a line that never was true; a meter that was taken down gets removed_on instead. */
export const DELETE = route({
  permission: 'site:edit',
  params,
  answer: meterEditAnswerSchema,
  handle: ({ actor, params }) => deleteMeter(actor.orgId, params, { kind: actor.kind, id: actorId(actor) }),
})
