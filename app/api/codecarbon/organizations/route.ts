import { organizationCreateSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { organizationAnswer } from '@/lib/ingest/codecarbon-catalogue'

export const GET = codecarbonRoute({
  permission: 'read',
  handle: async ({ actor }) => [await organizationAnswer(actor)],
})

/** A key cannot make an organisation: whatever the name, the answer is its own. */
export const POST = codecarbonRoute({
  permission: 'ingest',
  body: organizationCreateSchema,
  status: 201,
  handle: ({ actor }) => organizationAnswer(actor),
})
