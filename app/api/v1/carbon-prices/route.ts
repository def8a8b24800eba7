import { actorId } from '@/lib/auth/actor'
import { carbonPriceFieldsSchema, carbonPriceListSchema, carbonPriceSchema } from '@/lib/contracts/settings'
import { route } from '@/lib/http/route'
import { addCarbonPrice, carbonPrices } from '@/lib/registry/carbon-prices'

export const GET = route({
  permission: 'read',
  answer: carbonPriceListSchema,
  handle: async ({ actor }) => ({ prices: await carbonPrices(actor.orgId) }),
})

export const POST = route({
  permission: 'settings:edit',
  body: carbonPriceFieldsSchema,
  answer: carbonPriceSchema,
  status: 201,
  handle: ({ actor, body }) => addCarbonPrice(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
})
