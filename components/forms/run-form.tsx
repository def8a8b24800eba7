'use client'
import { type FormEvent, useState } from 'react'
import { OUTCOMES, type RunFields, runFieldsSchema } from '@/lib/contracts/runs'
import { useEditRun } from '../hooks/use-run'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { Status } from '../ui/status'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'
import { numberOf, textOfNumber } from './number-text'

const FIELDS = ['outcome', 'flops', 'flops_source', 'tokens'] as const
type FieldName = (typeof FIELDS)[number]

/** How a run ended, and the work it did. */
export function RunForm({ org, run, fields }: { org: string; run: string; fields: RunFields }) {
  const edit = useEditRun(org, run)
  const [wrong, setWrong] = useState<Partial<Record<FieldName, string>>>({})
  const errorOf = (name: FieldName) => wrong[name] ?? issueOf(edit.error, name)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const read = runFieldsSchema.safeParse({
      outcome: text('outcome') || null,
      flops: numberOf(text('flops')),
      flops_source: text('flops_source') || null,
      tokens: numberOf(text('tokens')),
    })
    if (!read.success) {
      edit.reset()
      setWrong(
        Object.fromEntries(
          read.error.issues.map((issue) => [
            issue.path[0],
            issue.code === 'custom'
              ? 'Say how the FLOPs are known; without FLOPs leave it empty.'
              : 'A number above 0. Unknown? Leave empty.',
          ]),
        ),
      )
      return
    }
    setWrong({})
    edit.mutate(read.data)
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-3.5">
      <div className="grid grid-cols-2 gap-3.5 @3xl:grid-cols-[1fr_1fr_1fr_1.5fr]">
        <Select
          label="Outcome"
          name="outcome"
          defaultValue={fields.outcome ?? ''}
          options={[
            { value: '', label: 'Not said' },
            ...OUTCOMES.map((one) => ({ value: one, label: one.replace(/^./, (c) => c.toUpperCase()) })),
          ]}
          error={errorOf('outcome')}
        />
        <Field
          label="FLOPs of the whole run"
          name="flops"
          inputMode="decimal"
          autoComplete="off"
          placeholder="3.1e21"
          defaultValue={textOfNumber(fields.flops)}
          error={errorOf('flops')}
        />
        <Field
          label="Tokens"
          name="tokens"
          inputMode="decimal"
          autoComplete="off"
          placeholder="2.5e11"
          defaultValue={textOfNumber(fields.tokens)}
          error={errorOf('tokens')}
        />
        <Field
          label="How the FLOPs are known"
          name="flops_source"
          maxLength={200}
          placeholder="profiler, or 6ND"
          defaultValue={fields.flops_source ?? ''}
          error={errorOf('flops_source')}
        />
      </div>
      {edit.error && <FormRefusal error={edit.error} shownFields={FIELDS} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={edit.isPending}>
          {edit.isPending ? 'Saving' : 'Save run'}
        </Button>
        <span role="status">{edit.isSuccess && <Status tone="verified">Saved</Status>}</span>
      </div>
    </form>
  )
}
