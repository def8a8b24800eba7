'use client'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { IconButton } from '../ui/icon-button'
import type { TypedStage } from './estimate-query'
import { ExactInput } from './exact-inputs'
import { STAGE_FIELDS } from './fields'

const NAMES = ['data preparation', 'training', 'fine-tuning', 'evaluation', 'inference']
const MOST = 12

export interface StageRowsProps {
  stages: readonly TypedStage[]
  problems: Readonly<Record<string, string>>
  onChange(stages: readonly TypedStage[]): void
}

/** Named stages; what one does not say it takes from above. */
export function StageRows({ stages, problems, onChange }: StageRowsProps) {
  const put = (at: number, changed: TypedStage) => onChange(stages.map((stage, i) => (i === at ? changed : stage)))
  const add = () =>
    onChange([
      ...stages,
      {
        name: NAMES.find((name) => !stages.some((stage) => stage.name === name)) ?? `stage ${stages.length + 1}`,
        typed: {},
      },
    ])
  return (
    <div className="grid gap-4">
      {stages.map((stage, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stage is known by its place, and may have any name
        <fieldset key={at} className="border-t border-hairline pt-3">
          <legend className="sr-only">{stage.name || `Stage ${at + 1}`}</legend>
          <div className="mb-3 flex items-end gap-2">
            <Field
              label={`Stage ${at + 1}`}
              value={stage.name}
              maxLength={200}
              autoComplete="off"
              className="flex-1"
              onChange={(event) => put(at, { ...stage, name: event.target.value })}
            />
            <IconButton
              icon="close"
              label={`Remove ${stage.name || `stage ${at + 1}`}`}
              onClick={() => onChange(stages.filter((_, i) => i !== at))}
            />
          </div>
          <div className="grid grid-cols-2 gap-x-3.5 gap-y-3 @2xl:grid-cols-3 @4xl:grid-cols-2">
            {STAGE_FIELDS.map((field) => (
              <ExactInput
                key={field.key}
                field={{ ...field, help: undefined }}
                text={stage.typed[field.key] ?? ''}
                problem={problems[`stage.${at}.${field.key}`]}
                onChange={(text) => put(at, { ...stage, typed: { ...stage.typed, [field.key]: text } })}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <div>
        <Button size={26} onClick={add} disabled={stages.length >= MOST}>
          Add a stage
        </Button>
      </div>
    </div>
  )
}
