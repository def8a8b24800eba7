/** The parts of the API, in the order in which they are read, each with what its addresses begin with. */
export const API_GROUPS = [
  {
    name: 'Send',
    says: 'Energy of meters and runs, and what they delivered',
    starts: ['/api/v1/readings', '/api/v1/activities', '/api/v1/functional-units', '/api/v1/imports/codecarbon'],
  },
  {
    name: 'Metrics protocols',
    says: 'What Prometheus, OpenTelemetry and batch jobs send unchanged',
    starts: ['/api/prometheus', '/api/otlp', '/api/pushgateway'],
  },
  {
    name: 'Figures',
    says: 'Energy, emissions, scores and where each comes from',
    starts: [
      '/api/v1/emissions',
      '/api/v1/compare',
      '/api/v1/estimate',
      '/api/v1/ledger',
      '/api/v1/explain',
      '/api/v1/services',
      '/api/v1/models',
      '/api/v1/runs',
      '/api/v1/metrics-catalogue',
      '/api/v1/hardware-catalogue',
      '/api/v1/freshness',
    ],
  },
  {
    name: 'Statement',
    says: 'The year’s statement, what it holds beside meters, and exports',
    starts: [
      '/api/v1/reports',
      '/api/v1/exports',
      '/api/v1/activity-lines',
      '/api/v1/carbon-prices',
      '/api/v1/instruments',
      '/api/v1/assets',
      '/api/v1/settings',
    ],
  },
  { name: 'Sites', says: 'Places, their meters and what was measured there', starts: ['/api/v1/sites'] },
  {
    name: 'Factors and grid',
    says: 'Numbers from outside, and which of them count',
    starts: ['/api/v1/factors', '/api/v1/grid', '/api/v1/screening-acceptances'],
  },
  {
    name: 'Sources',
    says: 'Who sends, what is fetched, what was refused',
    starts: [
      '/api/v1/sources',
      '/api/v1/connectors',
      '/api/v1/experiments',
      '/api/v1/cloud-accounts',
      '/api/v1/imports/cloud',
    ],
  },
  { name: 'CodeCarbon', says: 'CodeCarbon’s own API, for its unmodified client', starts: ['/api/codecarbon'] },
  {
    name: 'Keys and state',
    says: 'Who may ask, and whether the server is well',
    starts: ['/api/v1/keys', '/api/v1/openapi', '/api/health', '/api/ready'],
  },
] as const

export type ApiGroup = (typeof API_GROUPS)[number]['name']

/** The group of an address; the longest beginning decides. Null for one that no group names. */
export const groupOf = (path: string): ApiGroup | null => {
  let found: { name: ApiGroup; length: number } | null = null
  for (const { name, starts } of API_GROUPS)
    for (const start of starts)
      if (path.startsWith(start) && start.length > (found?.length ?? 0)) found = { name, length: start.length }
  return found?.name ?? null
}
