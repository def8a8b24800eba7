import { AppError } from '@/lib/errors'
import { readRawBody } from './body'
import { authoriseMachine } from './machine-key'
import { type MetricsSender, metricsRequest, sourceNamed } from './metrics-request'
import { takeFromLimit } from './rate-limit'

export type RemoteWriteVersion = 1 | 2

/** What became of a request. Items that are no energy are taken and left out, so they count as written. */
export interface RemoteWritten {
  samples: number
  histograms: number
  exemplars: number
  /** In a sentence when some samples were refused; the others are stored. */
  refusal: string | null
}

/** remote_timeout is 30 s unless it is configured. */
const DEADLINE_MS = 20_000

const NOTHING: RemoteWritten = { samples: 0, histograms: 0, exemplars: 0, refusal: null }

const writtenHeaders = (written: RemoteWritten): Record<string, string> => ({
  'x-prometheus-remote-write-samples-written': String(written.samples),
  'x-prometheus-remote-write-histograms-written': String(written.histograms),
  'x-prometheus-remote-write-exemplars-written': String(written.exemplars),
})

const text = (status: number, message: string, written: RemoteWritten): Response =>
  new Response(`${message}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...writtenHeaders(written) },
  })

/** `application/x-protobuf` is 1.0; 2.0 says its message. @throws AppError unsupported_media_type */
const versionOf = (request: Request): RemoteWriteVersion => {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').split(';').map((part) => part.trim())
  const message = parameters.map((one) => /^proto="?([\w.]+)"?$/i.exec(one)?.[1]).find((one) => one !== undefined)
  if (type.toLowerCase() === 'application/x-protobuf') {
    if (message === undefined || message === 'prometheus.WriteRequest') return 1
    if (message === 'io.prometheus.write.v2.Request') return 2
  }
  throw new AppError(
    'unsupported_media_type',
    'Send prometheus.WriteRequest or io.prometheus.write.v2.Request as application/x-protobuf.',
  )
}

const refuseOtherEncoding = (request: Request): void => {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? ''
  if (encoding !== 'snappy')
    throw new AppError('unsupported_media_type', 'Content-Encoding must be snappy (its block format).')
}

/**
 * Prometheus remote write, 1.0 and 2.0. 204 when all is stored, 400 when some samples were refused (the others are stored; the sender must
 * not send again), 415 for another type or encoding, 503 when it is to be sent again, never a 5xx for what cannot succeed.
 */
export const remoteWriteRoute =
  (receive: (sender: MetricsSender, body: Buffer, version: RemoteWriteVersion) => Promise<RemoteWritten>) =>
  (request: Request): Promise<Response> =>
    metricsRequest(
      request,
      { deadlineMs: DEADLINE_MS, refuse: (error) => text(error.status, error.publicMessage, NOTHING) },
      async () => {
        const { orgId, keyId } = await authoriseMachine(request, 'ingest')
        const version = versionOf(request)
        refuseOtherEncoding(request)
        const body = await readRawBody(request)
        takeFromLimit(keyId, body.length)
        const written =
          body.length === 0 ? NOTHING : await receive({ orgId, keyId, source: sourceNamed(request) }, body, version)
        return written.refusal === null
          ? new Response(null, { status: 204, headers: writtenHeaders(written) })
          : text(400, written.refusal, written)
      },
    )
