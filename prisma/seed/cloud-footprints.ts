import { importFootprint } from '@/lib/ingest/cloud/accept-footprints'
import { cloudAccounts, editCloudAccount } from '@/lib/registry/cloud-accounts'
import type { Calendar } from './calendar'
import { SEED } from './progress'

/** Comes in: the demo's calendar. Goes out: what its cloud providers would have exported, through the importer that real exports take. */

const TRAINING = '000011112222'
const EXPERIMENTS = '000033334444'
const PROJECT = 'meridian-serving'

/** Tonnes, location-based electricity by month: near what the readings come to, and not the same. */
const US_EAST_1 = [61.9, 58.8, 78.1, 79.0, 77.2, 69.8, 78.9, 71.6, 77.0, 86.1, 92.4, 79.9, 81.3]
const EU_WEST_1 = [0.04, 0.05, 0.03, 0.05, 0.52, 0.06, 0.05, 0.05, 0.66, 0.04, 0.05, 0.06, 0.51]
const AP_SOUTH_1 = [0, 0, 0, 0, 0, 0, 1.62, 0.02, 0, 0, 0, 0, 0]
const EUROPE_WEST4 = [29.4, 31.2, 28.1, 26.3, 25.9, 25.1, 24.8, 21.9, 27.4, 28.3, 33.6, 31.9, 35.2]
const US_CENTRAL1 = [6.1, 5.2, 11.2, 7.9, 6.2, 7.4, 9.8, 7.9, 7.3, 9.9, 12.7, 8.8, 7.5]

const AWS_COLUMNS = [
  ...['last_refresh_timestamp', 'location', 'model_version', 'payer_account_id', 'product_code', 'region_code'],
  ...['total_lbm_emissions', 'total_mbm_emissions', 'total_scope_1_emissions', 'total_scope_2_lbm_emissions'].flatMap(
    withUnit,
  ),
  ...['total_scope_2_mbm_emissions', 'total_scope_3_lbm_emissions', 'total_scope_3_mbm_emissions'].flatMap(withUnit),
  ...['usage_account_id', 'usage_period_end', 'usage_period_start'],
]

function withUnit(name: string): string[] {
  return [`${name}_unit`, `${name}_value`]
}

const PRODUCTS = [
  ['AmazonEC2', 0.86],
  ['AmazonEKS', 0.09],
  ['AmazonS3', 0.05],
] as const

const LOCATIONS: Record<string, string> = {
  'us-east-1': 'US East (N. Virginia)',
  'eu-west-1': 'EU (Ireland)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
}

interface AwsMonth {
  month: string
  account: string
  region: string
  tonnes: number
  version: string
}

/** The 23 columns of the export; before version 3 the scopes are not told. */
const awsRows = ({ month, account, region, tonnes, version }: AwsMonth): string[] =>
  PRODUCTS.map(([product, share]) => {
    const lbm = tonnes * share
    const [scope1, market, scope3] = [lbm * 0.004, lbm * 0.06, lbm * 0.27]
    const told = (value: number) => ['MTCO2e', value.toFixed(9)]
    const scoped = (value: number) => (version.startsWith('v3') ? told(value) : ['', ''])
    return [
      ...[`${month}-20 00:00:00Z`, LOCATIONS[region], version, TRAINING, product, region],
      ...told(scope1 + lbm + scope3),
      ...told(scope1 + market + scope3),
      ...[scope1, lbm, market, scope3, scope3].flatMap(scoped),
      ...[account, `${month}-28 23:59:59Z`, `${month}-01 00:00:00Z`],
    ].join(',')
  })

/** For three months after a change of its model AWS delivers both versions. */
const NEW_VERSION_FROM = 8

const awsFile = (calendar: Calendar): string => {
  const rows = US_EAST_1.flatMap((_, at) =>
    (
      [
        [TRAINING, 'us-east-1', US_EAST_1],
        [EXPERIMENTS, 'eu-west-1', EU_WEST_1],
        [EXPERIMENTS, 'ap-south-1', AP_SOUTH_1],
      ] as const
    ).flatMap(([account, region, tonnes]) => {
      const of = (version: string, factor = 1) =>
        awsRows({ month: calendar.monthOf(at), account, region, tonnes: (tonnes[at] as number) * factor, version })
      return at >= NEW_VERSION_FROM && at < NEW_VERSION_FROM + 3
        ? [...of('v3.0.0'), ...of('v3.1.0', 0.98)]
        : of('v3.0.0')
    }),
  )
  return [AWS_COLUMNS.join(','), ...rows].join('\n')
}

/** Grams stay whole, so that each total is the sum of its scopes. */
const googleRow = (month: string, region: string, tonnes: number): string => {
  const location = Math.round(tonnes * 1e6)
  const [scope1, scope3, market] = [0.006, 0.34, 0.22].map((part) => Math.round(location * part)) as [
    number,
    number,
    number,
  ]
  const kg = (grams: number) => grams / 1000
  return JSON.stringify({
    usage_month: `${month}-01`,
    billing_account_id: '01SYNT-HETIC0-DEMO00',
    project: { id: PROJECT, number: '100000000001' },
    service: { id: '6F81-5844-456A', description: 'Compute Engine' },
    location: { location: region, region },
    carbon_model_version: 14,
    carbon_footprint_kgCO2e: {
      scope1: kg(scope1),
      scope2: { location_based: kg(location), market_based: kg(market) },
      scope3: kg(scope3),
    },
    carbon_footprint_total_kgCO2e: {
      location_based: kg(scope1 + location + scope3),
      market_based: kg(scope1 + market + scope3),
      after_offsets: null,
    },
  })
}

const googleFile = (calendar: Calendar): string =>
  EUROPE_WEST4.flatMap((tonnes, at) => [
    googleRow(calendar.monthOf(at), 'europe-west4', tonnes),
    googleRow(calendar.monthOf(at), 'us-central1', US_CENTRAL1[at] as number),
  ]).join('\n')

const ACCOUNTS = [
  { provider: 'aws', account: TRAINING, name: 'Training (synthetic)', sites: ['aws-us-east-1'] },
  {
    provider: 'aws',
    account: EXPERIMENTS,
    name: 'Experiments (synthetic)',
    sites: ['aws-eu-west-1', 'aws-ap-south-1'],
  },
  { provider: 'gcp', account: PROJECT, name: 'Serving (synthetic)', sites: ['gcp-europe-west4', 'gcp-us-central1'] },
] as const

/** Files that were imported already change nothing; an account that somebody has named since stays as it is. */
export const writeCloudFootprints = async (orgId: string, calendar: Calendar): Promise<void> => {
  for (const [provider, text] of [
    ['aws', awsFile(calendar)],
    ['gcp', googleFile(calendar)],
  ] as const)
    await importFootprint(orgId, SEED, { bytes: new TextEncoder().encode(text), query: { provider, dry_run: '0' } })
  const known = await cloudAccounts(orgId)
  for (const { provider, account, name, sites } of ACCOUNTS) {
    const stored = known.find((one) => one.provider === provider && one.account === account)
    if (stored && stored.name === null)
      await editCloudAccount(orgId, { provider, account }, { name, sites: [...sites] }, SEED)
  }
}
