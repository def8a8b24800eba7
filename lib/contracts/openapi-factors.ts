import {
  acceptanceAnswerSchema,
  acceptanceFieldsSchema,
  acceptancesAnswerSchema,
  acceptancesFieldsSchema,
  factorsAnswerSchema,
  factorsQuerySchema,
  ownFactorAnswerSchema,
  ownFactorFieldsSchema,
} from './factors'
import { importAnswerSchema, importQuerySchema } from './imports'
import type { Operation } from './openapi'

/** The factor library, an organisation's own factors, and what it accepts. */
export const FACTOR_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/api/v1/factors',
    scope: 'read',
    query: factorsQuerySchema,
    summary: 'Factors as the organisation uses them: the version in force, own ones, how many lines rest on each.',
    answer: { status: 200, schema: factorsAnswerSchema, description: 'A page of factors.' },
  },
  {
    method: 'post',
    path: '/api/v1/factors',
    scope: 'admin',
    body: ownFactorFieldsSchema,
    summary: 'Add an own factor, or its next version; with overrides it stands before a shared one.',
    answer: { status: 201, schema: ownFactorAnswerSchema, description: 'Stored; a version is never edited.' },
  },
  {
    method: 'delete',
    path: '/api/v1/factors/{factor}',
    scope: 'admin',
    summary: 'Withdraw an own factor by a last version; the shared one counts again.',
    answer: { status: 200, schema: ownFactorAnswerSchema, description: 'Withdrawn.' },
  },
  {
    method: 'post',
    path: '/api/v1/factors/{factor}/acceptance',
    scope: 'admin',
    body: acceptanceFieldsSchema,
    summary: 'Take a version of a shared factor; the days that rest on it are posted again.',
    answer: { status: 200, schema: acceptanceAnswerSchema, description: 'In force.' },
  },
  {
    method: 'post',
    path: '/api/v1/factors/acceptances',
    scope: 'admin',
    body: acceptancesFieldsSchema,
    summary: 'Take several versions at once, all or none.',
    answer: { status: 200, schema: acceptancesAnswerSchema, description: 'In force.' },
  },
  {
    method: 'post',
    path: '/api/v1/factors/import',
    scope: 'admin',
    query: importQuerySchema,
    body: 'text/csv',
    summary: 'Import own factors from CSV.',
    answer: {
      status: 200,
      schema: importAnswerSchema,
      description:
        'Each row new, changed, unchanged or refused; a dry run stores nothing, a real import all of it or nothing.',
    },
  },
  {
    method: 'get',
    path: '/api/v1/exports/factors.csv',
    scope: 'read',
    query: factorsQuerySchema.omit({ cursor: true, limit: true }),
    summary: 'The library as CSV, filtered as the page is.',
    answer: { status: 200, type: 'text/csv', description: 'One row a factor.' },
  },
  {
    method: 'get',
    path: '/api/v1/exports/own-factors.csv',
    scope: 'read',
    query: importQuerySchema.pick({ org: true }),
    summary: "An organisation's own factors as CSV, in the columns of the import.",
    answer: { status: 200, type: 'text/csv', description: 'One row a factor.' },
  },
]
