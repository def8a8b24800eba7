import type { ZoneFallback } from '@/lib/rollups/zone-fallback'
import type { HourCounts } from '@/lib/rollups/zone-hours'
import type { ZoneListRow } from '@/lib/rollups/zones'
import { formatCount, formatPercent } from '@/lib/units/format'

const KIND: Record<ZoneFallback['kind'], string> = {
  profile: 'Typical hour by month',
  'direct-year': 'Annual average, direct',
  'lifecycle-year': 'Annual average, life cycle',
}
export const fallbackWords = (fallback: ZoneFallback): string => KIND[fallback.kind]

const STATUS: Record<string, string> = {
  verified: 'Verified',
  'verified-secondary': 'Verified, second hand',
  recalled: 'Unverified',
}
export const statusWords = (status: string): string =>
  STATUS[status] ?? status.charAt(0).toUpperCase() + status.slice(1).replaceAll('-', ' ')
export const isVerified = (status: string): boolean => status.startsWith('verified')

const share = (part: number, whole: number): string => formatPercent(whole === 0 ? null : part / whole) ?? '—'

/** `96.4 % measured, 3.6 % estimated`: what the hours rest on. */
export const countsWords = ({ all, measured, estimated, modelled, leftOut, unknown }: HourCounts): string => {
  const parts = [
    [measured, 'measured'],
    [estimated, 'estimated'],
    [modelled, 'modelled'],
    [leftOut, 'known as life cycle only, left out'],
    [unknown, 'unknown'],
  ] as const
  return parts
    .filter(([hours]) => hours > 0)
    .map(([hours, words]) => `${share(hours, all)} ${words}`)
    .join(', ')
}

/** What the list of zones says first. */
export const zonesTitle = (zones: ZoneListRow[]): string => {
  const used = zones.filter((zone) => zone.isUsed)
  const hourly = used.filter((zone) => zone.statistics.counts.measured + zone.statistics.counts.estimated > 0)
  if (used.length === 0) return 'No workload or site lies in a zone yet'
  if (hourly.length === used.length)
    return used.length === 1
      ? 'The zone in use has hourly data in this range'
      : `All ${used.length} zones in use have hourly data in this range`
  if (hourly.length === 0)
    return 'No zone in use has hourly data in this range: typical hours and annual averages stand in'
  return `${formatCount(hourly.length)} of ${formatCount(used.length)} zones in use have hourly data in this range`
}
