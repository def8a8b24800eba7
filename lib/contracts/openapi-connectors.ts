import {
  backfillRequestSchema,
  connectorFieldsSchema,
  connectorListSchema,
  connectorSchema,
  connectorTestSchema,
} from './connectors'
import type { Operation } from './openapi'

/** What is fetched from others. */
export const CONNECTOR_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/api/v1/connectors',
    scope: 'read',
    summary: 'Connectors with their state, last success, next turn, error in words and back-fill; never their secrets.',
    answer: { status: 200, schema: connectorListSchema, description: 'Connectors.' },
  },
  {
    method: 'post',
    path: '/api/v1/connectors',
    scope: 'admin',
    body: connectorFieldsSchema,
    summary: 'Add a connector of Electricity Maps, WattTime, GB Carbon Intensity or MLflow.',
    answer: { status: 201, schema: connectorSchema, description: 'Added; it fetches at once.' },
  },
  {
    method: 'put',
    path: '/api/v1/connectors/{connector}',
    scope: 'admin',
    body: connectorFieldsSchema,
    summary: 'Change a connector; a secret that is left out stays, unless the address is another.',
    answer: { status: 200, schema: connectorSchema, description: 'Changed; it fetches at once.' },
  },
  {
    method: 'delete',
    path: '/api/v1/connectors/{connector}',
    scope: 'admin',
    summary: 'Remove a connector and its secret; what it brought stays.',
    answer: { status: 200, schema: connectorSchema, description: 'Removed.' },
  },
  {
    method: 'post',
    path: '/api/v1/connectors/{connector}/backfill',
    scope: 'admin',
    body: backfillRequestSchema,
    summary: 'Fetch a time in the past, oldest first; it goes on where it stopped.',
    answer: { status: 202, schema: connectorSchema, description: 'Taken; the connector tells its progress.' },
  },
  {
    method: 'post',
    path: '/api/v1/connectors/{connector}/test',
    scope: 'admin',
    summary: 'One request with what is stored, and what came of it in words.',
    answer: { status: 200, schema: connectorTestSchema, description: 'What came of it.' },
  },
]
