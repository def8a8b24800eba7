'use client'
import { deploymentOptions, stageOptions } from '@/components/forms/deployments'
import { Field, FieldFrame, inputClass } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SAID_FIELDS, type SaidField } from '@/lib/contracts/mapping'
import type { DefaultField, MappingDraft } from './mapping-draft'

export interface Issue {
  path: string
  message: string
}

const FIELD: Record<SaidField, { label: string; example: string }> = {
  run: { label: 'Run', example: 'job_uid, workflow' },
  service: { label: 'Service', example: 'app' },
  team: { label: 'Team', example: 'department, cost_center' },
  model: { label: 'Model', example: 'model_name' },
  stage: { label: 'Stage', example: 'phase' },
  site: { label: 'Site', example: 'datacenter' },
  cloudRegion: { label: 'Cloud region', example: 'region' },
  provider: { label: 'Cloud provider', example: 'cloud' },
}

const issueAt = (issues: readonly Issue[], path: string): string | undefined =>
  issues.find((issue) => issue.path === path || issue.path.startsWith(`${path}.`))?.message

/** Labels by field, what holds where they say nothing, and what a pod's owner is. */
export function MappingFields({
  draft,
  issues,
  onChange,
}: {
  draft: MappingDraft
  issues: readonly Issue[]
  onChange: (part: Partial<MappingDraft>) => void
}) {
  const setDefault = (field: DefaultField, text: string) => onChange({ defaults: { ...draft.defaults, [field]: text } })
  const typed = (field: DefaultField, label: string, placeholder: string) => (
    <Field
      label={label}
      value={draft.defaults[field]}
      placeholder={placeholder}
      autoComplete="off"
      error={issueAt(issues, `defaults.${field}`)}
      onChange={(event) => setDefault(field, event.currentTarget.value)}
    />
  )
  const chosen = (field: DefaultField, label: string, options: readonly { value: string; label: string }[]) => (
    <Select
      label={label}
      value={draft.defaults[field]}
      options={[{ value: '', label: 'Not said' }, ...options]}
      onChange={(event) => setDefault(field, event.currentTarget.value)}
    />
  )
  return (
    <div className="grid gap-6">
      <fieldset>
        <legend className="mb-2 text-meta text-muted">
          Labels that go before the built-in ones, the most believed first, with commas between
        </legend>
        <div className="grid gap-x-4 gap-y-3 @xl:grid-cols-2 @4xl:grid-cols-4">
          {SAID_FIELDS.map((field) => (
            <Field
              key={field}
              label={FIELD[field].label}
              value={draft.labels[field]}
              placeholder={FIELD[field].example}
              spellCheck={false}
              autoComplete="off"
              inputClassName="font-mono"
              error={issueAt(issues, `labels.${field}`)}
              onChange={(event) => onChange({ labels: { ...draft.labels, [field]: event.currentTarget.value } })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="mb-2 text-meta text-muted">What holds where the labels say nothing</legend>
        <div className="grid gap-x-4 gap-y-3 @xl:grid-cols-2 @4xl:grid-cols-4">
          {typed('site', 'Site', 'FRA-2')}
          {typed('team', 'Team', 'platform')}
          {typed('model', 'Model', 'llama-70b')}
          {chosen('stage', 'Stage', stageOptions)}
          {chosen('deployment', 'Deployment', deploymentOptions)}
          {typed('zone', 'Grid zone', 'DE')}
          {typed('pue', 'PUE', '1.2')}
          <Select
            label="A pod's owner is"
            value={draft.owner}
            options={[
              { value: 'run', label: 'a run, which ends' },
              { value: 'service', label: 'a service, always there' },
            ]}
            onChange={(event) => onChange({ owner: event.currentTarget.value === 'service' ? 'service' : 'run' })}
          />
        </div>
      </fieldset>
      <FieldFrame
        id="mapping-leave-out"
        label="Metrics that are left out, one a line"
        help="Whatever the rules say; they are counted under Rejected"
        error={issueAt(issues, 'leaveOut')}
      >
        <textarea
          id="mapping-leave-out"
          rows={3}
          spellCheck={false}
          value={draft.leaveOut}
          aria-describedby="mapping-leave-out-note"
          onChange={(event) => onChange({ leaveOut: event.currentTarget.value })}
          className={`${inputClass(false)} h-auto max-w-[60ch] py-2 font-mono`}
        />
      </FieldFrame>
    </div>
  )
}
