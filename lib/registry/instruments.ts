import type { JudgedInstrument } from '@/lib/accounting/scope-2/quality-criteria'
import type { Instrument, InstrumentFields, InstrumentKind } from '@/lib/contracts/instruments'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { exactDecimal } from '@/lib/units/format'
import { type InstrumentFacts, instrumentFactsOf } from './instrument-facts'

export interface InstrumentRow {
  instrument_id: string
  kind: InstrumentKind
  name: string
  market: string
  site_id: string | null
  site: string | null
  site_name: string | null
  site_zone: string | null
  mwh: number | null
  g_per_kwh: number
  technology: string | null
  tracking_system: string | null
  serial: string | null
  vintage_from: string
  vintage_to: string
  cancelled_on: string | null
  cancelled_for: string | null
  conveys_attribute: boolean
  sole_claim: boolean
  hourly_profile: number[] | null
  evidence: string | null
  created_at: Date
  removed_at: Date | null
}

const SELECT = `select i.instrument_id, i.kind, i.name, i.market, i.site_id, s.slug as site, s.name as site_name, s.zone as site_zone,
    i.mwh, i.g_per_kwh, i.technology, i.tracking_system, i.serial, i.vintage_from, i.vintage_to, i.cancelled_on, i.cancelled_for,
    i.conveys_attribute, i.sole_claim, i.hourly_profile, i.evidence, i.created_at, i.removed_at
  from instrument i
  left join site s on s.org_id = i.org_id and s.site_id = i.site_id`

/** The register as the books hold it, removed instruments left out unless asked for by id. */
export const instrumentRows = async (tx: Tx, orgId: string, id?: string): Promise<InstrumentRow[]> => {
  const { rows } = await tx.query<InstrumentRow>(
    `/* instruments.rows */ ${SELECT}
     where i.org_id = $1 and ${id === undefined ? 'i.removed_at is null' : 'i.instrument_id = $2'}
     order by i.vintage_from desc, i.name, i.instrument_id`,
    id === undefined ? [orgId] : [orgId, id],
  )
  return rows
}

interface CoverRow {
  instrument_id: string
  covered_uwh: string
  effect_mg: string
}

const coverOf = async (tx: Tx, orgId: string): Promise<Map<string, CoverRow>> => {
  const { rows } = await tx.query<CoverRow>(
    `/* instruments.cover */
     select instrument_id, sum(covered_uwh)::text as covered_uwh, sum(effect_mg)::text as effect_mg
     from allocation_line
     where org_id = $1
     group by instrument_id`,
    [orgId],
  )
  return new Map(rows.map((row) => [row.instrument_id, row]))
}

/** What a person may say of it. */
export const fieldsOf = (row: InstrumentRow): InstrumentFields => {
  const { instrument_id: _, site_id: __, site_name: ___, site_zone: ____, created_at, removed_at, ...fields } = row
  return fields
}

const UWH_PER_MWH = 1e12

export const instrumentView = (
  row: InstrumentRow,
  { failed, disclosures }: JudgedInstrument,
  cover: CoverRow | undefined,
): Instrument => {
  const covered = BigInt(cover?.covered_uwh ?? '0')
  return {
    instrument_id: row.instrument_id,
    ...fieldsOf(row),
    site_name: row.site_name,
    counts: failed.length === 0,
    failed,
    disclosures,
    covered_mwh: row.mwh === null ? null : Number(exactDecimal(covered, 12)),
    surplus_mwh:
      row.mwh === null ? null : Number(exactDecimal(BigInt(Math.round(row.mwh * UWH_PER_MWH)) - covered, 12)),
    effect_kg: cover === undefined ? null : Number(exactDecimal(BigInt(cover.effect_mg), 6)),
    created_at: row.created_at.toISOString(),
    removed_at: row.removed_at?.toISOString() ?? null,
  }
}

/** Instruments with whether each counts and what it covers, inside the tenant door. */
export const instrumentViews = async (tx: Tx, orgId: string, id?: string): Promise<Instrument[]> => {
  const rows = await instrumentRows(tx, orgId, id)
  if (rows.length === 0) return []
  const facts: InstrumentFacts = await instrumentFactsOf(tx, orgId)
  const cover = await coverOf(tx, orgId)
  return rows.map((row) => instrumentView(row, facts.judge(row), cover.get(row.instrument_id)))
}

export const instruments = (orgId: string): Promise<Instrument[]> =>
  withOrgSql(appPool(), orgId, (tx) => instrumentViews(tx, orgId))

/** One instrument, a removed one too. @throws AppError not_found */
export const instrument = (orgId: string, id: string): Promise<Instrument> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const [view] = await instrumentViews(tx, orgId, id)
    if (!view) throw new AppError('not_found', 'No such instrument.')
    return view
  })
