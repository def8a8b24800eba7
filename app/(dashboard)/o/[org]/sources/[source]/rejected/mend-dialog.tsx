'use client'
import { useId, useState } from 'react'
import { FormRefusal } from '@/components/forms/form-refusal'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { FieldFrame, inputClass } from '@/components/ui/field'
import type { RejectedView } from '@/lib/contracts/source-items'
import { reasonWords } from '../../words'
import { useReplay } from './use-replay'

const parsed = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** One refused item as it came: mended by hand, judged again, and stored by the same door. */
export function MendDialog({
  org,
  source,
  item,
  onClose,
}: {
  org: string
  source: string
  item: RejectedView
  onClose: () => void
}) {
  const [text, setText] = useState(() => JSON.stringify(item.payload, null, 2))
  const replay = useReplay(org, source)
  const id = useId()
  const payload = parsed(text)
  const [again] = replay.data?.refused ?? []
  const send = () =>
    payload &&
    replay.mutate(
      { items: [{ rejection_id: item.rejection_id, payload }] },
      { onSuccess: (answer) => answer.replayed > 0 && onClose() },
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Mend and send again"
      description={`Refused because the reading ${reasonWords(item.reason)}. What came stays as it was; what you send is judged like any other.`}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button tone="primary" disabled={payload === null || replay.isPending} onClick={send}>
            {replay.isPending ? 'Sending' : 'Send again'}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <FieldFrame
          id={id}
          label="Item, JSON"
          error={
            payload === null
              ? 'Is not a JSON object'
              : again
                ? `Refused again: the reading ${reasonWords(again.reason)}`
                : undefined
          }
          help="Edit what is wrong, such as the value or the unit"
        >
          <textarea
            id={id}
            value={text}
            spellCheck={false}
            rows={14}
            aria-describedby={`${id}-note`}
            onChange={(event) => setText(event.currentTarget.value)}
            className={`${inputClass(payload === null)} h-auto py-2 font-mono text-meta`}
          />
        </FieldFrame>
        {replay.error && <FormRefusal error={replay.error} />}
      </div>
    </Dialog>
  )
}
