import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { importIntensity } from '@/lib/grid/import-intensity'
import { type ReferenceTables, referenceTables } from '@/lib/grid/zone-of'
import { acceptReadings } from '@/lib/ingest/accept'
import { keepRejectedItems } from '@/lib/ingest/keep-rejected'
import { countRejections } from '@/lib/registry/sources'
import { writeActivities } from './activities'
import { calendarOf, lastFullMonth } from './calendar'
import { writeCloudFootprints } from './cloud-footprints'
import { type Delivery, evidenceOf } from './evidence'
import { writeDelivered } from './functional-units'
import { type GridFile, gridFiles } from './grid'
import { writeAssets } from './hardware'
import { writeInstruments } from './instruments'
import { writeLifeCycle } from './life-cycle'
import { readState, writeFilled, writeStarted } from './progress'
import { namedSource, writeKeys, writeSites } from './registry'
import { writeSiteRegisters } from './site-register'

const TRIES = 6
const PAUSE_MS = 2000

/**
 * Fills the demo organisation through the doors that real data takes. Each step is a short transaction that changes nothing when it
 * is repeated, so an interrupted filling is simply run again.
 */
export const fillDemo = async (
  orgId: string,
  { now, month, say }: { now: number; month: string | undefined; say: (line: string) => void },
): Promise<void> => {
  const state = await inOrg(orgId, (tx) => readState(tx, orgId))
  if (state.isComplete) {
    say('The demo organisation is filled already.')
    return
  }
  const calendar = calendarOf(state.lastMonth ?? month ?? lastFullMonth(now))
  if (calendar.to > now) throw new Error(`${calendar.lastMonth} is not over yet: the demo shows full months only.`)
  say(`Meridian Labs, ${calendar.monthOf(0)} to ${calendar.lastMonth}, all of it synthetic`)

  const keyId = await inOrg(orgId, async (tx) => {
    if (state.lastMonth === null) await writeStarted(tx, orgId, calendar.lastMonth)
    await writeSites(tx, orgId)
    await writeAssets(tx, orgId, calendar)
    await writeSiteRegisters(tx, orgId, calendar)
    await writeInstruments(tx, orgId, calendar)
    await writeActivities(tx, orgId, calendar)
    return writeKeys(tx, orgId)
  })
  const tables = await referenceTables(appPool())
  const grid = gridFiles(calendar, tables)
  for (const file of grid.first) await importOnce(orgId, file, 1, now)
  say(`Hourly grid intensity of ${grid.first.map(({ zone }) => zone).join(', ')}`)

  const evidence = evidenceOf(calendar, now)
  say(`${evidence.services} services, ${evidence.runs} runs, ${evidence.readings.toLocaleString('en')} readings`)
  for (const [index, delivery] of evidence.onTime.entries()) {
    await send(orgId, { keyId, tables, delivery })
    if ((index + 1) % 100 === 0) say(`${index + 1} of ${evidence.onTime.length} requests`)
  }
  for (const delivery of evidence.late) await send(orgId, { keyId, tables, delivery })
  await importOnce(orgId, grid.corrected, 2, now)
  await inOrg(orgId, (tx) => writeDelivered(tx, orgId, calendar))
  await inOrg(orgId, (tx) => writeLifeCycle(tx, orgId, calendar))
  await writeCloudFootprints(orgId, calendar)
  await inOrg(orgId, (tx) => writeFilled(tx, orgId, { last_month: calendar.lastMonth, readings: evidence.readings }))
  say('Late readings and a corrected week of grid intensity')
}

const send = (
  orgId: string,
  { keyId, tables, delivery }: { keyId: string; tables: ReferenceTables; delivery: Delivery },
): Promise<void> =>
  inOrg(orgId, async (tx) => {
    const { protocol, source, readings, rejected, refused } = delivery
    const sourceId = await namedSource(tx, orgId, protocol, source)
    const { accepted } = await acceptReadings(tx, { orgId, keyId, sourceId, tables, readings })
    // A request that was taken before gave its refused readings then.
    if (accepted === 0) return
    await countRejections(tx, orgId, sourceId, rejected)
    await keepRejectedItems(tx, orgId, sourceId, refused)
  })

/** The same file again changes nothing, but the first one after its correction would take the correction back. */
const importOnce = (orgId: string, file: GridFile, revision: number, now: number): Promise<void> =>
  inOrg(orgId, async (tx) => {
    const { rows } = await tx.query<{ newest: number }>(
      `select coalesce(max(revision), 0) as newest from grid_intensity where owner_id = $1 and zone = $2 and basis = 'direct'`,
      [orgId, file.zone],
    )
    if ((rows[0]?.newest ?? 0) >= revision) return
    await importIntensity(tx, { orgId, ...file, basis: 'direct', retrievedAt: new Date(now) })
  })

/** One step; a database that does not answer is asked again, because the whole product starts and stops around this. */
const inOrg = async <T>(orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withOrgSql(appPool(), orgId, work)
    } catch (error) {
      const mayPass = error instanceof AppError && error.code === 'unavailable'
      if (!mayPass || attempt === TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}
