'use client'
import { type FormEvent, useState } from 'react'
import { type ModelFields, modelFieldsSchema } from '@/lib/contracts/models'
import { useEditModel } from '../hooks/use-model'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { Status } from '../ui/status'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'
import { numberOf, textOfNumber } from './number-text'

const FIELDS = ['parent', 'inherited_share', 'parameters', 'active_parameters'] as const
type FieldName = (typeof FIELDS)[number]

export interface ModelFormProps {
  org: string
  model: string
  fields: ModelFields
  /** Names that may be its parent. */
  others: readonly string[]
}

/** Parent, what is inherited of it, and parameters. */
export function ModelForm({ org, model, fields, others }: ModelFormProps) {
  const edit = useEditModel(org, model)
  const [wrong, setWrong] = useState<Partial<Record<FieldName, string>>>({})
  const [parent, setParent] = useState(fields.parent ?? '')
  const errorOf = (name: FieldName) => wrong[name] ?? issueOf(edit.error, name)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const number = (name: string) => numberOf(String(data.get(name) ?? ''))
    const percent = number('inherited_share')
    const said = {
      parent: parent || null,
      inherited_share: parent === '' || percent === null ? 0 : percent / 100,
      parameters: number('parameters'),
      active_parameters: number('active_parameters'),
    }
    const read = modelFieldsSchema.safeParse(said)
    if (!read.success) {
      edit.reset()
      setWrong(
        Object.fromEntries(
          read.error.issues.map((issue) => [
            issue.path[0],
            issue.path[0] === 'inherited_share'
              ? 'From 0 to 100 %'
              : issue.code === 'custom'
                ? issue.message
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
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)] gap-3.5">
        <Select
          label="Made from"
          name="parent"
          value={parent}
          onChange={(event) => setParent(event.target.value)}
          options={[{ value: '', label: 'No other model' }, ...others.map((name) => ({ value: name, label: name }))]}
          error={errorOf('parent')}
        />
        <Field
          label="Inherited, %"
          name="inherited_share"
          inputMode="decimal"
          autoComplete="off"
          disabled={parent === ''}
          defaultValue={fields.inherited_share * 100}
          error={errorOf('inherited_share')}
        />
      </div>
      <div className="grid grid-cols-2 gap-3.5">
        <Field
          label="Parameters"
          name="parameters"
          inputMode="decimal"
          autoComplete="off"
          placeholder="7e9"
          defaultValue={textOfNumber(fields.parameters)}
          error={errorOf('parameters')}
        />
        <Field
          label="Active parameters"
          name="active_parameters"
          inputMode="decimal"
          autoComplete="off"
          placeholder="of a mixture of experts"
          defaultValue={textOfNumber(fields.active_parameters)}
          error={errorOf('active_parameters')}
        />
      </div>
      {edit.error && <FormRefusal error={edit.error} shownFields={FIELDS} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={edit.isPending}>
          {edit.isPending ? 'Saving' : 'Save model'}
        </Button>
        <span role="status">{edit.isSuccess && <Status tone="verified">Saved</Status>}</span>
      </div>
    </form>
  )
}
