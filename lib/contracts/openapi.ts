import { z } from 'zod'
import { activityAnswerSchema, activityRequestSchema } from './activities'
import { createdKeySchema, createKeyRequestSchema, keyListSchema, keySchema } from './api-keys'
import { compareAnswerSchema } from './compare'
import { emissionsAnswerSchema, emissionsQuerySchema } from './emissions'
import { estimateAnswerSchema, estimateRequestSchema } from './estimate'
import { explainAnswerSchema } from './explain-answer'
import {
  functionalUnitsAnswerSchema,
  functionalUnitsCsvAnswerSchema,
  functionalUnitsCsvQuerySchema,
  functionalUnitsRequestSchema,
} from './functional-units'
import { intensityImportAnswerSchema, intensityImportQuerySchema } from './grid'
import { hardwareCatalogueQuerySchema, hardwareCatalogueSchema } from './hardware-catalogue'
import { LEDGER_MEASURES, LEDGER_METHODS } from './ledger'
import { metricsCatalogueSchema } from './metrics-catalogue'
import { modelFieldsSchema, modelLifeSchema, modelViewSchema } from './models'
import { CODECARBON_OPERATIONS } from './openapi-codecarbon'
import { CONNECTOR_OPERATIONS } from './openapi-connectors'
import { EXAMPLE_ACTIVITY, EXAMPLE_LINES, EXAMPLE_READINGS } from './openapi-examples'
import { FACTOR_OPERATIONS } from './openapi-factors'
import { API_GROUPS, groupOf } from './openapi-groups'
import { HARDWARE_OPERATIONS } from './openapi-hardware'
import { INVENTORY_OPERATIONS } from './openapi-inventory'
import { RECEIVER_OPERATIONS } from './openapi-receivers'
import { SOURCE_OPERATIONS } from './openapi-sources'
import { STATEMENT_OPERATIONS } from './openapi-statement'
import { problemSchema } from './problem'
import { readingsAnswerSchema, readingsRequestDocument } from './readings'
import { runFieldsSchema, runViewSchema } from './runs'
import { scoresAnswerSchema, scoresQuerySchema } from './services'
import { siteEditAnswerSchema, siteFieldsSchema } from './sites'

type Scope = 'ingest' | 'read' | 'admin'

export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: string
  summary: string
  scope: Scope | null
  query?: z.ZodType
  body?: z.ZodType | 'text/csv'
  /** Other forms in which the body may come, as text or bytes. */
  media?: { type: string; says: string; example?: string }[]
  /** A body that people would send. */
  example?: unknown
  idempotent?: boolean
  answer: { status: number; schema?: z.ZodType; type?: string; description: string }
}

/** Every public operation, from the same schemas that the routes parse with. */
export const OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/api/v1/readings',
    summary: 'Store power, counter and delta readings of meters; each is judged on its own.',
    scope: 'ingest',
    body: readingsRequestDocument,
    example: EXAMPLE_READINGS,
    media: [
      {
        type: 'application/x-ndjson',
        says: 'one reading a line; what all of them say stands on the first line or in the query',
        example: EXAMPLE_LINES,
      },
    ],
    idempotent: true,
    answer: { status: 200, schema: readingsAnswerSchema, description: 'Stored; refused readings are named.' },
  },
  {
    method: 'post',
    path: '/api/v1/activities',
    summary: 'Store the energy of a run between two times, and get its emissions by what is known now.',
    scope: 'ingest',
    body: activityRequestSchema,
    example: EXAMPLE_ACTIVITY,
    idempotent: true,
    answer: { status: 201, schema: activityAnswerSchema, description: 'Stored.' },
  },
  {
    method: 'post',
    path: '/api/v1/functional-units',
    summary: 'State what services and runs delivered on UTC days, such as requests or tokens; the last one stands.',
    scope: 'ingest',
    body: functionalUnitsRequestSchema,
    idempotent: true,
    answer: { status: 200, schema: functionalUnitsAnswerSchema, description: 'Stored, all of it or nothing.' },
  },
  {
    method: 'post',
    path: '/api/v1/functional-units/csv',
    summary: 'The same as a file with the columns service or run, day or start, unit, count.',
    scope: 'admin',
    query: functionalUnitsCsvQuerySchema,
    body: 'text/csv',
    answer: { status: 200, schema: functionalUnitsCsvAnswerSchema, description: 'Stored, or tried with dry_run=1.' },
  },
  {
    method: 'post',
    path: '/api/v1/grid/intensity',
    summary: 'Import hourly grid intensity of a zone as the organisation’s own.',
    scope: 'ingest',
    query: intensityImportQuerySchema,
    body: 'text/csv',
    answer: { status: 201, schema: intensityImportAnswerSchema, description: 'Imported as a revision.' },
  },
  {
    method: 'get',
    path: '/api/v1/emissions',
    summary: 'Energy and emissions in whole UTC hours, by run, team, model, stage, site, day or hour.',
    scope: 'read',
    query: emissionsQuerySchema,
    answer: { status: 200, schema: emissionsAnswerSchema, description: 'Figures; null where nothing is known.' },
  },
  {
    method: 'get',
    path: '/api/v1/explain/{address}',
    summary:
      'Why a figure is what it is, down to raw readings. The address is a path and a query, as pages, CSV rows and PDF cells carry it: line/led_…?measure=location.',
    scope: 'read',
    query: z.object({
      lines_after: z.string().optional(),
      readings_after: z.string().optional(),
      org: z.string().optional(),
    }),
    answer: { status: 200, schema: explainAnswerSchema, description: 'The figure, exact, and what it follows from.' },
  },
  {
    method: 'get',
    path: '/api/v1/compare',
    summary: 'Two runs, or two windows of whole UTC days, side by side: before, after, difference.',
    scope: 'read',
    query: z.object({ before: z.string(), after: z.string(), org: z.string().optional() }),
    answer: { status: 200, schema: compareAnswerSchema, description: 'Figures of both and what changed.' },
  },
  {
    method: 'get',
    path: '/api/v1/metrics-catalogue',
    summary: 'Every metric with its unit, formula, clause and page of the method.',
    scope: 'read',
    answer: { status: 200, schema: metricsCatalogueSchema, description: 'The metrics.' },
  },
  {
    method: 'post',
    path: '/api/v1/estimate',
    summary: 'Estimate a job or its stages from what is known; nothing is stored, and each default is told.',
    scope: 'read',
    body: estimateRequestSchema,
    answer: { status: 200, schema: estimateAnswerSchema, description: 'Figures and what they assume.' },
  },
  {
    method: 'get',
    path: '/api/v1/exports/ledger.csv',
    summary: 'The ledger as CSV, streamed.',
    scope: 'read',
    query: z.object({
      from: z.string(),
      to: z.string(),
      grain: z.enum(['day', 'hour']).optional(),
      method: z.enum(LEDGER_METHODS).optional(),
      measure: z.enum(LEDGER_MEASURES).optional(),
      org: z.string().optional(),
    }),
    answer: { status: 200, type: 'text/csv', description: 'One row a ledger line.' },
  },
  ...STATEMENT_OPERATIONS,
  ...RECEIVER_OPERATIONS,
  {
    method: 'get',
    path: '/api/v1/reports/{year}.pdf',
    summary: 'The year’s statement as PDF.',
    scope: 'read',
    query: z.object({ org: z.string().optional() }),
    answer: { status: 200, type: 'application/pdf', description: 'The statement.' },
  },
  {
    method: 'put',
    path: '/api/v1/sites/{site}',
    summary: 'Change what is declared of a site.',
    scope: 'admin',
    body: siteFieldsSchema,
    answer: { status: 200, schema: siteEditAnswerSchema, description: 'Changed.' },
  },
  {
    method: 'get',
    path: '/api/v1/services',
    summary: 'SCI scores of services (ISO/IEC 21031) in UTC days, in each unit that they state and per device-hour.',
    scope: 'read',
    query: scoresQuerySchema,
    answer: {
      status: 200,
      schema: scoresAnswerSchema,
      description: 'Scores; null where a part is unknown, with the reason.',
    },
  },
  {
    method: 'get',
    path: '/api/v1/models/{model}',
    summary: 'The life cycle of a model from its first reading to now, by part.',
    scope: 'read',
    answer: { status: 200, schema: modelLifeSchema, description: 'Its life; null where nothing is known.' },
  },
  {
    method: 'put',
    path: '/api/v1/models/{model}',
    summary: 'State a model’s parent, the share of its development that is inherited, and its parameters.',
    scope: 'admin',
    body: modelFieldsSchema,
    answer: { status: 200, schema: modelViewSchema, description: 'Changed.' },
  },
  {
    method: 'put',
    path: '/api/v1/runs/{run}',
    summary: 'State a run’s outcome, FLOPs and tokens; the run by its id or its name.',
    scope: 'admin',
    body: runFieldsSchema,
    answer: { status: 200, schema: runViewSchema, description: 'Changed.' },
  },
  ...SOURCE_OPERATIONS,
  ...CODECARBON_OPERATIONS,
  ...FACTOR_OPERATIONS,
  ...HARDWARE_OPERATIONS,
  ...INVENTORY_OPERATIONS,
  ...CONNECTOR_OPERATIONS,
  {
    method: 'get',
    path: '/api/v1/keys',
    summary: 'API keys of the organisation, without their secrets.',
    scope: 'admin',
    answer: { status: 200, schema: keyListSchema, description: 'Keys.' },
  },
  {
    method: 'post',
    path: '/api/v1/keys',
    summary: 'Make an API key; its secret is told once.',
    scope: 'admin',
    body: createKeyRequestSchema,
    answer: { status: 201, schema: createdKeySchema, description: 'The key and its secret.' },
  },
  {
    method: 'delete',
    path: '/api/v1/keys/{key}',
    summary: 'Revoke an API key.',
    scope: 'admin',
    answer: { status: 200, schema: keySchema, description: 'Revoked.' },
  },
  {
    method: 'get',
    path: '/api/v1/hardware-catalogue',
    summary: 'Devices, cloud instances, cloud regions and grid zones that an estimate can name.',
    scope: 'read',
    query: hardwareCatalogueQuerySchema,
    answer: {
      status: 200,
      schema: hardwareCatalogueSchema,
      description: 'The organisation’s own library; null is unknown.',
    },
  },
  {
    method: 'get',
    path: '/api/v1/openapi.json',
    summary: 'This document.',
    scope: null,
    answer: { status: 200, type: 'application/json', description: 'OpenAPI 3.1.' },
  },
  {
    method: 'get',
    path: '/api/health',
    summary: 'Whether the process answers.',
    scope: null,
    answer: { status: 200, type: 'application/json', description: 'Alive.' },
  },
  {
    method: 'get',
    path: '/api/ready',
    summary: 'Whether an acknowledged reading would be kept.',
    scope: null,
    answer: { status: 200, type: 'application/json', description: 'Ready; 503 when not, with the reason.' },
  },
]

type JsonSchema = Record<string, unknown>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json
}

export interface ApiParameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: JsonSchema
}

export interface ApiMedia {
  schema?: JsonSchema
  example?: unknown
}

/** One operation as the document holds it. */
export interface ApiOperation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security: { key?: string[] }[]
  parameters: ApiParameter[]
  requestBody?: { required: boolean; content: Record<string, ApiMedia> }
  responses: Record<string, { description: string; content?: Record<string, ApiMedia> }>
}

/** `POST /api/v1/readings` → `post-readings`: its name in addresses and in generated clients. */
export const operationIdOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string =>
  `${method}-${path
    .replace(/^\/api\/(v1\/)?/, '')
    .replace(/[{}]/g, '')
    .replaceAll('/', '-')}`

const parametersOf = (operation: Operation): ApiParameter[] => {
  const path = [...operation.path.matchAll(/\{(\w+)\}/g)].map(
    ([, name]): ApiParameter => ({ name: name as string, in: 'path', required: true, schema: { type: 'string' } }),
  )
  const query = operation.query
    ? (schemaOf(operation.query, 'input') as { properties?: Record<string, JsonSchema>; required?: string[] })
    : {}
  return [
    ...path,
    ...Object.entries(query.properties ?? {}).map(
      ([name, schema]): ApiParameter => ({
        name,
        in: 'query',
        required: query.required?.includes(name) ?? false,
        schema,
      }),
    ),
    ...(operation.idempotent
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header' as const,
            required: false,
            schema: { type: 'string', maxLength: 255 },
          },
        ]
      : []),
  ]
}

const bodyOf = ({ body, media = [], example }: Operation): Pick<ApiOperation, 'requestBody'> => {
  if (body === undefined && media.length === 0) return {}
  const content: Record<string, ApiMedia> = {}
  if (body === 'text/csv') content['text/csv'] = { schema: { type: 'string' } }
  else if (body !== undefined)
    content['application/json'] = {
      schema: schemaOf(body, 'input'),
      ...(example === undefined ? {} : { example }),
    }
  for (const { type, says, example: shown } of media)
    content[type] = {
      schema: { type: 'string', description: says },
      ...(shown === undefined ? {} : { example: shown }),
    }
  return { requestBody: { required: true, content } }
}

const answerOf = ({ status, schema, type, description }: Operation['answer']) =>
  status === 204
    ? { description }
    : {
        description,
        content: schema
          ? { 'application/json': { schema: schemaOf(schema, 'output') } }
          : { [type ?? 'application/json']: {} },
      }

/** OpenAPI 3.1, generated from the contracts; never written by hand. */
export const openApiDocument = (version: string) => {
  const paths: Record<string, Partial<Record<Operation['method'], ApiOperation>>> = {}
  for (const operation of OPERATIONS) {
    const at = paths[operation.path] ?? {}
    paths[operation.path] = at
    const group = groupOf(operation.path)
    at[operation.method] = {
      operationId: operationIdOf(operation),
      tags: group === null ? [] : [group],
      summary: operation.summary,
      ...(operation.scope
        ? { security: [{ key: [operation.scope] }], description: `Scope: ${operation.scope}.` }
        : { security: [] }),
      parameters: parametersOf(operation),
      ...bodyOf(operation),
      responses: {
        [operation.answer.status]: answerOf(operation.answer),
        default: {
          description: 'A refusal (RFC 9457) with a stable code.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Wattledger',
      version,
      description:
        'The carbon ledger of AI. Times are ISO 8601 with an offset; units are in the field names; null is unknown and never zero. Clients of CodeCarbon use /api/codecarbon.',
    },
    tags: API_GROUPS.map(({ name, says }) => ({ name, description: says })),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', bearerFormat: 'wl_<id>_<secret>' } },
      schemas: { Problem: schemaOf(problemSchema, 'output') },
    },
    paths,
  }
}
