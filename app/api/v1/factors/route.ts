import { actorId } from '@/lib/auth/actor'
import {
  factorsAnswerSchema,
  factorsQuerySchema,
  ownFactorAnswerSchema,
  ownFactorFieldsSchema,
} from '@/lib/contracts/factors'
import { route } from '@/lib/http/route'
import { editFactor } from '@/lib/registry/edit-factor'
import { factorPage } from '@/lib/rollups/factor-list'
import { thisYear } from '@/lib/rollups/factor-year'

export const GET = route({
  permission: 'read',
  query: factorsQuerySchema,
  answer: factorsAnswerSchema,
  handle: ({ actor, query: { org: _, ...asked } }) =>
    factorPage({ ...asked, ...thisYear(Date.now()), orgId: actor.orgId }),
})

export const POST = route({
  permission: 'factor:edit',
  body: ownFactorFieldsSchema,
  answer: ownFactorAnswerSchema,
  status: 201,
  handle: ({ actor, body }) => editFactor(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
})
