import { DAY, HOUR, SECOND } from '@/lib/units/time'

/** Local times without an offset → instants. Milliseconds since 1970, UTC. */

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?$/
const OFFSET = /(Z|[+-]\d{2}:?\d{2})$/

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clock on the wall of a zone shows at an instant, minus UTC. */
const offsetAt = (at: number, zone: string): number => {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second)
  return wall - Math.floor(at / 1000) * 1000
}

/** The wall clock read as if it were UTC; null when the text is no such time. */
export const wallClockOf = (text: string): number | null => {
  const match = LOCAL.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minute, second, fraction] = match
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  // The calendar takes 30 February for 2 March and 25:00 for the next day.
  if (new Date(at).toISOString().slice(0, 19) !== `${year}-${month}-${day}T${hour}:${minute}:${second}`) return null
  return at + Math.floor(Number(`0${fraction ?? ''}`) * 1000)
}

/**
 * The instants that a local time can mean in a zone: one; two in the hour that is gone through twice when clocks go back; none in the
 * hour that is left out when they go forward, and for what is no time. With an offset of its own a text means just one.
 */
export const instantsOf = (text: string, zone: string): number[] => {
  if (OFFSET.test(text.trim())) {
    const at = Date.parse(text)
    return Number.isNaN(at) ? [] : [at]
  }
  const wall = wallClockOf(text.trim())
  if (wall === null) return []
  const offsets = new Set([offsetAt(wall - DAY, zone), offsetAt(wall + DAY, zone)])
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((at) => offsetAt(at, zone) === wall - at)
    .sort((a, b) => a - b)
}

const QUARTER = 900 * SECOND
const PUNCTUAL = 120 * SECOND

/**
 * The instant of a local time that was written just before it arrived: all offsets in use are quarters of an hour. Null when no
 * such offset brings it within 2 min of the arrival; then a clock is wrong, or it did not come at once.
 */
export const instantNear = (text: string, arrival: number): number | null => {
  if (OFFSET.test(text.trim())) return instantsOf(text, 'UTC')[0] ?? null
  const wall = wallClockOf(text.trim())
  if (wall === null) return null
  const offset = Math.round((wall - arrival) / QUARTER) * QUARTER
  const at = wall - offset
  return offset >= -12 * HOUR && offset <= 14 * HOUR && Math.abs(at - arrival) <= PUNCTUAL ? at : null
}
