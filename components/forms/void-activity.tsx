'use client'
import { type FormEvent, useId, useState } from 'react'
import type { ActivityFields } from '@/lib/contracts/activity-lines'
import { useSaveActivity, useVoidActivity } from '../hooks/use-activities'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { useNotify } from '../ui/toast'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'

export interface VoidActivityProps {
  org: string
  activityId: string
  name: string
  voided: boolean
  /** What the line said: taking it back writes it again as a revision. */
  fields: ActivityFields
}

/** The line counts no more and stays in the books with the reason; taking it back is a revision too. */
export function VoidActivity({ org, activityId, name, voided, fields }: VoidActivityProps) {
  const end = useVoidActivity(org, activityId)
  const restore = useSaveActivity(org, activityId)
  const [isAsking, setIsAsking] = useState(false)
  const [missing, setMissing] = useState<string>()
  const formId = useId()
  const notify = useNotify()
  const takeBack = () =>
    restore.mutate(fields, {
      onSuccess: () => notify({ text: 'Counts again, as a further revision.' }),
      onError: (error) => notify({ kind: 'error', text: error.message }),
    })
  if (voided)
    return (
      <Button onClick={takeBack} disabled={restore.isPending}>
        {restore.isPending ? 'Taking back' : 'Take back'}
      </Button>
    )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim()
    if (reason === '') return setMissing('Say why.')
    setMissing(undefined)
    end.mutate(reason, {
      onSuccess: () => {
        setIsAsking(false)
        notify({ text: 'Void. Its revisions stay.', action: { label: 'Undo', onSelect: takeBack } })
      },
    })
  }
  return (
    <>
      <Button tone="danger" onClick={() => setIsAsking(true)}>
        Void
      </Button>
      <Dialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Void this line?"
        description={`“${name}” counts no more in any figure. The line, its revisions and the reason stay in the books.`}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>Keep it</Button>
            <Button tone="danger" type="submit" form={formId} disabled={end.isPending}>
              {end.isPending ? 'Voiding' : 'Void line'}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} noValidate>
          <Field
            label="Reason"
            name="reason"
            maxLength={1000}
            placeholder="Entered twice"
            error={missing ?? issueOf(end.error, 'reason')}
          />
        </form>
        {end.error && <FormRefusal error={end.error} shownFields={['reason']} />}
      </Dialog>
    </>
  )
}
