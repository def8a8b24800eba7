import { type WidthOverrides, widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import type { OrgTx } from '@/lib/db/with-org'
import { settingsOf } from '@/lib/registry/settings'
import { type StatementYear, statementYears } from '@/lib/rollups/statement-years'
import { cellOfRow, scopeTable } from './scope-table'
import { yearFacts } from './statement'

export interface ListedStatement extends StatementYear {
  /** Totals by the two methods; null where nothing of the year has a figure. */
  locationTotalMg: bigint | null
  marketTotalMg: bigint | null
  scope1Mg: bigint | null
  scope2Mg: bigint | null
  scope3Mg: bigint | null
  /** Part of the market-based figure for which no residual mix is known. */
  fallbackMg: bigint
}

/** Years with hours in the ledger, newest first, with the totals that their statements print. Without intervals, which only a statement shows. */
export const statementList = async (tx: OrgTx): Promise<ListedStatement[]> => {
  const settings = await settingsOf(tx)
  const choices = { settings, widths: widthsWith(settings.uncertainty as WidthOverrides) }
  const listed: ListedStatement[] = []
  for (const one of await statementYears(tx)) {
    const rows = scopeTable(await yearFacts(tx, { from: `${one.year}-01-01`, to: `${one.year + 1}-01-01` }), choices)
    const of = (code: string) => cellOfRow(rows, code)
    listed.push({
      ...one,
      locationTotalMg: of('total-lb').mg,
      marketTotalMg: of('total-mb').mg,
      scope1Mg: of('s1').mg,
      scope2Mg: of('s2-lb').mg,
      scope3Mg: of('s3').mg,
      fallbackMg: of('s2-mb').fallbackMg,
    })
  }
  return listed
}
