import { z } from 'zod'
import { actorId } from '@/lib/auth/actor'
import {
  activityFieldsSchema,
  activityHistorySchema,
  activityLineSchema,
  voidActivitySchema,
} from '@/lib/contracts/activity-lines'
import { route } from '@/lib/http/route'
import { activityHistory } from '@/lib/registry/activity-lines'
import { editActivity, voidActivity } from '@/lib/registry/edit-activity'

const params = z.strictObject({ activity: z.uuid() })

/** Every revision, newest first. */
export const GET = route({
  permission: 'read',
  params,
  answer: activityHistorySchema,
  handle: async ({ actor, params }) => ({ revisions: await activityHistory(actor.orgId, params.activity) }),
})

export const PUT = route({
  permission: 'activity:edit',
  params,
  body: activityFieldsSchema,
  answer: activityLineSchema,
  handle: ({ actor, params, body }) =>
    editActivity(actor.orgId, params.activity, body, { kind: actor.kind, id: actorId(actor) }),
})

export const DELETE = route({
  permission: 'activity:edit',
  params,
  body: voidActivitySchema,
  answer: activityLineSchema,
  handle: ({ actor, params, body }) =>
    voidActivity(actor.orgId, params.activity, body.reason, { kind: actor.kind, id: actorId(actor) }),
})
