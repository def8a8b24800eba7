import { EUROPEAN_MARKET, isInMarket } from '@/lib/accounting/scope-2/markets'
import { type JudgedInstrument, judgeInstrument } from '@/lib/accounting/scope-2/quality-criteria'
import type { InstrumentKind } from '@/lib/contracts/instruments'
import { appPool } from '@/lib/db/pool'
import type { Tx } from '@/lib/db/with-org-sql'
import { loadReferenceTables, type ReferenceTables } from '@/lib/factors/reference-tables'

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

const placeOf = (tables: ReferenceTables, zone: string) => ({
  zone,
  countryIso2: tables.zones.get(zone.toUpperCase())?.countryIso2 ?? null,
})

/** Whether an instrument of the market can be claimed for consumption in the zone. */
export const marketHolds = (tables: ReferenceTables, market: string, zone: string): boolean =>
  isInMarket(market, placeOf(tables, zone))

const hasResidualMix = (tables: ReferenceTables, zone: string): boolean => {
  if (zone.toUpperCase() === EUROPEAN_MARKET) return true
  const { countryIso2 } = placeOf(tables, zone)
  return (tables.factorsByKind.get('residual-mix') ?? []).some(
    (row) => row.value !== null && row.level !== 'alternative' && (row.zone === zone || row.zone === countryIso2),
  )
}

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
    residualMixKnown: hasResidualMix(tables, row.site_zone ?? row.market),
    reporter,
  })

export interface InstrumentFacts {
  judge: (row: JudgedRow) => JudgedInstrument
}

/** What the criteria need to know of the reporter and of the world, read once. */
export const instrumentFactsOf = async (tx: Tx, orgId: string): Promise<InstrumentFacts> => {
  const tables = await loadReferenceTables(appPool())
  const { rows } = await tx.query<{ name: string }>('select name from organization where org_id = $1', [orgId])
  const reporter = rows[0]?.name ?? ''
  return { judge: (row) => judgeRow(tables, reporter, row) }
}
