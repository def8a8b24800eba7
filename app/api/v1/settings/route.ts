import { actorId } from '@/lib/auth/actor'
import { settingsAnswerSchema, settingsEditAnswerSchema, settingsSchema } from '@/lib/contracts/settings'
import { route } from '@/lib/http/route'
import { editSettings, readSettings } from '@/lib/registry/edit-settings'

export const GET = route({
  permission: 'read',
  answer: settingsAnswerSchema,
  handle: ({ actor }) => readSettings(actor.orgId),
})

export const PUT = route({
  permission: 'settings:edit',
  body: settingsSchema,
  answer: settingsEditAnswerSchema,
  handle: ({ actor, body }) => editSettings(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
})
