import {
  emissionCreateSchema,
  experimentCreateSchema,
  organizationCreateSchema,
  organizationPatchSchema,
  pageQuerySchema,
  projectCreateSchema,
  projectTokenCreateSchema,
  runCreateSchema,
  sumsQuerySchema,
} from './codecarbon'
import { codecarbonEndpointQuerySchema, emissionsTotalSchema } from './codecarbon-files'
import type { Operation } from './openapi'

type Brief = [method: Operation['method'], path: string, scope: Operation['scope'], summary: string]

const ofCodecarbon = (
  [method, path, scope, summary]: Brief,
  { status = 200, ...more }: { status?: number; query?: Operation['query']; body?: Operation['body'] } = {},
): Operation => ({
  method,
  path: `/api/codecarbon${path}`,
  scope,
  summary,
  ...more,
  answer: { status, description: 'As CodeCarbon\'s server answers; refusals are {"detail": …}.' },
})

/** CodeCarbon's own API, as its client and command line speak it; keys go in x-api-token or as a bearer token. */
export const CODECARBON_OPERATIONS: Operation[] = [
  ofCodecarbon(['post', '/runs', 'ingest', 'Register a run of a tracker.'], { body: runCreateSchema, status: 201 }),
  ofCodecarbon(['post', '/emissions', 'ingest', 'Add what a tracker measured since its last emission.'], {
    body: emissionCreateSchema,
    status: 201,
  }),
  ofCodecarbon(
    [
      'post',
      '/endpoint/{key}',
      null,
      'The client’s emissions_endpoint: totals of a run. The key stands in the address and may have the scope ingest only.',
    ],
    { query: codecarbonEndpointQuerySchema, body: emissionsTotalSchema, status: 201 },
  ),
  ofCodecarbon(['get', '/runs', 'read', 'The newest thousand runs.']),
  ofCodecarbon(['get', '/runs/{id}', 'read', 'A run.']),
  ofCodecarbon(['get', '/runs/{id}/emissions', 'read', 'Emissions of a run, by page.'], { query: pageQuerySchema }),
  ofCodecarbon(['get', '/emissions/{id}', 'read', 'One emission.']),
  ofCodecarbon(['get', '/auth/check', 'read', 'Whose key this is.']),
  ofCodecarbon(['get', '/organizations', 'read', 'The organisation of the key.']),
  ofCodecarbon(['post', '/organizations', 'ingest', 'Answers with the organisation of the key.'], {
    body: organizationCreateSchema,
    status: 201,
  }),
  ofCodecarbon(['get', '/organizations/{id}', 'read', 'An organisation.']),
  ofCodecarbon(['patch', '/organizations/{id}', 'admin', 'What changes nothing is answered as done.'], {
    body: organizationPatchSchema,
  }),
  ofCodecarbon(['get', '/organizations/{id}/projects', 'read', 'Its one project.']),
  ofCodecarbon(['get', '/organizations/{id}/sums', 'read', 'Its sums.'], { query: sumsQuerySchema }),
  ofCodecarbon(['get', '/organizations/{id}/users', 'admin', 'Its people.']),
  ofCodecarbon(['get', '/projects', 'read', 'The one project.']),
  ofCodecarbon(['post', '/projects', 'ingest', 'Answers with the one project.'], {
    body: projectCreateSchema,
    status: 201,
  }),
  ofCodecarbon(['get', '/projects/{id}', 'read', 'A project.']),
  ofCodecarbon(['get', '/projects/{id}/sums', 'read', 'Its sums.'], { query: sumsQuerySchema }),
  ofCodecarbon(['get', '/projects/{id}/experiments', 'read', 'Its experiments.']),
  ofCodecarbon(['get', '/projects/{id}/experiments/sums', 'read', 'Sums of each experiment.'], {
    query: sumsQuerySchema,
  }),
  ofCodecarbon(['get', '/projects/{id}/api-tokens', 'admin', 'Its tokens, which are API keys.']),
  ofCodecarbon(['post', '/projects/{id}/api-tokens', 'admin', 'Make a token; it is told once.'], {
    body: projectTokenCreateSchema,
    status: 201,
  }),
  ofCodecarbon(['delete', '/projects/{id}/api-tokens/{token}', 'admin', 'Revoke a token.'], { status: 204 }),
  ofCodecarbon(['get', '/lastrun/project/{id}', 'read', 'The newest run, or {}.'], { query: sumsQuerySchema }),
  ofCodecarbon(['post', '/experiments', 'ingest', 'Make an experiment.'], {
    body: experimentCreateSchema,
    status: 201,
  }),
  ofCodecarbon(['get', '/experiments/{id}', 'read', 'An experiment.']),
  ofCodecarbon(['get', '/experiments/{id}/runs', 'read', 'Its newest thousand runs.']),
  ofCodecarbon(['get', '/experiments/{id}/runs/sums', 'read', 'Sums of each run.'], { query: sumsQuerySchema }),
]
