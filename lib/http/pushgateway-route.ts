import { AppError } from '@/lib/errors'
import { readBody } from './body'
import { authoriseMachine } from './machine-key'
import { type MetricsSender, metricsRequest, sourceNamed } from './metrics-request'
import { takeFromLimit } from './rate-limit'

/** A client waits 30 s. */
const DEADLINE_MS = 20_000

const text = (status: number, message: string): Response =>
  new Response(message === '' ? null : `${message}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })

/** What stands behind `/metrics` in the address, still escaped. */
const pathOf = (request: Request): string => {
  const { pathname } = new URL(request.url)
  return pathname.slice(pathname.indexOf('/metrics/') + '/metrics/'.length)
}

const refuseProtobuf = (request: Request): void => {
  const type = request.headers.get('content-type') ?? ''
  if (/protobuf|^application\/openmetrics-text/i.test(type)) {
    throw new AppError('unsupported_media_type', 'Send the text format 0.0.4 (text/plain; version=0.0.4).')
  }
}

/**
 * What batch jobs push to a Prometheus Pushgateway: PUT and POST bring a group's metrics. 200 as the Pushgateway answers, 400 with the line
 * that cannot be read.
 */
export const pushgatewayRoute =
  (
    receive: (
      sender: MetricsSender,
      path: string,
      body: Buffer,
      receivedAt: number,
    ) => Promise<{ refusal: string | null }>,
  ) =>
  (request: Request): Promise<Response> => {
    const receivedAt = Date.now()
    return metricsRequest(
      request,
      { deadlineMs: DEADLINE_MS, refuse: (error) => text(error.status, error.publicMessage) },
      async () => {
        const { orgId, keyId } = await authoriseMachine(request, 'ingest')
        refuseProtobuf(request)
        const body = await readBody(request)
        takeFromLimit(keyId, body.length)
        const sender = { orgId, keyId, source: sourceNamed(request) }
        const { refusal } = await receive(sender, pathOf(request), body, receivedAt)
        return refusal === null ? text(200, '') : text(400, refusal)
      },
    )
  }

/**
 * DELETE ends a group. There is nothing to end here: what was pushed is evidence and stays. CodeCarbon sends it without its password, so
 * nobody is asked for one.
 */
export const endPushedGroup = async (): Promise<Response> => text(202, '')
