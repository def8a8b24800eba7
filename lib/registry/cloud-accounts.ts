import type { CloudAccount, CloudAccountFields, CloudMonth, CloudProvider } from '@/lib/contracts/cloud-footprints'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { differenceOf } from './cloud-difference'
import { kilograms, type ProviderMonth, plus, providerMonths, providerSide } from './cloud-figures'
import { statementOf } from './cloud-statement'
import { type PostedStatement, postedStatements } from './cloud-statement-lines'
import {
  type CloudSite,
  cloudSiteMonths,
  providersWithoutSite,
  type SiteMonth,
  sitesWithProviders,
} from './cloud-telemetry'

export interface StoredAccount {
  provider: CloudProvider
  account: string
  name: string | null
  site_ids: string[]
}

/** All that a month of an account is judged by, read once. */
export interface CloudBooks {
  accounts: StoredAccount[]
  months: ProviderMonth[]
  sites: CloudSite[]
  telemetry: SiteMonth[]
  withoutSite: (string | null)[]
  posted: Map<string, PostedStatement>
}

const nextMonth = (month: string): string => {
  const date = new Date(`${month}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + 1)
  return date.toISOString().slice(0, 10)
}

export const cloudBooks = async (tx: Tx, orgId: string): Promise<CloudBooks> => {
  const { rows: accounts } = await tx.query<StoredAccount>(
    `/* cloud.accounts */ select provider, account, name, site_ids from cloud_account where org_id = $1 order by provider, account`,
    [orgId],
  )
  const months = await providerMonths(tx, orgId)
  const told = months.map(({ month }) => month).sort()
  const [first, last] = [told[0], told.at(-1)]
  const telemetry =
    first === undefined || last === undefined
      ? []
      : await cloudSiteMonths(tx, orgId, { from: `${first}-01`, to: nextMonth(last) })
  return {
    ...{ accounts, months, telemetry, sites: await sitesWithProviders(tx, orgId) },
    withoutSite: await providersWithoutSite(tx, orgId),
    posted: await postedStatements(tx, orgId, months),
  }
}

const daysOf = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()

/** Sites are added up; a figure is null where one of them has energy and no such figure. */
const ourSide = (books: CloudBooks, siteIds: string[], month: string): CloudMonth['ours'] => {
  const rows = books.telemetry.filter(
    (one) => one.month === month && one.siteId !== null && siteIds.includes(one.siteId),
  )
  const total = (of: (row: SiteMonth) => bigint | null) =>
    rows.length === 0 ? null : rows.reduce<bigint | null>((sum, row) => plus(sum, of(row)), 0n)
  const [location, market] = [total((row) => row.locationMg), total((row) => row.marketMg)]
  const upstream = total((row) => row.upstreamMg)
  const embodied = total((row) => row.embodiedMg)
  // A whole without one of its parts would pass for a smaller whole.
  const rest = plus(upstream, embodied)
  return {
    // One site of several that is silent leaves a gap: the fewest days count.
    days: rows.length === 0 ? 0 : Math.min(...rows.map((row) => row.days)),
    days_of_month: daysOf(month),
    upstream_kg: kilograms(upstream),
    embodied_kg: kilograms(embodied),
    electricity_location_kg: kilograms(location),
    electricity_market_kg: kilograms(market),
    rest_kg: kilograms(rest),
    total_location_kg: kilograms(plus(location, rest)),
    total_market_kg: kilograms(plus(market, rest)),
  }
}

const monthView = (books: CloudBooks, account: StoredAccount, month: ProviderMonth, isShared: boolean): CloudMonth => {
  const side = { ...providerSide(month), ours: ourSide(books, account.site_ids, month.month) }
  return {
    month: month.month,
    model_version: month.modelVersion,
    other_versions: month.otherVersions,
    given_unit: month.givenUnit,
    ...side,
    difference: differenceOf(side, { hasSites: account.site_ids.length > 0, isShared }),
    statement: statementOf(books, account, month),
  }
}

export const accountView = (books: CloudBooks, account: StoredAccount): CloudAccount => {
  const named = ({ slug, name }: CloudSite) => ({ slug, name })
  const shared = books.accounts.filter(
    (one) =>
      (one.provider !== account.provider || one.account !== account.account) &&
      one.site_ids.some((id) => account.site_ids.includes(id)),
  )
  const claimed = new Set(books.accounts.flatMap((one) => one.site_ids))
  return {
    provider: account.provider,
    account: account.account,
    name: account.name,
    sites: books.sites.filter(({ siteId }) => account.site_ids.includes(siteId)).map(named),
    suggested: books.sites
      .filter(({ siteId, providers }) => providers.includes(account.provider) && !claimed.has(siteId))
      .map(named),
    shared_with: shared.map((one) => one.account),
    months: books.months
      .filter((one) => one.provider === account.provider && one.account === account.account)
      .reverse()
      .map((month) => monthView(books, account, month, shared.length > 0)),
  }
}

/** GET /api/v1/cloud-accounts: every account, each month beside our own estimate, newest first. */
export const cloudAccounts = (orgId: string): Promise<CloudAccount[]> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const books = await cloudBooks(tx, orgId)
    return books.accounts.map((account) => accountView(books, account))
  })

/** PUT /api/v1/cloud-accounts/[provider]/[account]: which sites run in it. @throws AppError not_found, invalid_input */
export const editCloudAccount = (
  orgId: string,
  { provider, account }: { provider: CloudProvider; account: string },
  fields: CloudAccountFields,
  by: Author,
): Promise<CloudAccount> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { rows: sites } = await tx.query<{ site_id: string; slug: string }>(
      'select site_id, slug from site where org_id = $1 and slug = any($2)',
      [orgId, fields.sites],
    )
    const unknown = fields.sites.find((slug) => !sites.some((site) => site.slug === slug))
    if (unknown !== undefined) {
      throw new AppError('invalid_input', 'There is no such site.', {
        issues: [{ path: 'sites', message: `${unknown} is the address of no site` }],
      })
    }
    const { rowCount } = await tx.query(
      'update cloud_account set name = $4, site_ids = $5 where org_id = $1 and provider = $2 and account = $3',
      [orgId, provider, account, fields.name, sites.map((site) => site.site_id).sort()],
    )
    if (rowCount === 0) throw new AppError('not_found', 'No footprint of such an account was imported.')
    await writeAuditEvent(tx, orgId, by, {
      ...{ action: 'cloud_account.edit', objectKind: 'cloud_account', objectId: `${provider}/${account}` },
      detail: { ...fields },
    })
    const books = await cloudBooks(tx, orgId)
    const stored = books.accounts.find((one) => one.provider === provider && one.account === account)
    invariant(stored, 'an account that was changed exists')
    return accountView(books, stored)
  })
