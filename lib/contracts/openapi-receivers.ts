import { z } from 'zod'
import { mappingPreviewAnswerSchema, sourceMappingAnswerSchema, sourceMappingSchema } from './mapping'
import type { Operation } from './openapi'

const source = z.object({ source: z.string().optional() })

const pushed = (method: 'put' | 'post' | 'delete', status: number, summary: string): Operation => ({
  method,
  path: '/api/pushgateway/metrics/{group}',
  summary,
  scope: 'ingest',
  query: source,
  ...(method === 'delete' ? {} : { media: [{ type: 'text/plain', says: 'the text format, version 0.0.4' }] }),
  answer: { status, type: 'text/plain', description: 'As a Pushgateway answers; 400 names what was refused.' },
})

const PUSH_OPERATIONS: Operation[] = [
  pushed(
    'put',
    200,
    'Metrics of a batch job, as it pushes them to a Prometheus Pushgateway: job/<job>/<label>/<value>.',
  ),
  pushed('post', 200, 'The same for some metrics of the group.'),
  pushed('delete', 202, 'End a group: its counters are at their end.'),
]

/** Receivers of metrics, whose bodies are their own protocols', and how a source's labels are read. */
export const RECEIVER_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/api/prometheus/write',
    summary:
      'Prometheus remote write 1.0 and 2.0: a snappy block of protobuf. 400 when some samples were refused; the others are stored.',
    scope: 'ingest',
    query: source,
    media: [{ type: 'application/x-protobuf', says: 'a WriteRequest or Request, compressed with snappy' }],
    answer: { status: 204, description: 'Stored; the X-Prometheus-Remote-Write-*-Written headers say how much.' },
  },
  {
    method: 'post',
    path: '/api/otlp/v1/metrics',
    summary: 'OpenTelemetry metrics over HTTP, protobuf or JSON, gzip or plain. Refusals are google.rpc.Status.',
    scope: 'ingest',
    query: source,
    media: [
      { type: 'application/x-protobuf', says: 'an ExportMetricsServiceRequest' },
      { type: 'application/json', says: 'the same in JSON' },
    ],
    answer: { status: 200, description: 'Stored; a partial success says how many points were rejected and why.' },
  },
  ...PUSH_OPERATIONS,
  {
    method: 'get',
    path: '/api/v1/sources/{source}/mapping',
    summary: 'How the labels of a source are read, where that differs from the built-in rules.',
    scope: 'read',
    answer: { status: 200, schema: sourceMappingAnswerSchema, description: 'The mapping in force.' },
  },
  {
    method: 'put',
    path: '/api/v1/sources/{source}/mapping',
    summary: 'Change it; it holds for what comes from then on.',
    scope: 'admin',
    body: sourceMappingSchema,
    answer: { status: 200, schema: sourceMappingAnswerSchema, description: 'The mapping in force.' },
  },
  {
    method: 'post',
    path: '/api/v1/sources/{source}/mapping/preview',
    summary: 'What the series last seen would become under a mapping; stores nothing.',
    scope: 'read',
    body: sourceMappingSchema,
    answer: { status: 200, schema: mappingPreviewAnswerSchema, description: 'Series as they would be read.' },
  },
]
