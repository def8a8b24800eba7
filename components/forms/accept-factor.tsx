'use client'
import { type FormEvent, useId } from 'react'
import { formatCount } from '@/lib/units/format'
import { useAcceptFactor } from '../hooks/use-factors'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Status } from '../ui/status'
import { FormRefusal } from './form-refusal'

export interface AcceptFactorProps {
  org: string
  factor: string
  version: number
  /** Why it cannot be pressed by this person. */
  disabledReason?: string
}

/** Takes a shipped version into use; the days that rest on the factor are posted again. */
export function AcceptFactor({ org, factor, version, disabledReason }: AcceptFactorProps) {
  const accept = useAcceptFactor(org, factor)
  const noteId = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const note = String(new FormData(event.currentTarget).get('note') ?? '').trim()
    accept.mutate({ version, note: note || null })
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Field
        key={noteId}
        label="Note"
        name="note"
        maxLength={200}
        placeholder="Checked against the publisher"
        help="Kept with the acceptance and in the audit trail; may be empty"
      />
      {accept.error && <FormRefusal error={accept.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" disabled={accept.isPending} disabledReason={disabledReason}>
          {accept.isPending ? 'Accepting' : `Accept version ${version}`}
        </Button>
        <span role="status">
          {accept.isSuccess && (
            <Status tone="verified">
              {accept.data.reopened_days === 0
                ? 'In force; no day rests on it'
                : `In force; ${formatCount(accept.data.reopened_days)} days are posted again`}
            </Status>
          )}
        </span>
      </div>
    </form>
  )
}
