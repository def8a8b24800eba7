import type { ActivityFields } from '@/lib/contracts/activity-lines'
import type { CloudProvider, StatementsAnswer } from '@/lib/contracts/cloud-footprints'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { organizationTables } from '@/lib/factors/organization-tables'
import type { Author } from '@/lib/ledger/audit'
import { type CloudBooks, cloudBooks, type StoredAccount } from './cloud-accounts'
import { kilograms, type ProviderMonth } from './cloud-figures'
import { statedMg, statementOf } from './cloud-statement'
import { hasReadingsAt } from './cloud-telemetry'
import { insertActivity, reviseActivity, voidLine } from './edit-activity'
import { priceActivity } from './price-activity'
import { settingsOfSql } from './settings'

/** Comes in: months that a person chose. Goes out: activity lines that say what the provider stated, where no telemetry does, each once. */

interface Chosen {
  provider: CloudProvider
  account: string
}
type Line = StatementsAnswer['lines'][number]

const PROVIDER: Record<CloudProvider, string> = {
  aws: 'Amazon Web Services',
  gcp: 'Google Cloud',
  azure: 'Microsoft Azure',
}

const fieldsOf = (month: ProviderMonth, kg: number, category: 1 | 8): ActivityFields => {
  const [year, number] = month.month.split('-').map(Number) as [number, number]
  return {
    ...{ kind: 'cloud_statement', site: null, factor_id: null, biogenic_kg: null, scope: null, category, u95: null },
    name: `${PROVIDER[month.provider]} ${month.account}, ${month.month}`.slice(0, 200),
    starts_on: `${month.month}-01`,
    ends_on: new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10),
    quantity: 1,
    unit: 'statement',
    stated_kg: kg,
    supplier: PROVIDER[month.provider],
    evidence: `Imported footprint, model ${month.modelVersion}`.slice(0, 200),
    note:
      month.provider === 'azure'
        ? 'Scopes 1, 2 and 3 as Azure states them; it does not say whether Scope 2 is location- or market-based.'
        : "The provider's location-based total of scopes 1, 2 and 3. No telemetry covers the month.",
  }
}

/** One at a time, so that two who press the button at once do not both find nothing. */
const lock = (tx: Tx, orgId: string) =>
  tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' cloud footprints', 6))", [orgId])

const accountIn = (books: CloudBooks, { provider, account }: Chosen): StoredAccount => {
  const found = books.accounts.find((one) => one.provider === provider && one.account === account)
  if (!found) throw new AppError('not_found', 'No footprint of such an account was imported.')
  return found
}

/** Its own sites, and those of its provider that no account claims. */
const sitesOf = (books: CloudBooks, account: StoredAccount): string[] => {
  const claimed = new Set(books.accounts.flatMap((one) => one.site_ids))
  const free = books.sites.filter((one) => !claimed.has(one.siteId) && one.providers.includes(account.provider))
  return [...account.site_ids, ...free.map((one) => one.siteId)]
}

/**
 * POST …/statements: for each month a line, where none stands and no telemetry covers it. Refused months are named and the others posted;
 * the same months again change nothing. @throws AppError not_found
 */
export const postStatements = (
  orgId: string,
  chosen: Chosen,
  { months, dryRun, by }: { months: string[]; dryRun: boolean; by: Author },
): Promise<StatementsAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    await lock(tx, orgId)
    const books = await cloudBooks(tx, orgId)
    const account = accountIn(books, chosen)
    const { gwp_set: set, cloud_category } = await settingsOfSql(tx, orgId)
    const lines: Line[] = []
    for (const month of [...new Set(months)].sort()) {
      const told = books.months.find(
        (one) => one.provider === account.provider && one.account === account.account && one.month === month,
      )
      const refused = (why: string) => lines.push({ month, outcome: 'refused', kg: null, activity_id: null, why })
      if (!told) {
        refused('No footprint of this month was imported.')
        continue
      }
      const { state, why, kg } = statementOf(books, account, told)
      const mg = statedMg(told)
      if ((state !== 'possible' && state !== 'changed' && state !== 'posted') || mg === null || kg === null) {
        refused(why)
        continue
      }
      if (await hasReadingsAt(tx, orgId, { siteIds: sitesOf(books, account), month })) {
        refused('Readings of this month have arrived and are being posted.')
        continue
      }
      const id = told.activityId
      const known = books.posted.get(id)
      const outcome = !known || known.voided ? 'new' : known.mg === mg ? 'unchanged' : 'changed'
      const fields = fieldsOf(told, kg, cloud_category)
      if (!dryRun && outcome !== 'unchanged') {
        if (known) await reviseActivity(tx, orgId, id, { fields, set, by })
        else {
          const priced = priceActivity(await organizationTables(tx, orgId), set, fields)
          await insertActivity(tx, orgId, fields, { by, priced, id })
        }
      }
      lines.push({ month, outcome, kg, activity_id: dryRun && !known ? null : id, why })
    }
    return { stored: !dryRun, lines }
  })

/** DELETE …/statements: lines that telemetry has overtaken, or that nobody wants any more, count no more; a revision says why. */
export const withdrawStatements = (
  orgId: string,
  chosen: Chosen,
  { months, reason, by }: { months: string[]; reason: string; by: Author },
): Promise<StatementsAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    await lock(tx, orgId)
    const books = await cloudBooks(tx, orgId)
    const account = accountIn(books, chosen)
    const lines: Line[] = []
    for (const month of [...new Set(months)].sort()) {
      const told = books.months.find(
        (one) => one.provider === account.provider && one.account === account.account && one.month === month,
      )
      const posted = told && books.posted.get(told.activityId)
      if (!posted || posted.voided) {
        lines.push({ month, outcome: 'refused', kg: null, activity_id: null, why: 'No line stands for this month.' })
        continue
      }
      await voidLine(tx, orgId, posted.activityId, { reason, by })
      lines.push({ month, outcome: 'withdrawn', kg: kilograms(posted.mg), activity_id: posted.activityId, why: reason })
    }
    return { stored: true, lines }
  })
