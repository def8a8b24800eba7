'use client'
import { type FormEvent, useState } from 'react'
import { FormRefusal } from '@/components/forms/form-refusal'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Status } from '@/components/ui/status'
import type { RejectedView } from '@/lib/contracts/source-items'
import { formatCount } from '@/lib/units/format'
import { reasonWords } from '../../words'
import { useReplay } from './use-replay'

/** `300` is a number, `W` and `2026-03-01T10:00:00Z` are texts. */
const typedValue = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** One field set in every open item of a reason, or all of them once more as they are. */
export function MendAll({
  org,
  source,
  open,
  refusal,
}: {
  org: string
  source: string
  open: readonly RejectedView[]
  refusal?: string | undefined
}) {
  const reasons = [...new Set(open.map((one) => one.reason))]
  const [chosen, setReason] = useState<string | null>(null)
  const reason = chosen !== null && reasons.includes(chosen) ? chosen : reasons[0]
  const replay = useReplay(org, source)
  if (reason === undefined) return null
  const count = open.filter((one) => one.reason === reason).length
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const field = String(data.get('field') ?? '').trim()
    replay.mutate({ reason, set: field === '' ? null : { field, value: typedValue(String(data.get('value') ?? '')) } })
  }
  const told = replay.data
  return (
    <form onSubmit={submit} className="mb-4 grid gap-3">
      <div className="grid items-end gap-3 @2xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]">
        <Select
          label="All that …"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          options={reasons.map((one) => ({
            value: one,
            label: `${reasonWords(one)} (${formatCount(open.filter((item) => item.reason === one).length)})`,
          }))}
        />
        <Field label="Set the field" name="field" placeholder="unit" autoComplete="off" spellCheck={false} />
        <Field label="to" name="value" placeholder="W" autoComplete="off" spellCheck={false} />
        <Button type="submit" disabled={replay.isPending || refusal !== undefined}>
          {replay.isPending ? 'Sending' : `Send ${formatCount(count)} again`}
        </Button>
      </div>
      {refusal && <p className="text-meta text-muted">{refusal}</p>}
      <div role="status" className="empty:hidden">
        {told && (
          <Status tone={told.replayed > 0 ? 'verified' : 'warn'}>
            {`${formatCount(told.replayed)} stored${told.duplicate > 0 ? `, ${formatCount(told.duplicate)} of them known already` : ''}; ${
              told.refused.length === 0 ? 'none refused' : `${formatCount(told.refused.length)} refused again`
            }`}
          </Status>
        )}
      </div>
      {replay.error && <FormRefusal error={replay.error} />}
    </form>
  )
}
