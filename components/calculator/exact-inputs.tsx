'use client'
import { UnitText } from '../figures/unit-text'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import type { Typed } from './estimate-query'
import { GROUPS, type InputField } from './fields'

export interface ExactInputsProps {
  typed: Typed
  problems: Readonly<Record<string, string>>
  onChange(key: string, text: string): void
}

export function ExactInput({
  field,
  text,
  problem,
  onChange,
}: {
  field: InputField
  text: string
  problem?: string
  onChange(text: string): void
}) {
  if (field.options)
    return (
      <Select
        label={field.label}
        value={text}
        options={field.options}
        error={problem}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  return (
    <Field
      label={
        <>
          {field.label}
          {field.unit && (
            <span className="font-normal text-muted">
              {' '}
              <UnitText text={field.unit} />
            </span>
          )}
        </>
      }
      value={text}
      placeholder={field.placeholder}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      autoComplete="off"
      spellCheck={false}
      help={field.help}
      error={problem}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** Every input by itself; what is empty is an assumption, and listed as one. */
export function ExactInputs({ typed, problems, onChange }: ExactInputsProps) {
  return (
    <div className="grid gap-5">
      {GROUPS.map((group) => (
        <fieldset key={group.title}>
          <legend className="mb-2 text-meta font-semibold">{group.title}</legend>
          <div className="grid grid-cols-2 gap-x-3.5 gap-y-3 @2xl:grid-cols-3 @4xl:grid-cols-2">
            {group.fields.map((field) => (
              <ExactInput
                key={field.key}
                field={field}
                text={typed[field.key] ?? ''}
                problem={problems[field.key]}
                onChange={(text) => onChange(field.key, text)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  )
}
