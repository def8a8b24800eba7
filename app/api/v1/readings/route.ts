import { readingLinesQuerySchema, readingsAnswerSchema, readingsRequestSchema } from '@/lib/contracts/readings'
import { AppError } from '@/lib/errors'
import { readJson } from '@/lib/http/body'
import { idempotencyKeyOf } from '@/lib/http/idempotency-key'
import { linesOf } from '@/lib/http/lines'
import { issuesOf } from '@/lib/http/problem'
import { route } from '@/lib/http/route'
import { ingestReadings } from '@/lib/ingest/native'
import { ingestReadingLines } from '@/lib/ingest/reading-lines'

const IS_LINES = /^application\/(x-ndjson|ndjson|jsonl|x-jsonlines)\b/i

const checked = <Output>(
  result: { success: true; data: Output } | { success: false; error: Parameters<typeof issuesOf>[0] },
  what: 'body' | 'query',
): Output => {
  if (result.success) return result.data
  throw new AppError(what === 'body' ? 'invalid_input' : 'bad_request', `The ${what} does not match its schema.`, {
    issues: issuesOf(result.error),
  })
}

/** Two forms of one request: a JSON object, or one reading a line, which is read as it comes. */
export const POST = route({
  permission: 'ingest',
  answer: readingsAnswerSchema,
  handle: async ({ actor, request }) => {
    const sender = {
      orgId: actor.orgId,
      keyId: actor.kind === 'key' ? actor.keyId : null,
      idempotencyKey: idempotencyKeyOf(request),
    }
    if (IS_LINES.test(request.headers.get('content-type') ?? '')) {
      const { org: _, ...query } = Object.fromEntries(new URL(request.url).searchParams)
      const said = checked(readingLinesQuerySchema.strict().safeParse(query), 'query')
      return ingestReadingLines(sender, linesOf(request), said)
    }
    return ingestReadings(sender, checked(readingsRequestSchema.safeParse(await readJson(request)), 'body'))
  },
})
