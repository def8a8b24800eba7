import type { SourceStateName } from '@/lib/contracts/sources'

export interface SourcePulse {
  last_received_at: string | null
  /** The newest refused item that was kept. */
  last_refused_at: string | null
  /** Between its newest requests, the median; null with fewer than two. */
  usual_pause_s: number | null
  /** Within the last 7 days. */
  hasRefused: boolean
}

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** A sender that comes by night is not late at noon: what is usual of it decides, within bounds. PURE. */
export const stateOf = (pulse: SourcePulse, now: string): SourceStateName => {
  const age = (at: string) => Date.parse(now) - Date.parse(at)
  const { last_received_at: last, last_refused_at: refused } = pulse
  const pause = (pulse.usual_pause_s ?? 0) * 1000
  if (last === null) return pulse.hasRefused ? 'refusing' : 'silent'
  if (refused !== null && refused > last && age(refused) < DAY) return 'refusing'
  if (age(last) <= Math.max(15 * MINUTE, 3 * pause)) return 'live'
  return age(last) <= Math.max(DAY, 10 * pause) ? 'late' : 'silent'
}
