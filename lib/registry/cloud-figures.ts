import type { CloudFigures, CloudMonth, CloudProvider } from '@/lib/contracts/cloud-footprints'
import type { Tx } from '@/lib/db/with-org-sql'
import { exactDecimal } from '@/lib/units/format'
import { statementId } from './cloud-statement-lines'

/** A provider's month as its newest model version tells it. */
export interface ProviderMonth {
  provider: CloudProvider
  account: string
  month: string
  modelVersion: string
  otherVersions: string[]
  givenUnit: string
  scope2LocationMg: bigint | null
  scope2MarketMg: bigint | null
  totalLocationMg: bigint | null
  totalMarketMg: bigint | null
  /** The id of the activity line that may stand for it. */
  activityId: string
}

const exact = (text: string | null): bigint | null => (text === null ? null : BigInt(text))
export const kilograms = (mg: bigint | null): number | null => (mg === null ? null : Number(exactDecimal(mg, 6)))
export const less = (a: bigint | null, b: bigint | null): bigint | null => (a === null || b === null ? null : a - b)
export const plus = (a: bigint | null, b: bigint | null): bigint | null => (a === null || b === null ? null : a + b)

/** `v3.0.1` after `v3.0.0` after `v2.9`: by their numbers. */
const byVersion = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

interface VersionRow {
  provider: CloudProvider
  account: string
  month: string
  model_version: string
  given_unit: string
  scope2_location_mg: string | null
  scope2_market_mg: string | null
  total_location_mg: string | null
  total_market_mg: string | null
}

/** Every month of every account by its newest model version. A sum is null where one of its lines does not tell it. */
export const providerMonths = async (tx: Tx, orgId: string): Promise<ProviderMonth[]> => {
  const whole = (column: string) => `case when count(*) = count(${column}) then sum(${column}) end::text as ${column}`
  const { rows } = await tx.query<VersionRow>(
    `/* cloud.provider_months */
     select provider, account, to_char(month, 'YYYY-MM') as month, model_version, min(given_unit) as given_unit,
       ${whole('scope2_location_mg')}, ${whole('scope2_market_mg')}, ${whole('total_location_mg')}, ${whole('total_market_mg')}
     from cloud_footprint where org_id = $1
     group by provider, account, month, model_version
     order by provider, account, month`,
    [orgId],
  )
  const versions = new Map<string, VersionRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.provider, row.account, row.month])
    versions.set(key, [...(versions.get(key) ?? []), row])
  }
  return [...versions.values()].map((all) => {
    const [newest, ...others] = all.sort((a, b) => byVersion(b.model_version, a.model_version)) as [VersionRow]
    return {
      provider: newest.provider,
      account: newest.account,
      month: newest.month,
      modelVersion: newest.model_version,
      otherVersions: (others as VersionRow[]).map((one) => one.model_version),
      givenUnit: newest.given_unit,
      scope2LocationMg: exact(newest.scope2_location_mg),
      scope2MarketMg: exact(newest.scope2_market_mg),
      totalLocationMg: exact(newest.total_location_mg),
      totalMarketMg: exact(newest.total_market_mg),
      activityId: statementId(orgId, newest),
    }
  })
}

const UNTOLD: CloudFigures = {
  electricity_location_kg: null,
  electricity_market_kg: null,
  rest_kg: null,
  total_location_kg: null,
  total_market_kg: null,
}

/** The provider's side. Azure's Scope 2 is neither location- nor market-based as far as anybody is told. */
export const providerSide = (month: ProviderMonth): Pick<CloudMonth, 'basis' | 'provider' | 'untold'> => {
  const rest = kilograms(less(month.totalLocationMg, month.scope2LocationMg))
  return month.provider === 'azure'
    ? {
        basis: 'not_told',
        provider: { ...UNTOLD, rest_kg: rest },
        untold: { electricity_kg: kilograms(month.scope2LocationMg), total_kg: kilograms(month.totalLocationMg) },
      }
    : {
        basis: 'both',
        provider: {
          electricity_location_kg: kilograms(month.scope2LocationMg),
          electricity_market_kg: kilograms(month.scope2MarketMg),
          rest_kg: rest,
          total_location_kg: kilograms(month.totalLocationMg),
          total_market_kg: kilograms(month.totalMarketMg),
        },
        untold: null,
      }
}
