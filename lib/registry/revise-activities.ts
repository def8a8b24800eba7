import type { Tx } from '@/lib/db/with-org-sql'
import { organizationTables } from '@/lib/factors/organization-tables'
import type { Author } from '@/lib/ledger/audit'
import type { GwpChoice } from './activity-factors'
import { activityLinesIn, fieldsOfLine } from './activity-lines'
import { reviseActivity } from './edit-activity'
import { priceActivity } from './price-activity'

/** Lines that another set of warming potentials gives another mass, each as its next revision. Gives how many. */
export const reviseForGwpSet = async (tx: Tx, orgId: string, set: GwpChoice, by: Author): Promise<number> => {
  const tables = await organizationTables(tx, orgId)
  let revised = 0
  for (const line of await activityLinesIn(tx, orgId)) {
    if (line.kind !== 'refrigerant' && line.gwp_set === null) continue
    // The width was the factor's own unless a person said another: it follows the factor again.
    const fields = { ...fieldsOfLine(line), u95: null }
    const { factor } = priceActivity(tables, set, fields)
    if (factor === null || factor.row.factor.id === line.factor_id) continue
    await reviseActivity(tx, orgId, line.activity_id, { fields, set, by })
    revised++
  }
  return revised
}
