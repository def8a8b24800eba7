import { addUserSchema, idParamsSchema } from '@/lib/contracts/codecarbon'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { refuseByKey } from '@/lib/ingest/codecarbon-catalogue'

export const POST = codecarbonRoute({
  permission: 'key:manage',
  params: idParamsSchema,
  body: addUserSchema,
  handle: refuseByKey('People are added in Wattledger, by an owner'),
})
