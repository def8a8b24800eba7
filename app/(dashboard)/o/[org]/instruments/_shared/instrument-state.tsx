import { Status } from '@/components/ui/status'
import type { Instrument } from '@/lib/contracts/instruments'

/** `Counts`, or why it does not. */
export const stateWords = (instrument: Instrument): string =>
  instrument.removed_at !== null
    ? 'Removed'
    : instrument.counts
      ? 'Counts'
      : `Ignored: ${instrument.failed.map(({ reason }) => reason).join('; ')}`

export function InstrumentState({ instrument, withReason = false }: { instrument: Instrument; withReason?: boolean }) {
  if (instrument.removed_at !== null) return <Status tone="stale">Removed</Status>
  if (instrument.counts) return <Status tone="verified">Counts</Status>
  if (!withReason) return <Status tone="warn">Ignored</Status>
  return (
    <span className="block max-w-56 py-1.5 leading-4">
      <Status tone="warn">Ignored</Status>
      {instrument.failed.map(({ criterion, reason }) => (
        <span key={criterion} className="block text-meta whitespace-normal text-muted">
          {reason}
        </span>
      ))}
    </span>
  )
}
