'use client'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Panel } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { READING_UNITS } from '@/lib/units/convert'
import { BLANK_RULE, type RuleDraft } from './mapping-draft'
import type { Issue } from './mapping-fields'

const options = (...values: string[]) => values.map((value) => ({ value, label: value }))
const COMPONENTS = [
  { value: '', label: 'the whole site' },
  ...options('host', 'cpu', 'gpu', 'memory', 'storage', 'network', 'pod', 'other'),
]

function RuleRow({
  rule,
  at,
  issues,
  onChange,
  onRemove,
}: {
  rule: RuleDraft
  at: number
  issues: readonly Issue[]
  onChange: (rule: RuleDraft) => void
  onRemove: () => void
}) {
  const issueOf = (field: string) => issues.find((issue) => issue.path.startsWith(`rules.${at}.${field}`))?.message
  const field = (name: keyof RuleDraft, label: string, placeholder = '', help?: string) => (
    <Field
      label={label}
      value={rule[name]}
      placeholder={placeholder}
      help={help}
      error={issueOf(name)}
      spellCheck={false}
      autoComplete="off"
      inputClassName="font-mono"
      onChange={(event) => onChange({ ...rule, [name]: event.currentTarget.value })}
    />
  )
  const select = (name: keyof RuleDraft, label: string, list: readonly { value: string; label: string }[]) => (
    <Select
      label={label}
      value={rule[name]}
      options={list}
      onChange={(event) => onChange({ ...rule, [name]: event.currentTarget.value })}
    />
  )
  return (
    <fieldset className="border-b border-hairline pb-4">
      <legend className="sr-only">{`Rule ${at + 1}`}</legend>
      <div className="grid items-start gap-x-4 gap-y-3 @xl:grid-cols-2 @4xl:grid-cols-4">
        {field('metric', 'Metric', 'pdu_outlet_watts')}
        {select('is', 'Tells', [
          { value: 'energy', label: 'energy or power' },
          { value: 'delivery', label: 'functional units' },
        ])}
        {rule.is === 'energy' ? (
          <>
            {select('kind', 'As', options('power', 'counter', 'delta'))}
            {select('unit', 'In', options(...READING_UNITS))}
            {select('component', 'Of', COMPONENTS)}
            {select('level', 'Held by', [
              { value: 'machine', label: 'the machine' },
              { value: 'workload', label: 'the workload it names' },
            ])}
            {field('meter', 'Labels that name the meter', 'outlet, rack')}
            {field('device', 'Label with a world-wide id', 'UUID')}
            {select('boundary', 'Boundary', [
              { value: 'it', label: 'IT' },
              { value: 'facility', label: 'facility: holds PUE' },
            ])}
            {field('preference', 'Preference', '90', 'Of several for one device the lowest counts')}
          </>
        ) : (
          field('unit', 'Unit', 'request')
        )}
        {field('onlyLabel', 'Only where the label', 'status')}
        {field('onlyValues', 'is one of', '200, 201')}
      </div>
      <div className="mt-2">
        <Button size={26} tone="quiet" onClick={onRemove}>
          Remove the rule
        </Button>
      </div>
    </fieldset>
  )
}

/** Metrics that the built-in rules do not know, or read otherwise. */
export function RuleList({
  rules,
  issues,
  onChange,
}: {
  rules: readonly RuleDraft[]
  issues: readonly Issue[]
  onChange: (rules: RuleDraft[]) => void
}) {
  return (
    <Panel
      title={
        rules.length === 0
          ? 'No rules of its own'
          : `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} of its own`
      }
      meta="For metrics that the built-in rules do not know, or read otherwise; they go first"
      tools={
        <Button size={26} onClick={() => onChange([...rules, BLANK_RULE])}>
          Add a rule
        </Button>
      }
    >
      <div className="grid gap-4">
        {rules.map((rule, at) => (
          <RuleRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule being typed has no name but its place
            key={at}
            rule={rule}
            at={at}
            issues={issues}
            onChange={(changed) => onChange(rules.map((one, place) => (place === at ? changed : one)))}
            onRemove={() => onChange(rules.filter((_, place) => place !== at))}
          />
        ))}
      </div>
    </Panel>
  )
}
