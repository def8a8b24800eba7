import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { siteEditAnswerSchema, siteFieldsSchema } from '@/lib/contracts/sites'
import { route } from '@/lib/http/route'
import { editSite } from '@/lib/registry/edit-site'

export const PUT = route({
  permission: 'site:edit',
  params: z.strictObject({ site: z.string().min(1).max(63) }),
  body: siteFieldsSchema,
  answer: siteEditAnswerSchema,
  handle: ({ actor, params, body }) =>
    editSite(actor.orgId, params.site, body, { kind: actor.kind, id: actorId(actor) }),
})
