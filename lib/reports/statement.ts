import type { OrgTx } from '@/lib/db/with-org'
import { factorsUsed } from '@/lib/rollups/factors-used'
import { scopeHours } from '@/lib/rollups/scope-hours'
import { statementBooks } from '@/lib/rollups/statement-books'
import { reportingEntity } from '@/lib/rollups/statement-entity'
import { statementGroups } from '@/lib/rollups/statement-groups'
import { statementSites } from '@/lib/rollups/statement-sites'
import { assembleStatement, type Statement } from './statement-model'

/**
 * The statement of one UTC calendar year: the one model that page and PDF print. `tx` must see one moment (the snapshot of withOrg), so that
 * its tables agree with each other.
 */
export const statement = async (tx: OrgTx, { year }: { year: number }): Promise<Statement> => {
  const period = { from: `${year}-01-01`, to: `${year + 1}-01-01` }
  return assembleStatement({
    year,
    entity: await reportingEntity(tx),
    books: await statementBooks(tx, period),
    hours: await scopeHours(tx, period),
    teams: await statementGroups(tx, { ...period, by: 'team' }),
    models: await statementGroups(tx, { ...period, by: 'model' }),
    sites: await statementSites(tx, period),
    factors: await factorsUsed(tx, period),
  })
}
