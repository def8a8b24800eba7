import type { Operation } from './openapi'
import {
  screeningAcceptanceListSchema,
  screeningAcceptanceRequestSchema,
  screeningAcceptanceSchema,
  screeningWithdrawalQuerySchema,
} from './screening'

/** What a statement rests on, and what an analyst decides about it. */
export const STATEMENT_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/api/v1/screening-acceptances',
    summary: 'Zones and years whose life-cycle average somebody took into Scope 2.',
    scope: 'read',
    answer: { status: 200, schema: screeningAcceptanceListSchema, description: 'Acceptances.' },
  },
  {
    method: 'post',
    path: '/api/v1/screening-acceptances',
    summary: 'Take a zone’s life-cycle average into Scope 2 for a year, with a note.',
    scope: 'admin',
    body: screeningAcceptanceRequestSchema,
    answer: { status: 201, schema: screeningAcceptanceSchema, description: 'Accepted.' },
  },
  {
    method: 'delete',
    path: '/api/v1/screening-acceptances',
    summary: 'Keep a zone’s life-cycle average out of Scope 2 again.',
    scope: 'admin',
    query: screeningWithdrawalQuerySchema,
    answer: { status: 200, schema: screeningAcceptanceSchema, description: 'Withdrawn.' },
  },
]
