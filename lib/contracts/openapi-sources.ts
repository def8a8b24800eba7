import {
  cloudAccountFieldsSchema,
  cloudAccountListSchema,
  cloudAccountSchema,
  footprintImportQuerySchema,
  statementsAnswerSchema,
  statementsRequestSchema,
  withdrawRequestSchema,
} from './cloud-footprints'
import { codecarbonCsvAnswerSchema, codecarbonCsvQuerySchema } from './codecarbon-files'
import { experimentFieldsSchema, experimentSchema } from './experiments'
import { freshnessQuerySchema, freshnessSchema } from './freshness'
import { importAnswerSchema } from './imports'
import { ledgerAnswerSchema, ledgerQuerySchema } from './ledger'
import type { Operation } from './openapi'
import { rejectedAnswerSchema, replayAnswerSchema, replayRequestSchema, tailAnswerSchema } from './source-items'
import { sourcesAnswerSchema, sourcesQuerySchema } from './sources'

/** Who sends, what was refused, and what is brought as files. */
export const SOURCE_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/api/v1/imports/codecarbon.csv',
    scope: 'ingest',
    query: codecarbonCsvQuerySchema,
    body: 'text/csv',
    summary: 'Import a CodeCarbon emissions.csv or task file; its local times need the time zone of the machine.',
    answer: {
      status: 200,
      schema: codecarbonCsvAnswerSchema,
      description: 'Each row new, known or refused; good rows are stored unless dry_run=1.',
    },
  },
  {
    method: 'post',
    path: '/api/v1/imports/cloud-footprint',
    scope: 'admin',
    query: footprintImportQuerySchema,
    body: 'text/csv',
    media: [{ type: 'application/json', says: "a provider's answer as it is" }],
    summary: "Import a cloud provider's own footprint: an AWS, Google or Azure export as it is.",
    answer: { status: 200, schema: importAnswerSchema, description: 'Each row new, changed, unchanged or refused.' },
  },
  {
    method: 'get',
    path: '/api/v1/cloud-accounts',
    scope: 'read',
    summary: 'Cloud accounts whose footprints were brought, beside what the ledger says of them.',
    answer: { status: 200, schema: cloudAccountListSchema, description: 'Accounts.' },
  },
  {
    method: 'put',
    path: '/api/v1/cloud-accounts/{provider}/{account}',
    scope: 'admin',
    body: cloudAccountFieldsSchema,
    summary: 'State what a cloud account is and how its footprint counts.',
    answer: { status: 200, schema: cloudAccountSchema, description: 'Changed.' },
  },
  {
    method: 'post',
    path: '/api/v1/cloud-accounts/{provider}/{account}/statements',
    scope: 'admin',
    body: statementsRequestSchema,
    summary: "Post months of a provider's footprint where no telemetry covers them.",
    answer: { status: 200, schema: statementsAnswerSchema, description: 'Months posted, or why not.' },
  },
  {
    method: 'delete',
    path: '/api/v1/cloud-accounts/{provider}/{account}/statements',
    scope: 'admin',
    body: withdrawRequestSchema,
    summary: 'Withdraw posted months.',
    answer: { status: 200, schema: statementsAnswerSchema, description: 'Withdrawn.' },
  },
  {
    method: 'get',
    path: '/api/v1/sources',
    scope: 'read',
    query: sourcesQuerySchema,
    summary: 'Who sends, how much and how lately, and what was refused.',
    answer: { status: 200, schema: sourcesAnswerSchema, description: 'Sources.' },
  },
  {
    method: 'get',
    path: '/api/v1/sources/{source}/tail',
    scope: 'read',
    summary: 'What a source sent last.',
    answer: { status: 200, schema: tailAnswerSchema, description: 'The newest requests.' },
  },
  {
    method: 'get',
    path: '/api/v1/sources/{source}/rejected',
    scope: 'read',
    summary: 'Refused items of a source as they came, the newest first.',
    answer: { status: 200, schema: rejectedAnswerSchema, description: 'Items with their reasons.' },
  },
  {
    method: 'post',
    path: '/api/v1/sources/{source}/replay',
    scope: 'ingest',
    body: replayRequestSchema,
    summary: 'Send mended items again, through the same judge and the same door.',
    answer: { status: 200, schema: replayAnswerSchema, description: 'What became of each.' },
  },
  {
    method: 'put',
    path: '/api/v1/experiments/{id}',
    scope: 'admin',
    body: experimentFieldsSchema,
    summary: 'State team, model, stage and place of a CodeCarbon experiment, for readings from then on.',
    answer: { status: 200, schema: experimentSchema, description: 'Changed.' },
  },
  {
    method: 'get',
    path: '/api/v1/ledger',
    scope: 'read',
    query: ledgerQuerySchema,
    summary: 'Lines of the ledger, a page at a time, with the filters of the Ledger page.',
    answer: { status: 200, schema: ledgerAnswerSchema, description: 'A page of lines and their sums.' },
  },
  {
    method: 'get',
    path: '/api/v1/freshness',
    scope: 'read',
    query: freshnessQuerySchema,
    summary: 'How new the readings and the grid data are that figures rest on.',
    answer: { status: 200, schema: freshnessSchema, description: 'Times; null before the first.' },
  },
]
