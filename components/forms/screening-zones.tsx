'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useScreening } from '../hooks/use-screening'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { useNotify } from '../ui/toast'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'

export interface ScreeningZoneView {
  zone: string
  year: number
  /** Formatted: `0.08 t over 151 hours`. */
  what: string
  note: string | null
  /** `Ada Lovelace, 27 Nov 2026`; null while it is kept out. */
  by: string | null
}

const NEEDS = 'Needs the role owner, admin or analyst'

/** Zones that a statement keeps out of Scope 2, or took into it: each with what may be done about it. */
export function ScreeningZones({
  org,
  zones,
  mayEdit,
}: {
  org: string
  zones: readonly ScreeningZoneView[]
  mayEdit: boolean
}) {
  const [open, setOpen] = useState<ScreeningZoneView | null>(null)
  return (
    <section aria-label="Life-cycle averages in Scope 2" className="mt-3 border-t border-hairline pt-2 text-table">
      <h3 className="font-semibold">Life-cycle averages: in Scope 2 only when accepted</h3>
      <ul>
        {zones.map((one) => (
          <li key={`${one.zone} ${one.year}`} className="flex items-start gap-3 border-b border-hairline py-2">
            <div className="min-w-0 flex-1">
              <p>
                <b className="font-medium">{one.zone}</b> {one.year}, {one.what}:{' '}
                {one.note === null ? 'kept out' : 'accepted'}
              </p>
              {one.note !== null && (
                <p className="text-meta break-words text-muted">
                  “{one.note}” {one.by}
                </p>
              )}
            </div>
            <Button
              size={26}
              disabled={!mayEdit}
              disabledReason={mayEdit ? undefined : NEEDS}
              onClick={() => setOpen(one)}
              aria-label={`${one.note === null ? 'Accept' : 'Withdraw'} ${one.zone} ${one.year}`}
            >
              {one.note === null ? 'Accept' : 'Withdraw'}
            </Button>
          </li>
        ))}
      </ul>
      {open && <ScreeningDialog org={org} zone={open} onClose={() => setOpen(null)} />}
    </section>
  )
}

function ScreeningDialog({ org, zone, onClose }: { org: string; zone: ScreeningZoneView; onClose: () => void }) {
  const { accept, withdraw } = useScreening(org)
  const [note, setNote] = useState('')
  const router = useRouter()
  const notify = useNotify()
  const isAccepting = zone.note === null
  const asked = isAccepting ? accept : withdraw
  const issue = issueOf(asked.error, 'note')
  const done = () => {
    notify({
      text: isAccepting ? `${zone.zone} ${zone.year} is in Scope 2` : `${zone.zone} ${zone.year} is kept out again`,
    })
    onClose()
    router.refresh()
  }
  const submit = () =>
    isAccepting
      ? accept.mutate({ zone: zone.zone, year: zone.year, note }, { onSuccess: done })
      : withdraw.mutate({ zone: zone.zone, year: zone.year }, { onSuccess: done })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={isAccepting ? 'Take this average into Scope 2?' : 'Keep this average out again?'}
      description={
        isAccepting
          ? `${zone.zone} ${zone.year}, ${zone.what}. A life-cycle average counts upstream emissions that belong to Scope 3 category 3. With a note it enters the location-based row, with a footnote and your name.`
          : `${zone.zone} ${zone.year}, ${zone.what}, leaves Scope 2 and both totals. The audit log keeps the note.`
      }
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            tone={isAccepting ? 'primary' : 'danger'}
            disabled={asked.isPending || (isAccepting && note.trim() === '')}
            disabledReason={isAccepting && note.trim() === '' ? 'Write a note first' : undefined}
            onClick={submit}
          >
            {isAccepting ? 'Accept with this note' : 'Withdraw'}
          </Button>
        </>
      }
    >
      {isAccepting && (
        <label className="block">
          <span className="text-meta text-muted">Note, printed in the statement</span>
          <textarea
            value={note}
            onChange={(event) => setNote(event.target.value)}
            rows={3}
            maxLength={1000}
            aria-invalid={issue ? true : undefined}
            className="mt-1 w-full rounded-control border border-tick bg-surface px-2 py-1.5"
          />
          {issue && <span className="text-meta text-breach">{issue}</span>}
        </label>
      )}
      {asked.error && !issue && <FormRefusal error={asked.error} />}
    </Dialog>
  )
}
