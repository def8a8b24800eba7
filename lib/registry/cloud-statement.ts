import type { CloudMonth, CloudProvider } from '@/lib/contracts/cloud-footprints'
import type { CloudBooks, StoredAccount } from './cloud-accounts'
import { kilograms, type ProviderMonth } from './cloud-figures'

/** Whether a provider's month may stand as a line of its own: only where no telemetry covers it, so that nothing counts twice. PURE. */

/** Cloud telemetry of the month that no account claims and that may be this provider's: as long as there is some, a line could count it twice. */
export const unclaimedIn = (books: CloudBooks, provider: CloudProvider, month: string): string[] => {
  const claimed = new Set(books.accounts.flatMap((one) => one.site_ids))
  return books.telemetry.flatMap(({ siteId, month: at }) => {
    if (at !== month) return []
    if (siteId === null) {
      const isOthers = books.withoutSite.every((one) => one !== null && one !== provider)
      return isOthers ? [] : ['cloud workloads without a site']
    }
    const site = books.sites.find((one) => one.siteId === siteId)
    if (claimed.has(siteId) || !site) return []
    const isOthers = site.providers.length > 0 && !site.providers.includes(provider)
    return isOthers ? [] : [site.name]
  })
}

/** What a line would say: the location-based total, or of Azure the only total that it tells. */
export const statedMg = (month: ProviderMonth): bigint | null => month.totalLocationMg

const UNTOLD =
  'Azure does not say whether its Scope 2 is location- or market-based; the line counts the same in both totals.'

const missing = ({ provider }: ProviderMonth): string =>
  provider === 'azure'
    ? 'Azure tells one scope a call: import Scope 1, 2 and 3 of the month.'
    : 'The provider tells no location-based total of every line.'

export const statementOf = (
  books: CloudBooks,
  account: StoredAccount,
  month: ProviderMonth & { activityId: string },
): CloudMonth['statement'] => {
  const line = books.posted.get(month.activityId)
  const posted = line && !line.voided ? line : null
  const mg = statedMg(month)
  const judged = (state: CloudMonth['statement']['state'], why: string): CloudMonth['statement'] => ({
    ...{ state, why, activity_id: posted?.activityId ?? null },
    ...{ posted_kg: kilograms(posted?.mg ?? null), kg: kilograms(mg) },
  })
  const days = books.telemetry
    .filter((one) => one.month === month.month && one.siteId !== null && account.site_ids.includes(one.siteId))
    .reduce((most, one) => Math.max(most, one.days), 0)
  const unclaimed = unclaimedIn(books, account.provider, month.month)
  if (posted) {
    if (days > 0) return judged('overtaken', `Telemetry of ${days} days has arrived since: withdraw the line.`)
    if (unclaimed.length > 0)
      return judged(
        'overtaken',
        `No account claims ${unclaimed.join(', ')}: hold it against one, or withdraw the line.`,
      )
    if (mg === null) return judged('changed', missing(month))
    return posted.mg === mg
      ? judged('posted', 'Counted in Scope 3 as the provider states it.')
      : judged('changed', 'The provider has restated the month since.')
  }
  if (days > 0)
    return judged('covered', `Telemetry of ${days} days counts; the provider's figure must not count beside it.`)
  if (unclaimed.length > 0)
    return judged('blocked', `May be this account's, and no account claims it: ${unclaimed.join(', ')}.`)
  if (mg === null) return judged('blocked', missing(month))
  return judged('possible', month.provider === 'azure' ? UNTOLD : 'No telemetry of this account in this month.')
}
