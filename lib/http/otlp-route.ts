import type { AppError, ErrorCode } from '@/lib/errors'
import { AppError as Refusal } from '@/lib/errors'
import { readBody } from './body'
import { authoriseMachine } from './machine-key'
import { type MetricsSender, metricsRequest, sourceNamed } from './metrics-request'
import { encodeMessage } from './protobuf-answer'
import { takeFromLimit } from './rate-limit'

export type OtlpRequest = { encoding: 'protobuf'; bytes: Buffer } | { encoding: 'json'; value: unknown }

export interface OtlpReceived {
  rejectedPoints: number
  /** Why, in a sentence; empty when nothing was rejected. */
  message: string
}

/** Exporters wait 10 s unless they are configured. */
const DEADLINE_MS = 8000

const PROTOBUF = 'application/x-protobuf'
const JSON_TYPE = 'application/json'

/** google.rpc.Code */
const RPC_CODES: Partial<Record<ErrorCode, number>> = {
  unauthenticated: 16,
  forbidden: 7,
  not_found: 5,
  body_too_large: 8,
  too_many_requests: 8,
  unavailable: 14,
  internal: 13,
}
const INVALID_ARGUMENT = 3

const typeOf = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

/** In the request's own type, as the specification asks; to a type that we do not read, in JSON. */
const answered = (request: Request, status: number, json: unknown, protobuf: Buffer): Response =>
  typeOf(request) === PROTOBUF
    ? new Response(new Uint8Array(protobuf), { status, headers: { 'content-type': PROTOBUF } })
    : new Response(JSON.stringify(json), { status, headers: { 'content-type': JSON_TYPE } })

/** google.rpc.Status{1 code, 2 message} */
const refused = (request: Request, error: AppError): Response => {
  const code = RPC_CODES[error.code] ?? INVALID_ARGUMENT
  const status = encodeMessage([
    [1, code],
    [2, error.publicMessage],
  ])
  return answered(request, error.status, { code, message: error.publicMessage }, status)
}

/** ExportMetricsServiceResponse{1 partial_success{1 rejected_data_points, 2 error_message}}; unset when all was stored. */
const stored = (request: Request, { rejectedPoints, message }: OtlpReceived): Response => {
  if (rejectedPoints === 0) return answered(request, 200, {}, Buffer.alloc(0))
  const partial = encodeMessage([
    [1, rejectedPoints],
    [2, message],
  ])
  const json = { partialSuccess: { rejectedDataPoints: String(rejectedPoints), errorMessage: message } }
  return answered(request, 200, json, encodeMessage([[1, partial]]))
}

const jsonOf = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new Refusal('malformed_body', 'The body is not valid JSON.', { cause: error })
  }
}

/**
 * OTLP/HTTP metrics, protobuf and JSON, gzip or plain. 200 with a partial success when some points were refused (the exporter must not send
 * again), 400 when nothing can be read, 503 when it is to be sent again; every refusal is a google.rpc.Status.
 */
export const otlpRoute =
  (receive: (sender: MetricsSender, request: OtlpRequest) => Promise<OtlpReceived>) =>
  (request: Request): Promise<Response> =>
    metricsRequest(request, { deadlineMs: DEADLINE_MS, refuse: (error) => refused(request, error) }, async () => {
      const { orgId, keyId } = await authoriseMachine(request, 'ingest')
      const type = typeOf(request)
      if (type !== PROTOBUF && type !== JSON_TYPE) {
        throw new Refusal('unsupported_media_type', `Send ${PROTOBUF} or ${JSON_TYPE}.`)
      }
      const bytes = await readBody(request)
      takeFromLimit(keyId, bytes.length)
      if (bytes.length === 0) return stored(request, { rejectedPoints: 0, message: '' })
      const sender = { orgId, keyId, source: sourceNamed(request) }
      const told: OtlpRequest =
        type === PROTOBUF ? { encoding: 'protobuf', bytes } : { encoding: 'json', value: jsonOf(bytes) }
      return stored(request, await receive(sender, told))
    })
