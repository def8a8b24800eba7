'use client'
import type { Freshness } from '@/lib/contracts/freshness'
import { formatDay } from '@/lib/units/format'
import { FreshnessPill } from '../shell/freshness-pill'
import { useFreshness } from './use-freshness'

const MINUTE = 60_000
const STALE_AFTER_MS = 24 * 60 * MINUTE

const ageOf = (ms: number): string => {
  const minutes = Math.max(0, Math.floor(ms / MINUTE))
  if (minutes < 1) return 'just now'
  if (minutes < 120) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`
}

const gridWords = (grid: NonNullable<Freshness['grid']>): string => {
  // An hour named by its end: midnight belongs to the day before.
  const day = (until: string) => formatDay(new Date(Date.parse(until) - 1).toISOString().slice(0, 10))
  return grid.measured_until === null
    ? `Grid ${grid.zone} estimated to ${day(grid.known_until)}`
    : `Grid ${grid.zone} measured to ${day(grid.measured_until)}`
}

/** When the newest reading came in and how far hourly grid data reaches; asks again each minute. */
export function LiveFreshness({ org, initial }: { org: string; initial: Freshness }) {
  const { data } = useFreshness(org, initial)
  const age = data.telemetry_at === null ? null : Date.parse(data.now) - Date.parse(data.telemetry_at)
  return (
    <FreshnessPill
      telemetry={age === null ? null : `Telemetry ${ageOf(age)}`}
      grid={data.grid ? gridWords(data.grid) : null}
      stale={age !== null && age > STALE_AFTER_MS}
      href={`/o/${org}/sources`}
    />
  )
}
