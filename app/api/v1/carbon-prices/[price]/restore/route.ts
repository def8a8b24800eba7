import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { carbonPriceSchema } from '@/lib/contracts/settings'
import { route } from '@/lib/http/route'
import { setCarbonPriceRemoved } from '@/lib/registry/carbon-prices'

export const POST = route({
  permission: 'settings:edit',
  params: z.strictObject({ price: z.uuid() }),
  answer: carbonPriceSchema,
  handle: ({ actor, params }) =>
    setCarbonPriceRemoved(actor.orgId, params.price, false, { kind: actor.kind, id: actorId(actor) }),
})
