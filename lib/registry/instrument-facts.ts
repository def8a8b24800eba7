import { EUROPEAN_MARKET, isInMarket } from '@/lib/accounting/scope-2/markets'
import { type JudgedInstrument, judgeInstrument } from '@/lib/accounting/scope-2/quality-criteria'
import type { InstrumentKind } from '@/lib/contracts/instruments'
import type { Tx } from '@/lib/db/with-org-sql'
import { organizationTables } from '@/lib/factors/organization-tables'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { residualOf } from '@/lib/factors/residual-of'
import { countryOf } from '@/lib/factors/zone-country'

/** What of a register row the quality criteria ask for. */
export interface JudgedRow {
  kind: InstrumentKind
  market: string
  site_id: string | null
  site_zone: string | null
  vintage_from: string
  vintage_to: string
  cancelled_on: string | null
  cancelled_for: string | null
  conveys_attribute: boolean
  sole_claim: boolean
  tracking_system: string | null
  evidence: string | null
}

const placeOf = (tables: ReferenceTables, zone: string) => ({ zone, countryIso2: countryOf(tables, zone) })

/** Whether an instrument of the market can be claimed for consumption in the zone. */
export const marketHolds = (tables: ReferenceTables, market: string, zone: string): boolean =>
  isInMarket(market, placeOf(tables, zone))

/** The European market publishes its mixes as a whole; elsewhere the place's own for the year of the vintage. */
const hasResidualMix = (tables: ReferenceTables, zone: string, year: number): boolean =>
  zone.toUpperCase() === EUROPEAN_MARKET || residualOf(tables, zone, year) !== null

/** PURE: the criteria of table 7.1 on one row of the register. */
export const judgeRow = (tables: ReferenceTables, reporter: string, row: JudgedRow): JudgedInstrument =>
  judgeInstrument({
    kind: row.kind,
    conveysAttribute: row.conveys_attribute,
    soleClaim: row.sole_claim,
    trackingSystem: row.tracking_system,
    cancelledOn: row.cancelled_on,
    cancelledFor: row.cancelled_for,
    vintageFrom: row.vintage_from,
    vintageTo: row.vintage_to,
    evidence: row.evidence,
    siteInMarket:
      row.site_id === null ? null : row.site_zone !== null && marketHolds(tables, row.market, row.site_zone),
    residualMixKnown: hasResidualMix(tables, row.site_zone ?? row.market, Number(row.vintage_from.slice(0, 4))),
    reporter,
  })

export interface InstrumentFacts {
  judge: (row: JudgedRow) => JudgedInstrument
}

/** What the criteria need to know of the reporter and of the world, read once. */
export const instrumentFactsOf = async (tx: Tx, orgId: string): Promise<InstrumentFacts> => {
  const tables = await organizationTables(tx, orgId)
  const { rows } = await tx.query<{ name: string }>('select name from organization where org_id = $1', [orgId])
  const reporter = rows[0]?.name ?? ''
  return { judge: (row) => judgeRow(tables, reporter, row) }
}
