import { z } from 'zod'
import { targetOf } from '@/lib/contracts/explain'
import { explainAnswerSchema } from '@/lib/contracts/explain-answer'
import { route } from '@/lib/http/route'
import { explain } from '@/lib/reports/explain/explain'

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const cursor = z.string().max(400).optional()

/** Any figure that a page, a CSV row or a PDF cell shows: how it comes about, down to raw readings. The address is the path and its query. */
export const GET = route({
  permission: 'read',
  params: z.strictObject({ address: z.array(z.string().max(400)).max(12) }),
  query: z.looseObject({ lines_after: cursor, readings_after: cursor }),
  answer: explainAnswerSchema,
  handle: ({ actor, params, query, request }) =>
    explain(actor, targetOf(params.address.map(decoded), new URL(request.url).searchParams), {
      linesAfter: query.lines_after,
      readingsAfter: query.readings_after,
    }),
})
