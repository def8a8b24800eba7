import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { carbonPriceFieldsSchema, carbonPriceSchema } from '@/lib/contracts/settings'
import { route } from '@/lib/http/route'
import { editCarbonPrice, setCarbonPriceRemoved } from '@/lib/registry/carbon-prices'

const params = z.strictObject({ price: z.uuid() })

export const PUT = route({
  permission: 'settings:edit',
  params,
  body: carbonPriceFieldsSchema,
  answer: carbonPriceSchema,
  handle: ({ actor, params, body }) =>
    editCarbonPrice(actor.orgId, params.price, body, { kind: actor.kind, id: actorId(actor) }),
})

export const DELETE = route({
  permission: 'settings:edit',
  params,
  answer: carbonPriceSchema,
  handle: ({ actor, params }) =>
    setCarbonPriceRemoved(actor.orgId, params.price, true, { kind: actor.kind, id: actorId(actor) }),
})
