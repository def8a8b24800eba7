import type { InstrumentEditAnswer, InstrumentFields } from '@/lib/contracts/instruments'
import { newId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { openAllocations } from '@/lib/ledger/open-allocations'
import { openDays } from '@/lib/ledger/open-days'
import { instrumentViews } from './instruments'

/** What an instrument acts on: months of its vintage; a supplier rate stands in the entries themselves, so it acts on days. */
interface Reach {
  kind: string
  vintage_from: string
  vintage_to: string
}

const COLUMNS = `kind, name, market, site_id, mwh, g_per_kwh, technology, tracking_system, serial, vintage_from, vintage_to, cancelled_on,
  cancelled_for, conveys_attribute, sole_claim, hourly_profile, evidence`

const valuesOf = (fields: InstrumentFields, siteId: string | null): unknown[] => [
  fields.kind,
  fields.name,
  fields.market,
  siteId,
  fields.mwh,
  fields.g_per_kwh,
  fields.technology,
  fields.tracking_system,
  fields.serial,
  fields.vintage_from,
  fields.vintage_to,
  fields.cancelled_on,
  fields.cancelled_for,
  fields.conveys_attribute,
  fields.sole_claim,
  fields.hourly_profile,
  fields.evidence,
]
const PLACES = valuesOf({} as InstrumentFields, null).map((_, at) => `$${at + 3}`)

const siteIdOf = async (tx: Tx, orgId: string, slug: string | null): Promise<string | null> => {
  if (slug === null) return null
  const { rows } = await tx.query<{ site_id: string }>('select site_id from site where org_id = $1 and slug = $2', [
    orgId,
    slug,
  ])
  if (!rows[0]) {
    throw new AppError('invalid_input', 'There is no such site.', {
      issues: [{ path: 'site', message: `${slug} is the address of no site` }],
    })
  }
  return rows[0].site_id
}

/** Inserts an instrument and opens what it acts on. Several rows of a file share one transaction. */
export const insertInstrument = async (
  tx: Tx,
  orgId: string,
  fields: InstrumentFields,
  by: Author,
): Promise<string> => {
  const instrumentId = newId()
  const siteId = await siteIdOf(tx, orgId, fields.site)
  await tx.query(`insert into instrument (org_id, instrument_id, ${COLUMNS}) values ($1, $2, ${PLACES.join(', ')})`, [
    orgId,
    instrumentId,
    ...valuesOf(fields, siteId),
  ])
  await audit(tx, orgId, by, 'instrument.create', instrumentId, fields)
  return instrumentId
}

export const updateInstrument = async (
  tx: Tx,
  orgId: string,
  id: string,
  fields: InstrumentFields,
  by: Author,
): Promise<void> => {
  const siteId = await siteIdOf(tx, orgId, fields.site)
  await tx.query(
    `update instrument set (${COLUMNS}) = (${PLACES.join(', ')}) where org_id = $1 and instrument_id = $2`,
    [orgId, id, ...valuesOf(fields, siteId)],
  )
  await audit(tx, orgId, by, 'instrument.edit', id, fields)
}

const audit = (tx: Tx, orgId: string, by: Author, action: string, id: string, detail: object): Promise<void> => {
  const { hourly_profile: profile, ...rest } = detail as Partial<InstrumentFields>
  return writeAuditEvent(tx, orgId, by, {
    action,
    objectKind: 'instrument',
    objectId: id,
    detail: { ...rest, ...(profile ? { hourly_profile_values: profile.length } : {}) },
  })
}

/** Months and days whose figures rest on these reaches, opened. */
export const reopen = async (
  tx: Tx,
  orgId: string,
  reaches: readonly Reach[],
): Promise<{ reopened_months: number; reopened_days: number }> => {
  const months = new Set<string>()
  const days = new Set<string>()
  for (const { kind, vintage_from: from, vintage_to: to } of reaches) {
    const { rows } = await tx.query<{ day: string }>(
      `/* instruments.days_acted_on */
       select distinct e.day::text as day
       from entry e
       join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
       where e.org_id = $1 and e.is_current and e.day >= $2::date and e.day < $3::date
         and a.deployment in ('owned', 'colocation_controlled')`,
      [orgId, from, to],
    )
    for (const { day } of rows) {
      months.add(`${day.slice(0, 7)}-01`)
      if (kind === 'supplier_rate') days.add(day)
    }
  }
  await openAllocations(tx, orgId, months)
  await openDays(tx, orgId, days)
  return { reopened_months: months.size, reopened_days: days.size }
}

const answerOf = async (
  tx: Tx,
  orgId: string,
  id: string,
  reaches: readonly Reach[],
): Promise<InstrumentEditAnswer> => {
  const opened = await reopen(tx, orgId, reaches)
  const [instrument] = await instrumentViews(tx, orgId, id)
  invariant(instrument, 'an instrument that was written is read')
  return { instrument, ...opened }
}

/** POST /api/v1/instruments. @throws AppError invalid_input (no such site) */
export const addInstrument = (orgId: string, fields: InstrumentFields, by: Author): Promise<InstrumentEditAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) =>
    answerOf(tx, orgId, await insertInstrument(tx, orgId, fields, by), [fields]),
  )

const lockedReach = async (tx: Tx, orgId: string, id: string): Promise<Reach & { removed_at: Date | null }> => {
  const { rows } = await tx.query<Reach & { removed_at: Date | null }>(
    'select kind, vintage_from, vintage_to, removed_at from instrument where org_id = $1 and instrument_id = $2 for update',
    [orgId, id],
  )
  if (!rows[0]) throw new AppError('not_found', 'No such instrument.')
  return rows[0]
}

/** PUT /api/v1/instruments/[instrument]: months of the old and the new vintage are computed again. @throws AppError not_found, invalid_input */
export const editInstrument = (
  orgId: string,
  id: string,
  fields: InstrumentFields,
  by: Author,
): Promise<InstrumentEditAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const before = await lockedReach(tx, orgId, id)
    if (before.removed_at) throw new AppError('conflict', 'The instrument was removed: restore it first.')
    await updateInstrument(tx, orgId, id, fields, by)
    return answerOf(tx, orgId, id, [before, fields])
  })

/** DELETE takes it out of the figures and keeps it in the register; POST …/restore brings it back. @throws AppError not_found, conflict */
export const setInstrumentRemoved = (
  orgId: string,
  id: string,
  removed: boolean,
  by: Author,
): Promise<InstrumentEditAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const before = await lockedReach(tx, orgId, id)
    if ((before.removed_at !== null) === removed) {
      throw new AppError('conflict', removed ? 'The instrument is removed already.' : 'The instrument was not removed.')
    }
    await tx.query(
      `update instrument set removed_at = case when $3 then now() end where org_id = $1 and instrument_id = $2`,
      [orgId, id, removed],
    )
    await audit(tx, orgId, by, removed ? 'instrument.remove' : 'instrument.restore', id, {})
    return answerOf(tx, orgId, id, [before])
  })
