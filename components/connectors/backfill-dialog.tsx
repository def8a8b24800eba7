'use client'
import { type FormEvent, useId, useState } from 'react'
import type { ConnectorView } from '@/lib/contracts/connectors'
import { issueOf } from '../forms/call-api'
import { FormRefusal } from '../forms/form-refusal'
import { useBackfill } from '../hooks/use-connectors'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'

const DAY = 86_400_000
const dayBefore = (days: number): string => new Date(Date.now() - days * DAY).toISOString().slice(0, 10)

/** Whole UTC days in the past to fetch. */
export function BackfillDialog({
  org,
  connector,
  onClose,
}: {
  org: string
  connector: ConnectorView
  onClose: () => void
}) {
  const backfill = useBackfill(org, connector.connector_id)
  const [missing, setMissing] = useState<string>()
  const formId = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const [from, to] = [String(data.get('from') ?? ''), String(data.get('to') ?? '')]
    if (!from || !to) return setMissing('Choose both days.')
    setMissing(undefined)
    backfill.mutate({ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Fetch the past: ${connector.name}`}
      description={
        connector.kind === 'mlflow'
          ? 'Runs that began on these days and have ended. What is known already is not counted twice.'
          : 'Hours of these days, oldest first, in the windows that the source allows. Days that rest on a changed hour are posted again; the same hours again change nothing.'
      }
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button tone="primary" type="submit" form={formId} disabled={backfill.isPending}>
            {backfill.isPending ? 'Asking' : 'Fetch these days'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-3.5">
        <div className="grid gap-3.5 sm:grid-cols-2">
          <Field
            label="From, UTC"
            name="from"
            type="date"
            defaultValue={dayBefore(90)}
            error={missing ?? issueOf(backfill.error, 'from')}
          />
          <Field
            label="To, first day outside"
            name="to"
            type="date"
            defaultValue={dayBefore(0)}
            error={issueOf(backfill.error, 'to')}
          />
        </div>
        {connector.backfill && (
          <p className="text-meta text-warn">Takes the place of the one that runs; what that one stored stays.</p>
        )}
        {backfill.error && <FormRefusal error={backfill.error} shownFields={['from', 'to']} />}
      </form>
    </Dialog>
  )
}
