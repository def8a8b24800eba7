import { codecarbonEndpointQuerySchema, emissionsTotalSchema } from '@/lib/contracts/codecarbon-files'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { addCodecarbonTotal } from '@/lib/ingest/codecarbon-files'

/** The client's `emissions_endpoint`: totals of a run at flush and stop, without any header of ours. */
export const POST = codecarbonRoute({
  permission: 'ingest',
  keyInPath: true,
  query: codecarbonEndpointQuerySchema,
  body: emissionsTotalSchema,
  status: 201,
  handle: ({ actor, query, body }) => addCodecarbonTotal(actor, body, query.time_zone),
})
