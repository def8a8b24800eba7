import type { GridBasis } from '@/lib/contracts/grid'
import type { Tx } from '@/lib/db/with-org-sql'
import { importIntensity } from '@/lib/grid/import-intensity'
import type { FileHour } from '@/lib/grid/intensity-csv'
import { writeAuditEvent } from '@/lib/ledger/audit'
import { HOUR } from '@/lib/units/time'
import type { Turn } from './turn'

interface Series {
  zone: string
  basis: GridBasis
  source: string
}

/** Hours that came are the organisation's own, like those of a file: what changed is a revision and opens the days that rest on it. */
export const keepHours = async (tx: Tx, turn: Turn, series: Series, hours: FileHour[]): Promise<void> => {
  const known = hours.filter((hour) => hour.gPerKwh !== null && hour.at <= turn.now())
  if (known.length === 0) return
  const done = await importIntensity(tx, {
    orgId: turn.orgId,
    ...series,
    hours: known,
    retrievedAt: new Date(turn.now()),
  })
  if (done.changedDays.length === 0) return
  await writeAuditEvent(
    tx,
    turn.orgId,
    { kind: 'system', id: `connector ${turn.connectorId}` },
    {
      ...{ action: 'grid_intensity.fetch', objectKind: 'grid_intensity', objectId: `${done.zone}:${done.basis}` },
      detail: {
        revision: done.revision,
        hours: done.hours,
        changed_days: done.changedDays,
        opened_days: done.openedDays,
      },
    },
  )
}

/** A forecast stands beside what was, by its time of issue, and is never posted. The same one again changes nothing. */
export const keepForecast = async (
  tx: Tx,
  turn: Turn,
  { zone, basis, source }: Series,
  { issuedAt, hours }: { issuedAt: number; hours: FileHour[] },
): Promise<void> => {
  const known = hours.filter((hour) => hour.gPerKwh !== null)
  if (known.length === 0) return
  const first = Math.min(...known.map((hour) => hour.at))
  const last = Math.max(...known.map((hour) => hour.at))
  const gPerKwh: (number | null)[] = Array((last - first) / HOUR + 1).fill(null)
  for (const hour of known) gPerKwh[(hour.at - first) / HOUR] = hour.gPerKwh
  await tx.query(
    `insert into grid_forecast (owner_id, zone, basis, issued_at, first_hour, g_per_kwh, source, retrieved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (owner_id, zone, basis, issued_at) do nothing`,
    [turn.orgId, zone, basis, new Date(issuedAt), new Date(first), gPerKwh, source, new Date(turn.now())],
  )
}

/** The newest known hour among those that came, else what was known before. */
export const newestOf = (before: number | null, hours: FileHour[], now: number): number | null =>
  hours.reduce<number | null>(
    (newest, { at, gPerKwh }) => (gPerKwh !== null && at <= now && (newest === null || at > newest) ? at : newest),
    before,
  )
