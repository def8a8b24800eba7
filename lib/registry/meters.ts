import type { Meter, MeterFields } from '@/lib/contracts/meters'
import { newId } from '@/lib/db/ids'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { openDaysOfSite } from '@/lib/ledger/affected-days'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { siteIdOfSlug } from './site-of-slug'

/** The meter register of a site: what is known to measure there, from when to when, and when it was last calibrated. */

interface Edited {
  meter_id: string
  reopened_days: number
}

const FIELDS = ['meter', 'quantity', 'serial', 'accuracy_class', 'note'] as const
const DAYS = ['calibrated_on', 'installed_on', 'removed_on'] as const
const WRITTEN = [...FIELDS, ...DAYS]

const valuesOf = (fields: MeterFields): (string | null)[] => WRITTEN.map((name) => fields[name])

export const metersOfSite = async (tx: Tx, orgId: string, siteId: string): Promise<Meter[]> => {
  const { rows } = await tx.query<Meter>(
    `select meter_id, ${FIELDS.join(', ')}, ${DAYS.map((name) => `to_char(${name}, 'YYYY-MM-DD') as ${name}`).join(', ')}
     from meter where org_id = $1 and site_id = $2
     order by removed_on is not null, quantity, meter, installed_on nulls first, meter_id`,
    [orgId, siteId],
  )
  return rows
}

/** @throws AppError not_found */
export const registeredMeters = (orgId: string, slug: string): Promise<Meter[]> =>
  withOrgSql(appPool(), orgId, async (tx) => metersOfSite(tx, orgId, await siteIdOfSlug(tx, orgId, slug)))

/** @throws AppError not_found, conflict */
export const addMeter = (orgId: string, slug: string, fields: MeterFields, by: Author): Promise<Edited> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const siteId = await siteIdOfSlug(tx, orgId, slug)
    const meterId = newId()
    await insertMeter(tx, orgId, { siteId, meterId, fields })
    await writeAuditEvent(tx, orgId, by, audited('meter.create', meterId, { site: slug, ...fields }))
    return { meter_id: meterId, reopened_days: await openDaysOfMeters(tx, orgId, siteId, [fields]) }
  })

export const insertMeter = (
  tx: Tx,
  orgId: string,
  { siteId, meterId, fields }: { siteId: string; meterId: string; fields: MeterFields },
): Promise<unknown> =>
  asConflict(
    tx.query(
      `insert into meter (org_id, site_id, meter_id, ${WRITTEN.join(', ')})
       values ($1, $2, $3, ${WRITTEN.map((_, at) => `$${at + 4}`).join(', ')})`,
      [orgId, siteId, meterId, ...valuesOf(fields)],
    ),
  )

export const updateMeter = (tx: Tx, orgId: string, meterId: string, fields: MeterFields): Promise<unknown> =>
  asConflict(
    tx.query(
      `update meter set ${WRITTEN.map((name, at) => `${name} = $${at + 3}`).join(', ')} where org_id = $1 and meter_id = $2`,
      [orgId, meterId, ...valuesOf(fields)],
    ),
  )

/** One place for the one unique index: a meter is installed once on a day. */
const asConflict = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') {
      throw new AppError('conflict', 'The register has this meter, quantity and first day already.', { cause: error })
    }
    throw error
  }
}

interface Address {
  slug: string
  meterId: string
}

const lockedMeter = async (tx: Tx, orgId: string, { slug, meterId }: Address) => {
  const siteId = await siteIdOfSlug(tx, orgId, slug)
  await tx.query('select 1 from meter where org_id = $1 and meter_id = $2 for update', [orgId, meterId])
  const meter = (await metersOfSite(tx, orgId, siteId)).find((one) => one.meter_id === meterId)
  if (!meter) throw new AppError('not_found', 'No such meter at this site.')
  return { siteId, meter }
}

/** @throws AppError not_found, conflict */
export const editMeter = (orgId: string, address: Address, fields: MeterFields, by: Author): Promise<Edited> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { siteId, meter } = await lockedMeter(tx, orgId, address)
    const changed = WRITTEN.filter((name) => meter[name] !== fields[name])
    if (changed.length === 0) return { meter_id: meter.meter_id, reopened_days: 0 }
    await updateMeter(tx, orgId, meter.meter_id, fields)
    await writeAuditEvent(
      tx,
      orgId,
      by,
      audited('meter.edit', meter.meter_id, {
        site: address.slug,
        before: Object.fromEntries(changed.map((name) => [name, meter[name]])),
        after: Object.fromEntries(changed.map((name) => [name, fields[name]])),
      }),
    )
    const bears = changed.some((name) => BEARING.has(name))
    return {
      meter_id: meter.meter_id,
      reopened_days: bears ? await openDaysOfMeters(tx, orgId, siteId, [meter, fields]) : 0,
    }
  })

/** Takes a mistaken line out of the register; a meter that was taken down gets a last day instead. @throws AppError not_found */
export const deleteMeter = (orgId: string, address: Address, by: Author): Promise<Edited> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const { siteId, meter } = await lockedMeter(tx, orgId, address)
    await tx.query('delete from meter where org_id = $1 and meter_id = $2', [orgId, meter.meter_id])
    await writeAuditEvent(tx, orgId, by, audited('meter.delete', meter.meter_id, { site: address.slug, ...meter }))
    return { meter_id: meter.meter_id, reopened_days: await openDaysOfMeters(tx, orgId, siteId, [meter]) }
  })

/** What decides whether an hour of the site is complete. */
const BEARING = new Set<keyof MeterFields>(['meter', 'quantity', 'installed_on', 'removed_on'])

/** Days of the site between the first and the last day of these meters; water and reused heat bear on no hour. */
export const openDaysOfMeters = async (
  tx: Tx,
  orgId: string,
  siteId: string,
  meters: MeterFields[],
): Promise<number> => {
  const energy = meters.filter(({ quantity }) => quantity === 'it_energy' || quantity === 'facility_energy')
  if (energy.length === 0) return 0
  const starts = energy.map(({ installed_on: day }) => day)
  const ends = energy.map(({ removed_on: day }) => day)
  return openDaysOfSite(tx, orgId, siteId, {
    from: starts.includes(null) ? null : (starts.sort()[0] ?? null),
    to: ends.includes(null) ? null : (ends.sort().at(-1) ?? null),
  })
}

const audited = (action: string, meterId: string, detail: Record<string, unknown>) => ({
  action,
  objectKind: 'meter',
  objectId: meterId,
  detail,
})
