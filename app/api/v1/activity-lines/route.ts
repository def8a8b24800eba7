import { actorId } from '@/lib/auth/actor'
import {
  activityFieldsSchema,
  activityLineSchema,
  activityListQuerySchema,
  activityListSchema,
} from '@/lib/contracts/activity-lines'
import { route } from '@/lib/http/route'
import { activityLines } from '@/lib/registry/activity-lines'
import { addActivity } from '@/lib/registry/edit-activity'

export const GET = route({
  permission: 'read',
  query: activityListQuerySchema,
  answer: activityListSchema,
  handle: async ({ actor, query: { from, to, kind } }) => ({
    activities: await activityLines(actor.orgId, { from, to, kind }),
  }),
})

export const POST = route({
  permission: 'activity:edit',
  body: activityFieldsSchema,
  answer: activityLineSchema,
  status: 201,
  handle: ({ actor, body }) => addActivity(actor.orgId, body, { kind: actor.kind, id: actorId(actor) }),
})
