import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import { nameSchema } from '@/lib/contracts/common'
import { runFieldsSchema, runViewSchema } from '@/lib/contracts/runs'
import { route } from '@/lib/http/route'
import { editRun } from '@/lib/registry/edit-run'

export const PUT = route({
  permission: 'model:edit',
  params: z.strictObject({ run: nameSchema }),
  body: runFieldsSchema,
  answer: runViewSchema,
  handle: ({ actor, params, body }) => editRun(actor.orgId, params.run, body, { kind: actor.kind, id: actorId(actor) }),
})
